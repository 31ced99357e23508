"""School holidays: what is shipped, and what can be imported."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import holidays
import pytest
from django.core.management import CommandError, call_command

from kern.kalender import STANDAARD
from scholen.models import Schoolvakantie, Vakantieregio
from scholen.vakanties import (
    MEEGELEVERD,
    OnleesbaarBestand,
    Periode,
    first_school_day,
    holiday_on,
    is_whole_weeks,
    read_open_data,
    regions_on_holiday,
    vakanties_of,
)

SHIPPED = read_open_data(MEEGELEVERD.read_text(encoding="utf-8"))


def test_four_school_years_are_shipped_with_five_holidays_in_three_regions() -> None:
    keys = {(rij.schooljaar, rij.naam, rij.regio) for rij in SHIPPED}
    years = ("2024-2025", "2025-2026", "2026-2027", "2027-2028")
    names = ("Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie")
    assert keys == {(year, name, regio) for year in years for name in names for regio in Vakantieregio.values}
    assert all(is_whole_weeks(rij.periode) for rij in SHIPPED)


@pytest.mark.parametrize("regio", Vakantieregio.values)
def test_they_are_those_of_the_regulation(regio: str) -> None:
    """The `holidays` package has them from the Regeling vaststelling schoolvakanties, by week number."""
    for jaar in (2025, 2026, 2027):
        named = holidays.country_holidays("NL", subdiv=regio.capitalize(), years=jaar, categories=("school",))
        ours = {
            date.fromordinal(n)
            for rij in SHIPPED
            if rij.regio == regio
            for n in range(rij.periode.van.toordinal(), rij.periode.tot_en_met.toordinal() + 1)
            if date.fromordinal(n).year == jaar
        }
        assert ours == set(named)


@pytest.mark.parametrize(
    ("schooljaar", "naam", "regio", "van", "tot_en_met"),
    [  # as published by the Rijksoverheid for 2027–2028
        ("2027-2028", "Herfstvakantie", "zuid", date(2027, 10, 23), date(2027, 10, 31)),
        ("2027-2028", "Kerstvakantie", "noord", date(2027, 12, 25), date(2028, 1, 9)),
        ("2027-2028", "Voorjaarsvakantie", "noord", date(2028, 2, 19), date(2028, 2, 27)),
        ("2027-2028", "Meivakantie", "midden", date(2028, 4, 29), date(2028, 5, 7)),
        ("2027-2028", "Zomervakantie", "noord", date(2028, 7, 15), date(2028, 8, 27)),
        ("2027-2028", "Zomervakantie", "midden", date(2028, 7, 8), date(2028, 8, 20)),
        ("2027-2028", "Zomervakantie", "zuid", date(2028, 7, 22), date(2028, 9, 3)),
        ("2026-2027", "Herfstvakantie", "noord", date(2026, 10, 10), date(2026, 10, 18)),
    ],
)
def test_some_by_name(schooljaar: str, naam: str, regio: str, van: date, tot_en_met: date) -> None:
    (found,) = (rij for rij in SHIPPED if (rij.schooljaar, rij.naam, rij.regio) == (schooljaar, naam, regio))
    assert found.periode == Periode(van, tot_en_met)


def year(**changes: Any) -> dict[str, Any]:
    """One school year as the open data give it, with their white space and their UTC."""
    region = {"region": "noord", "startdate": "2030-10-11T22:00:00.000Z", "enddate": "2030-10-20T21:59:00.000Z"} | changes
    vacation = {"type": " Herfstvakantie \n", "compulsorydates": "false", "regions": [region]}
    return {"content": [{"title": "…", "schoolyear": " 2030 - 2031 \n", "vacations": [vacation]}], "notice": "…"}


def test_the_open_data_are_read_with_all_their_moods() -> None:
    (rij,) = read_open_data("\ufeff" + json.dumps([year()]))
    assert (rij.schooljaar, rij.naam, rij.regio) == ("2030-2031", "Herfstvakantie", "noord")
    assert rij.periode == Periode(date(2030, 10, 12), date(2030, 10, 20))


def test_one_school_year_is_read_as_well_as_a_list() -> None:
    assert read_open_data(json.dumps(year())) == read_open_data(json.dumps([year(), year()]))


def test_heel_nederland_is_all_three_regions() -> None:
    rijen = read_open_data(json.dumps(year(region=" heel Nederland ")))
    assert sorted(rij.regio for rij in rijen) == ["midden", "noord", "zuid"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen json",
        "[]",
        "{}",
        "3",
        "null",
        '[{"content": 3}]',
        '[{"content": [{"schoolyear": "2030-2031"}]}]',
        json.dumps(year(region="oost")),
        json.dumps(year(startdate="morgen")),
        json.dumps(year(startdate=None)),
        json.dumps(year(startdate="2030-12-01", enddate="2030-11-01")),
        json.dumps(year()).replace("2030 - 2031", "<b>jaar</b>"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(OnleesbaarBestand):
        read_open_data(text)


def test_the_first_school_day_skips_weekends_holidays_and_days_off() -> None:
    noord = tuple(rij.periode for rij in SHIPPED if rij.regio == "noord")
    assert first_school_day(date(2026, 10, 18), noord, STANDAARD) == date(2026, 10, 19)
    assert first_school_day(date(2026, 4, 24), noord, STANDAARD) == date(2026, 5, 4)  # the Friday before the meivakantie
    assert first_school_day(date(2026, 12, 2), noord, STANDAARD) == date(2026, 12, 3)
    assert holiday_on(date(2026, 10, 9), noord) is None


@pytest.mark.django_db
def test_what_is_imported_takes_the_place_of_what_is_shipped(tmp_path: Path) -> None:
    assert regions_on_holiday(date(2026, 10, 12)) == {"noord"}
    file = tmp_path / "vakanties.json"
    moved = year(startdate="2026-10-24", enddate="2026-11-01")
    file.write_text(json.dumps(moved).replace("2030 - 2031", "2026-2027"), encoding="utf-8")
    call_command("import_schoolvakanties", str(file), stdout=StringIO())
    assert regions_on_holiday(date(2026, 10, 12)) == frozenset()
    assert regions_on_holiday(date(2026, 10, 26)) == {"noord"}
    assert regions_on_holiday(date(2025, 10, 20)) == {"noord", "midden"}  # of another school year: as shipped
    assert Periode(date(2026, 10, 24), date(2026, 11, 1)) in vakanties_of("noord")


@pytest.mark.django_db
def test_importing_again_changes_only_what_changed(tmp_path: Path) -> None:
    def run(*args: str) -> dict[str, Any]:
        out = StringIO()
        call_command("import_schoolvakanties", *args, "--json", stdout=out)
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    first = run()
    assert (first["nieuw"], first["gewijzigd"], first["ongewijzigd"]) == (60, 0, 0)
    assert run()["ongewijzigd"] == 60
    Schoolvakantie.objects.filter(naam="Zomervakantie", regio="zuid").update(tot_en_met=date(2030, 1, 1))
    assert run()["gewijzigd"] == 4
    assert Schoolvakantie.objects.count() == 60


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "kapot.json"
    broken.write_bytes(b"\xff\xfe\x00")
    for file in (broken, tmp_path / "bestaat-niet.json"):
        with pytest.raises(CommandError) as refused:
            call_command("import_schoolvakanties", str(file))
        assert refused.value.returncode == 2
    assert not Schoolvakantie.objects.exists()


@pytest.mark.django_db
def test_a_holiday_that_is_not_whole_weeks_is_imported_with_a_remark(tmp_path: Path) -> None:
    file = tmp_path / "vakanties.json"
    file.write_text(json.dumps(year(enddate="2030-10-17")), encoding="utf-8")
    err = StringIO()
    call_command("import_schoolvakanties", str(file), stdout=StringIO(), stderr=err)
    assert "Herfstvakantie 2030-2031 (noord)" in err.getvalue()
    assert Schoolvakantie.objects.count() == 1
