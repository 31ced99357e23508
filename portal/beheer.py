"""Beheer: Django's admin at /beheer, for functioneel beheer only."""

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    default_site = "portal.beheersite.BeheerSite"
    verbose_name = "Beheer"
