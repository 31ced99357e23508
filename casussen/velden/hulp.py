"""The fields of overleg, plan, help and evaluation."""

from casussen.keuzes import Aanwezigheid, Deelnemer, DoelResultaat, Domein, Plek, RedenWachten, Standpunt
from casussen.velden.lus import TERUGKOPPELING
from casussen.velden.veld import Soort, Veld, choice, day, text, yes_no
from zorgaanbod.keuzes import Zwaarte


def _grade(label: str, *, optioneel: bool = True, hulp: str = "") -> Veld:
    return Veld(naam="score", label=label, soort=Soort.GETAL, van=1, tot=10, optioneel=optioneel, hulp=hulp)


# --- Overleg ----------------------------------------------------------------------------------------------------
_WANNEER = (
    day("mdo_datum", "de datum van het overleg", verplicht=True),
    Veld(naam="mdo_tijd", label="de begintijd", soort=Soort.TIJD, verplicht=True, hulp="Bijvoorbeeld 14:30."),
    Veld(
        naam="mdo_duur", label="hoe lang het duurt, in minuten", soort=Soort.GETAL, van=15, tot=240, optioneel=True,
        hulp="Leeg: een uur.",
    ),
    choice("plek", "waar het overleg is", Plek.choices, hulp="Op school, tenzij er een reden is voor een andere plek."),
    Veld(
        naam="adres", label="de zaal, het adres of de link", max_lengte=200, optioneel=True,
        hulp="Dit staat in de uitnodiging: dus geen namen, en nooit het huisadres.",
    ),
    yes_no(
        "ondanks_botsing", "toch op dit moment", optioneel=True, na_weigering=True,
        hulp="Ook als iemand dan een ander overleg heeft, of als het geen werkdag of schooldag is.",
    ),
)  # fmt: skip
#: Who is invited: with the mail address of an account they find it in the portal, with another they get a mail.
DEELNEMERS = Veld(
    naam="deelnemers",
    label="wie erbij zijn",
    soort=Soort.LIJST,
    ding="deelnemer",
    hoogstens=20,
    regels=2,
    hulp="Ouders en leerling praten mee. In de uitnodiging staat niet over wie het gaat.",
    kolommen=(
        choice("partij", "namens wie", Deelnemer.choices, verplicht=True),
        Veld(naam="naam", label="de naam", verplicht=True),
        Veld(naam="functie", label="de functie", optioneel=True),
        Veld(naam="email", label="het e-mailadres", max_lengte=254, optioneel=True),
    ),
)
MDO_PLANNEN = (
    *_WANNEER,
    DEELNEMERS,
    text("reden_niet_uitgenodigd", "waarom ouders of leerling niet zijn uitgenodigd", optioneel=True),
    text("agenda", "de agenda", optioneel=True),
)
MDO_VERZETTEN = (*_WANNEER, text("toelichting", "waarom het overleg is verzet", verplicht=True))
MDO_AFZEGGEN = (text("toelichting", "waarom het overleg niet doorgaat", verplicht=True),)
#: Something that is agreed, with who does it and by when.
_AFSPRAAK = (
    Veld(naam="omschrijving", label="wat er gebeurt", max_lengte=1000, verplicht=True),
    choice("partij", "wie het doet", Deelnemer.choices, verplicht=True),
    Veld(naam="naam", label="de naam", optioneel=True),
    day("uiterlijk", "uiterlijk op", verplicht=True),
)
_BESLUITEN = Veld(
    naam="besluiten",
    label="de besluiten",
    soort=Soort.LIJST,
    ding="besluit",
    regels=2,
    kolommen=_AFSPRAAK,
    hulp="Elk besluit met wie het doet en wanneer. Wie het doet, krijgt een herinnering.",
)
MDO_VASTLEGGEN = (
    Veld(
        naam="aanwezigen",
        label="wie erbij waren",
        soort=Soort.LIJST,
        ding="deelnemer",
        vast=True,
        kolommen=(
            Veld(naam="deelnemer", label="de deelnemer", soort=Soort.DEELNEMER, verplicht=True),
            choice("aanwezig", "was erbij", [c for c in Aanwezigheid.choices if c[0]], verplicht=True),
        ),
    ),
    text("mening_ouders", "wat ouders er zelf van vinden", optioneel=True, hulp="In hun eigen woorden."),
    text("mening_jongere", "wat de jongere er zelf van vindt", optioneel=True, hulp="In eigen woorden."),
    text("verslag", "het verslag", verplicht=True, hulp="Ouders en leerling kunnen dit lezen."),
    _BESLUITEN,
)
MDO_AANVULLEN = (
    text(
        "mening_ouders", "wat ouders er zelf van vinden", optioneel=True, hulp="In hun eigen woorden. Komt naast wat er al staat."
    ),
    text(
        "mening_jongere", "wat de jongere er zelf van vindt", optioneel=True, hulp="In eigen woorden. Komt naast wat er al staat."
    ),
    text("aanvulling", "wat er bij het verslag hoort", optioneel=True, hulp="Ouders en leerling kunnen dit lezen."),
    _BESLUITEN,
)

# --- Plan -------------------------------------------------------------------------------------------------------
DOELEN = Veld(
    naam="doelen",
    label="de doelen",
    soort=Soort.LIJST,
    ding="doel",
    hoogstens=12,
    regels=2,
    hulp="Minstens één doel gaat over school.",
    kolommen=(
        Veld(naam="doel", label="het doel dat er al was", soort=Soort.DOEL),
        choice("domein", "waar het over gaat", Domein.choices, verplicht=True),
        Veld(naam="tekst", label="wat er bereikt is als het goed gaat", soort=Soort.TEKST, max_lengte=1000, verplicht=True),
        choice("partij", "wie hiervan eigenaar is", Deelnemer.choices, verplicht=True),
        Veld(naam="eigenaar", label="de naam van de eigenaar", optioneel=True),
        Veld(
            naam="eigen_kracht", label="wat het gezin zelf doet", soort=Soort.TEKST, max_lengte=1000, optioneel=True,
        ),
        Veld(
            naam="netwerk", label="wie uit de eigen omgeving helpt", soort=Soort.TEKST, max_lengte=1000, optioneel=True,
        ),
        yes_no("schoolloopbaan", "dit doel gaat over de schoolloopbaan"),
        day("terugkeer_op", "wanneer de leerling weer naar school gaat", optioneel=True),
        _grade("het cijfer nu (1 tot en met 10)", optioneel=False, hulp="Verplicht bij een nieuw doel."),
    ),
)  # fmt: skip
ACTIES = Veld(
    naam="acties",
    label="de acties",
    soort=Soort.LIJST,
    ding="actie",
    regels=2,
    kolommen=_AFSPRAAK,
    hulp="Wie doet wat, en wanneer is het klaar? Wie het doet, krijgt een herinnering.",
)
_PLAN = (
    text("beeld", "hoe het nu gaat, in het kort", optioneel=True),
    DOELEN,
    ACTIES,
    choice("standpunt", "wat het gezin van dit plan vindt", Standpunt.choices, verplicht=True),
    text("mening_gezin", "wat ouders en leerling er zelf over zeggen", optioneel=True),
)
PLAN_VASTSTELLEN = (
    text(
        "mdo_reden_niet",
        "waarom er geen overleg was",
        optioneel=True,
        hulp="Alleen nodig als er geen overleg is gehouden.",
    ),
    *_PLAN,
    choice("intensiteit", "hoe zwaar de hulp is", Zwaarte.choices, optioneel=True, hulp="Licht waar het kan."),
    *TERUGKOPPELING,
)
PLAN_BIJSTELLEN = (text("reden_bijstellen", "waarom het plan verandert", verplicht=True), *_PLAN, *TERUGKOPPELING)
_SCORES = Veld(
    naam="scores",
    label="de cijfers per doel",
    soort=Soort.LIJST,
    ding="doel",
    vast=True,
    kolommen=(
        Veld(naam="doel", label="het doel", soort=Soort.DOEL, verplicht=True),
        _grade("het cijfer (1 tot en met 10)"),
        choice("van_wie", "wie dit cijfer gaf", Deelnemer.choices, optioneel=True),
        Veld(naam="toelichting", label="waarom dit cijfer", max_lengte=1000, optioneel=True),
    ),
)
DOELEN_SCOREN = (day("score_datum", "de datum van deze cijfers", verplicht=True), _SCORES)
INTENSITEIT_WIJZIGEN = (
    choice("intensiteit", "hoe zwaar de hulp wordt", Zwaarte.choices, verplicht=True),
    day("vanaf", "vanaf wanneer", verplicht=True),
    text("toelichting", "waarom op- of afschalen", verplicht=True),
)

# --- Help -------------------------------------------------------------------------------------------------------
_INZET = Veld(naam="inzet", label="de hulp", soort=Soort.INZET, verplicht=True)
HULP_AANVRAGEN = (
    Veld(naam="arrangement", label="de hulp", soort=Soort.ARRANGEMENT, verplicht=True, hulp="Zie de gids met hulpaanbod."),
    day("aangevraagd_op", "de dag van de aanvraag bij de aanbieder", verplicht=True),
    Veld(
        naam="voor_doelen",
        label="voor welke doelen",
        soort=Soort.LIJST,
        ding="doel",
        vast=True,
        hulp="De aanbieder ziet alleen deze doelen.",
        kolommen=(
            Veld(naam="doel", label="het doel", soort=Soort.DOEL, verplicht=True),
            yes_no("gekozen", "deze hulp werkt aan dit doel"),
        ),
    ),
)
HULP_WACHT = (
    _INZET,
    choice("reden_wachten", "waarom er gewacht wordt", RedenWachten.choices, verplicht=True),
    day("wacht_sinds", "sinds wanneer", verplicht=True),
    day("verwacht_op", "wanneer de hulp naar verwachting begint", optioneel=True),
    text("toelichting", "wat er tot die tijd gebeurt", verplicht=True, hulp="Zo blijft het gezin niet zonder steun."),
)
_START = day("startdatum", "de dag waarop de hulp echt is begonnen", verplicht=True)
UITVOEREN = (
    Veld(
        naam="inzet", label="de hulp die is begonnen", soort=Soort.INZET, optioneel=True,
        hulp="Leeg: het wijkteam geeft de hulp zelf.",
    ),
    _START,
    *TERUGKOPPELING,
)  # fmt: skip
HULP_STARTEN = (_INZET, _START, *TERUGKOPPELING)
HULP_BEEINDIGEN = (
    _INZET,
    day("einddatum", "de laatste dag van de hulp", verplicht=True),
    text("einde_reden", "waarom de hulp stopt", verplicht=True),
    *TERUGKOPPELING,
)
HULP_NIET_DOOR = (_INZET, text("einde_reden", "waarom de hulp niet doorgaat", verplicht=True))
VOORTGANG_MELDEN = (_INZET, text("voortgang", "hoe het gaat", verplicht=True, hulp="School en wijkteam lezen dit."))

# --- Evaluation and the end -------------------------------------------------------------------------------------
DOORGAAN = TERUGKOPPELING
EVALUEREN = (_SCORES, text("mening_gezin", "wat ouders en leerling ervan vinden", optioneel=True), *TERUGKOPPELING)
REAGEREN = (
    choice(
        "eens", "wat de school vindt", [("ja", "eens met de evaluatie"), ("nee", "niet eens, of niet helemaal")], verplicht=True
    ),
    text("reactie", "de reactie van de school", verplicht=True, hulp="Wat gaat goed op school, en wat is nog nodig?"),
)
AFSLUITEN = (
    Veld(
        naam="resultaten",
        label="het resultaat per doel",
        soort=Soort.LIJST,
        ding="doel",
        vast=True,
        kolommen=(
            Veld(naam="doel", label="het doel", soort=Soort.DOEL, verplicht=True),
            choice("resultaat", "het resultaat", DoelResultaat.choices, verplicht=True),
            Veld(naam="toelichting", label="wat er bereikt is", max_lengte=1000, optioneel=True),
        ),
    ),
    Veld(
        naam="lopende_hulp",
        label="de hulp die nog loopt",
        soort=Soort.LIJST,
        ding="hulp",
        vast=True,
        hulp="Laat de dag leeg als de hulp stopt op de dag van afsluiten.",
        kolommen=(
            Veld(naam="inzet", label="de hulp", soort=Soort.INZET, verplicht=True),
            day("einddatum", "de laatste dag van deze hulp", optioneel=True),
        ),
    ),
    text("mening_gezin", "wat ouders en leerling ervan vinden", verplicht=True),
    day(
        "nazorg_datum", "de dag waarop iemand vraagt hoe het gaat", verplicht=True, hulp="Meestal drie maanden na het afsluiten."
    ),
    yes_no("taken_vervallen", "afspraken die nog openstaan vervallen"),
    yes_no("zonder_reactie", "afsluiten zonder reactie van de school"),
    *TERUGKOPPELING,
)
HEROPENEN = (text("toelichting", "waarom de casus weer opengaat", verplicht=True),)
NAZORG_VASTLEGGEN = (text("hoe_gaat_het", "hoe het nu gaat", verplicht=True),)
