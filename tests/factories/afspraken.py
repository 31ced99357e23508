"""What was agreed in a region: a mandate of a school, and versions of who does what."""

from datetime import UTC, date, datetime
from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from casussen.actions.rolverdeling import create_rolverdeling, edit_step, publish_rolverdeling
from casussen.models import Rolverdeling
from casussen.rollen import Vak
from gebieden.models import Gemeente
from kern.kijker import Kijker
from tests.factories.netwerk import GemeenteFactory, RegioFactory, SchoolFactory
from wijkteams.models import Mandaat


class MandaatFactory(DjangoModelFactory[Mandaat]):
    """Holds from 2026 on, without an end."""

    class Meta:
        model = Mandaat

    school = SubFactory(SchoolFactory)
    gemeente = SubFactory(GemeenteFactory, code="GM0392", naam="Haarlem")
    hulp = "korte gezinsbegeleiding"
    maximum = "10 gesprekken per leerling"
    van = date(2026, 1, 1)
    gegeven_door = "college van B en W"
    document = "besluit 2026/12"
    vastgelegd_op = datetime(2026, 1, 1, 12, tzinfo=UTC)


class RolverdelingFactory(DjangoModelFactory[Rolverdeling]):
    """A draft without cells."""

    class Meta:
        model = Rolverdeling

    regio = SubFactory(RegioFactory)
    versie = 1
    gemaakt_op = datetime(2026, 1, 1, 12, tzinfo=UTC)
    gemaakt_door = "Rea Regio"


def published(
    kijker: Kijker, *, regio: Any, vanaf: date, op: datetime, gemeente: Gemeente | None = None, **stappen: dict[str, Vak]
) -> Rolverdeling:
    """A version that was made and published by the real actions; `stappen`: what differs, per step and party."""
    version = create_rolverdeling(regio=regio, gemeente=gemeente, by=kijker, op=op)
    for stap, vakken in stappen.items():
        edit_step(rolverdeling=version, stap=stap, vakken=vakken, by=kijker)
    return publish_rolverdeling(rolverdeling=version, geldig_van=vanaf, toelichting="Afgesproken.", by=kijker, op=op)
