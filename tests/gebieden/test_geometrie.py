"""Shapes from a CBS map: read in both grids, every bad feature named, neighbours never torn apart, all or nothing."""

import json
import math
import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gebieden.geometrie import GeojsonError, Vlak, rd_to_wgs84, read_geojson, simplify_to
from gebieden.models import Gebiedsvlak
from gebieden.vlakken import shapes_of
from kern.models import Gebeurtenis
from tests.factories.netwerk import EditieFactory, KleinNetwerk, klein_netwerk

GEMEENTEN = {"GM0392", "GM0397"}


@pytest.fixture
def net(db: None) -> KleinNetwerk:
    return klein_netwerk()


def square(x: float, y: float, size: float = 0.01) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(code: str, ring: Any = None, **anders: Any) -> dict[str, Any]:
    coordinates = [ring if ring is not None else square(4.6, 52.3)]
    return {
        "type": "Feature",
        "properties": {"buurtcode": code, "buurtnaam": f"Buurt {code}", "gemeentecode": f"GM{code[2:6]}"},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
        **anders,
    }


def collection(*features: Any, **kop: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **kop, "features": list(features)})


# --- The grid --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "lat", "lon"),
    [
        (155_000, 463_000, 52.15517440, 5.38720621),  # Amersfoort, the origin
        (120_700.723, 487_525.502, 52.37453253, 4.88352559),  # Westertoren, Amsterdam
        (233_883.131, 582_065.167, 53.21938317, 6.56820053),  # Martinitoren, Groningen
    ],
)
def test_rd_is_brought_to_degrees(x, y, lat, lon):
    found = rd_to_wgs84(x, y)
    metres = math.hypot((found[0] - lon) * 68_000, (found[1] - lat) * 111_300)
    assert metres < 0.5


def test_both_grids_give_the_same_place():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    x, y = 120_700.723, 487_525.502  # Westertoren, Amsterdam
    rd = collection(feature("BU03920501", [[x, y], [x + 500, y], [x + 500, y + 500], [x, y]]), crs=crs)
    (vlak,) = read_geojson(rd, gemeenten=GEMEENTEN).gebieden
    assert vlak.veelhoeken[0][0][0] == pytest.approx((4.88352559, 52.37453253), abs=0.00001)
    zonder = json.loads(rd)
    del zonder["crs"]
    assert read_geojson(json.dumps(zonder), gemeenten=GEMEENTEN).gebieden == [vlak]


def test_another_grid_is_refused():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(GeojsonError, match="3857"):
        read_geojson(collection(feature("BU03920501"), crs=crs), gemeenten=GEMEENTEN)


# --- The layouts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eigenschappen", "code"),
    [
        ({"buurtcode": "BU03920501", "wijkcode": "WK039205", "gemeentecode": "GM0392"}, "BU03920501"),
        ({"BU_CODE": "BU03920501", "BU_NAAM": "Boerhaavewijk", "GM_CODE": "GM0392"}, "BU03920501"),
        ({"statcode": "BU03920501", "statnaam": "Boerhaavewijk"}, "BU03920501"),
        ({"buurtcode": "03920501"}, "BU03920501"),
        ({"wijkcode": "WK039205", "gemeentecode": "GM0392"}, "WK039205"),
        ({"WK_CODE": "WK039205", "WK_NAAM": "Schalkwijk"}, "WK039205"),
        ({"statcode": "WK0392AF"}, "WK0392AF"),
    ],
)
def test_the_layouts_of_the_years(eigenschappen, code):
    (vlak,) = read_geojson(collection(feature("BU0392", properties=eigenschappen)), gemeenten=GEMEENTEN).gebieden
    assert vlak.code == code
    assert vlak.soort == ("buurt" if code.startswith("BU") else "wijk")


def test_other_gemeenten_and_water_are_left_out():
    water = feature("BU03920502")
    water["properties"]["water"] = "JA"
    inhoud = read_geojson(collection(feature("BU03920501"), feature("BU03630000"), water), gemeenten=GEMEENTEN)
    assert [vlak.code for vlak in inhoud.gebieden] == ["BU03920501"]
    assert (inhoud.buiten, inhoud.water, inhoud.slecht) == (1, 1, [])


SLECHT = [
    (feature("BU03920501", geometry=None), "geen vorm"),
    (feature("BU03920501", geometry={"type": "Point", "coordinates": [4.6, 52.3]}), "Point is geen vlak"),
    (feature("BU03920501", geometry={"type": "Polygon", "coordinates": []}), "leeg vlak"),
    (feature("BU03920501", [[4.6, 52.3], [4.7, 52.3], [4.6, 52.3]]), "minder dan vier punten"),
    (feature("BU03920501", square(4.6, 52.3)[:-1]), "niet gesloten"),
    (feature("BU03920501", [[4.6, 52.3]] * 5), "omsluit niets"),
    (feature("BU03920501", [[4.6, "x"], *square(4.6, 52.3)]), "geen paar getallen"),
    (feature("BU03920501", square(14.6, 52.3)), "buiten Nederland"),
    (feature("BU03920501", properties={"naam": "zonder code"}), "geen wijk- of buurtcode"),
    (feature("BU03920501", properties=None), "eigenschappen"),
    (feature("BU03920501", properties={"buurtcode": "BU03920501", "gemeentecode": "GM0397"}), "hoort niet bij"),
    ("tekst", "eigenschappen"),
    (feature("BU03920501", [[10**400, 52.3], *square(4.6, 52.3)]), "geen paar getallen"),
    (feature("BU03920501", [[math.nan, 52.3], *square(4.6, 52.3)]), "geen paar getallen"),
    (feature("BU03920501", properties={"buurtcode": "BU03920501", "buurtnaam": "Nul\0"}), "niet te bewaren"),
    (feature("BU03920501", properties={"buurtcode": "BU03920501", "buurtnaam": "Half\ud800"}), "niet te bewaren"),
]


@pytest.mark.parametrize(("slecht", "reden"), SLECHT)
def test_a_bad_feature_is_named_with_its_number(slecht, reden):
    inhoud = read_geojson(collection(feature("BU03920502"), slecht, feature("BU03920503")), gemeenten=GEMEENTEN)
    assert [vlak.code for vlak in inhoud.gebieden] == ["BU03920502", "BU03920503"]
    (bevinding,) = inhoud.slecht
    assert bevinding.nummer == 2
    assert reden in bevinding.reden


def test_an_area_twice_is_bad():
    inhoud = read_geojson(collection(feature("BU03920501"), feature("BU03920501")), gemeenten=GEMEENTEN)
    assert [(slecht.nummer, slecht.reden) for slecht in inhoud.slecht] == [(2, "BU03920501 staat ook al in feature 1")]


@pytest.mark.parametrize(
    "tekst",
    ["", "{}", "[]", "geen json", '{"type": "FeatureCollection"}', '{"features": [', '{"features": [{}', '{"features": [{} {}]}'],
)
def test_a_file_that_is_no_geojson_says_so(tekst):
    with pytest.raises(GeojsonError):
        read_geojson(tekst, gemeenten=GEMEENTEN)


@pytest.mark.parametrize("tekst", ['{"a": DIEP, "features": []}', '{"features": [DIEP]}'])
def test_brackets_without_end_are_refused(tekst):
    with pytest.raises(GeojsonError, match="te diep"):
        read_geojson(tekst.replace("DIEP", "[" * 200_000 + "]" * 200_000), gemeenten=GEMEENTEN)


@pytest.mark.parametrize("crs", [{"properties": [1]}, {"properties": "RD"}, "RD", 28992])
def test_a_grid_that_cannot_be_read_is_as_if_not_said(crs):
    assert read_geojson(collection(feature("BU03920501"), crs=crs), gemeenten=GEMEENTEN).gebieden


# --- Small without tearing -------------------------------------------------------------------------------------------


def wobbly_neighbours(punten: int = 400) -> list[Vlak]:
    """Two areas that share one long crooked border, exactly."""
    toeval = random.Random(3)
    grens = [(4.6 + toeval.uniform(-0.001, 0.001), 52.3 + n * 0.1 / punten) for n in range(punten)]
    links = ((4.5, 52.3), *grens, (4.5, 52.4))
    rechts = ((4.7, 52.4), *reversed(grens), (4.7, 52.3))
    return [Vlak("buurt", "BU03920501", "links", ((links,),)), Vlak("buurt", "BU03920502", "rechts", ((rechts,),))]


@pytest.mark.parametrize("hoogstens", [20_000, 8_000, 3_000])
def test_neighbours_keep_the_same_border(hoogstens):
    vormen = simplify_to(wobbly_neighbours(), hoogstens=hoogstens)
    assert len(json.dumps(vormen, separators=(",", ":"))) <= hoogstens + 100
    punten = [{tuple(punt) for punt in vormen[code][0][0] if 4.55 < punt[0] < 4.65} for code in ("BU03920501", "BU03920502")]
    assert punten[0] == punten[1]
    assert len(punten[0]) > 2


def test_an_island_and_a_hole_stay():
    ring = tuple((x, y) for x, y in square(4.6, 52.3, 0.1)[:-1])
    gat = tuple((x, y) for x, y in square(4.64, 52.34, 0.02)[:-1])
    vlakken = [Vlak("buurt", "BU03920501", "", ((ring, gat),)), Vlak("buurt", "BU03920502", "", ((gat,),))]
    vormen = simplify_to(vlakken, hoogstens=10)
    assert len(vormen["BU03920501"][0]) == 2
    assert {tuple(p) for p in vormen["BU03920501"][0][1]} == {tuple(p) for p in vormen["BU03920502"][0][0]}
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for vorm in vormen.values() for deel in vorm for ring in deel)


# --- The command -----------------------------------------------------------------------------------------------------


def run(pad: Path, **opties: Any) -> str:
    uit = StringIO()
    call_command("import_geometry", str(pad), stdout=uit, stderr=uit, **opties)
    return uit.getvalue()


def test_shapes_are_kept_per_editie_and_replaced(net, tmp_path):
    pad = tmp_path / "kaart.geojson"
    pad.write_text(collection(feature("BU03920501"), feature("BU03970001", square(4.65, 52.3)), feature("BU03630000")))
    said = run(pad)
    assert f"2 vormen geladen bij editie {net.editie.label}" in said
    assert "1 buiten de regio" in said
    run(pad)
    assert Gebiedsvlak.objects.count() == 2
    kaart = shapes_of(net.regio.pk)
    assert kaart is not None
    assert [f["properties"]["code"] for f in kaart["features"]] == ["BU03920501", "BU03970001"]
    assert Gebeurtenis.objects.filter(soort="geometrie_geladen").count() == 2
    ander = EditieFactory.create(jaar=2026)
    run(pad, editie=ander.pk)
    assert Gebiedsvlak.objects.count() == 4


def test_nothing_changes_when_one_feature_is_bad(net, tmp_path):
    pad = tmp_path / "kaart.geojson"
    pad.write_text(collection(feature("BU03920501")))
    run(pad)
    before = list(Gebiedsvlak.objects.values())
    pad.write_text(collection(feature("BU03920502"), feature("BU03920501", geometry=None)))
    with pytest.raises(CommandError, match="Er is niets veranderd"):
        run(pad)
    assert list(Gebiedsvlak.objects.values()) == before
    said = run(pad, zonder_slechte=True)
    assert "Feature 2: geen vorm." in said
    assert Gebiedsvlak.objects.get().code == "BU03920502"


@pytest.mark.parametrize("inhoud", [b"\xff\xfe\x00", b"{}", collection(feature("BU03630000")).encode(), None])
def test_a_file_that_is_of_no_use_says_why(net, tmp_path, inhoud):
    pad = tmp_path / "kaart.geojson"
    if inhoud is not None:
        pad.write_bytes(inhoud)
    with pytest.raises(CommandError) as fout:
        run(pad)
    assert fout.value.returncode == 2
    assert not Gebiedsvlak.objects.exists()


def test_a_region_stays_under_a_megabyte(net, tmp_path):
    """A crooked map of 60 buurten with 100,000 points."""
    toeval = random.Random(7)

    def crooked(x: float, y: float) -> list[list[float]]:
        hoeken = [(math.cos(n / 1700 * 2 * math.pi), math.sin(n / 1700 * 2 * math.pi)) for n in range(1700)]
        ring = [[x + (0.004 + toeval.uniform(0, 0.0008)) * c, y + (0.004 + toeval.uniform(0, 0.0008)) * s] for c, s in hoeken]
        return [*ring, ring[0]]

    features = [feature(f"BU0392{n:04d}", crooked(4.5 + n % 10 * 0.01, 52.3 + n // 10 * 0.01)) for n in range(60)]
    pad = tmp_path / "kaart.geojson"
    pad.write_text(collection(*features))
    assert pad.stat().st_size > 3_000_000
    run(pad)
    assert len(json.dumps(shapes_of(net.regio.pk))) < 1_000_000
    assert Gebiedsvlak.objects.count() == 60
