"""An example of the request and the answer of every operation, put into the description. Everyone in them is invented.

A test holds each against the schema of its operation; an operation without examples fails it.
"""

from typing import Any

_GEMEENTE = {"code": "GM0392", "naam": "Haarlem"}
_TEAM = {"id": 12, "naam": "Wijkteam Schalkwijk", "soort": "gebied", "telefoon": "023 000 21 01", "email": None}
_TEAM_KORT = {"id": 12, "naam": "Wijkteam Schalkwijk", "soort": "gebied", "gemeente": _GEMEENTE}
_PERSOON = {
    "id": 44,
    "naam": "Wim Jansen",
    "functie": "jeugdcoach",
    "telefoon": "06 00 00 00 44",
    "email": None,
    "afwezig_tot": None,
}
_MENS = {
    "id": 44,
    "naam": "Wim Jansen",
    "functie": "jeugdcoach",
    "expertise": "schoolverzuim",
    "telefoon": "06 00 00 00 44",
    "email": "",
    "bereikbaar": "ma di do 9–17",
    "geverifieerd_op": "2026-09-01",
}
_GEMEENTE_GEHEEL = {
    **_GEMEENTE,
    "regio": {"id": 1, "naam": "Voorbeeldregio"},
    "loket": {"naam": "Jeugdloket Haarlem", "telefoon": "023 000 10 10", "email": None, "url": None},
}
_WIJKTEAM = {
    **_TEAM_KORT,
    "telefoon": "023 000 21 01",
    "email": "",
    "bereikbaar": "ma t/m vr 9–17",
    "adres": "",
    "geldig_van": None,
    "geldig_tot": None,
}
_SCHOOL = {
    "brin": "80AA",
    "naam": "Voorbeeldcollege",
    "vestigingen": [
        {
            "brin": "80AA00",
            "naam": "Voorbeeldcollege",
            "sectoren": ["vo"],
            "plaats": "Haarlem",
            "telefoon": "",
            "gemeente": _GEMEENTE,
            "samenwerkingsverband": {"code": "VO2705", "naam": "Samenwerkingsverband VO2705"},
            "vakantieregio": "noord",
        }
    ],
}
_PUNT = {
    "id": 7,
    "wijkteam": _TEAM_KORT,
    "contactpersoon": _MENS,
    "vervanger": None,
    "school": {"brin": "80AA", "naam": "Voorbeeldcollege"},
    "vestiging": None,
    "sector": "",
    "van": "2026-01-01",
    "tot": None,
}
_WERKGEBIED = {
    "id": 31,
    "wijkteam": _TEAM_KORT,
    "soort": "wijk",
    "gebied": "WK039205",
    "sector": None,
    "school": None,
    "vestiging": None,
    "nummers": None,
    "leeftijd_van": 0,
    "leeftijd_tot": 18,
    "van": None,
    "tot": None,
    "rang": 60,
}
_AANBIEDER = {
    "id": 5,
    "naam": "De Zeebries",
    "soort": "jeugdhulp",
    "omschrijving": "Hulp thuis en op school.",
    "telefoon": "023 000 70 05",
    "email": "aanmelden@zeebries.example",
    "website": "",
    "gemeenten": [],
}
_ARRANGEMENT = {
    "id": 18,
    "naam": "Thuis op koers",
    "aanbieder": {"id": 5, "naam": "De Zeebries", "soort": "jeugdhulp"},
    "hulpvorm": "ambulant",
    "zwaarte": "licht",
    "omschrijving": "Gesprekken thuis en op school.",
    "leeftijd_van": 12,
    "leeftijd_tot": 18,
    "op_school": True,
    "zo_vraagt_u_aan": "Bel het aanmeldpunt, of vraag het via het wijkteam.",
    "capaciteit": 20,
    "wachttijd_norm": 8,
    "wachttijd": {"weken": 6, "gemeten_op": "2026-11-20", "dagen_oud": 12, "oud": False, "boven_norm": False},
    "gemeenten": [_GEMEENTE],
}
_CASUS_REGEL = {
    "nummer": "2026-004312",
    "status": "aangemeld",
    "versie": 1,
    "ronde": 1,
    "t0": "2026-12-02T10:00:00+01:00",
    "status_sinds": "2026-12-02T10:00:00+01:00",
    "school": {"brin": "80AA", "naam": "Voorbeeldcollege"},
    "wijkteam": {"id": 12, "naam": "Wijkteam Schalkwijk"},
    "geescaleerd": False,
    "volgende_stap": {
        "eigenaar": "wijkteam",
        "wat": "Wijkteam Schalkwijk bevestigt de ontvangst",
        "uiterlijk": "2026-12-04T17:00:00+01:00",
        "te_laat": False,
    },
    "inhoud_zichtbaar": True,
}
_ONTVANGEN = {"actie": "ontvangen", "label": "Ontvangst bevestigen", "mag": True, "waarom_niet": "", "velden": []}
_CASUS = {
    **_CASUS_REGEL,
    "inhoud_zichtbaar": False,
    "acties": [],
    "inhoud": None,
    "eigen_hulp": None,
    "te_routeren": None,
    "escalatie": None,
    "concept": None,
}
_CONCEPT = {
    **_CASUS,
    "status": "concept",
    "versie": 0,
    "t0": None,
    "wijkteam": None,
    "volgende_stap": {
        "eigenaar": "school",
        "wat": "De zorgcoördinator maakt de aanmelding af",
        "uiterlijk": None,
        "te_laat": False,
    },
    "concept": {
        "gegevens": {"vestiging": "80AA00", "sector": "vo"},
        "fouten": [],
        "ontbreekt": [{"veld": "leerlingnummer", "melding": "Vul het leerlingnummer van de school in."}],
    },
}
_ROUTE = {
    "uitkomst": "toegewezen",
    "afgeleid": False,
    "peildatum": "2026-12-02",
    "editie": "2025",
    "adres": {"postcode": "2037RB", "huisnummer": 12, "huisletter": "b", "toevoeging": None},
    "gemeente": _GEMEENTE,
    "wijk": {"code": "WK039205", "naam": "Schalkwijk"},
    "buurt": {"code": "BU03920501", "naam": "Boerhaavewijk"},
    "wijkteam": _TEAM,
    "aanspreekpunt": _PERSOON,
    "vervanger": None,
    "kandidaten": [],
    "uitleg": [{"stap": "wijkteam", "tekst": "Wijkteam Schalkwijk werkt in de wijk Schalkwijk.", "bron": "werkgebied 31"}],
    "fouten": [],
}
_SLEUTEL = "6f1c2f6e-93a5-4d0b-8a63-0c5d7d9f3a11"
_BULK = {
    "id": _SLEUTEL,
    "status": "bezig",
    "rijen": 12000,
    "klaar": 5000,
    "voortgang": 41,
    "peildatum": "2026-12-02",
    "aangemaakt": "2026-12-02T10:00:00+01:00",
    "klaar_op": None,
    "verloopt_op": "2026-12-03T10:00:00+01:00",
    "url": f"/api/v1/routeringen/bulk/{_SLEUTEL}",
    "resultaat": None,
}
_BULKRIJ = {"id": "a1", "postcode": "2037RB", "huisnummer": "12", "toevoeging": None, "sector": "vo", "school": None}
_ANTWOORD = {
    **_BULKRIJ,
    "geboortedatum": None,
    "uitkomst": "toegewezen",
    "gemeentecode": "GM0392",
    "wijkcode": "WK039205",
    "buurtcode": "BU03920501",
    "wijkteam": "Wijkteam Schalkwijk",
    "aanspreekpunt": "Wim Jansen",
}
_DOCUMENT = {
    "id": _SLEUTEL,
    "naam": "verslag.pdf",
    "mime": "application/pdf",
    "grootte": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "voor": "school_en_team",
    "door": "Zoë Zeewind",
    "rol": "zorgcoordinator",
    "op": "2026-12-02T10:00:00+01:00",
    "scan_status": "schoon",
    "verwijderd_op": None,
    "verwijderd_om": "",
    "url": f"/api/v1/casussen/2026-004312/documenten/{_SLEUTEL}",
}
_BERICHT = {
    "id": 81,
    "tekst": "Hierbij het verslag van het gesprek.",
    "voor": "school_en_team",
    "door": "Zoë Zeewind",
    "rol": "zorgcoordinator",
    "organisatie": "Voorbeeldcollege",
    "op": "2026-12-02T10:00:00+01:00",
    "ingetrokken_op": None,
    "documenten": [_DOCUMENT],
}
_TREFFER = {
    "nummer": "2026-004312",
    "gevonden_op": "nummer",
    "naam": None,
    "school": "Duincollege",
    "wijkteam": "Wijkteam Schalkwijk",
    "status": "ontvangen",
    "laatste_stap": "ontvangen op do 3 dec",
    "laatste_stap_op": "2026-12-03T10:32:00+01:00",
}


def _pagina(rij: dict[str, Any]) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": [rij]}


_CONSULT_REGEL = {
    "nummer": "A2026-000123",
    "status": "open",
    "school": {"brin": "80AA", "naam": "Voorbeeldcollege"},
    "wijkteam": {"id": 12, "naam": "Wijkteam Schalkwijk"},
    "gevraagd_op": "2026-12-02T10:00:00+01:00",
    "antwoord_uiterlijk": "2026-12-04T17:00:00+01:00",
    "beantwoord_op": None,
}
_CONSULT: dict[str, Any] = {
    **_CONSULT_REGEL,
    "sector": "vo",
    "leeftijd": "12-15",
    "vraag": "Een leerling van 14 komt al drie weken niet op school. Wat raadt u aan?",
    "wat_al_gedaan": "De mentor sprak met de ouders.",
    "berichten": [],
    "casus": None,
}
#: Per operation what is sent, by media type.
VRAGEN: dict[str, dict[str, Any]] = {
    "routeringen_create": {"application/json": {"postcode": "2037 RB", "huisnummer": "12b", "sector": "vo"}},
    "routeringen_bulk_create": {
        "application/json": {"rijen": [{"id": "a1", "postcode": "2037RB", "huisnummer": 12, "sector": "vo"}]},
        "text/csv": "id,postcode,huisnummer,sector\na1,2037 RB,12,vo\n",
    },
    "casussen_create": {"application/json": {"verzoek_sleutel": _SLEUTEL, "vestiging": "80AA00", "sector": "vo"}},
    "casussen_transities_create": {"application/json": {"actie": "ontvangen", "versie": 1}},
    "casussen_berichten_create": {"application/json": {"tekst": "Hoe gaat het thuis?", "voor": "school_en_team"}},
}
_ADVIES = {"tekst": "Bel eerst de ouders en vraag de jeugdarts mee te kijken.", "nagekeken": False}
VRAGEN |= {
    "consulten_create": {"application/json": {"vraag": _CONSULT["vraag"], "leeftijd": "12-15", "wijkteam": 12}},
    "consulten_berichten_create": {"application/json": _ADVIES},
    "casussen_zoeken": {"application/json": {"zoek": "2026-004312"}},
}
#: Per operation what comes back when it goes well, by media type.
ANTWOORDEN: dict[str, dict[str, Any]] = {
    "routeringen_create": {"application/json": _ROUTE},
    "routeringen_bulk_create": {"application/json": {**_BULK, "status": "wacht", "klaar": 0, "voortgang": 0}},
    "routeringen_bulk_retrieve": {"application/json": _BULK},
    "routeringen_bulk_resultaat": {
        "application/json": {"rijen": [_ANTWOORD]},
        "text/csv": (
            "id,postcode,huisnummer,toevoeging,sector,school,geboortedatum,uitkomst,gemeentecode,wijkcode,buurtcode,wijkteam,"
            "aanspreekpunt\na1,2037RB,12,,vo,,,toegewezen,GM0392,WK039205,BU03920501,Wijkteam Schalkwijk,Wim Jansen\n"
        ),
    },
    "aanspreekpunten_list": {"application/json": _pagina(_PUNT)},
    "aanspreekpunten_retrieve": {"application/json": _PUNT},
    "aanbieders_list": {"application/json": _pagina(_AANBIEDER)},
    "arrangementen_list": {"application/json": _pagina(_ARRANGEMENT)},
    "werkgebieden_list": {"application/json": _pagina(_WERKGEBIED)},
    "gemeenten_list": {"application/json": _pagina(_GEMEENTE_GEHEEL)},
    "gemeenten_retrieve": {"application/json": _GEMEENTE_GEHEEL},
    "wijkteams_list": {"application/json": _pagina(_WIJKTEAM)},
    "wijkteams_retrieve": {"application/json": _WIJKTEAM},
    "scholen_list": {"application/json": _pagina(_SCHOOL)},
    "scholen_retrieve": {"application/json": _SCHOOL},
    "casussen_list": {"application/json": _pagina(_CASUS_REGEL)},
    "casussen_create": {"application/json": _CONCEPT},
    "casussen_retrieve": {"application/json": {**_CASUS, "acties": [_ONTVANGEN]}},
    "consulten_list": {"application/json": _pagina(_CONSULT_REGEL)},
    "consulten_create": {"application/json": _CONSULT},
    "consulten_retrieve": {"application/json": _CONSULT},
    "consulten_berichten_create": {"application/json": {**_CONSULT, "status": "beantwoord"}},
    "casussen_zoeken": {"application/json": {"gevonden": [_TREFFER], "meer": False}},
    "casussen_transities_create": {"application/json": {**_CASUS_REGEL, "status": "ontvangen", "versie": 2}},
    "casussen_berichten_list": {"application/json": _pagina(_BERICHT)},
    "casussen_berichten_create": {"application/json": {**_BERICHT, "documenten": []}},
    "casussen_documenten_list": {"application/json": _pagina(_DOCUMENT)},
    "casussen_documenten_create": {"application/json": _BERICHT},
    "casussen_documenten_retrieve": {"application/octet-stream": "%PDF-1.7 …"},
}


def add_examples(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """POSTPROCESSING_HOOK: the examples above, where an operation did not bring its own."""
    for item in result["paths"].values():
        for operation in item.values():
            name = operation["operationId"]
            _fill(operation.get("requestBody", {}).get("content", {}), VRAGEN.get(name, {}))
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    _fill(answer.get("content", {}), ANTWOORDEN.get(name, {}))
    return result


def _fill(content: dict[str, Any], examples: dict[str, Any]) -> None:
    for media_type, value in examples.items():
        if media_type in content and "examples" not in content[media_type]:
            content[media_type]["examples"] = {"Voorbeeld": {"value": value}}
