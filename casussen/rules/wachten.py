"""How long somebody waits for help, and when that is too long. Pure."""

from datetime import date, timedelta

#: A waiting time that was measured longer ago says little.
OUD_NA = timedelta(days=30)


def waited(*, gevraagd: date, tot: date | None, op: date) -> int:
    """Days from asking until it started or ended; without such a day until now."""
    return max(((tot or op) - gevraagd).days, 0)


def exceeds_norm(dagen: int, norm: int) -> bool:
    """Longer than so many whole weeks."""
    return dagen > norm * 7


def is_stale(gemeten_op: date | None, op: date) -> bool:
    """Measured more than thirty days ago, or never."""
    return gemeten_op is None or op - gemeten_op > OUD_NA
