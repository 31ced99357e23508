"""What plan, help and evaluation need. Pure."""

from datetime import date, timedelta

from casussen.fouten import Ontbreekt
from casussen.keuzes import InzetStatus, Standpunt
from casussen.rules.feiten import (
    RUIMTE_VOORAF,
    VERSTE_DAG,
    Feiten,
    Gegevens,
    at_row,
    in_past,
    mist,
    not_ahead,
    not_before,
    since_birth,
)

MAANDEN_HEROPENEN = 6
#: So far ahead help may be expected.
LANGST_WACHTEN = timedelta(days=2 * VERSTE_DAG)
#: After-care is asked about from so long before its day: earlier it says nothing of how it went on.
NAZORG_VANAF = timedelta(weeks=4)


# --- Plan -------------------------------------------------------------------------------------------------------
def mdo_gehouden_of_reden(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.dossier.mdo_gehouden or gegevens.get("mdo_reden_niet"):
        return []
    return mist("mdo_reden_niet", "Leg eerst het verslag van het overleg vast, of schrijf hier op waarom er geen overleg was.")


def doelen_met_schooldoel(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """At least one goal, and one of them about the school career (practice.md, 21)."""
    doelen = gegevens.get("doelen", [])
    if not doelen:
        return mist("doelen", "Schrijf minstens één doel op, elk met een eigenaar.")
    fouten: list[Ontbreekt] = []
    for row in doelen:
        if row.get("doel") is not None and row["doel"] not in feiten.dossier.doelen:
            fouten += at_row("doelen", row, "doel", "Dit doel hoort niet bij deze casus.")
    kept = [row["doel"] for row in doelen if row.get("doel") is not None]
    if len(kept) != len(set(kept)):
        fouten += mist("doelen", "Een doel staat er twee keer in.")
    if not any(row.get("schoolloopbaan") for row in doelen):
        fouten += mist("doelen", "Minstens één doel gaat over de schoolloopbaan. Kruis dat bij dat doel aan.")
    return fouten


def startcijfer_bij_nieuw_doel(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Of each goal it is known where it started: without that nobody can tell whether it got better."""
    new = [row for row in gegevens.get("doelen", []) if row.get("doel") is None and not row.get("score")]
    melding = "Geef dit doel een cijfer van 1 tot en met 10: hoe ver is het nu?"
    return [item for row in new for item in at_row("doelen", row, "score", melding)]


def terugkeer_voor_thuiszitter(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Whoever sits at home has a day of return in the plan."""
    doelen = gegevens.get("doelen", [])
    if "thuiszitter" not in feiten.vlaggen or not doelen or any(row.get("terugkeer_op") for row in doelen):
        return []
    school = next((row for row in doelen if row.get("schoolloopbaan")), doelen[0])
    return at_row(
        "doelen", school, "terugkeer_op", "De leerling zit thuis. Spreek een dag af waarop de leerling weer naar school gaat."
    )


def terugkeer_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """A day of return is still to come, within a year. One that a goal already had stays what it was, also when it is past."""
    fouten: list[Ontbreekt] = []
    for row in gegevens.get("doelen", []):
        datum = row.get("terugkeer_op")
        kept = row.get("doel") is not None and feiten.dossier.terugkeer.get(row["doel"]) == datum
        if not kept and (melding := not_ahead(feiten.op, datum)):
            fouten += at_row("doelen", row, "terugkeer_op", melding)
    return fouten


def standpunt_met_uitleg(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Dissent is written down in the words of the family."""
    if gegevens.get("standpunt") in {None, Standpunt.AKKOORD} or gegevens.get("mening_gezin"):
        return []
    return mist("mening_gezin", "Het gezin is het niet (helemaal) eens. Schrijf op wat zij er zelf over zeggen.")


def cijfers_gegeven(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    scores = gegevens.get("scores", [])
    fouten = [item for row in scores if row.get("doel") not in feiten.dossier.doelen
              for item in at_row("scores", row, "doel", "Dit doel hoort niet bij deze casus.")]  # fmt: skip
    seen: set[int] = set()
    for row in scores:
        if row.get("score") and row.get("doel") in seen:
            fouten += at_row("scores", row, "doel", "Dit doel heeft hier al een cijfer. Geef elk doel één cijfer per keer.")
        seen |= {row["doel"]} if row.get("score") and row.get("doel") else set()
    if feiten.dossier.doelen and not any(row.get("score") for row in scores):
        fouten += mist("scores", "Geef minstens één doel een cijfer van 1 tot en met 10.")
    return fouten


def heeft_doelen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.doelen else mist("", "Er is nog geen plan met doelen.")


def score_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "score_datum", "Deze datum ligt in de toekomst.")


def score_na_begin_van_doel(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """A goal has no score of before the plan in which it was set: there is where it started."""
    sinds = feiten.dossier.doel_sinds
    begonnen = [sinds[row["doel"]] for row in gegevens.get("scores", []) if row.get("score") and row.get("doel") in sinds]
    if not begonnen:
        return []
    return not_before(
        gegevens, "score_datum", max(begonnen), f"Een van deze doelen staat sinds {max(begonnen):%-d-%-m-%Y} in het plan."
    )


def vanaf_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "vanaf", "Deze datum ligt in de toekomst. Leg het vast als het zover is.")


# --- Help -------------------------------------------------------------------------------------------------------
def _inzet_in(feiten: Feiten, gegevens: Gegevens, states: set[str], melding: str) -> list[Ontbreekt]:
    inzet = gegevens.get("inzet")
    if inzet is None:
        return []
    if inzet not in feiten.dossier.inzetten:
        return mist("inzet", "Kies hulp die bij deze casus loopt.")
    return [] if feiten.dossier.inzetten[inzet] in states else mist("inzet", melding)


def inzet_nog_niet_gestart(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    states = {InzetStatus.AANGEVRAAGD.value, InzetStatus.WACHT.value}
    return _inzet_in(feiten, gegevens, states, "Deze hulp is al begonnen.")


def inzet_loopt(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return _inzet_in(feiten, gegevens, {InzetStatus.GESTART.value}, "Deze hulp is nog niet begonnen.")


def inzet_open(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return _inzet_in(feiten, gegevens, {s.value for s in InzetStatus}, "")


def heeft_inzet(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.inzetten else mist("", "Er is nog geen hulp aangevraagd.")


def hulp_nog_niet_begonnen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """There is help that was asked for and did not start yet."""
    coming = {InzetStatus.AANGEVRAAGD.value, InzetStatus.WACHT.value} & set(feiten.dossier.inzetten.values())
    return [] if coming else mist("", "Er is geen hulp aangevraagd die nog moet beginnen.")


def hulp_is_begonnen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    running = InzetStatus.GESTART.value in feiten.dossier.inzetten.values()
    return [] if running else mist("", "Er is nog geen hulp begonnen.")


def aangevraagd_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "aangevraagd_op", "Deze datum ligt in de toekomst.")


def wacht_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    fouten = in_past(feiten, gegevens, "wacht_sinds", "Deze datum ligt in de toekomst.")
    verwacht = gegevens.get("verwacht_op")
    if verwacht is not None and verwacht < feiten.op:
        fouten += mist("verwacht_op", "Deze datum is al voorbij. Kies een dag die nog komt, of laat dit leeg.")
    elif verwacht is not None and verwacht - feiten.op > LANGST_WACHTEN:
        fouten += mist("verwacht_op", "Deze datum is meer dan twee jaar verder. Klopt het jaar?")
    return fouten


def echt_gestart(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "startdatum", "Deze datum ligt in de toekomst. Vul in wanneer de hulp echt is begonnen.")


#: The days of what is done for a casus: asked for, waited for, started, decided.
_VAN_DEZE_CASUS = ("aangevraagd_op", "wacht_sinds", "startdatum", "vanaf", "ontvangen_op", "overgedragen_op")


def hoort_bij_deze_casus(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """What is done for a casus can have begun some time before it was opened here, not in another life."""
    fouten: list[Ontbreekt] = []
    for veld in _VAN_DEZE_CASUS:
        eerste = feiten.geopend_op - RUIMTE_VOORAF if feiten.geopend_op else None
        waarom = f"Deze casus is geopend op {feiten.geopend_op:%-d-%-m-%Y}." if feiten.geopend_op else ""
        fouten += since_birth(feiten, gegevens, veld) or not_before(gegevens, veld, eerste, waarom)
    return fouten


def echt_geeindigd(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "einddatum", "Deze datum ligt in de toekomst. Vul in wanneer de hulp echt is gestopt.")


# --- Evaluation and the end -------------------------------------------------------------------------------------
def nog_geen_reactie(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return mist("", "De school heeft al gereageerd.") if feiten.school_reageerde else []


def resultaat_per_doel(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Every goal of the plan has a result."""
    told = {row.get("doel") for row in gegevens.get("resultaten", [])}
    if told - set(feiten.dossier.doelen):
        return mist("resultaten", "Dit doel hoort niet bij deze casus.")
    if set(feiten.dossier.doelen) - told:
        return mist("resultaten", "Kies bij elk doel wat het resultaat is.")
    return []


def lopende_hulp_klopt(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """The real end is told of help that runs, on a day that has been."""
    fouten: list[Ontbreekt] = []
    for row in gegevens.get("lopende_hulp", []):
        if feiten.dossier.inzetten.get(row.get("inzet", 0)) != InzetStatus.GESTART:
            fouten += mist("lopende_hulp", "Kies alleen hulp die in deze casus loopt.")
        elif row.get("einddatum") is not None and row["einddatum"] > feiten.op:
            fouten += at_row("lopende_hulp", row, "einddatum", "Deze datum ligt in de toekomst. Laat de dag dan leeg.")
    return fouten


def taken_klaar_of_vervallen(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    open_ones = len(feiten.dossier.taken)
    if not open_ones or gegevens.get("taken_vervallen"):
        return []
    hoeveel = "Er staat nog 1 afspraak open" if open_ones == 1 else f"Er staan nog {open_ones} afspraken open"
    return mist("taken_vervallen", f"{hoeveel}. Rond ze eerst af, of kruis aan dat ze vervallen.")


def school_reageerde_of_ladder_voorbij(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.school_reageerde or feiten.ladder_voorbij:
        return []
    return mist("", "De school heeft nog niet gereageerd. Afsluiten zonder reactie kan pas na de herinneringen.")


def zonder_reactie_is_gekozen(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Closing without the word of the school is done on purpose."""
    if feiten.school_reageerde or not feiten.ladder_voorbij or gegevens.get("zonder_reactie"):
        return []
    return mist("zonder_reactie", "De school heeft niet gereageerd. Kruis aan dat u zonder reactie van de school afsluit.")


def geen_plaats_bezet(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """School and aanbieder decide together about leaving an onderwijs-zorgarrangement; the end of a casus does not decide it."""
    plaats = feiten.dossier.plaats
    if not plaats:
        return []
    return mist("", f"De leerling heeft nog een plaats in '{plaats}'. Leg eerst met school en aanbieder de uitstroom vast.")


def nazorg_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("nazorg_datum")
    if datum is not None and datum <= feiten.op:
        return mist("nazorg_datum", "Kies een datum in de toekomst om te horen hoe het gaat.")
    if datum is not None and (datum - feiten.op).days > VERSTE_DAG:
        return mist("nazorg_datum", "Kies een datum binnen een jaar.")
    return []


def nazorg_staat_open(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.nazorg_open else mist("", "Er is geen nazorg afgesproken.")


def nazorg_is_aan_de_beurt(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """After-care tells how it went on since the end."""
    dag = feiten.dossier.nazorg_open
    if dag is None or feiten.op >= dag - NAZORG_VANAF:
        return []
    vanaf = dag - NAZORG_VANAF
    return mist("", f"De nazorg is afgesproken voor {dag:%-d-%-m-%Y}. U kunt haar vastleggen vanaf {vanaf:%-d-%-m-%Y}.")


def had_een_team(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.wijkteam_id is None:
        return mist("", "Deze casus liep buiten de regio en had hier geen wijkteam. Meld een nieuwe casus aan.")
    return []


def binnen_heropentermijn(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.afgesloten_op is None or feiten.op <= add_months(feiten.afgesloten_op, MAANDEN_HEROPENEN):
        return []
    return mist("", "Heropenen kan tot zes maanden na het afsluiten. Meld een nieuwe casus aan.")


def add_months(dag: date, maanden: int) -> date:
    """The same day so many months on, or the last day of that month."""
    month = dag.month - 1 + maanden
    year, month = dag.year + month // 12, month % 12 + 1
    for day in range(dag.day, dag.day - 4, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("Elke maand heeft minstens 28 dagen.")
