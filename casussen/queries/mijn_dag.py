"""What someone must do today, in order of the clock; what came in; what they wait for, and on whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from casussen.feiten import local_date
from casussen.keuzes import EigenaarSoort, Status
from casussen.models import Casus
from casussen.queries.lijsten import FIRST_DUE, CasusRegel, as_rows, with_clock
from casussen.queries.regio import StuurRegel, TeRouteren, escalated, te_routeren
from casussen.workflow import EIGENAAR
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.models import Melding
from kern.models.melding import Kanaal
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.models import Afwezigheid
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

#: 'What came in' reaches back this far, and no further than so many.
BINNENGEKOMEN_SINDS = timedelta(days=14)
BINNENGEKOMEN_MAX = 15

_VAN_SCHOOL = [s for s, stap in EIGENAAR.items() if stap.eigenaar == EigenaarSoort.SCHOOL and s != Status.CONCEPT]
_VAN_TEAM = [s for s, stap in EIGENAAR.items() if stap.eigenaar == EigenaarSoort.WIJKTEAM]
_OPEN = [s for s, stap in EIGENAAR.items() if stap.eigenaar is not None and s != Status.CONCEPT]


@dataclass(frozen=True, slots=True)
class MijnDag:
    """`te_laat`, `vandaag` and `later` are tasks in order of the clock. `collegas`: what is overdue with those the viewer looks
    after (a coördinator: the team; a teamleider: the school's zorgcoördinatoren). `wacht_op`: someone else's turn."""

    te_laat: list[CasusRegel]
    vandaag: list[CasusRegel]
    later: list[CasusRegel]
    collegas: list[CasusRegel]
    concepten: list[CasusRegel]
    wacht_op: list[CasusRegel]
    binnengekomen: list[Melding]
    te_routeren: list[TeRouteren]
    vastgelopen: list[StuurRegel]

    @property
    def taken(self) -> list[CasusRegel]:
        return [*self.te_laat, *self.vandaag, *self.later]

    @property
    def is_empty(self) -> bool:
        lists = (self.taken, self.collegas, self.concepten, self.wacht_op, self.binnengekomen, self.te_routeren, self.vastgelopen)
        return not any(lists)


def mijn_dag(kijker: Kijker, op: datetime) -> MijnDag:
    """The day of this person, for all roles they hold. A fixed number of queries."""
    covers = stands_in_for(kijker)
    rows = as_rows(_concerning(kijker, covers), op=op)
    mine = [row for row in rows if _is_mine(row.casus, kijker, covers)]
    drafts = [row for row in rows if row.casus.status == Status.CONCEPT]
    rest = [row for row in rows if row not in mine and row not in drafts]
    regio = kijker.heeft(REGIOCOORDINATOR)
    return MijnDag(
        te_laat=[row for row in mine if row.te_laat],
        vandaag=[row for row in mine if row.vandaag],
        later=[row for row in mine if not row.te_laat and not row.vandaag],
        collegas=[row for row in rest if row.te_laat and _looks_after(row, kijker)],
        concepten=drafts,
        wacht_op=[row for row in rest if _waits(row.casus, kijker)],
        binnengekomen=_came_in(kijker, op),
        te_routeren=[row for row in te_routeren(kijker, op=op) if _for_today(row, op)] if regio else [],
        vastgelopen=escalated(kijker, op=op) if regio else [],
    )


def _for_today(row: TeRouteren, op: datetime) -> bool:
    """What a desk outside the region has asks for nothing until the day on which somebody would inquire."""
    return not row.elders or row.uiterlijk is None or local_date(row.uiterlijk) <= local_date(op)


def stands_in_for(kijker: Kijker) -> frozenset[int]:
    """The colleagues who are away today and for whom this person stands in."""
    if kijker.user_id is None:
        return frozenset()
    away = Q(van__lte=kijker.op, tot_en_met__gte=kijker.op)
    as_deputy = Q(contactpersoon__aanspreekpunten__vervanger__user_id=kijker.user_id, vervanger__isnull=True)
    found = Afwezigheid.objects.filter(away, Q(vervanger__user_id=kijker.user_id) | as_deputy)
    return frozenset(found.values_list("contactpersoon_id", flat=True))


def _concerning(kijker: Kijker, covers: frozenset[int]) -> QuerySet[Casus]:
    """Open casussen that this person has something to do with, and own drafts."""
    teams = kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    concerns = (
        Q(aangevraagd_door_id=kijker.user_id, status__in=[*_OPEN, Status.CONCEPT])
        | Q(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER), status__in=_VAN_SCHOOL)
        | Q(wijkteam_id__in=teams, behandelaar__user_id=kijker.user_id, status__in=_OPEN)
        | Q(wijkteam_id__in=teams, behandelaar_id__in=covers, status__in=_OPEN)
        | Q(wijkteam_id__in=teams, behandelaar__isnull=True, status__in=_OPEN)
        | Q(wijkteam_id__in=kijker.ids(WIJKTEAMCOORDINATOR), status__in=_OPEN)
    )
    return with_clock(Casus.objects.visible_to(kijker).filter(concerns)).order_by(FIRST_DUE, "t0", "id")


def _is_mine(casus: Casus, kijker: Kijker, covers: frozenset[int]) -> bool:
    """It is this person who must do the next step: the school's own, or what they treat, or what nobody has in hand yet."""
    if casus.status in _VAN_SCHOOL:
        return kijker.heeft_voor(ZORGCOORDINATOR, casus.school_id) and casus.aangevraagd_door_id == kijker.user_id
    if casus.status not in _VAN_TEAM or casus.wijkteam_id not in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR):
        return False
    person = casus.behandelaar or casus.aanspreekpunt
    return person is None or person.pk in covers or (person.user_id is not None and person.user_id == kijker.user_id)


def _looks_after(row: CasusRegel, kijker: Kijker) -> bool:
    casus = row.casus
    if casus.status in _VAN_SCHOOL:
        return casus.school_id in kijker.ids(SCHOOLTEAMLEIDER, ZORGCOORDINATOR)
    return casus.status in _VAN_TEAM and kijker.heeft_voor(WIJKTEAMCOORDINATOR, casus.wijkteam_id)


def _waits(casus: Casus, kijker: Kijker) -> bool:
    """Someone else's turn, in a casus that this person asked for or treats."""
    asked = casus.aangevraagd_door_id == kijker.user_id and casus.status not in _VAN_SCHOOL
    treats = casus.behandelaar is not None and casus.behandelaar.user_id == kijker.user_id and casus.status not in _VAN_TEAM
    return kijker.user_id is not None and (asked or treats)


def _came_in(kijker: Kijker, op: datetime) -> list[Melding]:
    """What was not read yet, the newest first."""
    if kijker.user_id is None:
        return []
    unread = Melding.objects.filter(
        ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL, gelezen_op__isnull=True, aangemaakt__gte=op - BINNENGEKOMEN_SINDS
    )
    return list(unread.order_by("-aangemaakt", "-id")[:BINNENGEKOMEN_MAX])
