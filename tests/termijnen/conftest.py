"""A team with an owner and a deputy, a school with two zorgcoördinatoren, a region; and casussen there with a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from casussen.actions.termijnen import open_termijn
from casussen.keuzes import EigenaarSoort, Status
from casussen.models import Casus, Herinnering, Termijn
from kern.klok import AMSTERDAM
from kern.models import Melding
from kern.models.melding import Kanaal
from scholen.models import Vestiging
from tests.factories.casussen import CasusFactory
from tests.factories.netwerk import AanspreekpuntFactory, ContactpersoonFactory, VestigingFactory
from tests.factories.toegang import Cast, make_cast, user_with
from toegang.models import User
from toegang.rollen import WIJKTEAMLID, ZORGCOORDINATOR
from wijkteams.models import Contactpersoon

#: Wednesday 2 December 2026, ten in the morning: a week without holidays.
NU = datetime(2026, 12, 2, 10, 0, tzinfo=AMSTERDAM)
#: Two working days later.
VERVALT = datetime(2026, 12, 4, 17, 0, tzinfo=AMSTERDAM)


def at(day: str, time: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=AMSTERDAM)


@dataclass(frozen=True)
class Wereld:
    cast: Cast
    vestiging: Vestiging
    zita: User
    wim: Contactpersoon
    vera: Contactpersoon

    def casus(self, **velden: Any) -> Casus:
        values: dict[str, Any] = {
            "regio": self.cast.regio,
            "vestiging": self.vestiging,
            "leerling": None,
            "aangevraagd_door": self.cast.zoe,
            "wijkteam": self.cast.team_a,
            "aanspreekpunt": self.wim,
            "status_sinds": NU,
        }
        return CasusFactory.create(**values | velden)

    def termijn(self, *, vervalt_op: datetime = VERVALT, op: datetime = NU, casus: Casus | None = None, **velden: Any) -> Termijn:
        """A clock of the team to confirm receipt, unless told otherwise."""
        eigenaar_soort = velden.pop("eigenaar_soort", EigenaarSoort.WIJKTEAM)
        soort = {"school": "aanvulling_gevraagd", "regio": "te_routeren"}.get(eigenaar_soort, "ontvangen")
        return open_termijn(
            casus=casus or self.casus(),
            soort=velden.pop("soort", soort),
            eigenaar_soort=eigenaar_soort,
            vervalt_op=vervalt_op,
            op=op,
            **velden,
        )

    def te_routeren(self) -> Casus:
        return self.casus(status=Status.TE_ROUTEREN, wijkteam=None, aanspreekpunt=None)


@pytest.fixture
def wereld(db: None) -> Wereld:
    """Wim owns what team A does; Vera stands in for him; Zita is the other zorgcoördinator of Zoë's school."""
    cast = make_cast()
    vestiging = VestigingFactory.create(school=cast.school_a)
    wim = ContactpersoonFactory.create(wijkteam=cast.team_a, naam="Wim Wijkteam", user=cast.wim, email="wim@test.example")
    vera_user = user_with(WIJKTEAMLID, cast.team_a, email="vera@test.example", naam="Vera Vervanger")
    vera = ContactpersoonFactory.create(wijkteam=cast.team_a, naam="Vera Vervanger", user=vera_user, email="vera@test.example")
    AanspreekpuntFactory.create(wijkteam=cast.team_a, contactpersoon=wim, vervanger=vera, van=date(2020, 1, 1))
    zita = user_with(ZORGCOORDINATOR, cast.school_a, email="zita@test.example", naam="Zita Zorg")
    return Wereld(cast, vestiging, zita, wim, vera)


def steps(termijn: Termijn) -> list[tuple[int, int]]:
    """(stand, step) of the ledger, in the order in which they were due."""
    return list(Herinnering.objects.filter(termijn=termijn).order_by("verschuldigd_op").values_list("stand", "stap"))


def told(termijn: Termijn, soort: str | None = None) -> list[str]:
    """The addresses of the mails about this termijn (of one kind), sorted."""
    mails = Melding.objects.filter(onderwerp_soort="termijn", onderwerp_id=termijn.pk, kanaal=Kanaal.MAIL)
    if soort is not None:
        mails = mails.filter(soort=soort)
    return sorted(mails.values_list("adres", flat=True))


def all_told() -> Sequence[tuple[str, str]]:
    return sorted(Melding.objects.filter(kanaal=Kanaal.MAIL).values_list("soort", "adres"))
