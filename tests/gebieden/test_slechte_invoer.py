"""Bad input changes nothing and says why. Whatever comes in, the active editie answers as before."""

import zipfile
from pathlib import Path

import pytest

from gebieden.models import Editie
from tests.gebieden.opdrachten import buurten, edities, import_addresses
from tests.gebieden.tabellen import Levering, name_files, release, table, zip_bytes

pytestmark = pytest.mark.django_db
KOP = "PC6;Huisnummer;Buurt2026;Wijk2026;Gemeente2026"


@pytest.fixture(autouse=True)
def actief(tmp_path: Path) -> None:
    import_addresses(release().folder(tmp_path / "actief"), "--activate")


def bomb(pad: Path) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief, archief.open("pc6hnr20260801_gwb.csv", "w") as bestand:
        bestand.write(table(jaar=2026).encode())
        for _ in range(60):
            bestand.write(b"2011AA;1;03920101;039201;0392\n" * 40_000)
    return pad


ONLEESBAAR = {
    "leeg": b"",
    "alleen een BOM": b"\xef\xbb\xbf",
    "alleen regeleinden": b"\r\n\r\n",
    "alleen een kop": KOP.encode(),
    "alleen een kop met regeleinde": f"{KOP}\r\n".encode(),
    "UTF-16": table(jaar=2026).encode("utf-16"),
    "UTF-16 zonder BOM": table(jaar=2026).encode("utf-16-le"),
    "UTF-32": table(jaar=2026).encode("utf-32"),
    "geen kop": b"2011AA;1;03920101;039201;0392\r\n",
    "een plaatje": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 100,
    "SQL": b"'; DROP TABLE gebieden_editie; --",
    "HTML": b"<html><script>alert(1)</script></html>",
    "emoji": "😀;😀;😀".encode(),
    "een regel zonder einde": f"{KOP}\n".encode() + b"9" * (3 << 20),
}


@pytest.mark.parametrize("naam", ONLEESBAAR)
@pytest.mark.parametrize("vorm", ["csv", "zip"])
def test_unreadable_input_changes_nothing(tmp_path, var_dir, naam, vorm):
    levering = Levering({"pc6hnr20260801_gwb.csv": ONLEESBAAR[naam], **name_files(jaar=2026)})
    pad = levering.zip(tmp_path / "invoer.zip") if vorm == "zip" else levering.csv(tmp_path / "invoer")
    voor, rapporten = edities(), sorted((var_dir / "import").iterdir())
    afloop = import_addresses(pad, "--activate", "--force", "toch maar")
    assert afloop.code == 2
    assert afloop.json == {"editie": None, "rijen": 0, "adressen": 0, "geweigerd": 0, "rapport": None, "geactiveerd": False}
    assert "Er is niets veranderd." in afloop.fout
    assert edities() == voor
    assert sorted((var_dir / "import").iterdir()) == rapporten
    assert buurten("2011AA", 1) == ["BU03920101"]


@pytest.mark.parametrize("naam", ["../../etc/x.csv", "/abs.csv", "a\\..\\x.csv"])
def test_a_zip_with_dots_in_a_name_changes_nothing(tmp_path, naam):
    pad = tmp_path / "kwaad.zip"
    pad.write_bytes(zip_bytes({naam: b"x", **release(jaar=2026).bestanden}))
    assert import_addresses(pad, "--activate").code == 2
    assert len(edities()) == 1


def test_a_zip_bomb_changes_nothing(tmp_path):
    afloop = import_addresses(bomb(tmp_path / "bom.zip"), "--activate")
    assert afloop.code == 2
    assert "zipbom" in afloop.fout
    assert len(edities()) == 1


def test_a_file_that_is_not_there_changes_nothing(tmp_path):
    assert import_addresses(tmp_path / "nergens.zip").code == 2
    assert import_addresses(tmp_path / "nergens.zip").fout.count("bestaat niet") == 1


def test_a_folder_nobody_may_read_changes_nothing(tmp_path):
    (tmp_path / "leeg").mkdir()
    assert import_addresses(tmp_path / "leeg").code == 2


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
def test_a_bom_and_any_line_end_are_fine(tmp_path, codering, einde):
    levering = release(jaar=2026, tekst=table(jaar=2026, einde=einde).encode(codering))
    afloop = import_addresses(levering.folder(tmp_path / "map"), "--activate")
    assert (afloop.code, afloop.json["adressen"], afloop.json["geactiveerd"]) == (0, 6, True)


def test_quoted_fields_and_mixed_line_ends_are_fine(tmp_path):
    regels = [
        KOP + "\r\n",
        '"2011AA";"1";"03920101";"039201";"0392"\n',
        "2011AA;3;03920101;039201;0392\r\n",
        '"2011AB";2;03920102;039201;0392\r',
        "2037RB;12;03920501;039205;0392\n",
        "2037RB;14;03920502;039205;0392\r\n\n",
        "1011AB;105;0363AF01;0363AF;0363",
    ]
    levering = release(jaar=2026, tekst="".join(regels))
    afloop = import_addresses(levering.folder(tmp_path / "map"), "--activate")
    assert (afloop.code, afloop.json["rijen"], afloop.json["geactiveerd"]) == (0, 6, True)


def test_a_table_of_only_mistakes_is_loaded_empty_and_can_never_be_active(tmp_path):
    levering = release(jaar=2026, tekst=f"{KOP}\n" + "fout\n" * 50)
    afloop = import_addresses(levering.folder(tmp_path / "map"), "--activate", "--force", "toch maar")
    assert (afloop.json["rijen"], afloop.json["geweigerd"], afloop.json["adressen"]) == (50, 50, 0)
    assert afloop.json["geactiveerd"] is False
    assert afloop.code == 1
    assert Editie.objects.get(actief=True).jaar == 2025


def test_odd_bytes_in_a_row_stand_legible_in_the_report(tmp_path):
    fout = "2011AA;1;\x1b[31m<script>\x00'--;039201;0392\n"
    levering = release(jaar=2026, tekst=table(jaar=2026, einde="\n") + fout)
    afloop = import_addresses(levering.folder(tmp_path / "map"))
    rapport = Path(afloop.json["rapport"]).read_text(encoding="utf-8")
    assert "8,buurt,\\x1b[31m<script>\\x00'--,geen buurtcode" in rapport
    assert "\x1b" not in rapport + afloop.fout
