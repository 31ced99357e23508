"""What PDOK's Locatieserver (v3_1, `free`) answers, compared with what was asked: a fuzzy neighbour is no answer. Pure."""

import json
import re
from dataclasses import dataclass
from typing import Any

from gebieden.adres import Adres

VELDEN = (
    *("type", "postcode", "huisnummer", "huisletter", "huisnummertoevoeging"),
    *("gemeentecode", "gemeentenaam", "wijkcode", "wijknaam", "buurtcode", "buurtnaam"),
)
_GEMEENTE = re.compile(r"[0-9]{4}")
_BUURT = re.compile(r"BU[0-9]{4}[0-9A-Z]{4}")
NAAM_MAX = 80


class Onbruikbaar(Exception):  # noqa: N818  (the words of the house)
    """This is not an answer of the Locatieserver."""


@dataclass(frozen=True, slots=True)
class Plek:
    """Where an address lies, with CBS prefixes. `buurt_code` is '' when PDOK names none; names fall back to codes."""

    gemeente_code: str
    gemeente_naam: str
    buurt_code: str = ""
    buurt_naam: str = ""
    wijk_naam: str = ""


def query_of(adres: Adres) -> list[tuple[str, str]]:
    """The parameters of the question. Unknown ones are refused by PDOK, so there is nothing else."""
    vraag = [("fq", "type:adres"), ("fq", f"postcode:{adres.postcode}"), ("fq", f"huisnummer:{adres.huisnummer}")]
    if adres.huisletter:
        vraag.append(("fq", f"huisletter:{adres.huisletter}"))
    if adres.toevoeging:
        vraag.append(("fq", f"huisnummertoevoeging:{adres.toevoeging}"))
    return [*vraag, ("rows", "1"), ("fl", ",".join(VELDEN))]


def read_answer(body: bytes, adres: Adres) -> Plek | None:
    """The place of exactly this address; None when PDOK has another or none. Onbruikbaar when this is no answer at all."""
    try:
        docs = json.loads(body.decode("utf-8"))["response"]["docs"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Onbruikbaar from None
    if not isinstance(docs, list) or not all(isinstance(doc, dict) for doc in docs):
        raise Onbruikbaar
    return _place(docs[0]) if docs and _is_it(docs[0], adres) else None


def _is_it(doc: dict[str, Any], adres: Adres) -> bool:
    nummer = doc.get("huisnummer")
    return (
        doc.get("type", "adres") == "adres"
        and _plain(doc.get("postcode")) == adres.postcode
        and not isinstance(nummer, bool)
        and str(nummer) == str(adres.huisnummer)
        and (not adres.huisletter or _plain(doc.get("huisletter")) == adres.huisletter)
        and (not adres.toevoeging or _plain(doc.get("huisnummertoevoeging")) == adres.toevoeging)
    )


def _plain(waarde: Any) -> str:
    return waarde.replace(" ", "").upper() if isinstance(waarde, str) else ""


def _place(doc: dict[str, Any]) -> Plek | None:
    """Codes that contradict each other, or that are no codes, say nothing."""
    gemeente = doc.get("gemeentecode")
    if not isinstance(gemeente, str) or not _GEMEENTE.fullmatch(gemeente):
        return None
    buurt = doc.get("buurtcode")
    code = buurt if isinstance(buurt, str) and _BUURT.fullmatch(buurt) else ""
    if code and code[2:6] != gemeente:
        return None
    return Plek(
        gemeente_code=f"GM{gemeente}",
        gemeente_naam=_name(doc.get("gemeentenaam")) or f"GM{gemeente}",
        buurt_code=code,
        buurt_naam=_name(doc.get("buurtnaam")) or code,
        wijk_naam=_name(doc.get("wijknaam")) or (f"WK{code[2:8]}" if code else ""),
    )


def _name(waarde: Any) -> str:
    return " ".join(waarde.split())[:NAAM_MAX] if isinstance(waarde, str) else ""
