"""The fields of the steps between school and team, from receipt to withdrawal."""

from casussen.keuzes import Gever, NamensWie, RedenDoorzetten, RedenIntrekken, RedenTerugleggen, SoortContact
from casussen.velden.veld import Soort, Veld, choice, text

TERUGKOPPELING = (
    text(
        "terugkoppeling_gedaan",
        "wat u hebt gedaan",
        verplicht=True,
        hulp="De school leest dit. Schrijf geen vertrouwelijke details.",
    ),
    text("terugkoppeling_vervolg", "wat er nu gebeurt", optioneel=True),
    text("terugkoppeling_nodig", "wat u van de school nodig hebt", optioneel=True),
)
TOEWIJZEN = (
    Veld(naam="wijkteam", label="het wijkteam", soort=Soort.WIJKTEAM, verplicht=True),
    text("toelichting", "waarom u dit wijkteam kiest", verplicht=True),
)
ONTVANGEN = (Veld(naam="behandelaar", label="wie de casus behandelt", soort=Soort.CONTACTPERSOON),)
BEHANDELAAR_WIJZIGEN = (
    *ONTVANGEN,
    text(
        "overdracht", "wat uw collega moet weten", optioneel=True, hulp="Alleen uw team leest dit: wat u weet en wat u beloofde."
    ),
)
STARTEN = (
    choice("contact_soort", "het soort contact", SoortContact.choices, verplicht=True),
    choice("contact_met", "met wie u contact had", NamensWie.choices, verplicht=True),
    Veld(naam="contact_datum", label="de datum van het contact", soort=Soort.DATUM, verplicht=True),
    text(
        "contact_notitie", "uw eigen notitie", optioneel=True, hulp="Alleen uw team ziet deze notitie. De school ziet haar nooit."
    ),
    *TERUGKOPPELING,
)
VRAGEN = (text("vraag", "uw vraag", verplicht=True, hulp="Stel één concrete vraag aan de school."),)
BEANTWOORDEN = (text("antwoord", "uw antwoord", verplicht=True),)
DOORZETTEN = (
    Veld(naam="wijkteam", label="het nieuwe wijkteam", soort=Soort.WIJKTEAM, verplicht=True),
    choice("reden", "de reden", RedenDoorzetten.choices, verplicht=True),
    text("toelichting", "uw uitleg voor de school en het nieuwe team", verplicht=True),
)
TERUGLEGGEN = (
    choice("reden", "de reden", RedenTerugleggen.choices, verplicht=True),
    text("toelichting", "uw uitleg", verplicht=True),
    text("advies", "uw advies aan de school", verplicht=True),
    text("alternatief", "wat de school in plaats daarvan kan doen", verplicht=True),
)
INTREKKEN = (
    choice("reden", "de reden", RedenIntrekken.choices, verplicht=True),
    choice("namens", "wie de casus intrekt", NamensWie.choices, verplicht=True),
    text("toelichting", "uw uitleg"),
)
CONTACT_VASTLEGGEN = (
    *(veld for veld in STARTEN if veld.naam.startswith("contact_")),
    Veld(naam="contact_gelukt", label="het is gelukt om contact te krijgen", soort=Soort.JA_NEE),
    *TERUGKOPPELING,
)
TOESTEMMING_AANVULLEN = (
    choice("toestemming_gever", "wie toestemming gaf", Gever.choices, verplicht=True),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM, verplicht=True),
    Veld(naam="ook_ander_wijkteam", label="de toestemming geldt ook voor een ander wijkteam", soort=Soort.JA_NEE),
)
TOESTEMMING_INTREKKEN = (
    choice("namens", "wie de toestemming intrekt", NamensWie.choices, verplicht=True),
    text("toelichting", "uw uitleg"),
)
