"""The fields of what holds beside the state of a casus: setting and lifting its flags."""

from casussen.keuzes import RedenWachten
from casussen.velden.veld import choice, day, text

_UITLEG = (text("toelichting", "uw uitleg", verplicht=True),)
NIET_BEREIKBAAR_MELDEN = (
    text("toelichting", "wat u hebt geprobeerd", verplicht=True, hulp="De school leest dit en helpt u het gezin te bereiken."),
)
WEER_BEREIKBAAR = (text("toelichting", "hoe het gezin te bereiken is", verplicht=True),)
WACHT_OP_ZORG_MELDEN = (
    choice("reden", "waarom er gewacht wordt", RedenWachten.choices, verplicht=True),
    day("verwacht_op", "wanneer de hulp naar verwachting begint", optioneel=True),
    text("toelichting", "wat er tot die tijd gebeurt", verplicht=True),
)
WACHT_OP_ZORG_VOORBIJ = _UITLEG
ESCALEREN = (
    text(
        "toelichting", "waar het vastloopt", verplicht=True, hulp="De regiocoördinator leest dit. Noem de leerling niet bij naam."
    ),
)
ESCALATIE_AFHANDELEN = (text("toelichting", "wat u hebt afgesproken", verplicht=True, hulp="School en wijkteam lezen dit."),)
THUISZITTER_MELDEN = (
    day("thuis_sinds", "sinds wanneer de leerling thuiszit", verplicht=True),
    text("toelichting", "waardoor de leerling thuiszit", verplicht=True),
)
THUISZITTER_AFMELDEN = (
    day("terug_sinds", "sinds wanneer de leerling weer naar school gaat", verplicht=True),
    text("toelichting", "hoe het nu gaat", verplicht=True),
)
VEILIGHEID_MELDEN = (
    text("veiligheid_grond", "waarom de veiligheid in gevaar is", verplicht=True, hulp="Bijvoorbeeld de stap uit de meldcode."),
)
VEILIGHEID_OPHEFFEN = (text("toelichting", "waarom de veiligheid niet meer in gevaar is", verplicht=True),)
