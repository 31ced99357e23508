"""What is known of the days on which people could meet about a casus: the calendar of the region, the holidays of the school, who
is away, and which other overleggen those who come are invited to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from casussen.kalender import kalender_of
from casussen.keuzes import GEZIN, MdoStatus
from casussen.models import Casus, Mdo, MdoDeelnemer
from casussen.overleg.voorstellen import Agenda, Bezet, Weg
from kern.kijker import Kijker
from kern.klok import local_date
from scholen.vakanties import vakanties_of
from toegang.models import User
from wijkteams.models import Afwezigheid, Contactpersoon

#: Further ahead nothing is planned (`casussen.rules.feiten.VERSTE_DAG`).
VOORUIT = timedelta(days=370)


@dataclass(slots=True)
class _Mens:
    """Somebody who comes: all by which the portal knows them."""

    naam: str
    emails: set[str] = field(default_factory=set)
    users: set[int] = field(default_factory=set)
    cards: set[int] = field(default_factory=set)

    def is_in(self, row: MdoDeelnemer) -> bool:
        return row.user_id in self.users or row.contactpersoon_id in self.cards or row.email.lower() in self.emails


def agenda_of(
    casus: Casus,
    deelnemers: Iterable[Mapping[str, Any]],
    *,
    by: Kijker,
    op: datetime,
    uiterlijk: date | None = None,
    zonder: Mdo | None = None,
) -> Agenda:
    """The agenda of these people ({naam, email}), as far as `by` may know of it. `uiterlijk`: when the clock wants it held.
    `zonder`: an overleg that does not count, for it is the one that moves. Five queries, however many people come."""
    people = _known(deelnemers)
    return Agenda(
        kalender=kalender_of(casus.regio),
        vakanties=vakanties_of(casus.vestiging.vakantieregio),
        bezet=_elsewhere(people, by, op, zonder),
        weg=_absences(people, op),
        uiterlijk=uiterlijk,
    )


def agenda_of_planned(mdo: Mdo, casus: Casus, *, by: Kijker, op: datetime, uiterlijk: date | None = None) -> Agenda:
    """The agenda of those who are invited to an overleg that is planned."""
    rows = [{"naam": d.naam, "email": d.email, "user": d.user_id, "contact": d.contactpersoon_id} for d in mdo.deelnemers.all()]
    return agenda_of(casus, rows, by=by, op=op, uiterlijk=uiterlijk, zonder=mdo)


def _known(deelnemers: Iterable[Mapping[str, Any]]) -> list[_Mens]:
    """The account and the cards behind every address; who is typed without an address is known to nobody."""
    people = []
    for row in deelnemers:
        mens = _Mens(str(row.get("naam") or "Een deelnemer"))
        mens.emails |= {str(row["email"]).strip().lower()} if row.get("email") else set()
        mens.users |= {row["user"]} if row.get("user") else set()
        mens.cards |= {row["contact"]} if row.get("contact") else set()
        people.append(mens)
    emails = Q(pk__in=[])
    for mail in {mail for mens in people for mail in mens.emails}:
        emails |= Q(email__iexact=mail)
    for pk, mail in User.objects.filter(emails).values_list("pk", "email"):
        for mens in people:
            mens.users |= {pk} if mail.lower() in mens.emails else set()
    users = {pk for mens in people for pk in mens.users}
    cards = {pk for mens in people for pk in mens.cards}
    found = Contactpersoon.objects.filter(emails | Q(user_id__in=users) | Q(pk__in=cards))
    for pk, mail, user_id in found.values_list("pk", "email", "user_id"):
        for mens in people:
            if pk in mens.cards or mail.lower() in mens.emails or user_id in mens.users:
                mens.cards.add(pk)
                mens.users |= {user_id} if user_id else set()
    return [mens for mens in people if mens.emails or mens.users or mens.cards]


def _elsewhere(people: list[_Mens], by: Kijker, op: datetime, zonder: Mdo | None) -> tuple[Bezet, ...]:
    """Other overleggen to which they are invited; nothing of whom those are about.

    Of a professional everyone may know that they are taken. That a parent or a neighbour sits at another table is known only to
    whoever may see that casus.
    """
    asked = at_work = Q(pk__in=[])
    for mens in people:
        theirs = Q(user_id__in=mens.users) | Q(contactpersoon_id__in=mens.cards)
        for mail in mens.emails:
            theirs |= Q(email__iexact=mail)
        asked |= theirs
        at_work |= theirs if mens.users or mens.cards else theirs & Q(aanbieder__isnull=False)
    open_to_all = at_work & ~Q(partij__in=GEZIN)
    planned = MdoDeelnemer.objects.filter(
        open_to_all | asked & Q(mdo__casus__in=Casus.objects.visible_to(by)),
        mdo__status=MdoStatus.GEPLAND,
        mdo__eindigt_op__gte=op,
        mdo__begint_op__lte=op + VOORUIT,
    )
    if zonder is not None:
        planned = planned.exclude(mdo=zonder)
    found = [
        Bezet(mens.naam, row.mdo.begint_op, row.mdo.eindigt_op)
        for row in planned.select_related("mdo").order_by("mdo__begint_op", "pk")
        for mens in people
        if mens.is_in(row)
    ]
    return tuple(dict.fromkeys(found))


def _absences(people: list[_Mens], op: datetime) -> tuple[Weg, ...]:
    cards = {pk for mens in people for pk in mens.cards}
    rows = Afwezigheid.objects.filter(contactpersoon_id__in=cards, tot_en_met__gte=local_date(op)).order_by("van", "pk")
    found = [Weg(mens.naam, row.van, row.tot_en_met) for row in rows for mens in people if row.contactpersoon_id in mens.cards]
    return tuple(dict.fromkeys(found))
