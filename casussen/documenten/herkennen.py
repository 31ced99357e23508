"""What a file really is, decided by its content, never by its name or by what a browser says. Pure.

    goed = recognise("verslag.pdf", inhoud)     # Goedgekeurd: shown name, own mime type, the bytes to keep
                                                # or Geweigerd, with what to do about it

Images are drawn anew, so that nothing of the original file is left but what one sees. What can hold a program (macros, scripts,
files within files) or cannot be looked into (encrypted) is refused: a virus scanner comes after this, where there is one.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from casussen.documenten import beeld, office, pdf
from casussen.documenten.fouten import Geweigerd
from casussen.documenten.namen import clean_name, clean_text, extension_of

MB = 1_000_000
GROOTSTE = 10 * MB
SOORTEN = "pdf, Word (docx), Excel (xlsx), OpenDocument (odt), jpg, png of txt"
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_HTML = re.compile(r"<\s*(!doctype|html|script|svg|iframe|body|\?xml)", re.IGNORECASE)
#: What else people try to send, so that the refusal names it: the first bytes, and its name.
_BEKEND: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "een programma"),
    (b"\x7fELF", "een programma"),
    (b"#!", "een programma"),
    (b"GIF8", "een gif"),
    (b"RIFF", "geluid, film of webp"),
    (b"Rar!", "een ingepakt bestand"),
    (b"7z\xbc\xaf", "een ingepakt bestand"),
    (b"\x1f\x8b", "een ingepakt bestand"),
)


@dataclass(frozen=True, slots=True)
class Goedgekeurd:
    """A file that may be kept. `inhoud` can differ from what was sent: an image is drawn anew."""

    naam: str
    mime: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of file that is taken: how it starts, what is left of it after a look inside, and how it is called."""

    begin: bytes
    mime: str
    extensie: str
    lees: Callable[[bytes], bytes]
    synoniemen: tuple[str, ...] = ()


BEELDEN = (
    Soort(b"%PDF-", "application/pdf", "pdf", pdf.check),
    Soort(b"\xff\xd8\xff", "image/jpeg", "jpg", beeld.redraw_jpeg, ("jpeg", "jpe")),
    Soort(b"\x89PNG\r\n\x1a\n", "image/png", "png", beeld.redraw_png),
)


def recognise(naam: str, inhoud: bytes) -> Goedgekeurd:
    """The file as it may be kept. Raises Geweigerd."""
    shown = clean_text(naam)[:60] or "Het bestand"
    try:
        return _recognise(naam, inhoud)
    except Geweigerd as fout:
        raise Geweigerd(f"{shown}: {fout}") from fout


def _recognise(naam: str, inhoud: bytes) -> Goedgekeurd:
    if not inhoud:
        raise Geweigerd("dit bestand is leeg.")
    if len(inhoud) > GROOTSTE:
        raise Geweigerd("dit bestand is groter dan 10 MB. Maak het kleiner, of verdeel het.")
    for soort in BEELDEN:
        if inhoud.startswith(soort.begin):
            return Goedgekeurd(clean_name(naam, soort.extensie, soort.synoniemen), soort.mime, soort.lees(inhoud))
    if inhoud.startswith(office.ZIP):
        mime, extensie = office.check(inhoud)
        return Goedgekeurd(clean_name(naam, extensie), mime, inhoud)
    if inhoud.startswith(office.OLE):
        raise Geweigerd("dit is een oud Office-bestand of er zit een wachtwoord op. Sla het op als docx, xlsx of pdf.")
    if inhoud[4:8] == b"ftyp" and inhoud[8:12] in _HEIC:
        raise Geweigerd("dit is een HEIC-foto, die niet iedereen kan openen. Sla de foto op als jpg en kies hem opnieuw.")
    for begin, wat in _BEKEND:
        if inhoud.startswith(begin):
            raise Geweigerd(f"dit is {wat}, en dat kan niet. Kies {SOORTEN}.")
    if extension_of(naam) == "txt":
        return Goedgekeurd(clean_name(naam, "txt"), "text/plain", _plain_text(inhoud))
    raise Geweigerd(f"dit soort bestand kan niet. Kies {SOORTEN}.")


def _plain_text(inhoud: bytes) -> bytes:
    """Text and nothing but text, as UTF-8; what Windows wrote in its own code is turned into it."""
    try:
        text = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = inhoud.decode("cp1252")
        except UnicodeDecodeError as fout:
            raise Geweigerd("dit is geen leesbare tekst.") from fout
    if any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in text):
        raise Geweigerd("dit is geen leesbare tekst.")
    if _HTML.search(text):
        raise Geweigerd("dit is een webpagina of bevat code, geen gewone tekst.")
    return text.encode()
