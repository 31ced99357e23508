from collections.abc import Callable

import pytest

from casussen.keuzes import Status
from casussen.models import Casus, Inzet
from tests.casussen.stappen import Keus, filled_in
from tests.factories.casussen import NU, Wereld, goals
from tests.factories.hulp import make_arrangement


@pytest.fixture
def gedeeld(wereld: Wereld) -> Callable[..., Casus]:
    """A casus in a state, shared with the aanbieder of the cast (Abel works there)."""

    def make(status: Status = Status.IN_BEHANDELING, **anders: object) -> Casus:
        casus = wereld.casus(status, **anders)
        return wereld.do("delen", casus, "zoe", **filled_in("delen", casus, wereld, Keus(), NU.date()))

    return make


@pytest.fixture
def met_hulp(wereld: Wereld, gedeeld: Callable[..., Casus]) -> Callable[..., tuple[Casus, Inzet]]:
    """The same, with help asked for."""

    def make(status: Status = Status.IN_BEHANDELING) -> tuple[Casus, Inzet]:
        arrangement = make_arrangement(wereld, weken=None)
        casus = gedeeld(status)
        wanted = [{"doel": pk, "gekozen": True} for pk in goals(casus)]
        casus = wereld.do(
            "hulp_aanvragen", casus, "wim", arrangement=arrangement.pk, aangevraagd_op="2026-12-02", voor_doelen=wanted
        )
        return casus, Inzet.objects.get(casus=casus, arrangement=arrangement)

    return make
