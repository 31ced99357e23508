"""The one machine that takes every step of the workflow table. It knows no step by name.

In one transaction: lock the casus, see whether this person may and the state allows it, see what is missing, let the step's own
effect do its work, and write down what follows from the table: the state and how long the last one took, the step and its event,
the termijnen that end and begin, the feedback, who is told, and a row in the access log.

Two people who take the same step at once wait for each other at the lock; the second is told who was first. The same form sent
twice by one person is recognised and answers as if it were once.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from casussen.actions import berichten, klokken
from casussen.actions.einde import leave_team, wind_up
from casussen.actions.registers import EFFECTEN, VOORBEREIDINGEN
from casussen.feiten import facts_of
from casussen.fouten import NietBevoegd, OnjuisteStatus, Ontbreekt, Onvolledig
from casussen.keuzes import EINDSTATUSSEN, WACHTSTATUSSEN, Status
from casussen.models import Casus, Overgang, Statusperiode, Terugkoppeling
from casussen.rules import Feiten, flags_fit, holds, missing_for, organisations_for, role_for, why_not
from casussen.tabel import Bevoegd, Doel, Regel, Richting, TermijnRegel
from casussen.velden import clean
from casussen.woorden import either, flags_in_the_way, told_to
from casussen.workflow import ACTIES, NA_REACTIE, TEAM_WERKT, TERUGKOPPELEN, rule_for, rules_of
from kern.actions import record_event
from kern.kijker import Houdt, Kijker
from kern.klok import local_date
from kern.models import Gebeurtenis
from toegang.actions.inzage import GEWEIGERD, log_inzage

#: What every step needs besides the casus itself; the rest is fetched by the step that needs it.
_MET = ("leerling", "regio", "vestiging")
_RELATIE = {"school": "eigen school", "wijkteam": "eigen team", "regio": "eigen regio", "aanbieder": "gedeeld met toestemming"}


@dataclass(slots=True)
class Uitvoering:
    """One step being taken. An effect changes `casus` before it is saved, writes rows of its own, and chooses where to go when a
    row has more than one destination (`go_to`)."""

    regel: Regel
    casus: Casus
    by: Kijker
    bevoegd: Bevoegd
    op: datetime
    feiten: Feiten
    gegevens: dict[str, Any]
    overgang: Overgang
    doel: Doel
    vorig_wijkteam_id: int | None
    vorige_contactpersoon_id: int | None
    vorige_status: Status
    #: For the clock that starts now: the day somebody chose for it, and whom they named as its owner.
    gekozen_dag: date | None = None
    gekozen_eigenaar_id: int | None = None
    #: Of help that ends with the casus, by its id: the day on which it really ended, where that was told.
    einddagen: dict[int, date] = field(default_factory=dict)
    #: Termijnen that begin besides those of the row.
    opent_ook: list[TermijnRegel] = field(default_factory=list)
    #: What else is told, once the step and its event are written down.
    vertelt_ook: list[Callable[[Gebeurtenis], None]] = field(default_factory=list)
    #: Who hears of this step in words of its own, and so not once more in those of the table (`berichten.Ontvanger.sleutel`).
    al_verteld: set[str] = field(default_factory=set)

    #: What the meldingen of this step call it, when the row has no words for how it went.
    nieuws: str = ""
    nieuws_portaal: str = ""

    def go_to(self, status: Status | Richting) -> None:
        """Choose one of the destinations of the row."""
        self.doel = self.regel.doelen[status]

    @property
    def own_aanbieders(self) -> frozenset[int]:
        """The aanbieders for which this person takes the step: their own, while the casus is shared with them."""
        return self.by.ids(self.bevoegd.rol) & self.feiten.dossier.aanbieders

    @property
    def naar(self) -> Status:
        match self.doel.status:
            case Richting.BLIJFT:
                return self.vorige_status
            case Richting.TERUG:
                if self.feiten.vorige is None:
                    raise OnjuisteStatus("Deze casus kan niet terug naar waar hij vandaan kwam.")
                return self.feiten.vorige
            case status:
                return status


def perform(
    actie: str,
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    versie: int | None = None,
    gegevens: Mapping[str, Any] | None = None,
) -> Casus:
    """Take a step. `versie`: the `Casus.versie` the person was looking at; without it only the state is checked.

    Raises NietBevoegd, OnjuisteStatus or Onvolledig (see `casussen.fouten`); then nothing was changed.
    """
    if actie not in ACTIES:
        raise Onvolledig([{"veld": "actie", "melding": "Deze actie bestaat niet."}])
    try:
        with transaction.atomic():
            return _perform(actie, casus.pk, by=by, op=op, versie=versie, gegevens=gegevens or {})
    except NietBevoegd:
        log_inzage(kijker=by, actie=actie, object_soort="casus", object_id=casus.pk, uitkomst=GEWEIGERD, op=op)
        raise


def _perform(actie: str, casus_id: int, *, by: Kijker, op: datetime, versie: int | None, gegevens: Mapping[str, Any]) -> Casus:
    casus = Casus.objects.select_for_update(of=("self",)).select_related(*_MET).filter(pk=casus_id).first()
    if casus is None:
        raise OnjuisteStatus("Deze casus bestaat niet meer.")  # a draft that was thrown away in another tab
    op = max(op, casus.status_sinds)  # whoever waited for the lock comes after who had it
    afdruk = fingerprint(actie, gegevens)
    if versie is not None and versie != casus.versie and _done_before(casus, versie, afdruk, by):
        return casus
    feiten = facts_of(casus, op=local_date(op), moment=op)
    regel, bevoegd = _admit(actie, casus, feiten, by, versie=versie, op=op)
    schoon = _read(regel, casus, feiten, by, gegevens)
    run = Uitvoering(
        regel=regel,
        casus=casus,
        by=by,
        bevoegd=bevoegd,
        op=op,
        feiten=feiten,
        gegevens=schoon,
        overgang=_new_step(regel=regel, casus=casus, by=by, bevoegd=bevoegd, op=op, gegevens=schoon, afdruk=afdruk),
        doel=regel.naar[0],
        vorig_wijkteam_id=casus.wijkteam_id,
        vorige_contactpersoon_id=casus.behandelaar_id or casus.aanspreekpunt_id,
        vorige_status=feiten.status,
    )
    if effect := EFFECTEN.get(actie):
        effect(run)
    _write(run)
    return casus


def fingerprint(actie: str, gegevens: Mapping[str, Any]) -> str:
    """What was sent, as a keyed hash: recognisable, not readable."""
    sent = json.dumps({"actie": actie, **gegevens}, sort_keys=True, default=str)
    return salted_hmac("casussen.overgang", sent, algorithm="sha256").hexdigest()


def _done_before(casus: Casus, versie: int, afdruk: str, by: Kijker) -> bool:
    """The same form was sent before by the same person, looking at the same casus."""
    if by.user_id is None:
        return False
    return Overgang.objects.filter(casus=casus, versie=versie + 1, door_id=by.user_id, afdruk=afdruk).exists()


# --- May it ----------------------------------------------------------------------------------------------------
def _admit(actie: str, casus: Casus, feiten: Feiten, by: Kijker, *, versie: int | None, op: datetime) -> tuple[Regel, Bevoegd]:
    """The row and the role in which this person takes it. First whose casus it is, then whether the state allows it."""
    regel = rule_for(actie, casus.status)
    stale = versie is not None and versie != casus.versie
    bevoegd = role_for(regel, feiten, by) if regel else None
    if regel is None or bevoegd is None:
        someone = any(_holds_a_role(r, feiten, by) for r in rules_of(actie)) or (stale and _had_it_before(casus, by))
        if someone and (regel is None or stale):
            raise _someone_was_first(casus, by, op, actie=actie if regel is None else "", stale=stale)
        raise NietBevoegd(why_not(regel or rules_of(actie)[0], feiten, by))
    if stale:
        raise _someone_was_first(casus, by, op, stale=True)
    if not flags_fit(regel, feiten):
        raise OnjuisteStatus(flags_in_the_way(regel))
    if not _in_sight(casus, by, bevoegd):
        raise NietBevoegd(
            "U kunt deze casus niet zien: er is geen toestemming om hem met u te delen. Vraag de school om toestemming."
        )
    return regel, bevoegd


def _holds_a_role(regel: Regel, feiten: Feiten, by: Kijker) -> bool:
    return any(holds(b, feiten, by) for b in regel.wie)


def _had_it_before(casus: Casus, by: Kijker) -> bool:
    """The casus was taken from this person's team by the last step: they may know by whom."""
    last = Overgang.objects.filter(casus=casus).order_by("-op", "-id").first()
    return last is not None and any(h.soort == "wijkteam" and h.id == last.van_wijkteam_id for h in by.houdt if h.id is not None)


def _in_sight(casus: Casus, by: Kijker, bevoegd: Bevoegd) -> bool:
    scopes = {"regio": Casus.objects.stuurbaar_door, "aanbieder": Casus.objects.gedeeld_met}
    scope = scopes.get(bevoegd.rol.soort or "", Casus.objects.visible_to)(by)
    return scope.filter(pk=casus.pk).exists()


def _someone_was_first(casus: Casus, by: Kijker, op: datetime, *, actie: str = "", stale: bool) -> OnjuisteStatus:
    """Who did what meanwhile; and for an `actie` that this state does not have, in which states it can be done. Of somebody who
    did something else, and was not in the way, nothing is said."""
    last = Overgang.objects.filter(casus=casus).order_by("-op", "-id").first()
    where = either(status.label for regel in rules_of(actie) for status in regel.van)
    if last is None or not (stale or last.actie == actie):
        return OnjuisteStatus(f"Dat kan niet bij een casus met status '{casus.get_status_display()}'. Het kan bij: {where}.")
    melding, wie, wat = told_to(last, user_id=by.user_id, op=op)
    if where and last.actie != actie:
        melding = f"{melding} {rules_of(actie)[0].label} kan bij: {where}."
    return OnjuisteStatus(melding, wie=wie, wat=wat)


# --- What was sent ---------------------------------------------------------------------------------------------
def _read(regel: Regel, casus: Casus, feiten: Feiten, by: Kijker, gegevens: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the step, or Onvolledig with everything that is missing or wrong at once."""
    if prepare := VOORBEREIDINGEN.get(regel.actie):
        gegevens = prepare(casus, by, gegevens)
    schoon, fouten = clean(regel.velden, gegevens)
    named = {fout["veld"] for fout in fouten}
    missing: list[Ontbreekt] = missing_for((*regel.bij, *regel.voorwaarden, *regel.guards), feiten, schoon)
    fouten += [item for item in missing if item["veld"] not in named]
    if fouten:
        raise Onvolledig(fouten)
    return schoon


def _new_step(
    *, regel: Regel, casus: Casus, by: Kijker, bevoegd: Bevoegd, op: datetime, gegevens: Mapping[str, Any], afdruk: str
) -> Overgang:
    return Overgang(
        casus=casus,
        ronde=casus.ronde,
        actie=regel.actie,
        van_status=casus.status,
        door_id=by.user_id,
        door_naam=by.naam[:200],
        door_rol=bevoegd.rol.sleutel,
        op=op,
        van_wijkteam_id=casus.wijkteam_id,
        reden=gegevens.get("reden", ""),
        namens=gegevens.get("namens", ""),
        toelichting=gegevens.get("toelichting", ""),
        advies=gegevens.get("advies", ""),
        alternatief=gegevens.get("alternatief", ""),
        versie=casus.versie + 1,
        afdruk=afdruk,
    )


# --- Writing it down -------------------------------------------------------------------------------------------
def _write(run: Uitvoering) -> None:
    casus, naar = run.casus, run.naar
    moves = run.doel.status is not Richting.BLIJFT  # also on to another team, in the same state
    if naar == Status.AANGEMELD and casus.t0 is None:
        casus.t0 = run.op  # the clock starts, once in every ronde
    casus.status = naar
    casus.versie += 1
    for vlag in run.regel.zet:
        setattr(casus, vlag.value, True)
    for vlag in run.regel.licht:
        setattr(casus, vlag.value, False)
    if moves and not (naar in NA_REACTIE and run.doel.status is Richting.TERUG) and naar not in WACHTSTATUSSEN:
        casus.school_reageerde = False  # the next evaluation asks anew; a question in between changes nothing
    if moves:
        casus.status_sinds = run.op
        Statusperiode.objects.filter(casus=casus, tot__isnull=True).update(tot=run.op)
        Statusperiode.objects.create(casus=casus, ronde=casus.ronde, status=naar, van=run.op)
    casus.save()
    overgang = run.overgang
    overgang.ronde, overgang.naar_status, overgang.naar_wijkteam_id = casus.ronde, naar, casus.wijkteam_id
    overgang.save()
    gebeurtenis = _record(run)
    if moves or run.regel.sluit not in {None, "alle"}:
        klokken.close_for(
            casus,
            van=run.vorige_status,
            naar=naar,
            sluit=run.regel.sluit,
            door=run.bevoegd.rol.soort or "",
            op=run.op,
        )
    klokken.end_loose(casus, run.regel.sluit_los, op=run.op)
    if naar in EINDSTATUSSEN:
        wind_up(casus, naar, by=run.by, op=run.op, einddagen=run.einddagen)
    elif run.vorig_wijkteam_id is not None and (naar == Status.TERUGGELEGD or casus.wijkteam_id != run.vorig_wijkteam_id):
        leave_team(casus, naar, van_team=run.vorig_wijkteam_id, by=run.by, op=run.op)
    klokken.open_for(casus, run.doel.opent, op=run.op, dag=run.gekozen_dag, eigenaar_id=run.gekozen_eigenaar_id)
    klokken.open_for(casus, run.opent_ook, op=run.op)
    if moves and naar == Status.AANGEMELD:
        klokken.open_for_flags(casus, op=run.op)
    _feed_back(run)
    verteld = berichten.Verteld(
        casus=casus,
        by=run.by,
        gebeurtenis=gebeurtenis,
        van=run.vorige_status,
        vorig_wijkteam_id=run.vorig_wijkteam_id,
        vorige_contactpersoon_id=run.vorige_contactpersoon_id,
        op=run.op,
        al_verteld=frozenset(run.al_verteld),
        nieuws=run.nieuws or run.regel.nieuws,
        nieuws_portaal=run.nieuws_portaal or run.regel.nieuws_portaal,
    )
    berichten.tell(run.doel.meldt, verteld)
    for more in run.vertelt_ook:
        more(gebeurtenis)
    houdt = _appointment(run)
    relatie = _RELATIE[run.bevoegd.rol.soort or ""]
    log_inzage(
        kijker=run.by, actie=run.regel.actie, object_soort="casus", object_id=casus.pk, relatie=relatie, houdt=houdt, op=run.op
    )


def _record(run: Uitvoering) -> Gebeurtenis:
    casus, overgang = run.casus, run.overgang
    return record_event(
        soort=f"casus_{run.regel.actie}",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=run.by,
        op=run.op,
        rol=run.bevoegd.rol.sleutel,
        gegevens={
            "van": overgang.van_status,
            "naar": overgang.naar_status,
            "ronde": casus.ronde,
            "overgang": overgang.pk,
            "wijkteam": casus.wijkteam_id,
        },
    )


def _feed_back(run: Uitvoering) -> None:
    """What the step must tell the school, addressed to who asked; what the school tells, to who has the casus at the team."""
    parts = run.regel.terugkoppeling
    if parts is None:
        return
    Terugkoppeling.objects.create(
        casus=run.casus,
        overgang=run.overgang,
        aan_id=_addressee(run),
        door_id=run.by.user_id,
        gedaan=run.gegevens[parts.gedaan],
        vervolg=run.gegevens.get(parts.vervolg, ""),
        nodig_van_school=run.gegevens.get(parts.nodig, ""),
        op=run.op,
    )
    if run.casus.status in TEAM_WERKT:
        klokken.restart(TERUGKOPPELEN, run.casus, op=run.op)


def _addressee(run: Uitvoering) -> int:
    """Always somebody. Of a team without an account who asked is all there is."""
    casus = run.casus
    person = casus.behandelaar or casus.aanspreekpunt
    if run.bevoegd.rol.soort == "school" and person is not None and person.user_id is not None:
        return int(person.user_id)
    return casus.aangevraagd_door_id


def _appointment(run: Uitvoering) -> Houdt | None:
    organisaties = organisations_for(run.bevoegd, run.feiten)
    held = (h for h in run.by.houdt if h.rol == run.bevoegd.rol.sleutel and h.id in organisaties)
    return next(held, None)
