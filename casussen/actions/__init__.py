"""Every write of this room: one keyword-only function per use case.

    perform("ontvangen", casus=casus, by=kijker, versie=3, op=now(), gegevens={"behandelaar": 12})

takes any step of the workflow table; `casussen.actions.stappen` has the same by name. A draft is kept with `save_concept`. What a
step asks for is in `casussen.velden`, what it may raise in `casussen.fouten`.
"""

from casussen.actions import aanmelding, buiten, delen, effecten, inzet, overleg, plan, taken, vlaggen
from casussen.actions.concept import Concept, delete_concept, missing_in, save_concept
from casussen.actions.machine import perform
from casussen.actions.ontvangst import confirm_ontvangst, read_ontvangstlink

__all__ = [
    "Concept",
    "aanmelding",
    "buiten",
    "confirm_ontvangst",
    "delen",
    "delete_concept",
    "effecten",
    "inzet",
    "missing_in",
    "overleg",
    "perform",
    "plan",
    "read_ontvangstlink",
    "save_concept",
    "taken",
    "vlaggen",
]
