from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from casussen.actions.oza import Samen, create_onderwijszorg, place_pupil
from casussen.keuzes import DelingMet, Gever, Status
from casussen.models import Casus, Deling, Onderwijszorg, Ozaplaatsing
from tests.factories.casussen import NU, VANDAAG, Wereld, make_wereld

SAMEN = Samen("Zoë Zorg", "Abel Aanbieder", "Rust en leren tegelijk.")
GEGEVENS: dict[str, Any] = {
    "naam": "De Brug",
    "visie": "Leren en herstellen horen bij elkaar.",
    "doelen": ["Elke dag op school", "Een dagritme"],
    "plaatsen": 2,
    "duur_weken": 26,
    "mdo_elke_weken": 6,
    "mdo_volgende": None,
    "van": date(2026, 9, 1),
    "tot": None,
}


@dataclass(frozen=True)
class Brug:
    wereld: Wereld
    arrangement: Onderwijszorg

    def casus(self, nummer: str = "A1", *, gedeeld: bool = True) -> Casus:
        casus = self.wereld.casus(Status.IN_BEHANDELING, leerlingnummer=nummer)
        if gedeeld:
            self.deel(casus)
        return casus

    def deel(self, casus: Casus) -> Deling:
        return Deling.objects.create(
            casus=casus, met=DelingMet.AANBIEDER, aanbieder=self.wereld.cast.aanbieder, gever=Gever.OUDERS_EN_JONGERE,
            gegeven_op=VANDAAG, doel="Een plaats in De Brug.", door=self.wereld.cast.zoe, op=NU,
        )  # fmt: skip

    def plaats(self, casus: Casus, van: date = VANDAAG, naam: str = "zoe") -> Ozaplaatsing:
        return place_pupil(arrangement=self.arrangement, casus=casus, van=van, samen=SAMEN, by=self.wereld.kijker(naam), op=NU)


def make_brug(**anders: Any) -> Brug:
    wereld = make_wereld()
    made = create_onderwijszorg(
        vestiging=wereld.net.vestiging, aanbieder=wereld.cast.aanbieder, gegevens={**GEGEVENS, **anders}, by=wereld.zoe, op=NU
    )
    return Brug(wereld, made)


@pytest.fixture
def brug(db: None, time_machine: Any) -> Brug:
    time_machine.move_to(NU)
    return make_brug()
