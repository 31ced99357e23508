from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from scholen.models import Leerling
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.netwerk import LeerlingFactory
from tests.factories.zorg import AanbiederFactory, ArrangementFactory, ContractFactory, WachttijdFactory
from zorgaanbod.models import Aanbieder, Arrangement


@dataclass(frozen=True)
class Gids:
    """A small guide: of Abel's aanbieder two arrangementen for Haarlem, and the voorveld of Heemstede."""

    wereld: Wereld
    thuis: Arrangement
    lang: Arrangement
    sport: Arrangement

    @property
    def aanbieder(self) -> Aanbieder:
        return self.wereld.cast.aanbieder


def arrangement(
    aanbieder: Aanbieder, gemeenten: list[Any], weken: int | None = 6, op: date = date(2026, 11, 25), **v: Any
) -> Arrangement:
    made = ArrangementFactory.create(aanbieder=aanbieder, **v)
    for gemeente in gemeenten:
        ContractFactory.create(arrangement=made, gemeente=gemeente)
    if weken is not None:
        WachttijdFactory.create(arrangement=made, weken=weken, gemeten_op=op)
    return made


@pytest.fixture
def gids(db: None, time_machine: Any) -> Gids:
    time_machine.move_to(NU)
    wereld = make_wereld()
    own, net = wereld.cast.aanbieder, wereld.net
    sportclub = AanbiederFactory.create(naam="Sportclub Heemstede", soort="voorveld")
    sportclub.gemeenten.add(net.heemstede)
    return Gids(
        wereld=wereld,
        thuis=arrangement(own, [net.haarlem], 6, naam="Thuis op koers", hulpvorm="ambulant", leeftijd_van=12, op_school=True),
        lang=arrangement(own, [net.haarlem], 20, date(2026, 10, 1), naam="Traumahulp", hulpvorm="ggz", zwaarte="zwaar"),
        sport=arrangement(sportclub, [], None, naam="Samen sporten", hulpvorm="sport", leeftijd_van=6),
    )


def pupils(wereld: Wereld, aantal: int, postcode: str, nummer: int | None = 5, **velden: Any) -> list[Leerling]:
    return LeerlingFactory.create_batch(aantal, vestiging=wereld.net.vestiging, postcode=postcode, huisnummer=nummer, **velden)
