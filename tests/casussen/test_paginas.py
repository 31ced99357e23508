"""Every page of a casus that is named somewhere exists: a misspelt name would be a 500 only for whoever comes there."""

import pytest
from django.urls import reverse

from casussen.views.acties import TERUG_NAAR
from casussen.views.dossier import TABS
from casussen.workflow import HANDELINGEN, OVERGANGEN

NAMEN = {regel.op_pagina for regel in (*OVERGANGEN, *HANDELINGEN) if regel.op_pagina} | set(TERUG_NAAR.values())
NAMEN |= {tab.naam for tab in TABS}


@pytest.mark.parametrize("naam", sorted(NAMEN))
def test_a_page_that_is_named_exists(naam: str) -> None:
    assert reverse(naam, args=["2026-000001"]).startswith("/casussen/2026-000001")
