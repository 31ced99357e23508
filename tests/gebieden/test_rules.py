"""What keeps an editie from becoming active by itself."""

from typing import Any

import pytest

from gebieden.rules import SoortBevinding, assess_import, editie_label, is_shrunk, may_activate


def kinds(**anders: Any) -> list[str]:
    goed: dict[str, Any] = {
        "geweigerd": 0, "adressen": 1000, "dubbel": 0, "zonder_namen": [], "onbekend": {"buurt": []}, "actief_adressen": 1000,
    }  # fmt: skip
    return [bevinding.soort.value for bevinding in assess_import(**{**goed, **anders})]


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, []),
        ({"actief_adressen": None}, []),
        ({"actief_adressen": 0}, []),
        ({"geweigerd": 1}, ["geweigerd"]),
        ({"dubbel": 1}, ["dubbele_sleutel"]),
        ({"zonder_namen": ["wijk"]}, ["geen_namen"]),
        ({"onbekend": {"buurt": ["BU03920101"]}}, ["onbekende_code"]),
        ({"adressen": 950}, []),
        ({"adressen": 949}, ["krimp"]),
        ({"adressen": 0, "actief_adressen": None}, ["leeg"]),
        ({"geweigerd": 3, "dubbel": 2, "adressen": 1}, ["geweigerd", "dubbele_sleutel", "krimp"]),
    ],
)
def test_it_names_every_reason(anders, verwacht):
    assert kinds(**anders) == verwacht


def test_it_says_which_codes_and_how_many():
    codes = [f"BU039201{n:02d}" for n in range(12)]
    (bevinding,) = assess_import(
        geweigerd=0, adressen=1, dubbel=0, zonder_namen=[], onbekend={"buurt": codes}, actief_adressen=None
    )
    assert bevinding.aantal == 12
    assert bevinding.tekst.startswith("12 buurtcodes staan niet in de naambestanden: BU03920100, ")
    assert bevinding.tekst.endswith("BU03920109 ….")


@pytest.mark.parametrize(
    ("nieuw", "oud", "krimp"), [(95, 100, False), (94, 100, True), (190, 200, False), (189, 200, True), (0, 1, True)]
)
def test_five_per_cent_is_the_limit(nieuw, oud, krimp):
    assert is_shrunk(nieuw, oud) is krimp


@pytest.mark.parametrize(
    ("anders", "reden", "mag"),
    [
        ({}, "", True),
        ({"geweigerd": 1}, "", False),
        ({"geweigerd": 1}, "   ", False),
        ({"geweigerd": 1}, "Wezep klopt zo", True),
        ({"adressen": 0}, "toch maar", False),
    ],
)
def test_findings_need_a_reason_and_an_empty_table_never_becomes_active(anders, reden, mag):
    goed: dict[str, Any] = {
        "geweigerd": 0,
        "adressen": 10,
        "dubbel": 0,
        "zonder_namen": [],
        "onbekend": {},
        "actief_adressen": None,
    }
    assert may_activate(assess_import(**{**goed, **anders}), reden) is mag


@pytest.mark.parametrize(("jaar", "versie", "label"), [(2025, 1, "2025"), (2025, 2, "2025-2")])
def test_the_label(jaar, versie, label):
    assert editie_label(jaar, versie) == label


def test_a_finding_is_kept_as_json():
    (bevinding,) = assess_import(geweigerd=2, adressen=1, dubbel=0, zonder_namen=[], onbekend={}, actief_adressen=None)
    assert bevinding.soort is SoortBevinding.GEWEIGERD
    assert bevinding.as_json() == {"soort": "geweigerd", "aantal": 2, "tekst": "2 rijen zijn geweigerd."}
