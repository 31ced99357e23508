"""The fields of a draft, per step of its form, and those of submitting again."""

from dataclasses import replace

from casussen.keuzes import Gever, Urgentie
from casussen.velden.veld import KORT, Soort, Veld, choice, text
from scholen.sectoren import Sector

LEERLING = (
    Veld(naam="vestiging", label="de school", soort=Soort.VESTIGING, stap="leerling"),
    Veld(
        naam="leerlingnummer",
        label="het leerlingnummer",
        max_lengte=20,
        stap="leerling",
        hulp="Het eigen nummer van de school. Vul nooit een BSN in.",
    ),
    Veld(naam="voornaam", label="de voornaam", max_lengte=80, stap="leerling"),
    Veld(naam="achternaam", label="de achternaam", stap="leerling"),
    Veld(
        naam="geboortedatum",
        label="de geboortedatum",
        soort=Soort.DATUM,
        stap="leerling",
        hulp="De leeftijd bepaalt wie toestemming geeft.",
    ),
    choice("sector", "de sector", Sector.choices, stap="leerling"),
    Veld(naam="klas", optioneel=True, label="de klas", max_lengte=20, stap="leerling"),
    text(
        "contact_gezin",
        "hoe het wijkteam het gezin bereikt",
        optioneel=True,
        stap="leerling",
        hulp="Bijvoorbeeld: naam van de ouder, telefoonnummer, en wanneer bellen goed uitkomt.",
    ),
    Veld(
        naam="leerling_bijwerken",
        label="de gegevens van de leerling bijwerken",
        soort=Soort.JA_NEE,
        stap="leerling",
        hulp="Alleen nodig als de school deze leerling al kent met andere gegevens.",
    ),
)
ADRES = (
    Veld(naam="postcode", label="de postcode", max_lengte=KORT, stap="adres"),
    Veld(naam="huisnummer", label="het huisnummer", max_lengte=KORT, stap="adres"),
    Veld(naam="huisletter", optioneel=True, label="de huisletter", max_lengte=KORT, stap="adres"),
    Veld(naam="toevoeging", optioneel=True, label="de toevoeging", max_lengte=KORT, stap="adres"),
    Veld(
        naam="geheim_adres",
        label="geheim adres",
        soort=Soort.JA_NEE,
        stap="adres",
        hulp="Een geheim adres gebruiken we alleen om het wijkteam te vinden. Niemand krijgt het te zien.",
    ),
    Veld(
        naam="geen_adres",
        label="geen Nederlands adres",
        soort=Soort.JA_NEE,
        stap="adres",
        hulp="Er is geen vast adres in Nederland. De regiocoördinator zoekt dan het wijkteam.",
    ),
    Veld(naam="kandidaat", label="het wijkteam", soort=Soort.WIJKTEAM, stap="adres"),
    text("kandidaat_reden", "waarom u dit wijkteam kiest", stap="adres"),
)
KRACHTEN = (text("krachten", "wat goed gaat", stap="krachten", hulp="Wat kan de leerling goed? Wie of wat helpt al?"),)
HULPVRAAG = (
    text("hulpvraag", "de hulpvraag", stap="hulpvraag", hulp="Wat is er nodig, in de woorden van ouders en leerling?"),
    text("geprobeerd", "wat u al hebt geprobeerd", optioneel=True, stap="hulpvraag"),
    choice("urgentie", "hoe snel het nodig is", Urgentie.choices, stap="hulpvraag"),
    Veld(naam="thuiszitter", label="de leerling zit thuis", soort=Soort.JA_NEE, stap="hulpvraag"),
)
TOESTEMMING = (
    Veld(
        naam="ouders_geinformeerd_op",
        label="wanneer ouders zijn geïnformeerd",
        soort=Soort.DATUM,
        stap="toestemming",
    ),
    choice("toestemming_gever", "wie toestemming gaf", Gever.choices, stap="toestemming"),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM, stap="toestemming"),
    Veld(
        naam="ook_ander_wijkteam",
        label="de toestemming geldt ook voor een ander wijkteam",
        soort=Soort.JA_NEE,
        stap="toestemming",
    ),
    Veld(naam="veiligheid", label="de veiligheid is in gevaar", soort=Soort.JA_NEE, stap="toestemming"),
    text(
        "veiligheid_grond",
        "waarom de veiligheid in gevaar is",
        stap="toestemming",
        hulp="Alleen nodig als u 'Veiligheid is in gevaar' aankruist. Schrijf dan de grond op, bijvoorbeeld uit de meldcode.",
    ),
)
CONCEPT_VELDEN: tuple[Veld, ...] = (*LEERLING, *ADRES, *KRACHTEN, *HULPVRAAG, *TOESTEMMING)
#: The steps of the form, in order.
STAPPEN: tuple[tuple[str, str], ...] = (
    ("leerling", "Leerling"),
    ("adres", "Adres en wijkteam"),
    ("krachten", "Wat gaat goed?"),
    ("hulpvraag", "Wat is er nodig?"),
    ("toestemming", "Toestemming"),
)

HERAANMELDEN = (
    text("toelichting", "wat er nu anders is", verplicht=True),
    *(replace(veld, optioneel=True) for veld in ADRES),
    choice("toestemming_gever", "wie toestemming gaf", Gever.choices, optioneel=True),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM, optioneel=True),
    Veld(naam="ook_ander_wijkteam", label="de toestemming geldt ook voor een ander wijkteam", soort=Soort.JA_NEE),
)
