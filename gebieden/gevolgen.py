"""What the rest of the portal has to say after another editie became active.

Rooms above this one hold rules about areas (a wijkteam's werkgebieden). They say so in settings.EDITIE_GEVOLGEN: dotted names of
functions that take the Verschil and give one line of Dutch per rule that someone must look at. gebieden asks, and knows none.
"""

from collections.abc import Callable, Iterable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from gebieden.queries import Verschil

Gevolg = Callable[[Verschil], Iterable[str]]


def list_consequences(verschil: Verschil) -> list[str]:
    """Every line that every listed function has to say about this difference; nothing when no area was touched."""
    if not verschil.geraakt:
        return []
    functies = [cast("Gevolg", import_string(naam)) for naam in getattr(settings, "EDITIE_GEVOLGEN", ())]
    return [regel for functie in functies for regel in functie(verschil)]
