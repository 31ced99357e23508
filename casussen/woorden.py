"""What happened to a casus, in words: for the time line, and for whoever came second. Pure, apart from reading a given row."""

from datetime import datetime

from casussen.models import Overgang
from casussen.workflow import rules_of
from kern.klok import AMSTERDAM, local_date

_DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def short_day(moment: datetime) -> str:
    """'wo 9 dec'."""
    day = moment.astimezone(AMSTERDAM)
    return f"{_DAGEN[day.weekday()]} {day.day} {_MAANDEN[day.month - 1]}"


def clock_time(moment: datetime) -> str:
    """'10.32'."""
    return f"{moment.astimezone(AMSTERDAM):%H.%M}"


def done(actie: str, van_status: str) -> tuple[str, str]:
    """What was done to what: ('deze casus', 'ontvangen')."""
    rows = rules_of(actie)
    regel = next((r for r in rows if van_status in r.van), rows[0] if rows else None)
    return (regel.voorwerp, regel.gedaan) if regel else ("deze casus", "gewijzigd")


def told_to(overgang: Overgang, *, user_id: int | None, op: datetime) -> tuple[str, str, str]:
    """For whoever came second: 'Wim Jansen heeft deze casus om 10.32 al ontvangen.', who that was, and what they did."""
    same_day = local_date(overgang.op) == local_date(op)
    when = f"om {clock_time(overgang.op)}" if same_day else f"op {short_day(overgang.op)} om {clock_time(overgang.op)}"
    voorwerp, gedaan = done(overgang.actie, overgang.van_status)
    wie = overgang.door_naam or "Iemand"
    who = "U hebt" if user_id is not None and overgang.door_id == user_id else f"{wie} heeft"
    return f"{who} {voorwerp} {when} al {gedaan}.", wie, gedaan
