"""Property: whatever the network and the question, bulk and single say the same."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.wijkteams.netwerken import OP, build, netwerk, vraag
from wijkteams.routering import Route, route_address
from wijkteams.routering.bulk import UITVOER, route_bulk


def single(question: dict[str, Any]) -> dict[str, str]:
    return as_row(route_address(**question, peildatum=OP))


def as_row(route: Route) -> dict[str, str]:
    document = route.as_json()
    return {
        "uitkomst": document["uitkomst"],
        "gemeentecode": (document["gemeente"] or {}).get("code", ""),
        "wijkcode": (document["wijk"] or {}).get("code", ""),
        "buurtcode": (document["buurt"] or {}).get("code", ""),
        "wijkteam": (document["wijkteam"] or {}).get("naam", ""),
        "aanspreekpunt": (document["aanspreekpunt"] or {}).get("naam", ""),
    }


@pytest.mark.django_db
# Building a network takes a second: shrinking one would take minutes, and the networks are small enough to read.
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(tekening=netwerk(), vragen=st.lists(vraag, min_size=20, max_size=60))
def test_bulk_equals_single(tekening: dict[str, Any], vragen: list[dict[str, str]]) -> None:
    with transaction.atomic():
        build(tekening)
        uit = route_bulk(vragen, peildatum=OP)
        verwacht = [single(question) for question in vragen]
        transaction.set_rollback(True)
    assert [{naam: row[naam] for naam in UITVOER} for row in uit] == verwacht
    assert [{naam: row[naam] for naam in question} for row, question in zip(uit, vragen, strict=True)] == vragen
