"""Reads that span models: work lists, one casus with its time line, and what the regiocoördinator steers by.

Every list takes the same number of queries, whatever its size.
"""

from casussen.mogelijk import Mogelijk, available_actions
from casussen.queries.detail import CasusDetail, casus_detail, consent_of, time_of
from casussen.queries.lijsten import (
    CasusRegel,
    Filters,
    as_rows,
    casussen_of,
    count_each,
    narrow,
    werkvoorraad,
    with_unread_feedback,
)
from casussen.queries.mijn_dag import MijnDag, mijn_dag
from casussen.queries.regio import (
    Escalatie,
    StuurRegel,
    TeRouteren,
    as_steered,
    as_waiting,
    escalation_of,
    late_with_teams,
    stuurlijst,
    te_routeren,
    waiting_for_team,
)
from casussen.queries.tijdlijn import Gebeurd, tijdlijn, tijdlijn_pagina
from casussen.stand import VolgendeStap, next_step_of, status_regel

__all__ = [
    "CasusDetail",
    "CasusRegel",
    "Escalatie",
    "Filters",
    "Gebeurd",
    "MijnDag",
    "Mogelijk",
    "StuurRegel",
    "TeRouteren",
    "VolgendeStap",
    "as_rows",
    "as_steered",
    "as_waiting",
    "available_actions",
    "casus_detail",
    "casussen_of",
    "consent_of",
    "count_each",
    "escalation_of",
    "late_with_teams",
    "mijn_dag",
    "narrow",
    "next_step_of",
    "status_regel",
    "stuurlijst",
    "te_routeren",
    "tijdlijn",
    "tijdlijn_pagina",
    "time_of",
    "waiting_for_team",
    "werkvoorraad",
    "with_unread_feedback",
]
