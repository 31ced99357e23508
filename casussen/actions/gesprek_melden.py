"""Who is told that there is a message: everyone of its circle who has this casus in hand or has written in it, not its author.

At most one unread notification per person and casus: the key of a melding holds up to where that person has read, so that a
second message before they looked finds the key used. A mailbox reads nothing; it hears of a casus once a day.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from casussen.actions.berichten import Ontvanger, people_of_school, people_of_team, role_holders
from casussen.keuzes import Kring
from casussen.kringen import Gesprek
from casussen.models import Bericht, Berichtgelezen, Casus
from casussen.models.deling import PARTIJEN
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.kijker import Kijker
from kern.klok import local_date
from scholen.rollen import ZORGCOORDINATOR
from toegang.models import Aanstelling
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

SOORT = "casus_bericht"


def tell(bericht: Bericht, *, gesprek: Gesprek, by: Kijker, gebeurtenis_id: int) -> None:
    dag = local_date(bericht.op)
    found = {person.sleutel: person for person in _circle(bericht, gesprek, dag) if not person.is_actor(by)}
    _enqueue(bericht.casus, found.values(), op=bericht.op, gebeurtenis_id=gebeurtenis_id)


def tell_one(user_id: int, casussen: Iterable[Casus], *, op: datetime) -> None:
    """Somebody is told of what waits unread in casussen they took over."""
    for casus in casussen:
        _enqueue(casus, [Ontvanger(user_id=user_id)], op=op, gebeurtenis_id=None)


def _enqueue(casus: Casus, people: Iterable[Ontvanger], *, op: datetime, gebeurtenis_id: int | None) -> None:
    people = list(people)
    ids = [person.user_id for person in people if person.user_id is not None]
    read = dict(Berichtgelezen.objects.filter(casus=casus, user_id__in=ids).values_list("user_id", "tot_en_met_id"))
    enqueue_meldingen(
        [
            NieuweMelding(
                soort=SOORT,
                gegevens={"nummer": casus.nummer, "pad": f"/casussen/{casus.nummer}/berichten"},
                onderwerp_soort="casus",
                onderwerp_id=casus.pk,
                ontvanger_id=person.user_id,
                adres="" if person.user_id is not None else person.adres,
                ontdubbeling=f"{SOORT}:{casus.pk}:{person.sleutel}:{_since(person, read, op)}"[:180],
                gebeurtenis_id=gebeurtenis_id,
            )
            for person in people
        ],
        op=op,
    )


def _since(person: Ontvanger, read: dict[int, int], op: datetime) -> str:
    return str(read.get(person.user_id, 0)) if person.user_id is not None else local_date(op).isoformat()


def _circle(bericht: Bericht, gesprek: Gesprek, dag: date) -> list[Ontvanger]:
    casus = bericht.casus
    people: list[Ontvanger] = []
    if bericht.voor != Kring.TEAM:
        people += people_of_school(casus, dag)
    if gesprek.team is not None:
        people += people_of_team(casus, gesprek.team.pk, dag)
    if bericht.voor == Kring.IEDEREEN:
        for deling in gesprek.delingen:
            rol, field = PARTIJEN[deling.met]
            people += role_holders(rol, getattr(deling, f"{field}_id"), dag)
    return [*people, *_who_wrote(bericht, gesprek, dag)]


def _who_wrote(bericht: Bericht, gesprek: Gesprek, dag: date) -> list[Ontvanger]:
    """Colleagues at school and in the team who wrote in this thread before, and still work there."""
    authors = Bericht.objects.filter(casus=bericht.casus).values("door_id")
    sides = Q(wijkteam=gesprek.team, rol__in=[WIJKTEAMLID.sleutel, WIJKTEAMCOORDINATOR.sleutel], wijkteam__isnull=False)
    if bericht.voor != Kring.TEAM:
        sides |= Q(school_id=bericht.casus.school_id, rol=ZORGCOORDINATOR.sleutel)
    rows = Aanstelling.objects.on(dag).filter(sides, user__in=authors, user__is_active=True)
    return [Ontvanger(user_id=pk, naam=naam) for pk, naam in rows.order_by("user_id").values_list("user_id", "user__naam")]
