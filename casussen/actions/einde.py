"""What becomes of all that belongs to a casus when it ends, or leaves the team that had it. Nothing stays open behind it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from casussen.actions.termijnen import ONDERWERP, close_termijnen
from casussen.actions.uitnodigen import Bericht, tell_invited
from casussen.keuzes import Deelnemer, EigenaarSoort, InzetStatus, MdoStatus, RedenUitstroom, Status
from casussen.models import Casus, Deling, Inzet, Mdo, Ozaplaatsing, Taak, Termijn
from casussen.woorden import ended_with
from casussen.workflow import BIJ_EEN_TEAM
from kern.actions import cancel_meldingen
from kern.kijker import Kijker
from kern.klok import local_date

VERVALLEN = "vervallen"
#: Why help ended of which the day was told when the casus was closed.
VERTELD_BIJ_EINDE = "De hulp was klaar; verteld bij het afsluiten van de casus."


def wind_up(casus: Casus, status: Status, *, by: Kijker, op: datetime, einddagen: Mapping[int, date] | None = None) -> None:
    """The casus ended: open actions lapse, help is over here, an overleg is called off, sharing with others stops. Nobody waits
    for help or seeks the family any more; that a pupil sits at home, or is not safe, does not end with a casus.

    `einddagen`: of help, by its id, the day on which it really ended. Of the rest nobody said so: it stops with the casus.
    """
    reden, known = ended_with(status), einddagen or {}
    Taak.objects.open().filter(casus=casus).update(vervallen_op=op, vervallen_om=reden)
    call_off(casus, reden, by=by, op=op)
    for inzet in Inzet.objects.filter(casus=casus).open().select_for_update():
        inzet.status = InzetStatus.BEEINDIGD if inzet.gestart_op else InzetStatus.AFGEWEZEN
        inzet.geeindigd_op = known.get(inzet.pk) or max(local_date(op), inzet.gestart_op or local_date(op))
        inzet.einde_reden = VERTELD_BIJ_EINDE if inzet.pk in known else reden
        inzet.save(update_fields=["status", "geeindigd_op", "einde_reden"])
    _leave_places(casus, reden, op=op)
    Deling.objects.living().filter(casus=casus).update(ingetrokken_op=op)
    if casus.wacht_op_zorg or casus.niet_bereikbaar:
        casus.wacht_op_zorg = casus.niet_bereikbaar = False
        casus.save(update_fields=["wacht_op_zorg", "niet_bereikbaar"])


def _leave_places(casus: Casus, reden: str, *, op: datetime) -> None:
    """A place in an onderwijs-zorgarrangement is held through the casus: whoever withdraws it gives up the place too."""
    for plaats in Ozaplaatsing.objects.filter(casus=casus, tot__isnull=True).select_for_update():
        plaats.tot = max(local_date(op), plaats.van + timedelta(days=1))
        plaats.reden_uitstroom, plaats.waarheen = RedenUitstroom.GEZIN, reden
        plaats.save(update_fields=["tot", "reden_uitstroom", "waarheen"])


def call_off(casus: Casus, reden: str, *, by: Kijker, op: datetime) -> None:
    """An overleg that was planned does not go on; everybody who was invited hears that."""
    for mdo in Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).select_for_update():
        mdo.status, mdo.afgezegd_op, mdo.afgezegd_om = MdoStatus.AFGEZEGD, op, reden
        mdo.volgnummer += 1
        mdo.save(update_fields=["status", "afgezegd_op", "afgezegd_om", "volgnummer"])
        tell_invited(mdo, Bericht.AFGEZEGD, casus=casus, by=by, gebeurtenis=None, op=op)


def leave_team(casus: Casus, status: Status, *, van_team: int, by: Kijker, op: datetime) -> None:
    """Another team has the casus now: actions and loose clocks go along. What the school waits for (feedback, the wait for help,
    safety) is not forgotten because another team has it: the new team gets those clocks as they stand. An overleg with the team
    that had it is called off, and everybody who was invited hears that.

    Or the school has it back: what the team would do lapses, and what family or network would do is
    for the school to ask after.
    """
    call_off(casus, "De casus ligt niet meer bij dit wijkteam.", by=by, op=op)
    running = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, eigenaar_wijkteam_id=van_team)
    if status in BIJ_EEN_TEAM:
        _hand_on(casus, running.filter(los=True))
        return
    clocks = running.filter(taak__isnull=False)
    own = Taak.objects.open().filter(casus=casus, partij=Deelnemer.WIJKTEAM)
    lapsed = list(own.values_list("pk", flat=True))
    own.update(vervallen_op=op, vervallen_om="Het wijkteam legde de casus terug.")
    close_termijnen(casus=casus, soorten=None, om=VERVALLEN, op=op, taak__in=lapsed)
    _hand_on(casus, clocks)


def end_sharing(casus: Casus, aanbieder_id: int, *, op: datetime) -> None:
    """An aanbieder no longer sees the casus, so nothing reminds it. What it would do is asked after by whoever has it."""
    theirs = {"gesloten_op__isnull": True, "eigenaar_aanbieder_id": aanbieder_id}
    close_termijnen(casus=casus, soorten=None, om=VERVALLEN, op=op, taak__isnull=True, eigenaar_aanbieder_id=aanbieder_id)
    _hand_on(casus, Termijn.objects.filter(casus=casus, **theirs))


def _hand_on(casus: Casus, clocks: QuerySet[Termijn]) -> None:
    """The clocks of these actions, and the actions, get the owner who has the casus now: its team, or the school."""
    found: list[tuple[int, int | None]] = list(clocks.values_list("pk", "taak_id"))
    person = (casus.behandelaar or casus.aanspreekpunt) if casus.status in BIJ_EEN_TEAM else None
    if casus.status in BIJ_EEN_TEAM:
        owner = {"eigenaar_soort": EigenaarSoort.WIJKTEAM, "eigenaar_wijkteam_id": casus.wijkteam_id}
        user_id = person.user_id if person else None
    else:
        owner = {"eigenaar_soort": EigenaarSoort.SCHOOL, "eigenaar_wijkteam_id": None}
        user_id = casus.aangevraagd_door_id
    who = {"eigenaar_contactpersoon": person, "eigenaar_user_id": user_id, "eigenaar_aanbieder_id": None}
    Termijn.objects.filter(pk__in=[pk for pk, _ in found]).update(**owner, **who)
    Taak.objects.filter(pk__in=[taak for _, taak in found if taak is not None]).update(**who)
    cancel_meldingen(onderwerp_soort=ONDERWERP, onderwerp_ids=[pk for pk, _ in found])
