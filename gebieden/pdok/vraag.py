"""Ask PDOK where an address lies, and remember the answer. Off without PDOK_URL."""

from dataclasses import asdict, dataclass
from enum import StrEnum

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from gebieden.adres import Adres
from gebieden.pdok.antwoord import Onbruikbaar, Plek, query_of, read_answer
from gebieden.pdok.ophalen import Mislukt, fetch

log = structlog.stdlib.get_logger(__name__)

SECONDEN = 2.0
#: Where a new house stands does not change; that it is not known yet does.
GEVONDEN_BLIJFT, NIET_GEVONDEN_BLIJFT = 7 * 24 * 3600, 3600
#: After a failure PDOK is left alone this long, so that not everybody waits two seconds.
RUST = 30
_RUST_SLEUTEL = "pdok:rust"


class Stand(StrEnum):
    GEVONDEN = "gevonden"
    NIET_GEVONDEN = "niet_gevonden"
    ONBEREIKBAAR = "onbereikbaar"


@dataclass(frozen=True, slots=True)
class Antwoord:
    stand: Stand
    plek: Plek | None = None


def is_enabled() -> bool:
    return bool(settings.PDOK_URL)


def ask_pdok(adres: Adres) -> Antwoord | None:
    """Never an exception, never longer than two seconds; None when PDOK is not asked at all."""
    if not is_enabled():
        return None
    sleutel = _key(adres)
    if known := cache.get(sleutel):
        return _unpack(known)
    if cache.get(_RUST_SLEUTEL):
        return Antwoord(Stand.ONBEREIKBAAR)
    try:
        plek = read_answer(fetch(settings.PDOK_URL, query_of(adres), seconden=SECONDEN), adres)
    except (Mislukt, Onbruikbaar) as reden:
        log.warning("pdok_onbereikbaar", soort=str(reden) or "antwoord")
        cache.set(_RUST_SLEUTEL, value=True, timeout=RUST)
        return Antwoord(Stand.ONBEREIKBAAR)
    antwoord = Antwoord(Stand.GEVONDEN if plek else Stand.NIET_GEVONDEN, plek)
    cache.set(sleutel, _pack(antwoord), GEVONDEN_BLIJFT if plek else NIET_GEVONDEN_BLIJFT)
    return antwoord


def _key(adres: Adres) -> str:
    """Who reads the cache table finds no address in it, nor can they try them all without our secret."""
    tekst = "|".join((adres.postcode, str(adres.huisnummer), adres.huisletter, adres.toevoeging))
    return f"pdok:{salted_hmac('gebieden.pdok', tekst, algorithm='sha256').hexdigest()}"


def _pack(antwoord: Antwoord) -> dict[str, str]:
    return {"stand": antwoord.stand.value, **(asdict(antwoord.plek) if antwoord.plek else {})}


def _unpack(bewaard: dict[str, str]) -> Antwoord:
    velden = dict(bewaard)
    stand = Stand(velden.pop("stand"))
    return Antwoord(stand, Plek(**velden) if velden else None)
