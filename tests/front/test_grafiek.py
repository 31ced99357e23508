"""A chart and its table say the same, and nothing that is hidden leaves the server."""

import json

import pytest
from django.template.loader import render_to_string

from portal.grafiek import VERBORGEN, Grafiek, Norm, Reeks, Soort
from portal.views.componenten_grafieken import charts


def chart(**own: object) -> Grafiek:
    fields: dict[str, object] = {
        "sleutel": "proef",
        "titel": "Hoeveel <b>?",
        "telt": "Leerlingen.",
        "soort": Soort.STAVEN,
        "x": ("a", "b", "c"),
        "x_naam": "School",
        "reeksen": (Reeks("Hulp", (1250, VERBORGEN, None)),),
    }
    return Grafiek(**{**fields, **own})  # type: ignore[arg-type]


def test_the_browser_gets_what_is_shown() -> None:
    data = json.loads(json.dumps(chart(norm=Norm(2, "norm: 2")).data))
    assert data["reeksen"] == [{"naam": "Hulp", "waarden": [1250, "verborgen", None]}]
    assert data["norm"] == {"waarde": 2, "naam": "norm: 2"}


def test_the_table_writes_numbers_in_dutch() -> None:
    assert chart().rijen == [("a", [("Hulp", "1.250")]), ("b", [("Hulp", "–")]), ("c", [("Hulp", "geen cijfer")])]
    assert chart(decimalen=1).write(2.5) == "2,5"
    assert chart(eenheid="%").write(40) == "40%"
    assert chart().heeft_verborgen
    assert not chart(reeksen=(Reeks("Hulp", (1, 2, 3)),)).heeft_verborgen


def test_a_heat_table_has_its_rows_as_they_are_drawn() -> None:
    heat = chart(soort=Soort.WARMTE, reeksen=(Reeks("team 1", (1, 2, 3)), Reeks("team 2", (4, VERBORGEN, 6))))
    assert heat.tabel.koppen == ("School", "a", "b", "c")
    assert heat.rijen[1] == ("team 2", [("a", "4"), ("b", "–"), ("c", "6")])
    assert heat.data["y"] == ["team 1", "team 2"]


def test_a_map_has_a_code_for_every_name_and_may_show_kinds() -> None:
    teams = chart(
        soort=Soort.KAART,
        codes=("BU1", "BU2", "BU3"),
        kaart="/kaart.json",
        categorieen=("Team A", "Team B"),
        reeksen=(Reeks("Team", (1, None, 0)),),
    )
    assert teams.rijen[0] == ("a", [("Team", "Team B")])
    with pytest.raises(ValueError, match="bij elke naam een code"):
        chart(soort=Soort.KAART)


def test_a_series_fits_its_axis() -> None:
    with pytest.raises(ValueError, match="3 waarden"):
        chart(reeksen=(Reeks("Hulp", (1, 2)),))


def test_the_figure_is_escaped_and_has_its_table_open_for_who_has_no_script() -> None:
    html = render_to_string("components/grafiek.html", {"grafiek": chart(), "uitvoer_url": "/x?jaar=1"})
    assert "<b>" not in html
    assert "data-grafiek-tabel open" in html
    assert "/x?jaar=1&amp;tabel=proef&amp;uitvoer=csv" in html
    assert "minder dan 10" in html


def test_the_style_guide_has_every_kind_but_a_map() -> None:
    assert {one.soort for one in charts()} == set(Soort) - {Soort.KAART}
    assert len({one.sleutel for one in charts()}) == len(charts())
