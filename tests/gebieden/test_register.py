"""Looking up an address: what H4's routing stands on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gebieden.models import Editie, Gemeente
from gebieden.register import EditieRef, Trefzekerheid, active_editie, zoek_buurten
from tests.factories.netwerk import BuurtFactory, EditieFactory, GemeenteFactory, RegioFactory, RegisterRegelFactory, WijkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editie() -> Editie:
    """Two postcodes: 2037RB in one buurt, 2037RC over a border of two wijken."""
    editie = EditieFactory.create(jaar=2025, versie=2, actief=True)
    GemeenteFactory.create(code="GM0392", naam="Haarlem", loket_naam="Loket", loket_url="https://loket.example")
    WijkFactory.create(editie=editie, code="WK039205", naam="Schalkwijk")
    BuurtFactory.create(editie=editie, code="BU03920501", naam="Boerhaavewijk")
    RegisterRegelFactory.create(editie=editie, postcode="2037RB", buurt_code="BU03920501", huisnummers=[2, 4, 12])
    RegisterRegelFactory.create(editie=editie, postcode="2037RC", buurt_code="BU03920501", huisnummers=[1, 3])
    RegisterRegelFactory.create(editie=editie, postcode="2037RC", buurt_code="BU03920601", huisnummers=[5, 7, 9])
    return editie


def codes(postcode: str, nummer: int) -> tuple[Trefzekerheid, list[str]]:
    vondst = zoek_buurten(postcode, nummer)
    return vondst.trefzekerheid, [buurt.code for buurt in vondst.buurten]


def test_an_exact_number_gives_its_buurt_with_all_names(editie):
    vondst = zoek_buurten("2037RB", 12)
    (buurt,) = vondst.buurten
    assert vondst.editie == EditieRef(editie.pk, "2025-2")
    assert vondst.trefzekerheid == Trefzekerheid.NUMMER
    assert (buurt.code, buurt.naam, buurt.wijk_code, buurt.wijk_naam) == ("BU03920501", "Boerhaavewijk", "WK039205", "Schalkwijk")
    assert (buurt.nummer_bekend, buurt.nummers) == (True, 3)
    haarlem = Gemeente.objects.get()
    assert (buurt.gemeente.id, buurt.gemeente.naam, buurt.gemeente.regio_id) == (haarlem.pk, "Haarlem", haarlem.regio_id)
    assert buurt.gemeente.in_regio
    assert (buurt.gemeente.loket_naam, buurt.gemeente.loket_url) == ("Loket", "https://loket.example")


@pytest.mark.parametrize(
    ("postcode", "nummer", "verwacht"),
    [
        ("2037RB", 12, (Trefzekerheid.NUMMER, ["BU03920501"])),
        ("2037RC", 7, (Trefzekerheid.NUMMER, ["BU03920601"])),
        ("2037RB", 13, (Trefzekerheid.POSTCODE, ["BU03920501"])),
        ("2037RC", 13, (Trefzekerheid.POSTCODE, ["BU03920501", "BU03920601"])),
        ("2037ZZ", 1, (Trefzekerheid.PC4, ["BU03920501", "BU03920601"])),
        ("2038RB", 12, (Trefzekerheid.NIETS, [])),
        ("1011AB", 1, (Trefzekerheid.NIETS, [])),
    ],
)
def test_it_falls_back_from_number_to_postcode_to_four_digits(editie, postcode, nummer, verwacht):
    assert codes(postcode, nummer) == verwacht


def test_the_four_digits_count_the_numbers_of_each_buurt(editie):
    vondst = zoek_buurten("2037ZZ", 1)
    assert [(buurt.code, buurt.nummers, buurt.nummer_bekend) for buurt in vondst.buurten] == [
        ("BU03920501", 5, False),
        ("BU03920601", 3, False),
    ]


def test_a_key_that_was_forced_in_twice_gives_both_buurten(editie):
    RegisterRegelFactory.create(editie=editie, postcode="2037RB", buurt_code="BU03920601", huisnummers=[12])
    assert codes("2037RB", 12) == (Trefzekerheid.NUMMER, ["BU03920501", "BU03920601"])


def test_names_that_are_missing_fall_back_to_the_code(editie):
    Gemeente.objects.all().delete()
    (buurt,) = zoek_buurten("2037RC", 7).buurten
    assert (buurt.naam, buurt.wijk_naam, buurt.gemeente.naam) == ("BU03920601", "WK039206", "GM0392")
    assert (buurt.gemeente.id, buurt.gemeente.in_regio) == (None, False)


def test_only_the_active_editie_answers(editie):
    ander = EditieFactory.create(jaar=2026)
    RegisterRegelFactory.create(editie=ander, postcode="2037RB", buurt_code="BU03929999", huisnummers=[12])
    RegisterRegelFactory.create(editie=ander, postcode="1011AB", buurt_code="BU0363AF01", huisnummers=[1])
    assert codes("2037RB", 12) == (Trefzekerheid.NUMMER, ["BU03920501"])
    assert codes("1011AB", 1) == (Trefzekerheid.NIETS, [])


def test_without_an_active_editie_there_is_nothing_and_it_says_so():
    EditieFactory.create()
    vondst = zoek_buurten("2037RB", 12)
    assert (vondst.editie, vondst.trefzekerheid, vondst.buurten) == (None, Trefzekerheid.NIETS, ())
    assert active_editie() is None


def test_the_active_editie(editie):
    assert active_editie() == EditieRef(editie.pk, "2025-2")


def test_a_gemeente_without_a_region_is_outside(editie):
    RegioFactory.create()
    Gemeente.objects.update(regio=None)
    assert not zoek_buurten("2037RB", 12).buurten[0].gemeente.in_regio


@pytest.mark.parametrize("groot", [False, True])
@pytest.mark.parametrize(("postcode", "nummer"), [("2037RB", 12), ("2037RC", 13), ("2037ZZ", 1), ("1011AB", 1)])
def test_it_takes_one_query_however_large_the_register(editie, groot, postcode, nummer):
    if groot:
        for n in range(60):
            RegisterRegelFactory.create(editie=editie, postcode=f"2037{chr(65 + n // 26)}{chr(65 + n % 26)}", huisnummers=[1, 2])
    with CaptureQueriesContext(
        connection,
    ) as gezien:
        zoek_buurten(postcode, nummer)
    assert len(gezien) == 1
