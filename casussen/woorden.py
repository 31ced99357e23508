"""What happened to a casus, in words: for the time line, and for whoever came second. Pure, apart from reading a given row."""

from collections.abc import Iterable
from datetime import date, datetime, time

from casussen.keuzes import Status
from casussen.models import Overgang
from casussen.tabel import Regel
from casussen.workflow import HANDELINGEN, OVERGANGEN, rules_of
from kern.klok import AMSTERDAM, local_date, today

_DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
#: Why something ended that ended with the casus, by what that was called.
_MET_DE_CASUS = {Status.AFGESLOTEN: "het afsluiten", Status.INGETROKKEN: "het intrekken"}
#: What was done, said as a clause.
_BIJZINNEN = frozenset({"dat", "hoe", "wat"})
_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def short_day(moment: datetime, *, nu: date | None = None) -> str:
    """'wo 9 dec'; with the year when that is another than the one of `nu`."""
    day = moment.astimezone(AMSTERDAM)
    year = f" {day.year}" if nu is not None and day.year != nu.year else ""
    return f"{_DAGEN[day.weekday()]} {day.day} {_MAANDEN[day.month - 1]}{year}"


def on_day(day: date) -> datetime:
    """A day as a moment: the middle of it."""
    return datetime.combine(day, time(12), tzinfo=AMSTERDAM)


def in_days(day: date) -> str:
    """'wo 9 dec'; with the year when that is another one than this."""
    return short_day(on_day(day), nu=today())


def ended_with(status: str) -> str:
    """What is written down as the reason when something ends with the casus: 'De casus is afgesloten.'"""
    return f"De casus is {Status(status).label}."


def how_casus_ended(status: str) -> str:
    """'het afsluiten' or 'het intrekken'; '' for a state in which a casus goes on."""
    return next((how for ended, how in _MET_DE_CASUS.items() if ended == status), "")


def ended_by_casus(reden: str) -> str:
    """The same, from the reason of `ended_with`; '' when it ended for another one."""
    return next((how for ended, how in _MET_DE_CASUS.items() if ended_with(ended) == reden), "")


def counted(number: int, one: str, more: str) -> str:
    """'1 casus', '2 casussen'."""
    return f"{number} {one if number == 1 else more}"


def clock_time(moment: datetime) -> str:
    """'10.32'."""
    return f"{moment.astimezone(AMSTERDAM):%H.%M}"


def done(actie: str, van_status: str) -> tuple[str, str]:
    """What was done to what: ('deze casus', 'ontvangen')."""
    rows = rules_of(actie)
    regel = next((r for r in rows if van_status in r.van), rows[0] if rows else None)
    return (regel.voorwerp, regel.gedaan) if regel else ("deze casus", "gewijzigd")


def say(voorwerp: str, gedaan: str, *, wanneer: str = "") -> str:
    """'deze casus ontvangen', 'gemeld dat de leerling thuiszit': a clause comes after the verb. `wanneer`: 'om 10.32 al'."""
    if voorwerp.split(" ", 1)[0] in _BIJZINNEN:
        return " ".join(part for part in (wanneer, gedaan, voorwerp) if part)
    return " ".join(part for part in (voorwerp, wanneer, gedaan) if part)


def flags_in_the_way(regel: Regel) -> str:
    """Why a flag cannot be set or lifted now, and which step would make that possible."""
    rows = (*OVERGANGEN, *HANDELINGEN)
    if regel.licht:
        steps = [row.label for row in rows if set(row.zet) & set(regel.licht)]
        return f"Bij deze casus staat nu niet: {either(v.label for v in regel.licht)}. Dit kan pas als dat is gemeld.{_by(steps)}"
    steps = [row.label for row in rows if set(row.licht) & set(regel.zet)]
    return f"Bij deze casus staat al: {either(v.label for v in regel.zet)}. Dit kan weer als dat voorbij is.{_by(steps)}"


def _by(steps: Iterable[str]) -> str:
    named = either(f"'{label}'" for label in steps)
    return f" Dat gaat met de stap {named}." if named else ""


def either(labels: Iterable[str]) -> str:
    """'a of b', each once."""
    return " of ".join(dict.fromkeys(str(label) for label in labels))


def told_to(overgang: Overgang, *, user_id: int | None, op: datetime) -> tuple[str, str, str]:
    """For whoever came second: 'Wim Jansen heeft deze casus om 10.32 al ontvangen.', who that was, and what they did."""
    today, when = local_date(op), f"om {clock_time(overgang.op)}"
    if local_date(overgang.op) != today:
        when = f"op {short_day(overgang.op, nu=today)} {when}"
    voorwerp, gedaan = done(overgang.actie, overgang.van_status)
    wie = overgang.door_naam or "Iemand"
    who = "U hebt" if user_id is not None and overgang.door_id == user_id else f"{wie} heeft"
    return f"{who} {say(voorwerp, gedaan, wanneer=f'{when} al')}.", wie, gedaan
