"""Anonymous consulten as lists: of a school, of a team, what waits for me; and the one before a casus."""

from django.db.models import Case, F, Q, QuerySet, Value, When

from casussen.keuzes import ConsultStatus
from casussen.ladder import COORDINATOR
from casussen.models import Casus, Consult
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

_OPEN_FIRST = Case(
    When(status=ConsultStatus.OPEN, then=Value(0)), When(status=ConsultStatus.BEANTWOORD, then=Value(1)), default=Value(2)
)


def consulten_of(kijker: Kijker) -> QuerySet[Consult]:
    """All the viewer may see: what waits for an answer first, in order of its clock; then the newest."""
    seen = Consult.objects.visible_to(kijker).select_related("vestiging", "wijkteam", "aanspreekpunt", "aangevraagd_door")
    due = Case(When(status=ConsultStatus.OPEN, then=F("antwoord_uiterlijk")))
    return seen.order_by(_OPEN_FIRST, due.asc(nulls_last=True), "-gevraagd_op", "-id")


def waiting_for(kijker: Kijker, covers: frozenset[int]) -> QuerySet[Consult]:
    """What this person has to do something with: answer, look after, or decide what to do with an answer.

    A question is its contact's, or of whoever stands in (`covers`); without a contact, or when that person has left, of the whole
    team; when it has come up the ladder also of the coördinator. An answer is for whoever asked.
    """
    teams = kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    mine = Q(aanspreekpunt__isnull=True) | Q(aanspreekpunt_id__in=covers)
    mine |= Q(aanspreekpunt__in_dienst_tot__lte=kijker.op)
    if kijker.user_id is not None:
        mine |= Q(aanspreekpunt__user_id=kijker.user_id)
    after = Q(volgende_stap__gt=COORDINATOR)
    to_answer = Q(status=ConsultStatus.OPEN) & (
        (Q(wijkteam_id__in=teams) & mine)
        | (Q(wijkteam_id__in=kijker.ids(WIJKTEAMCOORDINATOR)) & after)
        | Q(regio_id__in=kijker.ids(REGIOCOORDINATOR))
    )
    answered = Q(status=ConsultStatus.BEANTWOORD, aangevraagd_door_id=kijker.user_id)
    found = Consult.objects.visible_to(kijker).filter(to_answer | answered).select_related("vestiging", "wijkteam")
    return found.order_by(_OPEN_FIRST, "antwoord_uiterlijk", "id")


def consult_before(casus: Casus, kijker: Kijker) -> list[Consult]:
    """The consulten that came before this casus, as far as the viewer may read them: of the own school, or team."""
    return list(Consult.objects.visible_to(kijker).filter(casus=casus).order_by("gevraagd_op", "id"))
