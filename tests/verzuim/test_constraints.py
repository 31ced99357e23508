"""What may not be in the database, whoever writes it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from scholen.models import Leerling
from tests.factories.casussen import NU
from tests.factories.verzuim import SignaalFactory, VerzuimFactory

WO = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("velden", "constraint"),
    [
        ({"soort": "spijbelen"}, "verzuim_soort_bekend"),
        ({"reden": "zomaar"}, "verzuim_reden_bekend"),
        ({"van": date(1999, 12, 31)}, "verzuim_van_vanaf_2000"),
        ({"tot": date(2026, 10, 1)}, "verzuim_dagen_volgorde"),
        ({"van": WO, "tot": None, "uren": 3}, "verzuim_uren_in_een_week"),
        ({"van": WO, "tot": date(2026, 11, 30), "uren": 3}, "verzuim_uren_in_een_week"),
        ({"van": date(2025, 12, 2), "tot": date(2026, 12, 2), "uren": 3}, "verzuim_uren_in_een_week"),
        ({"van": WO, "tot": WO, "uren": 0}, "verzuim_uren_aantal"),
        ({"van": WO, "tot": WO, "uren": Decimal("40.5")}, "verzuim_uren_aantal"),
        ({"van": WO, "tot": WO, "uren": 3, "soort": "absoluut"}, "verzuim_uren_soort"),
        ({"belastbaar_volgens_plan": True}, "verzuim_belastbaar_is_ziek"),
        ({"soort": "vrijstelling"}, "verzuim_vrijstelling_heeft_grond"),
        ({"vrijstelling_grond": "5a"}, "verzuim_vrijstelling_heeft_grond"),
        ({"vervallen_op": NU}, "verzuim_vervallen_met_reden"),
        ({"vervallen_om": "fout"}, "verzuim_vervallen_met_reden"),
    ],
)
def test_a_report_that_cannot_be_is_refused(leerling: Leerling, velden: dict[str, Any], constraint: str):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        VerzuimFactory.create(leerling=leerling, **velden)


@pytest.mark.parametrize(
    "velden",
    [
        {"van": date(2026, 11, 23), "tot": date(2026, 11, 29), "uren": 40},
        {"van": date(2026, 12, 28), "tot": date(2027, 1, 1), "uren": 1},  # one week, in two years
        {"soort": "vrijstelling", "vrijstelling_grond": "5a"},
        {"soort": "ziek", "belastbaar_volgens_plan": True},
    ],
)
def test_a_report_that_can_be_is_kept(leerling: Leerling, velden: dict[str, Any]):
    assert VerzuimFactory.create(leerling=leerling, **velden).pk


def test_a_day_has_one_report_of_whole_days(leerling: Leerling):
    first = VerzuimFactory.create(leerling=leerling, tot=WO)
    with pytest.raises(IntegrityError, match="verzuim_hele_dagen_eenmaal"), transaction.atomic():
        VerzuimFactory.create(leerling=leerling, van=WO)
    VerzuimFactory.create(leerling=leerling, van=WO, tot=WO, uren=3)  # hours beside it are another thing
    VerzuimFactory.create()  # as is somebody else
    first.vervallen_op, first.vervallen_door, first.vervallen_om = NU, first.door, "fout"
    first.save()
    assert VerzuimFactory.create(leerling=leerling, van=WO).pk


def test_a_signal_is_made_once_and_reported_by_somebody(leerling: Leerling):
    SignaalFactory.create(leerling=leerling)
    SignaalFactory.create(leerling=leerling, soort="weken")
    for constraint, velden in (
        ("verzuimsignaal_eenmaal", {}),
        ("verzuimsignaal_soort_bekend", {"soort": "dagen"}),
        ("verzuimsignaal_venster", {"venster_van": date(2026, 12, 1)}),
        ("verzuimsignaal_gemeld_door_iemand", {"venster_van": date(2026, 11, 2), "gemeld_bij_leerplicht_op": WO}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            SignaalFactory.create(leerling=leerling, **velden)
