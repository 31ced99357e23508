"""What becomes of all that belongs to a casus when it ends, or leaves the team that had it. Nothing stays open behind it."""

from datetime import datetime

from casussen.actions.uitnodigen import Bericht, tell_invited
from casussen.feiten import local_date
from casussen.keuzes import Deelnemer, EigenaarSoort, InzetStatus, MdoStatus, Status
from casussen.models import Casus, Deling, Inzet, Mdo, Taak, Termijn, Voortgang
from kern.kijker import Kijker

_OPEN_TAAK = {"afgerond_op__isnull": True, "vervallen_op__isnull": True}


def wind_up(casus: Casus, status: Status, *, by: Kijker, op: datetime) -> None:
    """The casus ended: open actions lapse, help is over here, an overleg is called off, sharing with others stops."""
    reden = f"De casus is {status.label}."
    Taak.objects.filter(casus=casus, **_OPEN_TAAK).update(vervallen_op=op, vervallen_om=reden)
    call_off(casus, reden, by=by, op=op)
    for inzet in Inzet.objects.filter(casus=casus).open().select_for_update():
        inzet.status = InzetStatus.BEEINDIGD if inzet.gestart_op else InzetStatus.AFGEWEZEN
        inzet.geeindigd_op, inzet.einde_reden = max(local_date(op), inzet.gestart_op or local_date(op)), reden
        inzet.save(update_fields=["status", "geeindigd_op", "einde_reden"])
        Voortgang.objects.create(
            inzet=inzet, status=inzet.status, tekst=reden, door_id=by.user_id, door_naam=by.naam[:200], op=op
        )
    Deling.objects.living().filter(casus=casus).update(ingetrokken_op=op)


def call_off(casus: Casus, reden: str, *, by: Kijker, op: datetime) -> None:
    """An overleg that was planned does not go on; everybody who was invited hears that."""
    for mdo in Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).select_for_update():
        mdo.status, mdo.afgezegd_op, mdo.afgezegd_om = MdoStatus.AFGEZEGD, op, reden
        mdo.volgnummer += 1
        mdo.save(update_fields=["status", "afgezegd_op", "afgezegd_om", "volgnummer"])
        tell_invited(mdo, Bericht.AFGEZEGD, casus=casus, by=by, gebeurtenis=None, op=op)


def leave_team(casus: Casus, status: Status, *, van_team: int, by: Kijker, op: datetime) -> None:
    """Another team has the casus now, or the school has it back: the team's actions go along, or lapse, and an overleg with that
    team is called off."""
    call_off(casus, "De casus ligt niet meer bij dit wijkteam.", by=by, op=op)
    own = Taak.objects.filter(casus=casus, **_OPEN_TAAK)
    clocks = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, taak__isnull=False, eigenaar_wijkteam_id=van_team)
    if status != Status.TERUGGELEGD and casus.wijkteam_id is not None:
        person = casus.aanspreekpunt
        own.filter(eigenaar_contactpersoon__isnull=False).update(eigenaar_contactpersoon=person)
        clocks.update(
            eigenaar_wijkteam_id=casus.wijkteam_id,
            eigenaar_contactpersoon=person,
            eigenaar_user_id=person.user_id if person else None,
        )
        return
    own.filter(partij=Deelnemer.WIJKTEAM).update(vervallen_op=op, vervallen_om="Het wijkteam legde de casus terug.")
    lapsed = Taak.objects.filter(casus=casus, vervallen_op=op).values("pk")
    clocks.filter(taak__in=lapsed).update(gesloten_op=op, gesloten_om="vervallen", volgende_op=None, volgende_stap=None)
    # What family or network would do is now for the school to ask after.
    clocks.filter(gesloten_op__isnull=True).update(
        eigenaar_soort=EigenaarSoort.SCHOOL,
        eigenaar_wijkteam=None,
        eigenaar_contactpersoon=None,
        eigenaar_user_id=casus.aangevraagd_door_id,
    )
