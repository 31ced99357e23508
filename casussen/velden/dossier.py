"""The fields of what is recorded beside the steps: actions, feedback, with whom is shared, what was agreed to."""

from casussen.keuzes import BesluitAanvraag, Deelnemer, Gever, NamensWie, SoortInstemming
from casussen.velden.lus import TERUGKOPPELING
from casussen.velden.veld import Soort, Veld, choice, day, text

_GEGEVEN = (
    choice("toestemming_gever", "wie toestemming gaf", Gever.choices, verplicht=True),
    day("toestemming_op", "de datum van de toestemming", verplicht=True),
)
TERUGKOPPELEN = TERUGKOPPELING
TAAK_TOEVOEGEN = (
    text("omschrijving", "wat er gebeurt", verplicht=True),
    choice("partij", "wie het doet", Deelnemer.choices, verplicht=True),
    Veld(naam="naam", label="de naam", optioneel=True),
    day("uiterlijk", "uiterlijk op", verplicht=True),
)
_TAAK = Veld(naam="taak", label="de afspraak", soort=Soort.TAAK, verplicht=True)
TAAK_AFRONDEN = (_TAAK, text("resultaat", "hoe het ging", optioneel=True))
TAAK_VERZETTEN = (
    _TAAK,
    day("uiterlijk", "uiterlijk op", verplicht=True),
    text("toelichting", "waarom het later wordt", verplicht=True),
)
TAAK_LATEN_VERVALLEN = (_TAAK, text("toelichting", "waarom het niet meer nodig is", verplicht=True))
DELEN = (
    Veld(naam="partij", label="met wie u de casus deelt", soort=Soort.PARTIJ, verplicht=True),
    *_GEGEVEN,
    text(
        "doel", "waarvoor deze partij meekijkt", verplicht=True, hulp="De partij leest dit, en ziet alleen wat daarvoor nodig is."
    ),
)
DELEN_STOPPEN = (
    Veld(naam="deling", label="met wie u stopt te delen", soort=Soort.DELING, verplicht=True),
    choice("namens", "wie dat wil", NamensWie.choices, verplicht=True),
)
INSTEMMING_VASTLEGGEN = (
    choice("instemming", "waarvoor", SoortInstemming.choices, verplicht=True),
    *_GEGEVEN,
    text("toelichting", "uw uitleg", optioneel=True),
)
INSTEMMING_INTREKKEN = (
    choice("instemming", "wat wordt ingetrokken", SoortInstemming.choices, verplicht=True),
    choice("namens", "wie dat wil", NamensWie.choices, verplicht=True),
)
AANVRAAG_VASTLEGGEN = (
    Veld(naam="onderwerp", label="wat is aangevraagd", max_lengte=200, verplicht=True),
    day("ontvangen_op", "de dag waarop de gemeente de aanvraag kreeg", verplicht=True),
)
BESLUIT_VASTLEGGEN = (
    choice("besluit", "het besluit", BesluitAanvraag.choices, verplicht=True),
    day("besluit_op", "de datum van het besluit", verplicht=True),
)
