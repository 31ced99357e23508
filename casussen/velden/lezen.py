"""Reading what was typed or sent. Pure: a field that points to a row becomes an id here; whether that row exists and may be used
is for the action."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from casussen.fouten import Ontbreekt
from casussen.velden.veld import Soort, Veld

EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100
#: In each object that was read: its place in the list that was sent, for whoever has something to say about it.
PLAATS = "_plaats"
_DATUM_NL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_DATUM_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIJD = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?", re.ASCII)
_PARTIJ = re.compile(r"(aanbieder|leerplicht|verband):\d{1,18}", re.ASCII)
_JA = frozenset({"true", "1", "on", "ja", "yes"})
_NEE = frozenset({"false", "0", "off", "nee", "no"})
#: Text may hold line ends and tabs; every other control character has no place in it, and PostgreSQL refuses NUL.
_STUUR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class LeesError(ValueError):
    """What was typed cannot be read; the message says what to do."""


def _as_text(veld: Veld, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise LeesError(f"Vul {veld.label} in als tekst.")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if _STUUR.search(text) or any("\ud800" <= char <= "\udfff" for char in text):
        raise LeesError(f"Er staat een teken in dat hier niet kan. Typ {veld.label} opnieuw.")
    text = text.strip()
    if veld.soort is Soort.REGEL and "\n" in text:
        raise LeesError(f"Vul {veld.label} in op één regel.")
    if len(text) > veld.max_lengte:
        raise LeesError(f"Dit is te lang: gebruik hoogstens {veld.max_lengte} tekens.")
    return text


def _as_choice(veld: Veld, value: Any) -> str:
    if not isinstance(value, str) or value.strip() not in dict(veld.keuzes):
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    return value.strip()


def _as_date(veld: Veld, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if match := _DATUM_NL.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _DATUM_ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise LeesError(f"Vul {veld.label} in als dag-maand-jaar, bijvoorbeeld 3-12-2026.")
    try:
        found = date(year, month, day)
    except ValueError:
        raise LeesError(f"De datum {text} bestaat niet.") from None
    if not EERSTE_JAAR <= year <= LAATSTE_JAAR:
        raise LeesError(f"Het jaar {year} kan niet kloppen.")
    return found


def _as_bool(veld: Veld, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if text in _JA:
        return True
    if text in _NEE:
        return False
    raise LeesError(f"Kies ja of nee bij: {veld.label}.")


def _as_id(veld: Veld, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:19]) < 2**63 or len(text) > 19:
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    return int(text)


def _as_time(veld: Veld, value: Any) -> time:
    if isinstance(value, time):
        return value
    match = _TIJD.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise LeesError(f"Vul {veld.label} in als uren en minuten, bijvoorbeeld 14:30.")
    return time(int(match[1]), int(match[2]))


def _as_number(veld: Veld, value: Any) -> int:
    text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise LeesError(f"Vul {veld.label} in als een heel getal.")
    if not veld.van <= int(text) <= veld.tot:
        raise LeesError(f"Kies een getal van {veld.van} tot en met {veld.tot}.")
    return int(text)


def _as_party(veld: Veld, value: Any) -> str:
    if not isinstance(value, str) or not _PARTIJ.fullmatch(value.strip()):
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    return value.strip()


#: Kinds that name a row by its id.
IDS = frozenset(
    {
        Soort.WIJKTEAM,
        Soort.CONTACTPERSOON,
        Soort.GEMEENTE,
        Soort.REGIOCOORDINATOR,
        Soort.ARRANGEMENT,
        Soort.DOEL,
        Soort.INZET,
        Soort.TAAK,
        Soort.DEELNEMER,
        Soort.DELING,
    }
)
#: Kinds of which one is chosen from a list.
TE_KIEZEN = frozenset(
    {
        Soort.KEUZE,
        Soort.VESTIGING,
        Soort.PARTIJ,
        *IDS,
    }
)
_LEZERS: dict[Soort, Callable[[Veld, Any], Any]] = {
    Soort.REGEL: _as_text,
    Soort.TEKST: _as_text,
    Soort.KEUZE: _as_choice,
    Soort.DATUM: _as_date,
    Soort.JA_NEE: _as_bool,
    Soort.VESTIGING: _as_text,
    Soort.TIJD: _as_time,
    Soort.GETAL: _as_number,
    Soort.PARTIJ: _as_party,
    **dict.fromkeys(IDS, _as_id),
}


def is_blank(value: Any) -> bool:
    """Nothing was filled in."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def clean(velden: Iterable[Veld], gegevens: Mapping[str, Any]) -> tuple[dict[str, Any], list[Ontbreekt]]:
    """The values that could be read, and per field what is wrong. A blank field is absent from the values.

    Of a list, an object without anything in it is left out, and what is wrong in one is said at 'doelen.0.tekst'.
    """
    schoon: dict[str, Any] = {}
    fouten: list[Ontbreekt] = []
    known = {veld.naam: veld for veld in velden}
    fouten.extend({"veld": naam, "melding": "Dit veld hoort niet bij deze stap."} for naam in gegevens if naam not in known)
    for naam, veld in known.items():
        value = gegevens.get(naam)
        if is_blank(value):
            if veld.verplicht:
                fouten.append({"veld": naam, "melding": missing(veld)})
            continue
        try:
            if veld.soort is Soort.LIJST:
                schoon[naam], wrong = _read_list(veld, value)
                fouten += wrong
            else:
                schoon[naam] = _LEZERS[veld.soort](veld, value)
        except LeesError as fout:
            fouten.append({"veld": naam, "melding": str(fout)})
    return schoon, fouten


def is_empty_row(veld: Veld, row: Mapping[str, Any]) -> bool:
    """Nothing was filled in on this line: a box that is not ticked, or the id of the row it is about, does not count."""
    return all(
        is_blank(row.get(kolom.naam)) or row.get(kolom.naam) is False or _is_handle(veld, kolom) for kolom in veld.kolommen
    )


def _is_handle(veld: Veld, kolom: Veld) -> bool:
    return veld.vast and kolom.soort in IDS


def _read_list(veld: Veld, value: Any) -> tuple[list[dict[str, Any]], list[Ontbreekt]]:
    """The objects of a list. Their places are those of what was sent, so that a message finds its line."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, Mapping) for item in value):
        raise LeesError(f"Vul {veld.label} in.")
    filled = [(place, item) for place, item in enumerate(value) if not is_empty_row(veld, item)]
    if len(filled) > veld.hoogstens:
        raise LeesError(f"Vul hoogstens {veld.hoogstens} keer iets in bij {veld.label}.")
    rows: list[dict[str, Any]] = []
    fouten: list[Ontbreekt] = []
    for place, item in filled:
        row, wrong = clean(veld.kolommen, item)
        rows.append({**row, PLAATS: place})
        fouten += [{"veld": f"{veld.naam}.{place}.{fout['veld']}", "melding": fout["melding"]} for fout in wrong]
    return rows, fouten


def missing(veld: Veld) -> str:
    """What to say when a field is empty."""
    verb = "Kies" if veld.soort in TE_KIEZEN else "Vul in"
    return f"{verb}: {veld.label}."
