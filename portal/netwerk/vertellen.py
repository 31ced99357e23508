"""Schools hear what changes for them in the network: that it does and from when, never about which pupil."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from kern.actions import NieuweMelding, enqueue_meldingen
from portal.netwerk.gevolg import Gevolg
from scholen.rollen import ZORGCOORDINATOR
from toegang.models import Aanstelling

ONDERWERP = "netwerk"


def coordinators_of(scholen: Collection[int], dag: date) -> list[tuple[int, int]]:
    """(school, user) of every zorgcoördinator of these schools."""
    rows = Aanstelling.objects.on(dag).filter(rol=ZORGCOORDINATOR.sleutel, school_id__in=scholen, user__is_active=True)
    return [
        (school, user)
        for school, user in rows.values_list("school_id", "user_id").distinct().order_by("school_id", "user_id")
        if school
    ]


def tell_schools(gevolg: Gevolg, *, sleutel: str, op: datetime) -> int:
    """Every school of which pupils or casussen get another team or person. Answers how many people were told."""
    ander_team = {school.school_id: bool(school.ander_team) for school in gevolg.scholen}
    nieuw = [
        NieuweMelding(
            soort="netwerk_route",
            gegevens={"vanaf": gevolg.op.isoformat(), "ander_team": ander_team[school], "pad": "/aanspreekpunt"},
            onderwerp_soort=ONDERWERP,
            ontvanger_id=user,
            ontdubbeling=f"netwerk_route:{sleutel[:40]}:{user}",
        )
        for school, user in coordinators_of(ander_team, op.date())
    ]
    enqueue_meldingen(nieuw, op=op)
    return len(nieuw)


def tell_each(scholen: Iterable[int], *, soort: str, gegevens: dict[int, dict[str, Any]], sleutel: str, op: datetime) -> int:
    """The same kind of news to the zorgcoördinatoren of these schools, with what belongs to each school."""
    nieuw = [
        NieuweMelding(
            soort=soort,
            gegevens=gegevens[school],
            onderwerp_soort=ONDERWERP,
            ontvanger_id=user,
            ontdubbeling=f"{soort}:{sleutel}:{school}:{user}"[:180],
        )
        for school, user in coordinators_of(list(scholen), op.date())
    ]
    enqueue_meldingen(nieuw, op=op)
    return len(nieuw)
