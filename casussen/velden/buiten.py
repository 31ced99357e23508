"""The fields of the way out of the region."""

from casussen.keuzes import OverdrachtDoor, UitkomstBuiten
from casussen.velden.lus import TERUGKOPPELING
from casussen.velden.veld import Soort, Veld, choice, text

_OPVOLGEN_OP = Veld(
    naam="opvolgen_op",
    optioneel=True,
    label="de dag waarop u navraag doet",
    soort=Soort.DATUM,
    hulp="U krijgt dan een herinnering. Leeg: over tien werkdagen, of wat uw regio heeft afgesproken.",
)
BUITEN_OVERDRAGEN = (
    Veld(naam="gemeente", label="de gemeente waar de leerling woont", soort=Soort.GEMEENTE, verplicht=True),
    Veld(
        naam="bij_wie",
        label="bij wie de vraag nu ligt",
        max_lengte=160,
        verplicht=True,
        hulp="Naam en functie van wie het bij het loket aannam. Noem de leerling niet.",
    ),
    Veld(naam="overgedragen_op", label="de dag waarop het loket het aannam", soort=Soort.DATUM, verplicht=True),
    choice("overgedragen_door", "wie het bij het loket meldde", OverdrachtDoor.choices, verplicht=True),
    Veld(
        naam="opvolger",
        label="wie van onze regio het volgt",
        soort=Soort.REGIOCOORDINATOR,
        verplicht=True,
        hulp="Die krijgt de herinneringen en vertelt de school hoe het afloopt.",
    ),
    _OPVOLGEN_OP,
)
BUITEN_OPVOLGEN = (
    text("toelichting", "wat u hoorde", verplicht=True, hulp="De school leest dit. Schrijf geen vertrouwelijke details."),
    _OPVOLGEN_OP,
)
BUITEN_TERUGMELDEN = (
    choice("uitkomst", "hoe het afliep", [c for c in UitkomstBuiten.choices if c[0] != "vervangen"], verplicht=True),
    *TERUGKOPPELING,
)
