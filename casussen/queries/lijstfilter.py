"""What a work list can be narrowed to, as it stands in a URL and as somebody keeps it.

Only these keys and these values exist: nothing that is typed ends up in a saved filter, and what a URL says besides is left out.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from casussen.keuzes import EigenaarSoort, Status
from casussen.queries.lijsten import Filters
from scholen.sectoren import Sector

SORTERINGEN = ("klok", "nieuw", "school")
VINKJES = ("te_laat", "spoed", "thuiszitter", "wacht_op_school")
_NUMMERS = ("school", "wijkteam")
_KEUZES = {"sector": set(Sector.values), "aan_zet": {"school", "wijkteam", "regio"}}
_WIE = re.compile(r"mij|niemand|[0-9]{1,18}")
_ID = re.compile(r"[0-9]{1,18}")
#: Whose turn it can be, in the words of a filter.
AAN_ZET = [
    (EigenaarSoort.SCHOOL.value, "de school"),
    (EigenaarSoort.WIJKTEAM.value, "het wijkteam"),
    (EigenaarSoort.REGIO.value, "de regiocoördinator"),
]


def read_filters(data: QueryDict) -> Filters:
    """The filters that make sense; what somebody typed into the URL and does not exist is left out."""

    def one(key: str) -> str:
        return str(data.get(key) or "")

    statuses = tuple(dict.fromkeys(s for s in map(str, data.getlist("status")) if s in Status.values))
    known = {key: value for key, allowed in _KEUZES.items() if (value := one(key)) in allowed}
    numbers = {key: int(value) for key in _NUMMERS if _ID.fullmatch(value := one(key))}
    return Filters(
        status=statuses,
        wie=wie if _WIE.fullmatch(wie := one("wie")) else "",
        nummer=one("nummer").strip()[:12],
        sorteer=sorteer if (sorteer := one("sorteer")).removeprefix("-") in SORTERINGEN else "klok",
        sector=known.get("sector", ""),
        aan_zet=known.get("aan_zet", ""),
        school=numbers.get("school"),
        wijkteam=numbers.get("wijkteam"),
        te_laat=one("te_laat") == "1",
        spoed=one("spoed") == "1",
        thuiszitter=one("thuiszitter") == "1",
        wacht_op_school=one("wacht_op_school") == "1",
    )


def as_query(filters: Filters) -> str:
    """As it is kept: always the same words in the same order; never a casusnummer, and no page."""
    statuses = (filters.status,) if isinstance(filters.status, str) else filters.status
    parts = [f"status={status}" for status in sorted(statuses) if status]
    named: Mapping[str, Any] = {
        "wie": filters.wie,
        "school": filters.school,
        "wijkteam": filters.wijkteam,
        "sector": filters.sector,
        "aan_zet": filters.aan_zet,
        **{naam: "1" if getattr(filters, naam) else "" for naam in VINKJES},
        "sorteer": filters.sorteer if filters.sorteer != "klok" else "",
    }
    return "&".join([*parts, *(f"{key}={value}" for key, value in named.items() if value not in {None, ""})])
