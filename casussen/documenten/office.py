"""Word, Excel and OpenDocument: a zip with one layout, without programs, files within files, or a password. Pure.

Every part is really unpacked, and counted while it is: what a zip says about its own sizes is not believed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from casussen.documenten.fouten import Geweigerd

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELEN_MAX = 3_000
UITGEPAKT_MAX = 150_000_000
#: So many times larger unpacked than packed is no text or table.
VERHOUDING_MAX = 120
_STUK = 262_144
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
#: Of Office Open XML: the part that makes it one, what its main part is called, and the extension.
_OOXML = (("word/document.xml", DOCX, "docx"), ("xl/workbook.xml", XLSX, "xlsx"))
_PROGRAMMA = re.compile(
    r"(?i)(^|/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|/)activex/|^(basic|scripts|object [^/]*)/.|\.(exe|dll|js|vbs|jar)$"
)
_INGEBED = re.compile(r"(?i)(^|/)embeddings/[^/]*\.(bin|docm|xlsm|pptm|zip)$")
_BUITEN = re.compile(rb"(?i)Type=\"[^\"]*/(attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\"|"
                     rb"TargetMode=\"External\"[^>]*Type=\"[^\"]*/(attachedTemplate|oleObject|frame|subDocument)\"")  # fmt: skip
_MACRO = "in dit bestand zit een macro of een ander programma. Sla het op zonder macro's (docx of xlsx)."
_WACHTWOORD = "er zit een wachtwoord op dit bestand. Sla het op zonder wachtwoord."
_KAPOT = "dit bestand is beschadigd of is geen Office-bestand."
_TE_GROOT = "dit bestand is uitgepakt veel te groot."


def check(inhoud: bytes) -> tuple[str, str]:
    """Mime type and extension of an office document. Raises Geweigerd."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archive:
            parts = archive.infolist()
            _check_shape(archive, parts, inhoud)
            read = dict(_read_parts(archive, parts, len(inhoud)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError, KeyError) as fout:
        raise Geweigerd(_KAPOT) from fout
    return _kind(parts, read)


def _check_shape(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], inhoud: bytes) -> None:
    """One zip from the first byte to the last, with names that stay within it."""
    if not parts or len(parts) > DELEN_MAX:
        raise Geweigerd(_KAPOT)
    end = inhoud.rfind(b"PK\x05\x06")
    if archive.comment or end + 22 != len(inhoud) or min(part.header_offset for part in parts) != 0:
        raise Geweigerd(_KAPOT)
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(_leaves(name) for name in names):
        raise Geweigerd(_KAPOT)
    if any(part.flag_bits & 1 for part in parts):
        raise Geweigerd(_WACHTWOORD)
    if any(_PROGRAMMA.search(name) for name in names):
        raise Geweigerd(_MACRO)
    if any(_INGEBED.search(name) for name in names):
        raise Geweigerd("in dit bestand zit een ander bestand. Stuur dat los.")


def _leaves(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name or "\0" in name


def _read_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> Iterator[tuple[str, bytes]]:
    """Unpack everything once, counting; answers the small parts that say what the file is."""
    total = 0
    limit = min(UITGEPAKT_MAX, max(VERHOUDING_MAX * packed, 5_000_000))
    for part in parts:
        wanted = part.filename in {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"} or part.filename.endswith(".rels")
        kept = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_STUK):
                total += len(chunk)
                if total > limit:
                    raise Geweigerd(_TE_GROOT)
                if wanted:
                    kept += chunk
                if part.filename.endswith((".xml", ".rels")) and b"<!ENTITY" in chunk:
                    raise Geweigerd(_KAPOT)
        if wanted:
            yield part.filename, kept


def _kind(parts: list[zipfile.ZipInfo], read: dict[str, bytes]) -> tuple[str, str]:
    names = {part.filename for part in parts}
    if read.get("mimetype") == ODT.encode() and parts[0].filename == "mimetype" and "content.xml" in names:
        if b"encryption-data" in read.get("META-INF/manifest.xml", b""):
            raise Geweigerd(_WACHTWOORD)
        return ODT, "odt"
    types = read.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Geweigerd(_MACRO)
    if any(_BUITEN.search(content) for name, content in read.items() if name.endswith(".rels")):
        raise Geweigerd("dit bestand haalt iets op van buiten. Sla het op als pdf.")
    for main, mime, extensie in _OOXML:
        if main in names and f"{mime}.main+xml".encode() in types:
            return mime, extensie
    raise Geweigerd("dit is een ingepakt bestand, en dat kan niet. Stuur wat erin zit los.")
