"""Roles that belong to no organisation."""

from kern.kijker import Rol

FUNCTIONEEL_BEHEER = Rol("functioneel_beheer", None, "functioneel beheer")
