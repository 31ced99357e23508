"""An overleg as a file for a calendar (iCalendar, RFC 5545; as an invitation RFC 5546). Pure: text in, bytes out.

Times are in UTC, which every calendar shows in its own zone: no description of summer time has to go along and be right. What is
in the file says nothing of whom it is about: nobody of the family is named, and the only address is that of whoever receives it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from kern.klok import AMSTERDAM

SAMENVATTING = "Overleg (Aanspreekpunt)"
PRODID = "-//Aanspreekpunt//Overleg//NL"
#: RFC 5545 §3.1: no line is longer than this many octets, without its line end.
REGELLENGTE = 75


class Methode(StrEnum):
    """What the file asks of a calendar."""

    UITNODIGING = "REQUEST"
    AFZEGGING = "CANCEL"
    KOPIE = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraak:
    """One overleg at one version: `volgnummer` goes up whenever it is moved or called off."""

    uid: str
    volgnummer: int
    begint_op: datetime
    eindigt_op: datetime
    gemaakt_op: datetime
    methode: Methode
    afzender: str
    plek: str = ""
    tekst: str = ""
    aan: str = ""


def write_ics(afspraak: Afspraak) -> bytes:
    """The file, with the line ends and the folding of the standard."""
    cancelled = afspraak.methode is Methode.AFZEGGING
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{afspraak.methode}",
        "BEGIN:VEVENT",
        f"UID:{afspraak.uid}",
        f"SEQUENCE:{afspraak.volgnummer}",
        f"DTSTAMP:{_utc(afspraak.gemaakt_op)}",
        f"DTSTART:{_utc(afspraak.begint_op)}",
        f"DTEND:{_utc(afspraak.eindigt_op)}",
        f"SUMMARY:{escape(SAMENVATTING)}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        f"TRANSP:{'TRANSPARENT' if cancelled else 'OPAQUE'}",
        f'ORGANIZER;CN="Aanspreekpunt":mailto:{_address(afspraak.afzender)}',
    ]
    if afspraak.aan and afspraak.methode is not Methode.KOPIE:
        lines.append(f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{_address(afspraak.aan)}")
    lines += [
        f"{naam}:{escape(value)}" for naam, value in (("LOCATION", afspraak.plek), ("DESCRIPTION", afspraak.tekst)) if value
    ]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return b"".join(fold(line) for line in lines)


def escape(text: str) -> str:
    """A value of type TEXT (RFC 5545 §3.3.11); control characters have no place in it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char in "\n\t" or (char >= " " and char != "\x7f"))
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def fold(line: str) -> bytes:
    """One content line, folded at 75 octets without breaking a character in two."""
    pieces: list[bytes] = []
    current, room = b"", REGELLENGTE
    for char in line:
        octets = char.encode("utf-8")
        if len(current) + len(octets) > room:
            pieces.append(current)
            current, room = b"", REGELLENGTE - 1  # the space that begins a folded line counts
        current += octets
    pieces.append(current)
    return b"\r\n ".join(pieces) + b"\r\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _address(adres: str) -> str:
    """A mail address as it may stand in a value: whatever would end the line or the value is left out."""
    return "".join(char for char in adres if char > " " and char not in '"\\;,<>\x7f')


def file_name(begint_op: datetime) -> str:
    return f"overleg-{begint_op.astimezone(AMSTERDAM):%Y-%m-%d}.ics"
