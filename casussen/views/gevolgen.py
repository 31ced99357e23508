"""What else happens with a step, said before it is taken: what ends along with a casus, and what goes on without consent."""

from casussen.keuzes import EINDSTATUSSEN, InzetStatus
from casussen.models import Casus, Deling, Inzet
from casussen.tabel import Regel
from kern.klok import local_date

TOESTEMMING_INTREKKEN = "toestemming_intrekken"
TOESTEMMING_STOPT = "Het delen stopt meteen. Dit kunt u niet terugdraaien."


def what_ends(regel: Regel, casus: Casus) -> list[str]:
    """Of a step that ends the casus: the help and the sharing that end with it, each by name. Two queries, or none."""
    if regel.naar[0].status not in EINDSTATUSSEN or _goes_on(regel, casus):
        return []
    help_ = Inzet.objects.filter(casus=casus).open().select_related("arrangement__aanbieder").order_by("pk")
    shared = Deling.objects.living().filter(casus=casus).select_related("aanbieder", "gemeente", "verband")
    return [*(_help_ends(inzet) for inzet in help_), *(f"Het delen met {deling.partij} stopt." for deling in shared)]


def _help_ends(inzet: Inzet) -> str:
    what = f"{inzet.arrangement.naam} van {inzet.arrangement.aanbieder.naam}"
    return f"De hulp {what} stopt." if inzet.status == InzetStatus.GESTART else f"De aanvraag van {what} vervalt."


def introduction(regel: Regel, casus: Casus, usual: str) -> str:
    """The sentence above the form. Whoever withdraws consent reads what really becomes of the sharing."""
    if not _goes_on(regel, casus):
        return usual
    return f"De toestemming vervalt meteen. Dit kunt u niet terugdraaien. {stays_shared(casus)}"


def afterwards(regel: Regel, casus: Casus) -> str:
    """What to say once the step was taken, besides that it was."""
    return stays_shared(casus) if _goes_on(regel, casus) else ""


def _goes_on(regel: Regel, casus: Casus) -> bool:
    return regel.actie == TOESTEMMING_INTREKKEN and casus.veiligheid


def stays_shared(casus: Casus) -> str:
    met = f" met {casus.wijkteam}" if casus.wijkteam else ""
    return f"De casus blijft gedeeld{met}, {on_ground_of_safety(casus)}."


def on_ground_of_safety(casus: Casus) -> str:
    """'op grond van de veiligheid, sinds 2-12-2026: meldcode, stap 3'. For whoever reads the casus."""
    sinds = f", sinds {local_date(casus.veiligheid_op):%-d-%-m-%Y}" if casus.veiligheid_op else ""
    grond = f": {casus.veiligheid_grond.strip().rstrip('.')}" if casus.veiligheid_grond else ""
    return f"op grond van de veiligheid{sinds}{grond}"
