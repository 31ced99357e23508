"""A PDF that only shows pages: without scripts, files inside, commands or a password. Pure.

Names may be written with #-codes, and objects may be packed in streams: both are undone before looking. This is no parser: what
it cannot look into it refuses.
"""

import io
import re
import zipfile
import zlib

from casussen.documenten.fouten import Geweigerd

#: Unpacked, per file: more than this is no document.
UITGEPAKT_MAX = 120_000_000
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
#: Read and unpacked at a time. Small pieces out: what breaks off halfway a piece was unpacked, but never seen.
_STUK, _STUKJE = 65_536, 16_384
_EINDE = rb"(?=[\s/<>\[\]()]|$)"
_STROOM = re.compile(rb"(?<!end)stream\r?\n")
_VERBODEN: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"/Encrypt" + _EINDE), "er zit een wachtwoord of beveiliging op deze pdf. Sla hem op zonder."),
    (re.compile(rb"/(JavaScript|RichMedia)" + _EINDE), "in deze pdf zit een programma. Druk hem af naar een nieuwe pdf."),
    (re.compile(rb"/(Launch|ImportData|SubmitForm|GoToE)" + _EINDE), "deze pdf start iets. Druk hem af naar een nieuwe pdf."),
    (re.compile(rb"/EmbeddedFiles?" + _EINDE), "in deze pdf zit een ander bestand. Stuur dat los."),
)
#: Short names: by chance also in the bytes of an image, so only looked for outside streams and in packed objects.
_VERBODEN_KORT: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"/(JS|XFA)" + _EINDE), "in deze pdf zit een programma. Druk hem af naar een nieuwe pdf."),
)
_ACHTERAAN = "achter deze pdf zit nog een ander bestand. Druk hem af naar een nieuwe pdf."
_NIET_TE_ZIEN = "deze pdf is niet na te kijken. Druk hem af naar een nieuwe pdf."


def check(inhoud: bytes) -> bytes:
    _refuse_what_follows(inhoud)
    _refuse(inhoud, _VERBODEN)
    outside: list[bytes] = []
    budget = UITGEPAKT_MAX
    here, packed_objects = 0, False
    for start in _STROOM.finditer(inhoud):  # every one, also what seems to lie within another: a comment can pretend
        ended = inhoud.rfind(b"endstream", here, start.start())
        head = inhoud[max(ended, here) : start.start()]
        packed_objects = (packed_objects and ended < 0) or b"/ObjStm" in _decoded(head)
        here = start.end()
        outside.append(head)
        plain, size = _unpack(inhoud, here, budget)
        if plain is None and packed_objects:
            raise Geweigerd(_NIET_TE_ZIEN)
        budget -= size
        if budget <= 0:
            raise Geweigerd("deze pdf is uitgepakt veel te groot.")
        _refuse(plain or b"", _VERBODEN)
        if packed_objects:
            _refuse(plain or b"", _VERBODEN_KORT)
    outside.append(inhoud[max(inhoud.rfind(b"endstream"), 0) :])
    _refuse(b"\n".join(outside), _VERBODEN_KORT)
    return inhoud


def _refuse_what_follows(inhoud: bytes) -> None:
    """Nothing after the end: that would be a second file, which another program opens instead of this one. A zip is found by its
    own end, so it may also pretend to end as a PDF does."""
    end = inhoud.rfind(b"%%EOF", -2048)
    if end < 0:
        raise Geweigerd(_ACHTERAAN if b"%%EOF" in inhoud else "deze pdf is niet compleet.")
    if inhoud[end + len(b"%%EOF") :].strip(b" \t\r\n\f\0") or zipfile.is_zipfile(io.BytesIO(inhoud)):
        raise Geweigerd(_ACHTERAAN)


def _unpack(inhoud: bytes, start: int, budget: int) -> tuple[bytes | None, int]:
    """The plain bytes of the Flate stream that begins here, to its own end; None for what is packed otherwise. And how many bytes
    were unpacked to see that: a stream that breaks off costs as much as a whole one."""
    machine = zlib.decompressobj()
    plain: list[bytes] = []
    size = 0
    try:
        while not machine.eof and size <= budget and (packed := machine.unconsumed_tail or inhoud[start : start + _STUK]):
            start += 0 if machine.unconsumed_tail else _STUK
            plain.append(machine.decompress(packed, _STUKJE))
            size += len(plain[-1])
    except zlib.error:
        return None, size + _STUKJE
    return b"".join(plain), size


def _decoded(raw: bytes) -> bytes:
    return _CODE.sub(lambda match: bytes([int(match[1], 16)]), raw) if b"#" in raw else raw


def _refuse(raw: bytes, verboden: tuple[tuple[re.Pattern[bytes], str], ...]) -> None:
    text = _decoded(raw)
    for pattern, melding in verboden:
        if pattern.search(text):
            raise Geweigerd(melding)
