"""The header of the table: delimiter, columns, year."""

import pytest

from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.kolommen import Layout, read_header, settle_year, year_in_name


@pytest.mark.parametrize(
    ("kop", "scheiding", "jaar"),
    [
        ("pc6;huisnummer;gwb2016_code;wijkcode;gemeentecode", ";", 2016),
        ("PC6;Huisnummer;Buurt2017;Wijk2017;Gem2017", ";", 2017),
        ("PC6;Huisnummer;Buurt2021;Wijk2021;Gemeente2021", ";", 2021),
        ("PC6,Huisnummer,Buurt2024,Wijk2024,Gemeente2024", ",", 2024),
        ('"PC6";"Huisnummer";"Buurt2025";"Wijk2025";"Gemeente2025"', ";", 2025),
        ("pc6\thuisnummer\tbuurtcode\twijkcode\tgemeentecode", "\t", None),
        ("Postcode;Huisnr;BU_CODE;WK_CODE;GM_CODE", ";", None),
        (" PC6 ; HUISNUMMER ; BUURT_2025 ; WIJK_2025 ; GEMEENTE_2025 ", ";", 2025),
    ],
)
def test_it_knows_every_layout(kop, scheiding, jaar):
    assert read_header(kop) == Layout(scheiding, 5, 0, 1, 2, 3, 4, jaar)


def test_columns_may_stand_in_any_order_and_others_may_stand_between():
    layout = read_header("Gemeente2025;Provincie;Buurt2025;Huisnummer;PC6")
    assert layout == Layout(";", 5, postcode=4, huisnummer=3, buurt=2, wijk=None, gemeente=0, jaar=2025)


@pytest.mark.parametrize(
    "kop", ["", "2011AA;1;03920101;039201;0392", "a;b;c", "PC6;Huisnummer", "GM_CODE;GM_NAAM", '"PC6;Huisnummer']
)
def test_anything_else_is_no_header(kop):
    assert read_header(kop) is None


def test_two_years_in_one_header_are_refused():
    with pytest.raises(OnleesbaarError, match="2023, 2024"):
        read_header("PC6;Huisnummer;Buurt2023;Wijk2024;Gemeente2024")


@pytest.mark.parametrize(
    ("naam", "jaar"),
    [
        ("pc6hnr20250801_gwb.csv", 2025),
        ("2024-cbs-pc6huisnr20240801_buurt.zip", 2024),
        ("buurt_2023.csv", 2023),
        ("tabel.csv", None),
        ("van_2023_naar_2024.csv", None),
        ("120241.csv", None),
    ],
)
def test_it_finds_the_year_in_a_file_name(naam, jaar):
    assert year_in_name(naam) == jaar


@pytest.mark.parametrize(
    ("gevraagd", "kop", "naam", "jaar"),
    [
        (None, 2025, 2025, 2025),
        (None, None, 2024, 2024),
        (2023, None, None, 2023),
        (2025, 2025, 2024, 2025),
        (None, 2024, None, 2024),
    ],
)
def test_it_settles_on_one_year(gevraagd, kop, naam, jaar):
    assert settle_year(gevraagd=gevraagd, kop=kop, naam=naam) == jaar


@pytest.mark.parametrize(
    ("gevraagd", "kop", "naam", "melding"),
    [
        (2024, 2025, 2025, "--editie zegt 2024, maar volgens de kop is dit de tabel van 2025"),
        (2024, None, 2025, "volgens de bestandsnaam"),
        (None, 2025, 2024, "Geef met --editie aan welk jaar klopt"),
        (None, None, None, "Geef het met --editie"),
        (1999, None, None, "een jaar van 2016"),
    ],
)
def test_years_that_contradict_each_other_are_refused(gevraagd, kop, naam, melding):
    with pytest.raises(OnleesbaarError, match=melding):
        settle_year(gevraagd=gevraagd, kop=kop, naam=naam)
