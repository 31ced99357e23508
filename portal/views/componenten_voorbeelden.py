"""What the style guide shows. All people, teams and schools are invented."""

from datetime import timedelta
from typing import Any

from django import forms

from kern.klok import now
from portal.forms import DatumInput

PERSOON = {
    "naam": "Sanne Duinstra",
    "functie": "jeugd- en gezinswerker",
    "telefoon": "0612345678",
    "email": "s.duinstra@wijkteam.example",
    "bereikbaar": "ma di do 9–17 uur",
    "bereik": "school",
}
VERVANGER = {
    "naam": "Ibrahim Yıldız-Vonk",
    "functie": "gezinscoach",
    "telefoon": "0235550142",
    "email": "i.yildiz@wijkteam.example",
    "bereikbaar": "ma t/m do 8.30–16 uur",
}
TEAM = {"id": 1, "naam": "Wijkteam Schalkwijk", "telefoon": "0235550100", "email": "schalkwijk@wijkteam.example"}
BASIS: dict[str, Any] = {
    "uitkomst": "toegewezen",
    "adres": {"postcode": "2037RB", "huisnummer": 12},
    "gemeente": {"code": "GM0392", "naam": "Haarlem"},
    "wijk": {"code": "WK039206", "naam": "Schalkwijk"},
    "buurt": {"code": "BU03920612", "naam": "Boerhaavewijk"},
    "wijkteam": TEAM,
    "aanspreekpunt": PERSOON,
    "uitleg": [
        {"stap": "adres", "tekst": "2037 RB 12 ligt in buurt Boerhaavewijk, wijk Schalkwijk.", "bron": "CBS-adressen 2025"},
        {"stap": "gemeente", "tekst": "Deze wijk hoort bij de gemeente Haarlem, die meedoet in deze regio.", "bron": ""},
        {
            "stap": "team",
            "tekst": "Dit wijkteam werkt in de hele wijk.",
            "bron": "afspraak sinds 1 januari 2025",
        },
        {"stap": "persoon", "tekst": "Sanne Duinstra is het vaste aanspreekpunt voor uw school.", "bron": ""},
    ],
}
KANDIDATEN = [
    {
        "buurt": {"code": "BU03920612", "naam": "Boerhaavewijk"},
        "wijkteam": TEAM,
        "aanspreekpunt": PERSOON,
        "reden": "De even nummers van deze postcode liggen in deze buurt.",
    },
    {
        "buurt": {"code": "BU03920701", "naam": "Molenwijk"},
        "wijkteam": {"id": 2, "naam": "Wijkteam Molenwijk"},
        "aanspreekpunt": {"naam": "Joke Meerman", "telefoon": "0235550177"},
        "reden": "De oneven nummers liggen in deze buurt.",
    },
]
LOKET = {
    "gemeente": "Castricum",
    "naam": "Sociaal loket Castricum",
    "telefoon": "14 0251",
    "email": "loket@castricum.example",
    "bereikbaar": "",
}


def routes() -> list[tuple[str, dict[str, Any]]]:
    """One route of every uitkomst, with the variants that look different."""
    absent = {**PERSOON, "afwezig_tot": (now() + timedelta(days=9)).date().isoformat()}
    nowhere = {"wijkteam": None, "aanspreekpunt": None}
    return [
        ("toegewezen", BASIS),
        ("toegewezen, aanspreekpunt afwezig", {**BASIS, "aanspreekpunt": absent, "vervanger": VERVANGER}),
        ("toegewezen, afgeleid", {**BASIS, "afgeleid": True}),
        ("meerdere", {**BASIS, **nowhere, "uitkomst": "meerdere", "kandidaten": KANDIDATEN}),
        (
            "buiten_regio",
            {
                **BASIS,
                **nowhere,
                "uitkomst": "buiten_regio",
                "gemeente": {"code": "GM0383", "naam": "Castricum"},
                "lokets": [LOKET],
                "uitleg": BASIS["uitleg"][:1],
            },
        ),
        (
            "adres_onbekend",
            {**BASIS, **nowhere, "buurt": None, "uitkomst": "adres_onbekend", "editie": "2025", "kandidaten": KANDIDATEN},
        ),
        (
            "geen_team",
            {
                **BASIS,
                **nowhere,
                "uitkomst": "geen_team",
            },
        ),
        ("geen_contact", {**BASIS, "aanspreekpunt": None, "uitkomst": "geen_contact"}),
        (
            "ongeldig",
            {
                "uitkomst": "ongeldig",
                "fouten": [{"veld": "postcode", "melding": "Een postcode heeft 4 cijfers en 2 letters, zoals 2037 RB."}],
            },
        ),
    ]


def examples() -> dict[str, Any]:
    """Everything else on the page."""
    here = now()
    return {
        "persoon": PERSOON,
        "regio": {"naam": "Zuid-Kennemerland en IJmond", "telefoon": "0235550190", "email": "regio@demo.example"},
        "vervanger": VERVANGER,
        "routes": routes(),
        "aanmelden": {"url": "#", "velden": [("postcode", "2037RB"), ("huisnummer", "12")]},
        "klokken": [here + timedelta(days=days, hours=hours) for days, hours in ((9, 0), (3, 0), (1, 1), (0, 0.4), (-5, 0))],
        "gehaald": (here - timedelta(days=2), here - timedelta(days=3)),
        "rijen": [
            (
                "2026-004312",
                "Duincollege",
                14,
                "Gaat niet meer naar school",
                here + timedelta(days=2),
                ("in behandeling", "bezig"),
            ),
            (
                "2026-004307",
                "Zeewijk Lyceum",
                16,
                "Ruzie thuis, slaapt bij een vriend",
                here - timedelta(days=1),
                ("aangemeld", "te_laat"),
            ),
            (
                "2026-004298",
                "Praktijkschool De Kade",
                15,
                "Vraag over dagbesteding",
                here + timedelta(days=6),
                ("wacht op de school", "wacht"),
            ),
        ],
        "punten": [
            {
                "op": here - timedelta(hours=2),
                "wie": "Sanne Duinstra, Wijkteam Schalkwijk",
                "titel": "Eerste contact met ouders",
                "tekst": "Gesprek op school, met moeder en de mentor.\nAfspraak voor volgende week staat.",
                "icoon": "mensen",
            },
            {
                "op": here - timedelta(days=1, hours=3),
                "wie": "Aanspreekpunt",
                "titel": "Herinnering gestuurd",
                "icoon": "wekker",
                "toon": "let-op",
            },
            {"op": here - timedelta(days=4), "wie": "Karin Westra, Duincollege", "titel": "Casus aangemeld", "icoon": "vlag"},
        ],
        "gegevens": [
            ("Casusnummer", "2026-004312"),
            ("School", "Duincollege, locatie Zuid"),
            ("Behandelaar", "Sanne Duinstra"),
            ("Leeg veld", ""),
            ("Toestemming", "ouders en jongere, 12 november"),
        ],
        "tabs": [("Te doen", "#", 4, True), ("Wacht op een ander", "#", 11, False), ("Afgesloten", "#", None, False)],
        "tegels": [
            {
                "vraag": "Hoe snel krijgen scholen antwoord?",
                "getal": "1,4",
                "eenheid": "werkdagen",
                "norm": "2 werkdagen",
                "gehaald": True,
                "trend": "omlaag",
                "trend_tekst": "0,3 sneller dan vorig kwartaal",
                "uitleg": "Helft van de casussen, van aanmelden tot ontvangen.",
            },
            {
                "vraag": "Hoeveel antwoorden komen op tijd?",
                "getal": "78",
                "eenheid": "%",
                "norm": "90%",
                "gehaald": False,
                "trend": "omhoog",
                "trend_tekst": "4 punten meer dan vorig kwartaal",
                "uitleg": "Deel van 312 casussen, 1 juli tot en met 30 september.",
            },
        ],
        "stappen": ["Adres", "Leerling", "Vraag en krachten", "Toestemming", "Nakijken"],
    }


class VoorbeeldForm(forms.Form):
    """One field of every kind."""

    naam = forms.CharField(label="Roepnaam", help_text="Zoals de leerling op school genoemd wordt.", max_length=80)
    geboortedatum = forms.DateField(label="Geboortedatum", required=False, widget=DatumInput)
    sector = forms.ChoiceField(label="Onderwijs", choices=[("", "Kies…"), ("vo", "voortgezet onderwijs"), ("mbo", "mbo")])
    urgentie = forms.ChoiceField(
        label="Hoe snel is hulp nodig?",
        help_text="Is er nu gevaar? Bel dan 112.",
        choices=[("normaal", "Binnen de gewone termijn"), ("spoed", "Binnen een werkdag contact")],
        widget=forms.RadioSelect,
    )
    krachten = forms.CharField(label="Wat gaat er goed?", help_text="Begin hiermee.", widget=forms.Textarea(attrs={"rows": 4}))
    akkoord = forms.BooleanField(label="De ouders weten dat ik deze vraag stel")
