"""Delivered figures: all of a file or nothing, every mistake named, the same again changes nothing, earlier versions stay."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kern.klok import now
from kern.models import Gebeurtenis
from scholen.aanlevering import jeugdhulp
from scholen.aanlevering.bestand import LeesFout, read_csv
from scholen.actions.aanleveren import Uitkomst, import_context, import_jeugdhulp
from scholen.models import Aanlevering, JeugdhulpCijfer, JeugdhulpOpgave, Vestiging, WijkOpgave
from tests.factories.netwerk import EditieFactory, GemeenteFactory, RegioFactory, SchoolFactory, VestigingFactory, WijkFactory
from tests.factories.toegang import kijker_of, user_with
from toegang.rollen import REGIOCOORDINATOR

pytestmark = pytest.mark.django_db
KOP = "schooljaar;vestiging;gemeente;hulpvorm;aantal;leerlingen;bron\n"
GOED = (
    KOP + "2024-2025;80ZZ00;GM0392;ambulant;48;1.134;gemeenten\n2024-2025;80ZZ00;;crisis;3;1134;gemeenten\n"
    "2025/26;80zz 01;0453;Verblijf;0;;\n"
)


@pytest.fixture
def wereld() -> dict[str, Vestiging]:
    haarlem = GemeenteFactory.create(code="GM0392", naam="Haarlem")
    GemeenteFactory.create(code="GM0453", naam="Velsen")
    school = SchoolFactory.create(brin="80ZZ")
    elders = GemeenteFactory.create(code="GM0363", naam="Elders", regio=RegioFactory.create(naam="Andere regio"))
    return {
        "a": VestigingFactory.create(school=school, brin="80ZZ00", gemeente=haarlem),
        "b": VestigingFactory.create(school=school, brin="80ZZ01", gemeente=haarlem),
        "ver": VestigingFactory.create(school=SchoolFactory.create(brin="80ZY"), brin="80ZY00", gemeente=elders),
    }


def deliver(text: str, **own: Any) -> Uitkomst:
    by = kijker_of(user_with(REGIOCOORDINATOR, RegioFactory.create()))
    return import_jeugdhulp(data=text.encode(), bestandsnaam="cijfers.csv", by=by, op=now(), **own)


def state() -> tuple[Any, ...]:
    return (
        list(JeugdhulpOpgave.objects.order_by("pk").values_list("pk", "vervangen_door", "leerlingen")),
        list(JeugdhulpCijfer.objects.order_by("pk").values_list("opgave", "woongemeente__code", "hulpvorm", "aantal")),
        Aanlevering.objects.count(),
        WijkOpgave.objects.count(),
    )


def test_a_file_becomes_a_statement_per_location_and_year(wereld: dict[str, Vestiging]) -> None:
    found = deliver(GOED)
    assert (found.rijen, found.opgaven, found.nieuw, found.fouten) == (3, 2, 2, ())
    first = JeugdhulpOpgave.objects.get(vestiging=wereld["a"], schooljaar=2024)
    assert (first.leerlingen, first.bron) == (1134, "gemeenten")
    cells = first.cijfers.order_by("hulpvorm").values_list("woongemeente__code", "hulpvorm", "aantal")
    assert list(cells) == [("GM0392", "ambulant", 48), (None, "crisis", 3)]
    assert not JeugdhulpOpgave.objects.get(vestiging=wereld["b"], schooljaar=2025).cijfers.exists()
    event = Gebeurtenis.objects.get(onderwerp_soort="aanlevering")
    assert event.gegevens == {"nieuw": 2, "vervangen": 0, "ongewijzigd": 0}


def test_the_same_again_changes_nothing(wereld: dict[str, Vestiging]) -> None:
    deliver(GOED)
    before = state()
    for again in (GOED, GOED.replace(";", ","), "\ufeff" + GOED.replace("\n", "\r\n")):
        found = deliver(again)
        assert (found.nieuw, found.vervangen, found.ongewijzigd) == (0, 0, 2)
    assert state() == before


def test_a_corrected_file_replaces_and_keeps_what_was(wereld: dict[str, Vestiging]) -> None:
    deliver(GOED)
    found = deliver(KOP + "2024-2025;80ZZ00;GM0392;ambulant;50;1134;gemeenten\n")
    assert (found.nieuw, found.vervangen, found.ongewijzigd) == (0, 1, 0)
    old, new = JeugdhulpOpgave.objects.filter(vestiging=wereld["a"]).order_by("pk")
    assert old.vervangen_door_id == new.aanlevering_id == found.aanlevering_id
    assert old.cijfers.count() == 2
    assert [cell.aantal for cell in new.cijfers.all()] == [50]
    assert JeugdhulpOpgave.objects.geldig().count() == 2


def test_a_trial_writes_nothing(wereld: dict[str, Vestiging]) -> None:
    found = deliver(GOED, proef=True)
    assert (found.nieuw, found.proef) == (2, True)
    assert state() == ([], [], 0, 0)


@pytest.mark.parametrize(
    ("rij", "kolom", "reden"),
    [
        ("2024-2026;80ZZ00;GM0392;ambulant;4;;", "schooljaar", "schrijf 2024-2025"),
        ("dit jaar;80ZZ00;GM0392;ambulant;4;;", "schooljaar", "2025-2026"),
        ("2024;80QQ00;GM0392;ambulant;4;;", "vestiging", "kennen wij niet"),
        ("2024;80ZZ;GM0392;ambulant;4;;", "vestiging", "zes tekens"),
        ("2024;;GM0392;ambulant;4;;", "vestiging", "Vul de BRIN"),
        ("2024;80ZZ00;GM9999;ambulant;4;;", "gemeente", "kennen wij niet"),
        ("2024;80ZZ00;Haarlem;ambulant;4;;", "gemeente", "code van het CBS"),
        ("2024;80ZZ00;GM0392;zorg;4;;", "hulpvorm", "dagbehandeling"),
        ("2024;80ZZ00;GM0392;ambulant;<10;;", "aantal", "echte aantal"),
        ("2024;80ZZ00;GM0392;ambulant;;;", "aantal", "0 mag ook"),
        ("2024;80ZZ00;GM0392;ambulant;-4;;", "aantal", "heel getal"),
        ("2024;80ZZ00;GM0392;ambulant;2,5;;", "aantal", "heel getal"),
        ("2024;80ZZ00;GM0392;ambulant;99999999999999999999;;", "aantal", "te groot"),
        ("2024;80ZZ00;GM0453;ambulant;4;veel;", "leerlingen", "heel getal"),
        ("2024-2025;80ZZ00;GM0392;ambulant;4;;", "hulpvorm", "ook op rij 2"),
        ("2024-2025;80ZZ00;GM0392;crisis;4;999;", "leerlingen", "Op rij 2"),
    ],
)
def test_one_bad_cell_is_named_and_nothing_changes(wereld: dict[str, Vestiging], rij: str, kolom: str, reden: str) -> None:
    deliver(KOP + "2023;80ZZ00;GM0392;ambulant;11;;\n")
    before = state()
    found = deliver(GOED + rij + "\n")
    assert [(fout.rij, fout.kolom) for fout in found.fouten] == [(5, kolom)]
    assert reden in found.fouten[0].reden
    assert state() == before


def test_every_mistake_is_named_not_only_the_first(wereld: dict[str, Vestiging]) -> None:
    found = deliver(KOP + "x;x;x;x;x;x;\n\n2024;80ZZ00;GM0392;ambulant;zes;;\n")
    assert [(fout.rij, fout.kolom) for fout in found.fouten] == [
        *((2, kolom) for kolom in ("schooljaar", "vestiging", "gemeente", "hulpvorm", "aantal", "leerlingen")),
        (4, "aantal"),
    ]


def test_a_region_speaks_of_its_own_schools_only(wereld: dict[str, Vestiging]) -> None:
    text = KOP + "2024;80ZY00;GM0392;ambulant;40;;\n"
    own = wereld["a"].gemeente
    assert own is not None
    found = deliver(text, regio_ids=[own.regio_id])
    assert "niet in uw regio" in found.fouten[0].reden
    assert deliver(text).nieuw == 1


@pytest.mark.parametrize(
    ("data", "reden"),
    [
        (b"", "leeg"),
        (b"\x1c;\n;;", "leeg"),
        (b"schooljaar;aantal\n2024;3\n", "vestiging, gemeente, hulpvorm"),
        (KOP.encode(), "geen rijen"),
        (b"PK\x03\x04rest", "Excel"),
        (b"a\x00b", "geen csv"),
        (b"schooljaar;jaar;vestiging\n", "twee keer"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reden: str) -> None:
    with pytest.raises(LeesFout, match=reden):
        read_csv(data, jeugdhulp.KOLOMMEN, jeugdhulp.VERPLICHT)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for begin in (b"", KOP.encode()):
        try:
            blad = read_csv(begin + data, jeugdhulp.KOLOMMEN, jeugdhulp.VERPLICHT)
        except LeesFout:
            continue
        jeugdhulp.read_jeugdhulp(blad, plekken={}, gemeenten=set())


def test_the_command_tells_what_it_did(wereld: dict[str, Vestiging], tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "cijfers.csv"
    file.write_text(GOED, encoding="cp1252")
    call_command("import_jeugdhulp", str(file), "--dry-run")
    assert "Proef" in capsys.readouterr().out
    call_command("import_jeugdhulp", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["nieuw"] == 2
    file.write_text(GOED + "2024;80QQ00;;ambulant;1;;\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Er is niets veranderd") as refused:
        call_command("import_jeugdhulp", str(file))
    assert refused.value.returncode == 1
    assert "Rij 5, vestiging: Deze BRIN kennen wij niet" in capsys.readouterr().err
    with pytest.raises(CommandError) as unread:
        call_command("import_jeugdhulp", str(tmp_path / "weg.csv"))
    assert unread.value.returncode == 2


# --- Wijken -----------------------------------------------------------------------------------------------------
WIJKEN = (
    "wijkcode;jaar;inwoners 0-17;inwoners 18-22;jeugdhulp;ondersteuning;krimp/groei\n"
    "WK039206;2025;2.310;640;212;;-4,5%\n039201;2025;1200;300;8;95;+2\n"
)


def deliver_wijken(text: str, **own: Any) -> Uitkomst:
    by = kijker_of(user_with(REGIOCOORDINATOR, RegioFactory.create()))
    return import_context(data=text.encode(), bestandsnaam="wijken.csv", by=by, op=now(), **own)


def test_wijken_are_taken_in_in_versions(wereld: dict[str, Vestiging], tmp_path: Path, capsys: Any) -> None:
    editie = EditieFactory.create()
    for code, naam in (("WK039206", "Schalkwijk"), ("WK039201", "Centrum")):
        WijkFactory.create(editie=editie, code=code, naam=naam)
    assert deliver_wijken(WIJKEN).nieuw == 2
    row = WijkOpgave.objects.get(wijkcode="WK039206")
    assert (row.naam, row.inwoners_0_17, row.ondersteuning, float(row.groei or 0)) == ("Schalkwijk", 2310, None, -4.5)
    before = state()
    assert deliver_wijken(WIJKEN).ongewijzigd == 2
    assert state() == before
    found = deliver_wijken(WIJKEN.replace(";8;95", ";12;95"))
    assert (found.vervangen, found.ongewijzigd) == (1, 1)
    assert set(WijkOpgave.objects.filter(wijkcode="WK039201").values_list("jeugdhulp", flat=True)) == {8, 12}
    bad = WIJKEN + "WK039299;2025;1;1;1;1;\nWK036301;2025;1;;;;\nWK039206;25;;;;;veel\nWK039206;2025;1;;;;\n"
    found = deliver_wijken(bad, regio_ids=[RegioFactory.create().pk])
    assert [(fout.rij, fout.kolom) for fout in found.fouten] == [
        (4, "wijkcode"), (5, "wijkcode"), (6, "jaar"), (6, "groei"), (7, "wijkcode")
    ]  # fmt: skip
    file = tmp_path / "wijken.csv"
    file.write_text(WIJKEN, encoding="utf-8")
    call_command("import_context", str(file), "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["vervangen"] == 1


# --- Constraints ------------------------------------------------------------------------------------------------
def test_the_database_refuses_what_cannot_be(wereld: dict[str, Vestiging]) -> None:
    deliver(GOED)
    levering = Aanlevering.objects.get()
    opgave = JeugdhulpOpgave.objects.get(vestiging=wereld["a"])
    gemeente = wereld["a"].gemeente
    wijk = {"aanlevering": levering, "gemeente": gemeente, "wijkcode": "WK039206", "jaar": 2025}
    WijkOpgave.objects.create(**wijk)
    attempts: list[tuple[str, Any]] = [
        ("jeugdhulp_een_geldige_opgave", JeugdhulpOpgave(aanlevering=levering, vestiging=wereld["a"], schooljaar=2024)),
        ("jeugdhulp_schooljaar_bereik", JeugdhulpOpgave(aanlevering=levering, vestiging=wereld["a"], schooljaar=24)),
        (
            "jeugdhulp_niet_door_zichzelf",
            JeugdhulpOpgave(aanlevering=levering, vervangen_door=levering, vestiging=wereld["a"], schooljaar=2023),
        ),
        ("jeugdhulp_een_keer_per_vorm", JeugdhulpCijfer(opgave=opgave, hulpvorm="crisis", aantal=1)),
        ("jeugdhulp_hulpvorm_bekend", JeugdhulpCijfer(opgave=opgave, hulpvorm="thuis", aantal=1)),
        ("wijkopgave_een_geldige", WijkOpgave(**wijk)),
        ("wijkopgave_code_vorm", WijkOpgave(**{**wijk, "wijkcode": "BU039206"})),
        ("wijkopgave_jaar_bereik", WijkOpgave(**{**wijk, "jaar": 1900})),
        ("wijkopgave_niet_door_zichzelf", WijkOpgave(**{**wijk, "jaar": 2024, "vervangen_door": levering})),
        ("aanlevering_soort_bekend", Aanlevering(soort="x", vingerafdruk="a" * 64, op=now(), rijen=1)),
        ("aanlevering_vingerafdruk_vorm", Aanlevering(soort="context", vingerafdruk="A", op=now(), rijen=1)),
    ]
    for constraint, row in attempts:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save()
