"""Who gets which step of the ladder: looked up for many termijnen at once, and decided per termijn.

`Adresboek.load` asks the database a fixed number of questions for a whole batch. `Adresboek.ontvangers` is then pure: it knows
who is away today, who left, who has no account. Whoever cannot be reached is never simply skipped: the step goes to whoever
stands in for them, and in the end up the ladder.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from casussen.keuzes import EigenaarSoort
from casussen.ladder import COORDINATOR, REGIO, VERVALLEN
from gebieden.models import Regio
from gebieden.rollen import REGIOCOORDINATOR
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.vakanties import regions_on_holiday
from toegang.models import Aanstelling, User
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR
from zorgaanbod.models import Aanbieder
from zorgaanbod.rollen import AANBIEDER


@dataclass(frozen=True, slots=True)
class Beurt:
    """A termijn whose step is due, with what is needed of its casus."""

    termijn_id: int
    soort: str
    stand: int
    volgende_stap: int
    vervalt_op: datetime
    eigenaar_soort: str
    wijkteam_id: int | None
    contactpersoon_id: int | None
    user_id: int | None
    casus_id: int
    nummer: str
    regio_id: int
    school_id: int
    vestiging_id: int
    vakantieregio: str
    sector: str
    aangevraagd_door_id: int
    dringend: bool
    aanbieder_id: int | None = None
    #: The team that has the casus: who stands above an aanbieder whose clock this is.
    casus_wijkteam_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """Someone with an account (a line in the portal and a mail), or only a mail address."""

    user_id: int | None
    adres: str

    @property
    def sleutel(self) -> str:
        return f"u{self.user_id}" if self.user_id is not None else self.adres.lower()


#: Where somebody is aanspreekpunt: vestiging, school, sector, and who stands in there.
Punt = tuple[int | None, int | None, str, int | None]


@dataclass(frozen=True, slots=True)
class Mens:
    """A professional of a team, as seen today. `ontvanger` is None when nothing reaches them any more."""

    ontvanger: Ontvanger | None
    wijkteam_id: int
    afwezig: bool
    vervanger_id: int | None
    punten: tuple[Punt, ...] = ()

    def deputy(self, beurt: Beurt) -> int | None:
        """Who stands in: whoever was named for these days, or else the deputy of the aanspreekpunt closest to this casus."""
        if self.vervanger_id is not None:
            return self.vervanger_id
        closest = min(self.punten, key=lambda punt: _distance(punt, beurt), default=None)
        return closest[3] if closest is not None else None


def _distance(punt: Punt, beurt: Beurt) -> int:
    """The order of routing: this location, this school, this sector, the team as a whole, and then whatever else there is."""
    vestiging, school, sector, _ = punt
    order = (
        vestiging == beurt.vestiging_id,
        school == beurt.school_id,
        sector != "" and sector == beurt.sector,
        vestiging is None and school is None and sector == "",
    )
    return order.index(True) if True in order else len(order)


def _unique(ontvangers: Iterable[Ontvanger | None]) -> list[Ontvanger]:
    return list({o.sleutel: o for o in ontvangers if o is not None}.values())


@dataclass(slots=True)
class Adresboek:
    """Everyone who may be written to about a batch of termijnen, on one day."""

    op: date
    mensen: dict[int, Mens] = field(default_factory=dict)
    users: dict[int, Ontvanger] = field(default_factory=dict)
    mailboxen: dict[int, str] = field(default_factory=dict)
    namen: dict[int, str] = field(default_factory=dict)
    regiomail: dict[int, str] = field(default_factory=dict)
    rollen: dict[tuple[str, int], list[Ontvanger]] = field(default_factory=dict)
    aanbiedernamen: dict[int, str] = field(default_factory=dict)
    aanbiedermail: dict[int, str] = field(default_factory=dict)
    vakantie_in: frozenset[str] = frozenset()

    # --- Loading: a fixed number of queries -----------------------------------------------------------------------
    @classmethod
    def load(cls, beurten: Sequence[Beurt], op: date) -> "Adresboek":
        boek = cls(op)
        teams = {t for b in beurten for t in (b.wijkteam_id, b.casus_wijkteam_id if b.aanbieder_id else None) if t is not None}
        aanbieders = {b.aanbieder_id for b in beurten if b.aanbieder_id is not None}
        boek._load_roles(teams, {b.school_id for b in beurten}, {b.regio_id for b in beurten}, aanbieders)
        if aanbieders:
            for pk, naam, email in Aanbieder.objects.filter(pk__in=aanbieders).values_list("pk", "naam", "email"):
                boek.aanbiedernamen[pk], boek.aanbiedermail[pk] = naam, email
        boek._load_people({b.contactpersoon_id for b in beurten if b.contactpersoon_id is not None})
        alone = {b.user_id for b in beurten if b.user_id is not None and b.contactpersoon_id is None}
        for pk, email in User.objects.filter(pk__in=alone, is_active=True).values_list("pk", "email"):
            boek.users[pk] = Ontvanger(pk, email)
        for pk, naam, email in Wijkteam.objects.filter(pk__in=teams).values_list("pk", "naam", "email"):
            boek.namen[pk], boek.mailboxen[pk] = naam, email
        boek.regiomail = dict(Regio.objects.filter(pk__in={b.regio_id for b in beurten}).values_list("pk", "email"))
        if any(b.eigenaar_soort == EigenaarSoort.SCHOOL for b in beurten):
            boek.vakantie_in = regions_on_holiday(op)
        return boek

    def _load_roles(self, teams: set[int], schools: set[int], regios: set[int], aanbieders: set[int]) -> None:
        wanted = (
            Q(rol=WIJKTEAMCOORDINATOR.sleutel, wijkteam__in=teams)
            | Q(rol__in=[ZORGCOORDINATOR.sleutel, SCHOOLTEAMLEIDER.sleutel], school__in=schools)
            | Q(rol=REGIOCOORDINATOR.sleutel, regio__in=regios)
            | Q(rol=AANBIEDER.sleutel, aanbieder__in=aanbieders)
        )
        holders = defaultdict(list)
        rows = Aanstelling.objects.on(self.op).filter(wanted, user__is_active=True).order_by("pk")
        for rol, team, school, regio, aanbieder, user_id, email in rows.values_list(
            "rol", "wijkteam_id", "school_id", "regio_id", "aanbieder_id", "user_id", "user__email"
        ):
            holders[rol, team or school or regio or aanbieder or 0].append(Ontvanger(user_id, email))
        self.rollen = {key: _unique(found) for key, found in holders.items()}

    def _load_people(self, ids: set[int]) -> None:
        """The owners, and after them their deputies."""
        away = self._away(ids)
        points: dict[int, list[Punt]] = defaultdict(list)
        on_date = Aanspreekpunt.objects.filter(Q(tot__isnull=True) | Q(tot__gt=self.op), van__lte=self.op)
        for pk, vestiging, school, sector, vervanger in on_date.filter(
            contactpersoon__in=ids, vervanger__isnull=False
        ).values_list("contactpersoon_id", "vestiging_id", "school_id", "sector", "vervanger_id"):
            points[pk].append((vestiging, school, sector, vervanger))
        deputies = {v for v in away.values() if v is not None} | {
            p[3] for found in points.values() for p in found if p[3] is not None
        }
        away |= self._away(deputies - ids)
        people = Contactpersoon.objects.filter(pk__in=ids | deputies).values_list(
            "pk", "wijkteam_id", "email", "in_dienst_tot", "user_id", "user__email", "user__is_active"
        )
        for pk, team, email, until, user_id, user_email, active in people:
            reach = Ontvanger(user_id, user_email) if active else Ontvanger(None, email) if email else None
            gone = until is not None and until <= self.op
            self.mensen[pk] = Mens(None if gone else reach, team, pk in away, away.get(pk), tuple(points.get(pk, ())))

    def _away(self, ids: set[int]) -> dict[int, int | None]:
        rows = Afwezigheid.objects.filter(contactpersoon__in=ids, van__lte=self.op, tot_en_met__gte=self.op)
        return dict(rows.values_list("contactpersoon_id", "vervanger_id"))

    # --- Deciding: pure -------------------------------------------------------------------------------------------
    def ontvangers(self, beurt: Beurt, stap: int) -> list[Ontvanger]:
        """Who is told about this step; up the ladder when there is nobody on its own rung."""
        if stap >= REGIO:
            rungs = [self._regio(beurt)]
        elif stap >= COORDINATOR:
            rungs = [self._coordinator(beurt), self._regio(beurt)]
        else:
            rungs = [self._owner(beurt, overdue=stap >= VERVALLEN), self._coordinator(beurt), self._regio(beurt)]
        return next((rung for rung in rungs if rung), [])

    def _holders(self, rol: object, organisatie_id: int | None) -> list[Ontvanger]:
        return self.rollen.get((str(rol), organisatie_id or 0), [])

    def _mailbox(self, team_id: int | None) -> Ontvanger | None:
        adres = self.mailboxen.get(team_id or 0, "")
        return Ontvanger(None, adres) if adres else None

    def _regio(self, beurt: Beurt) -> list[Ontvanger]:
        adres = self.regiomail.get(beurt.regio_id, "")
        return self._holders(REGIOCOORDINATOR, beurt.regio_id) or _unique([Ontvanger(None, adres) if adres else None])

    def _coordinator(self, beurt: Beurt) -> list[Ontvanger]:
        """The step above the owner: the wijkteamcoördinator, or for the school its teamleider."""
        if beurt.eigenaar_soort == EigenaarSoort.WIJKTEAM:
            return self._holders(WIJKTEAMCOORDINATOR, beurt.wijkteam_id) or _unique([self._mailbox(beurt.wijkteam_id)])
        if beurt.eigenaar_soort == EigenaarSoort.SCHOOL:
            return self._holders(SCHOOLTEAMLEIDER, beurt.school_id) or self._holders(ZORGCOORDINATOR, beurt.school_id)
        if beurt.eigenaar_soort == EigenaarSoort.AANBIEDER:
            team = beurt.casus_wijkteam_id
            return self._holders(WIJKTEAMCOORDINATOR, team) or _unique([self._mailbox(team)])
        adres = self.regiomail.get(beurt.regio_id, "")
        return _unique([*self._regio(beurt), Ontvanger(None, adres) if adres else None])

    def _owner(self, beurt: Beurt, *, overdue: bool) -> list[Ontvanger]:
        if beurt.eigenaar_soort == EigenaarSoort.WIJKTEAM:
            return self._owner_in_team(beurt, overdue=overdue)
        if beurt.eigenaar_soort == EigenaarSoort.SCHOOL:
            return self._owner_at_school(beurt, overdue=overdue)
        if beurt.eigenaar_soort == EigenaarSoort.AANBIEDER:
            adres = self.aanbiedermail.get(beurt.aanbieder_id or 0, "")
            return self._holders(AANBIEDER, beurt.aanbieder_id) or _unique([Ontvanger(None, adres) if adres else None])
        everyone = self._regio(beurt)
        named = [one for one in everyone if one.user_id is not None and one.user_id == beurt.user_id]
        return everyone if overdue else named or everyone

    def _owner_in_team(self, beurt: Beurt, *, overdue: bool) -> list[Ontvanger]:
        """The owner; when away their deputy; when overdue both; when they left the team's mailbox and coordinator."""
        if beurt.contactpersoon_id is None and (alone := self.users.get(beurt.user_id or 0)):
            return [alone]
        owner = self.mensen.get(beurt.contactpersoon_id or 0)
        if owner is None or owner.ontvanger is None or owner.wijkteam_id != beurt.wijkteam_id:
            return _unique([self._mailbox(beurt.wijkteam_id), *self._holders(WIJKTEAMCOORDINATOR, beurt.wijkteam_id)])
        deputy = self.mensen.get(owner.deputy(beurt) or 0)
        stand_in = deputy.ontvanger if deputy is not None and not deputy.afwezig else None
        if owner.afwezig:
            first = stand_in or self._mailbox(beurt.wijkteam_id)
            return _unique([first, owner.ontvanger] if overdue or first is None else [first])
        return _unique([owner.ontvanger, stand_in] if overdue else [owner.ontvanger])

    def _owner_at_school(self, beurt: Beurt, *, overdue: bool) -> list[Ontvanger]:
        """The zorgcoördinator who asked. The school's other zorgcoördinatoren stand in: when it is overdue, when that person
        left, and in a school holiday for what cannot wait."""
        colleagues = self._holders(ZORGCOORDINATOR, beurt.school_id)
        owner = next((o for o in colleagues if o.user_id == beurt.user_id), None)
        waits_not = beurt.dringend and beurt.vakantieregio in self.vakantie_in
        return colleagues if owner is None or overdue or waits_not else [owner]

    def referrers(self, beurt: Beurt) -> list[Ontvanger]:
        """Who asked, and now sees that it is late: the zorgcoördinator or, if that person left, those of the school.

        Nobody for a task of the school itself: they were told in the steps before.
        """
        if beurt.eigenaar_soort == EigenaarSoort.SCHOOL:
            return []
        colleagues = self._holders(ZORGCOORDINATOR, beurt.school_id)
        return [o for o in colleagues if o.user_id == beurt.aangevraagd_door_id] or colleagues

    def eigenaar(self, beurt: Beurt) -> str:
        """The owner as a text names it: an organisation or a role, never a person."""
        if beurt.eigenaar_soort == EigenaarSoort.WIJKTEAM:
            return self.namen.get(beurt.wijkteam_id or 0, "het wijkteam")
        if beurt.eigenaar_soort == EigenaarSoort.AANBIEDER:
            return self.aanbiedernamen.get(beurt.aanbieder_id or 0, "de aanbieder")
        return "de school" if beurt.eigenaar_soort == EigenaarSoort.SCHOOL else "de regiocoördinator"
