"""Casussen that are written out, so that every demo account finds work waiting.

A scene names a school, a home, and steps with the working day on which each happens, counted back from the last day (0).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.demo.accounts import SCHOOL


@dataclass(frozen=True, slots=True)
class Scene:
    """`wie` is the account of the behandelaar when it is not just anybody. `adres` overrides the home (postcode, number)."""

    wat: str
    stappen: tuple[tuple[str, int], ...]
    brin: str = SCHOOL
    adres: tuple[str, int] | None = None
    wie: str = ""
    spoed: bool = False
    thuiszitter: bool = False
    veiligheid: bool = False
    geheim: bool = False
    kies: bool | None = None
    verhaal: int = 0

    @property
    def begin(self) -> int:
        return self.stappen[0][1]


#: In Schalkwijk, so that the accounts of school and team meet.
_THUIS = ("2037RB", 12)


def scenes() -> Iterator[Scene]:
    """In no particular order."""
    # --- New for the team, addressed to the wijkteam account ----------------------------------------------------
    yield Scene("net aangemeld", (("aanmelden", 0),), adres=("2037RB", 4), verhaal=0)
    yield Scene("gisteren aangemeld, spoed", (("aanmelden", 1),), adres=("2037RB", 18), spoed=True, verhaal=5)
    yield Scene("eergisteren aangemeld, vandaag uiterlijk", (("aanmelden", 2),), adres=("2037RB", 26), verhaal=3)
    yield Scene("te laat ontvangen: vier dagen stil", (("aanmelden", 6),), adres=("2037RB", 30), thuiszitter=True, verhaal=7)
    # --- In hand of the wijkteam account --------------------------------------------------------------------------
    yield Scene("ontvangen, moet bellen", (("aanmelden", 4), ("ontvangen", 2)), adres=_THUIS, wie="wijkteam", verhaal=1)
    yield Scene(
        "vraag is beantwoord", (("aanmelden", 7), ("ontvangen", 6), ("vragen", 4), ("beantwoorden", 1)),
        adres=("2037RB", 14), wie="wijkteam", verhaal=2,
    )  # fmt: skip
    yield Scene(
        "in behandeling, overleg te plannen", (("aanmelden", 9), ("ontvangen", 8), ("starten", 5)),
        adres=("2037RB", 16), wie="wijkteam", verhaal=4,
    )  # fmt: skip
    yield Scene(
        "hulp loopt", (("aanmelden", 34), ("ontvangen", 33), ("starten", 31), ("mdo_plannen", 27), ("plan_vaststellen", 22),
                       ("uitvoeren", 18)),
        adres=("2037RB", 20), wie="wijkteam", verhaal=8,
    )  # fmt: skip
    # --- At the zorgcoördinator -----------------------------------------------------------------------------------
    yield Scene(
        "vraag van gisteren", (("aanmelden", 4), ("ontvangen", 3), ("vragen", 1)), adres=("2037RB", 22), wie="wijkteam", verhaal=6
    )
    yield Scene(
        "vraag te laat", (("aanmelden", 11), ("ontvangen", 10), ("vragen", 6)), adres=("2037RB", 24), wie="wijkteam", verhaal=9
    )
    yield Scene(
        "teruggelegd met advies", (("aanmelden", 12), ("ontvangen", 11), ("starten", 8), ("terugleggen", 3)),
        adres=("2037RB", 28), verhaal=10,
    )  # fmt: skip
    yield Scene(
        "teruggelegd, te laat", (("aanmelden", 20), ("ontvangen", 19), ("terugleggen", 8)), adres=("2037RB", 32), verhaal=11
    )
    yield Scene(
        "reactie op evaluatie gevraagd", (("aanmelden", 62), ("ontvangen", 61), ("starten", 58), ("mdo_plannen", 54),
                                          ("plan_vaststellen", 48), ("uitvoeren", 42), ("evalueren", 3)),
        adres=("2037RB", 34), verhaal=0,
    )  # fmt: skip
    yield Scene(
        "zonder toestemming, met grond", (("aanmelden", 1),), adres=("2037RB", 36), veiligheid=True, spoed=True, verhaal=11
    )
    yield Scene(
        "doorgezet naar een ander team", (("aanmelden", 5), ("ontvangen", 4), ("doorzetten", 2)), adres=("2037RB", 38), verhaal=1
    )
    # --- At the regiocoördinator: one of each reason --------------------------------------------------------------
    yield Scene("kruist een wijk, niet gekozen", (("aanmelden", 0),), adres=("2034EG", 99), kies=False, verhaal=2)
    yield Scene("buiten de regio", (("aanmelden", 0),), brin="80AM", adres=("2131HM", 12), verhaal=3)
    yield Scene("postcode onbekend", (("aanmelden", 0),), brin="80AA", adres=("2012ZZ", 8), kies=False, verhaal=4)
    yield Scene("geen team: het gat in Vogelenzang", (("aanmelden", 1),), brin="80AP", adres=("2114BK", 9), verhaal=5)
    yield Scene("geen contact: Spaarndam", (("aanmelden", 0),), brin="80AB", adres=("2063DV", 5), verhaal=6)
    yield Scene("te lang bij de regio", (("aanmelden", 5),), brin="80AJ", adres=("1948ZZ", 3), kies=False, verhaal=7)
    yield Scene(
        "geheim adres, kruist de regiogrens",
        (("aanmelden", 3),),
        brin="80AB",
        adres=("2063CA", 99),
        geheim=True,
        kies=False,
        verhaal=8,
    )
    yield Scene("Uitgeest", (("aanmelden", 0),), brin="80AL", adres=("1911BE", 21), verhaal=9)


#: Drafts of the zc account: how many working days ago, and what was typed so far.
CONCEPTEN: tuple[tuple[int, dict[str, str]], ...] = (
    (
        1,
        {
            "vestiging": "80AC00",
            "leerlingnummer": "L40417",
            "voornaam": "Yara",
            "achternaam": "Kikkersprong",
            "geboortedatum": "2012-03-14",
            "klas": "3M2",
            "sector": "vo",
            "postcode": "2037 RB",
            "huisnummer": "6",
            "krachten": "Yara is zorgzaam voor anderen en zingt in de schoolband.",
            "hulpvraag": "Thuis is er veel ruzie. Ouders willen hulp om weer rust te krijgen.",
            "geprobeerd": "Mentor en ouders hebben elkaar twee keer gesproken.",
        },
    ),
    (3, {"vestiging": "80AC01", "leerlingnummer": "L40533", "voornaam": "Mats", "achternaam": "Stoepkrijt"}),
)
