"""Where a step says what it does besides the table: its preparation (what to read) and its effect (what to write of its own)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from casussen.models import Casus
from kern.kijker import Kijker

if TYPE_CHECKING:
    from casussen.actions.machine import Uitvoering

Effect = Callable[["Uitvoering"], None]
Voorbereiding = Callable[[Casus, Kijker, Mapping[str, Any]], Mapping[str, Any]]

EFFECTEN: dict[str, Effect] = {}
VOORBEREIDINGEN: dict[str, Voorbereiding] = {}


def effect(*acties: str) -> Callable[[Effect], Effect]:
    """What these steps write of their own, within the transaction, with the casus locked."""

    def register(function: Effect) -> Effect:
        for actie in acties:
            EFFECTEN[actie] = function
        return function

    return register


def voorbereiding(*acties: str) -> Callable[[Voorbereiding], Voorbereiding]:
    """Fill in what these steps know by themselves, before fields and guards are read."""

    def register(function: Voorbereiding) -> Voorbereiding:
        for actie in acties:
            VOORBEREIDINGEN[actie] = function
        return function

    return register
