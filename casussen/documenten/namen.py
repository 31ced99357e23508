"""A file name that can be shown and saved, made from whatever a browser sent. Never used as a path. Pure."""

import re
import unicodedata

LANGSTE = 100
#: What Windows and browsers give a meaning of their own.
_BIJZONDER = re.compile(r'[<>:"|?*%]')
_SPATIES = re.compile(r"\s+")
#: Names of devices on Windows: a file of that name cannot be saved.
_APPARATEN = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def extension_of(naam: str) -> str:
    """'Verslag.PDF' → 'pdf'."""
    stam, punt, extensie = clean_text(naam).rpartition(".")
    return extensie.lower() if punt and stam else ""


def clean_text(naam: str) -> str:
    """The last part of a path, without what cannot be seen: controls, and marks that turn the direction of the text around."""
    last = re.split(r"[/\\]", naam)[-1]
    seen = "".join(" " if c in "\t\r\n" else c for c in last if c in "\t\r\n" or unicodedata.category(c)[0] != "C")
    return _SPATIES.sub(" ", _BIJZONDER.sub(" ", unicodedata.normalize("NFC", seen))).strip(" .")


def clean_name(naam: str, extensie: str, synoniemen: tuple[str, ...] = ()) -> str:
    """The name with the extension of what the file really is: 'foto.exe' that is a pdf becomes 'foto.exe.pdf'."""
    text = clean_text(naam)
    stam, punt, current = text.rpartition(".")
    if punt and current.lower() in {extensie, *synoniemen}:
        text = stam
    text = text.strip(" .")[:LANGSTE].strip(" .")
    if not text or _APPARATEN.fullmatch(text.split(".")[0].strip()):
        text = f"document {text}".strip()
    return f"{text}.{extensie}"
