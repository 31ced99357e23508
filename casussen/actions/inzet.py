"""Help of an aanbieder: asked for, waited for, started, ended. The flag wacht_op_zorg follows what is really waited for."""

from datetime import date, datetime

from casussen.actions.klokken import due_at
from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect
from casussen.actions.termijnen import GEHAALD, close_termijnen, open_termijn
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import DelingMet, InzetStatus
from casussen.models import Casus, Deling, Doel, Inzet, Voortgang
from casussen.rules import age_on
from casussen.workflow.termijnen import VOORTGANG, WACHTTIJD
from zorgaanbod.models import Arrangement, Wachttijd


@effect("hulp_aanvragen")
def hulp_aanvragen(run: Uitvoering) -> None:
    """Only with the family's consent to share with this aanbieder (`delen`); without it nothing goes anywhere."""
    casus, values = run.casus, run.gegevens
    arrangement = Arrangement.objects.offered(run.feiten.op).select_related("aanbieder").filter(pk=values["arrangement"]).first()
    if arrangement is None:
        raise Onvolledig([{"veld": "arrangement", "melding": "Kies hulp die nu wordt aangeboden."}])
    shared = Deling.objects.living().filter(casus=casus, met=DelingMet.AANBIEDER, aanbieder=arrangement.aanbieder_id)
    if not shared.exists():
        wie = arrangement.aanbieder
        melding = f"Er is nog geen toestemming om de casus te delen met {wie}. Leg die eerst vast onder 'Delen'."
        raise Onvolledig([{"veld": "arrangement", "melding": melding}])
    _require_fit(run, arrangement)
    if Inzet.objects.filter(casus=casus, arrangement=arrangement).open().exists():
        raise Onvolledig([{"veld": "arrangement", "melding": "Deze hulp is al aangevraagd voor deze casus."}])
    newest = Wachttijd.objects.filter(arrangement=arrangement).order_by("-gemeten_op", "-id").first()
    inzet = Inzet.objects.create(
        casus=casus,
        ronde=casus.ronde,
        arrangement=arrangement,
        aangevraagd_op=values["aangevraagd_op"],
        wachttijd_toen=newest.weken if newest else None,
        door_id=run.by.user_id,
        vastgelegd_op=run.op,
    )
    wanted = [row["doel"] for row in values.get("voor_doelen", []) if row.get("gekozen")]
    inzet.doelen.set(Doel.objects.filter(casus=casus, pk__in=wanted))
    _tell(run, inzet, f"Aangevraagd op {_day(inzet.aangevraagd_op)}.")


def _require_fit(run: Uitvoering, arrangement: Arrangement) -> None:
    """Meant for the age of the pupil, and bought by the gemeente that pays; the screen offers nothing else."""
    op, this = run.feiten.op, Arrangement.objects.filter(pk=arrangement.pk)
    age = age_on(run.feiten.geboortedatum, op) if run.feiten.geboortedatum else None
    if not this.for_age(age).exists():
        ages = f"{arrangement.leeftijd_van} tot en met {arrangement.leeftijd_tot} jaar"
        raise Onvolledig([{"veld": "arrangement", "melding": f"Deze hulp is voor {ages}; de leerling is {age}."}])
    if not this.bought_for(run.casus.woongemeente_id, op).exists():
        where = f"Gemeente {run.casus.woongemeente}" if run.casus.woongemeente else "De gemeente van de leerling"
        raise Onvolledig([{"veld": "arrangement", "melding": f"{where} heeft op deze dag geen contract voor deze hulp."}])


def _own(run: Uitvoering) -> Inzet:
    """The help of this step; of an aanbieder only the own."""
    rows = Inzet.objects.select_for_update(of=("self",)).select_related("arrangement")
    inzet = rows.filter(casus=run.casus, pk=run.gegevens["inzet"]).first()
    if inzet is None:
        raise Onvolledig([{"veld": "inzet", "melding": "Kies hulp die bij deze casus loopt."}])
    if run.bevoegd.rol.soort == "aanbieder" and inzet.arrangement.aanbieder_id not in run.own_aanbieders:
        raise NietBevoegd("Dit is geen hulp van uw organisatie.")
    return inzet


def _tell(run: Uitvoering, inzet: Inzet, tekst: str) -> None:
    """One more line in how the help goes; from here the aanbieder has four weeks to tell more, while it sees the casus."""
    Voortgang.objects.create(
        inzet=inzet,
        status=inzet.status,
        tekst=tekst,
        door_id=run.by.user_id,
        door_naam=run.by.naam[:200],
        door_rol=run.bevoegd.rol.sleutel,
        op=run.op,
    )
    close_termijnen(casus=run.casus, soorten=None, om=GEHAALD, op=run.op, inzet=inzet)
    if inzet.status not in {InzetStatus.BEEINDIGD, InzetStatus.AFGEWEZEN}:
        expect_progress(inzet, casus=run.casus, op=run.op)


def expect_progress(inzet: Inzet, *, casus: Casus, op: datetime) -> None:
    """From now the aanbieder has four weeks to tell how it goes; only while the casus is shared with them."""
    aanbieder_id = inzet.arrangement.aanbieder_id
    if not Deling.objects.living().filter(casus=casus, met=DelingMet.AANBIEDER, aanbieder=aanbieder_id).exists():
        return
    open_termijn(
        casus=casus,
        soort=VOORTGANG.soort,
        eigenaar_soort=VOORTGANG.eigenaar,
        vervalt_op=due_at(VOORTGANG, casus=casus, op=op),
        op=op,
        eigenaar_aanbieder_id=aanbieder_id,
        inzet=inzet,
    )


def _day(datum: date) -> str:
    return f"{datum:%-d-%-m-%Y}"


@effect("hulp_wacht")
def hulp_wacht(run: Uitvoering) -> None:
    values, inzet = run.gegevens, _own(run)
    if values["wacht_sinds"] < inzet.aangevraagd_op:
        raise Onvolledig([{"veld": "wacht_sinds", "melding": "Dit ligt voor de dag van de aanvraag."}])
    inzet.status, inzet.reden_wachten, inzet.wacht_sinds = InzetStatus.WACHT, values["reden_wachten"], values["wacht_sinds"]
    inzet.verwacht_op, inzet.wachten_toelichting = values.get("verwacht_op"), values["toelichting"]
    inzet.save(update_fields=["status", "reden_wachten", "wacht_sinds", "verwacht_op", "wachten_toelichting"])
    run.casus.wacht_op_zorg = True
    _tell(run, inzet, values["toelichting"])


@effect("hulp_starten")
def hulp_starten(run: Uitvoering) -> None:
    _start(run, _own(run))


def _start(run: Uitvoering, inzet: Inzet) -> None:
    start = run.gegevens["startdatum"]
    if start < inzet.aangevraagd_op:
        raise Onvolledig([{"veld": "startdatum", "melding": "Dit ligt voor de dag van de aanvraag."}])
    inzet.status, inzet.gestart_op = InzetStatus.GESTART, start
    inzet.save(update_fields=["status", "gestart_op"])
    _tell(run, inzet, f"Gestart op {_day(start)}.")
    _follow_waiting(run, inzet)
    if run.casus.hulp_gestart_op is None:
        run.casus.hulp_gestart_op = start


@effect("uitvoeren")
def uitvoeren(run: Uitvoering) -> None:
    """The first help really started: of an aanbieder, or the team's own. After an evaluation the day of the start stays."""
    start = run.gegevens.get("startdatum")
    if start is None:
        return
    run.casus.hulp_gestart_op = start
    if run.gegevens.get("inzet"):
        _start(run, _own(run))
    elif run.bevoegd.rol.soort == "aanbieder":
        raise Onvolledig([{"veld": "inzet", "melding": "Kies de hulp van uw organisatie die is begonnen."}])


@effect("hulp_niet_door")
def hulp_niet_door(run: Uitvoering) -> None:
    _end(run, _own(run), InzetStatus.AFGEWEZEN, run.feiten.op)


@effect("hulp_beeindigen")
def hulp_beeindigen(run: Uitvoering) -> None:
    inzet, end = _own(run), run.gegevens["einddatum"]
    if inzet.gestart_op is not None and end < inzet.gestart_op:
        raise Onvolledig([{"veld": "einddatum", "melding": "Dit ligt voor de start van de hulp."}])
    _end(run, inzet, InzetStatus.BEEINDIGD, end)


def _end(run: Uitvoering, inzet: Inzet, status: InzetStatus, datum: date) -> None:
    was_waited_for = inzet.status == InzetStatus.WACHT
    inzet.status, inzet.geeindigd_op, inzet.einde_reden = status, datum, run.gegevens["einde_reden"]
    inzet.save(update_fields=["status", "geeindigd_op", "einde_reden"])
    _tell(run, inzet, run.gegevens["einde_reden"])
    if was_waited_for:  # other help that ends says nothing of what the family waits for
        _follow_waiting(run, inzet)


@effect("voortgang_melden")
def voortgang_melden(run: Uitvoering) -> None:
    _tell(run, _own(run), run.gegevens["voortgang"])


def _follow_waiting(run: Uitvoering, inzet: Inzet) -> None:
    """Nothing is waited for any more: the flag goes down and its clock stops."""
    casus = run.casus
    others = Inzet.objects.filter(casus=casus, status=InzetStatus.WACHT).exclude(pk=inzet.pk)
    if casus.wacht_op_zorg and not others.exists():
        casus.wacht_op_zorg = False
        close_termijnen(casus=casus, soorten=[WACHTTIJD.soort], om=GEHAALD, op=run.op)
