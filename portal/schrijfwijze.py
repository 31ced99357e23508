"""How names, numbers and codes are written on screen. Pure text in, text out; what is not understood stays as it was."""

import re
import unicodedata
import zlib

#: Area codes of three digits; every other one has four. After them come the rest, in pairs.
_KORT = """
010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058
070 071 072 073 074 075 076 077 078 079 084 085 087 088 091
"""
KORTE_NETNUMMERS = frozenset(_KORT.split())
TINTEN = 6
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([a-zA-Z]{2})\s*", re.ASCII)


def write_postcode(value: str) -> str:
    """'2037RB' becomes '2037 RB'."""
    match = _POSTCODE.fullmatch(value or "")
    return f"{match[1]} {match[2].upper()}" if match else value or ""


def initials(name: str) -> str:
    """'Sanne de Vries' becomes 'SV': the first letter of the first and of the last word."""
    words = [word for word in re.split(r"[\s.]+", name or "") if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(name: str) -> int:
    """One of the tints 1 … 6 behind initials: the same name always has the same one."""
    return zlib.crc32((name or "").encode()) % TINTEN + 1


def dial(number: str) -> str:
    """What a phone dials: '+31612345678'. Empty when there is nothing to dial."""
    digits = re.sub(r"[^\d+]", "", number or "")
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+310"):  # written as +31 (0)23 …
        digits = f"+31{digits[4:]}"
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return f"+31{digits[1:]}"
    return digits


def write_phone(number: str) -> str:
    """A Dutch number as it is read aloud: '06 12 34 56 78', '023 555 01 23', '0251 23 45 67'."""
    digits = dial(number)
    if digits.startswith("+31"):
        digits = f"0{digits[3:]}"
    if not re.fullmatch(r"0[1-9]\d{8}", digits):
        return number or ""
    if digits.startswith("06"):
        head, rest = digits[:2], digits[2:]
    elif digits[:3] in KORTE_NETNUMMERS:
        head, rest = digits[:3], digits[3:]
    else:
        head, rest = digits[:4], digits[4:]
    first = [rest[:3]] if len(rest) % 2 else [rest[:2]]
    after = rest[len(first[0]) :]
    return " ".join([head, *first, *(after[i : i + 2] for i in range(0, len(after), 2))])


def element_id(value: object) -> str:
    """A value as the id of an element: letters, digits and dashes, starting with a letter."""
    text = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode().lower()
    return "id-" + (re.sub(r"[^a-z0-9]+", "-", text).strip("-") or "leeg")
