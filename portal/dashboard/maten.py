"""The indicators: what each is called, what it counts, and how it is written. One list for screens, files and API."""

from dataclasses import dataclass

from casussen.models import LAGER_IS_BETER, Indicator
from portal.uitvoer import STREEPJE, Verborgen

Waarde = int | float | Verborgen | None
#: Written for a unit and period of which it is not published at all.
GEEN = "geen cijfer"


@dataclass(frozen=True, slots=True)
class Maat:
    """One indicator. `eenheid`: casussen, %, werkdagen or dagen; `streef`: the target that a region can set for it."""

    sleutel: str
    naam: str
    telt: str
    eenheid: str
    streef: str = ""

    @property
    def lager_is_beter(self) -> bool:
        return self.streef in LAGER_IS_BETER

    @property
    def kop(self) -> str:
        """Its name above a column of figures: with its unit, where that is no number of casussen."""
        return self.naam if self.eenheid == "casussen" else f"{self.naam} ({self.eenheid})"

    def write(self, waarde: Waarde) -> str:
        """'1.280', '75%', '1,5 werkdagen', '24 dagen', a dash when hidden."""
        if waarde is None:
            return GEEN
        if isinstance(waarde, Verborgen):
            return STREEPJE
        if self.eenheid == "casussen":
            return f"{waarde:,.0f}".replace(",", ".")
        text = f"{waarde:.1f}".removesuffix(".0").replace(".", ",")
        if self.eenheid == "%":
            return f"{text}%"
        return f"{text} {self.eenheid.removesuffix('en') if waarde in {0.5, 1} else self.eenheid}"

    def meets(self, waarde: Waarde, doel: float | None) -> bool | None:
        """Is the target met? None when that cannot be said."""
        if doel is None or not isinstance(waarde, int | float):
            return None
        return waarde <= doel if self.lager_is_beter else waarde >= doel


STROOM = (
    Maat("instroom", "Aangemelde casussen", "Casussen die in deze periode zijn aangemeld.", "casussen"),
    Maat(
        "reactie_mediaan",
        "Eerste reactie: de helft binnen",
        "Mediaan van de tijd tussen aanmelden en 'ontvangen', in kantoortijd. Alleen casussen die een reactie kregen.",
        "werkdagen",
        Indicator.REACTIE_MEDIAAN,
    ),
    Maat("reactie_p90", "Eerste reactie: 9 van de 10 binnen", "Het 90e percentiel van dezelfde tijd.", "werkdagen"),
    Maat(
        "reactie_op_tijd",
        "Eerste reactie op tijd",
        "Deel dat binnen de termijn een reactie kreeg, van alles wat een reactie kreeg of had moeten krijgen.",
        "%",
        Indicator.REACTIE_OP_TIJD,
    ),
    Maat(
        "hulp_mediaan",
        "Start van de hulp: de helft binnen",
        "Mediaan van het aantal dagen tussen aanmelden en de start van de hulp. Alleen casussen waarin de hulp begon.",
        "dagen",
        Indicator.HULP_MEDIAAN,
    ),
    Maat("hulp_p90", "Start van de hulp: 9 van de 10 binnen", "Het 90e percentiel van dezelfde tijd.", "dagen"),
    Maat(
        "hulp_op_tijd",
        "Hulp op tijd gestart",
        "Deel waarin de hulp binnen de termijn begon, van alles waarin de hulp begon of had moeten beginnen.",
        "%",
        Indicator.HULP_OP_TIJD,
    ),
    Maat("doorgezet", "Doorgezet", "Casussen die een wijkteam doorgaf aan een ander wijkteam.", "casussen"),
    Maat(
        "doorgezet_deel", "Deel dat is doorgezet", "Doorgezette casussen, van alle aangemelde casussen.", "%", Indicator.DOORGEZET
    ),
    Maat(
        "niet_ons_gebied",
        "Niet ons gebied",
        "Doorgezet omdat het adres niet bij het gebied van het wijkteam hoort: een teken dat de wegwijzer daar niet klopt.",
        "casussen",
    ),
    Maat("teruggelegd", "Teruggelegd", "Casussen die met een advies teruggingen naar school.", "casussen"),
    Maat("teruggelegd_deel", "Deel dat is teruggelegd", "Teruggelegde casussen, van alle aangemelde casussen.", "%"),
)
STAND = (
    Maat("open", "Open casussen", "Casussen die aan het begin van de week open stonden, ook zonder wijkteam.", "casussen"),
    Maat("te_laat", "Te laat", "Open casussen waarvan op dat moment een termijn voorbij was.", "casussen"),
    Maat("te_laat_deel", "Deel te laat", "Casussen die te laat zijn, van alle open casussen.", "%", Indicator.TE_LAAT),
)
MATEN = {maat.sleutel: maat for maat in (*STROOM, *STAND)}
