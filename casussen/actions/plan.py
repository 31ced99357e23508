"""The one plan of a family: its versions, the scores of its goals, how heavy the help is, and what came of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from casussen.actions.effecten import person_of
from casussen.actions.machine import Uitvoering
from casussen.actions.overleg import last_held
from casussen.actions.registers import effect
from casussen.actions.taken import make_taken
from casussen.fouten import Onvolledig
from casussen.keuzes import SoortTaak
from casussen.models import Doel, Doelscore, Doelversie, Intensiteit, Inzet, Mdo, Nazorg, Plan, Reactie
from casussen.velden.lezen import PLAATS


@effect("plan_vaststellen")
def plan_vaststellen(run: Uitvoering) -> None:
    values = run.gegevens
    held = last_held(run.casus)
    write_version(run, mdo=held, zonder_mdo="" if held else values["mdo_reden_niet"], reden="")
    if niveau := values.get("intensiteit"):
        latest = Intensiteit.objects.filter(casus=run.casus).order_by("-vanaf", "-id").first()
        if latest is not None and latest.vanaf >= run.feiten.op:  # of a ronde that ended today
            if latest.niveau == niveau:
                return
            melding = "De zwaarte is vandaag al vastgelegd. Laat dit leeg, en wijzig haar vanaf morgen bij 'Op- of afschalen'."
            raise Onvolledig([{"veld": "intensiteit", "melding": melding}])
        _set_intensity(run, niveau, run.feiten.op, "Vastgesteld met het plan.")


@effect("plan_bijstellen")
def plan_bijstellen(run: Uitvoering) -> None:
    write_version(run, mdo=None, zonder_mdo="", reden=run.gegevens["reden_bijstellen"])


def write_version(run: Uitvoering, *, mdo: Mdo | None, zonder_mdo: str, reden: str) -> Plan:
    """The next version, with its goals and what was agreed in it. Goals that are no longer named stay in the earlier versions."""
    values, casus = run.gegevens, run.casus
    last = Plan.objects.filter(casus=casus).aggregate(last=Max("versie"))["last"] or 0
    plan = Plan.objects.create(
        casus=casus,
        ronde=casus.ronde,
        versie=last + 1,
        beeld=values.get("beeld", ""),
        mdo=mdo,
        zonder_mdo=zonder_mdo,
        standpunt=values["standpunt"],
        mening_gezin=values.get("mening_gezin", ""),
        reden=reden,
        door_id=run.by.user_id,
        op=run.op,
    )
    known = {doel.pk: doel for doel in Doel.objects.filter(casus=casus)}
    number = max((doel.nummer for doel in known.values()), default=0)
    for row in values["doelen"]:
        doel = known.get(row.get("doel"))
        if doel is None:
            number += 1
            doel = Doel.objects.create(casus=casus, ronde=casus.ronde, nummer=number, aangemaakt_op=run.op)
        texts = {naam: row.get(naam, "") for naam in ("domein", "tekst", "partij", "eigenaar", "eigen_kracht", "netwerk")}
        Doelversie.objects.create(
            plan=plan, doel=doel, schoolloopbaan=bool(row.get("schoolloopbaan")), terugkeer_op=row.get("terugkeer_op"), **texts
        )
        if row.get("score"):
            _score(run, doel, row["score"])
    make_taken(run, values.get("acties", []), soort=SoortTaak.ACTIE)
    return plan


def _score(run: Uitvoering, doel: Doel, score: int, **extra: Any) -> None:
    Doelscore.objects.create(doel=doel, score=score, door_id=run.by.user_id, op=run.op, **({"datum": run.feiten.op} | extra))


def give_scores(run: Uitvoering, rows: Iterable[Mapping[str, Any]], *, datum: Any) -> None:
    own = {doel.pk: doel for doel in Doel.objects.filter(casus=run.casus)}
    for row in rows:
        if row.get("score"):
            extra = {"datum": datum, "van_wie": row.get("van_wie", ""), "toelichting": row.get("toelichting", "")}
            _score(run, own[row["doel"]], row["score"], **extra)


@effect("doelen_scoren")
def doelen_scoren(run: Uitvoering) -> None:
    give_scores(run, run.gegevens.get("scores", []), datum=run.gegevens["score_datum"])


@effect("evalueren")
def evalueren(run: Uitvoering) -> None:
    give_scores(run, run.gegevens.get("scores", []), datum=run.feiten.op)
    run.overgang.toelichting = run.gegevens.get("mening_gezin", "")


@effect("intensiteit_wijzigen")
def intensiteit_wijzigen(run: Uitvoering) -> None:
    values = run.gegevens
    latest = Intensiteit.objects.filter(casus=run.casus).order_by("-vanaf", "-id").first()
    if latest is not None and latest.niveau == values["intensiteit"]:
        raise Onvolledig([{"veld": "intensiteit", "melding": "De hulp heeft deze zwaarte al. Kies een andere."}])
    if latest is not None and values["vanaf"] <= latest.vanaf:
        raise Onvolledig(
            [{"veld": "vanaf", "melding": f"De vorige wijziging was op {latest.vanaf:%-d-%-m-%Y}. Kies een latere dag."}]
        )
    _set_intensity(run, values["intensiteit"], values["vanaf"], values["toelichting"])


def _set_intensity(run: Uitvoering, niveau: str, vanaf: Any, reden: str) -> None:
    """One per day, and none is ever written over: how the help went from light to heavy stays to be read."""
    Intensiteit.objects.create(casus=run.casus, vanaf=vanaf, niveau=niveau, reden=reden, door_id=run.by.user_id, op=run.op)


# --- Evaluation and the end -------------------------------------------------------------------------------------
@effect("reageren")
def reageren(run: Uitvoering) -> None:
    from_school = run.gegevens
    Reactie.objects.create(
        casus=run.casus,
        ronde=run.casus.ronde,
        eens=from_school["eens"] == "ja",
        tekst=from_school["reactie"],
        door_id=person_of(run.by),
        op=run.op,
    )
    run.casus.school_reageerde = True


@effect("afsluiten")
def afsluiten(run: Uitvoering) -> None:
    """A result per goal, and a day on which somebody asks how it goes."""
    casus, values = run.casus, run.gegevens
    casus.afgesloten_op = run.op
    run.overgang.toelichting = values["mening_gezin"]
    for row in values.get("resultaten", []):
        Doel.objects.filter(casus=casus, pk=row["doel"]).update(
            resultaat=row["resultaat"], resultaat_tekst=row.get("toelichting", ""), resultaat_op=run.op
        )
    run.einddagen = _real_ends(run)
    Nazorg.objects.create(casus=casus, ronde=casus.ronde, datum=values["nazorg_datum"])


def _real_ends(run: Uitvoering) -> dict[int, date]:
    """Of running help, by its id, the day on which it really ended, where that was told."""
    rows = [row for row in run.gegevens.get("lopende_hulp", []) if row.get("einddatum")]
    started = dict(Inzet.objects.filter(casus=run.casus, pk__in=[row["inzet"] for row in rows]).values_list("pk", "gestart_op"))
    for row in rows:
        begin = started.get(row["inzet"])
        if begin is not None and row["einddatum"] < begin:
            veld = f"lopende_hulp.{row[PLAATS]}.einddatum"
            raise Onvolledig([{"veld": veld, "melding": f"Dit ligt voor de start van de hulp, {begin:%-d-%-m-%Y}."}])
    return {row["inzet"]: row["einddatum"] for row in rows}


@effect("nazorg_vastleggen")
def nazorg_vastleggen(run: Uitvoering) -> None:
    Nazorg.objects.filter(casus=run.casus, ronde=run.casus.ronde, gedaan_op__isnull=True).update(
        gedaan_op=run.op, gedaan_door_id=run.by.user_id, hoe_gaat_het=run.gegevens["hoe_gaat_het"]
    )
