"""Finding the table: zip, folder or csv, and what a bad zip may not do."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from gebieden.cbs import bron as bron_module
from gebieden.cbs.bron import Bron, open_bron
from gebieden.cbs.fouten import OnleesbaarError
from tests.gebieden.tabellen import layout_2024, release, table, zip_bytes


def found(pad: Path, jaar: int | None = None) -> tuple[int, str, list[str]]:
    with open_bron(pad, jaar) as bron:
        return bron.jaar, Path(bron.tabel.naam).name, sorted(Path(stuk.naam).name for stuk in bron.namen)


ALLES = (2025, "pc6hnr20250801_gwb.csv", ["buurt_2025.csv", "gem_2025.csv", "wijk_2025.csv"])


@pytest.mark.parametrize("sub", ["", "2025-cbs-pc6huisnr20250801-buurt", "a/b"])
def test_a_zip_with_or_without_subfolder(tmp_path, sub):
    assert found(release().zip(tmp_path / "levering.zip", sub)) == ALLES


@pytest.mark.parametrize("sub", ["", "sub", "sub/dieper"])
def test_a_folder_with_or_without_subfolder(tmp_path, sub):
    assert found(release().folder(tmp_path / "map", sub)) == ALLES


def test_a_folder_that_holds_the_zip(tmp_path):
    (tmp_path / "leesmij.txt").write_text("Toelichting bij de tabel\n")
    release().zip(tmp_path / "levering.zip")
    assert found(tmp_path) == ALLES


def test_the_csv_itself_with_the_names_beside_it(tmp_path):
    (tmp_path / "boodschappen.csv").write_text("melk;brood\n")
    (tmp_path / "gem_2019.csv").write_text("GM_CODE;GM_NAAM\nGM0392;Vroeger\n")
    assert found(release().csv(tmp_path)) == ALLES


def test_two_years_in_one_folder_need_a_year(tmp_path):
    release().folder(tmp_path)
    layout_2024().folder(tmp_path)
    with pytest.raises(OnleesbaarError, match="meer dan één tabel"):
        found(tmp_path)
    assert found(tmp_path, 2025) == ALLES


def test_a_zip_by_another_name_is_still_a_zip(tmp_path):
    assert found(release().zip(tmp_path / "download")) == ALLES


@pytest.mark.parametrize("naam", ["../pc6hnr20250801_gwb.csv", "a/../../x.csv", "/etc/x.csv", "..\\x.csv", "C:\\x.csv"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, naam):
    pad = tmp_path / "kwaad.zip"
    pad.write_bytes(zip_bytes({naam: b"x", **release().bestanden}))
    with pytest.raises(OnleesbaarError, match="buiten de map"):
        found(pad)
    assert [kind.name for kind in tmp_path.iterdir()] == ["kwaad.zip"]


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(tmp_path):
    pad = tmp_path / "bom.zip"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief, archief.open("pc6hnr20250801_gwb.csv", "w") as bestand:
        bestand.write(table().encode())
        for _ in range(80):
            bestand.write(b"0" * (1 << 20))
    assert pad.stat().st_size < 200_000
    with pytest.raises(OnleesbaarError, match="zipbom"):
        found(pad)


def test_a_zip_that_is_too_big_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bron_module, "MAX_UITGEPAKT", 100)
    with pytest.raises(OnleesbaarError, match="te groot"):
        found(release().zip(tmp_path / "levering.zip"))


def test_a_zip_of_very_many_files_is_refused(tmp_path):
    pad = tmp_path / "veel.zip"
    pad.write_bytes(zip_bytes({f"{n}.csv": b"" for n in range(1_001)}))
    with pytest.raises(OnleesbaarError, match="te groot"):
        found(pad)


def test_a_zip_within_a_zip_is_not_opened(tmp_path):
    pad = tmp_path / "dubbel.zip"
    pad.write_bytes(zip_bytes({"binnen.zip": zip_bytes(release().bestanden)}))
    with pytest.raises(OnleesbaarError, match="geen tabel"):
        found(pad)


def test_a_truncated_zip_is_unreadable(tmp_path):
    pad = tmp_path / "half.zip"
    heel = zip_bytes(release().bestanden)
    pad.write_bytes(heel[: len(heel) // 2])
    with pytest.raises(OnleesbaarError, match="geen goede zip"):
        found(pad)


def test_a_damaged_zip_is_unreadable(tmp_path):
    """The directory at the end is whole, the data is not."""
    rijen = [("2011AA", nummer, "03920101") for nummer in range(1, 5_000)]
    pad = release(rijen).zip(tmp_path / "stuk.zip")
    inhoud = bytearray(pad.read_bytes())
    inhoud[200:260] = os.urandom(60)
    pad.write_bytes(inhoud)
    with pytest.raises(OnleesbaarError, match=r"beschadigd|geen tabel"):
        found(pad)


def test_an_encrypted_zip_is_refused(tmp_path):
    pad = release().zip(tmp_path / "geheim.zip")
    inhoud = bytearray(pad.read_bytes())
    begin = inhoud.index(b"PK\x01\x02")
    struct.pack_into("<H", inhoud, begin + 8, 1)
    pad.write_bytes(inhoud)
    with pytest.raises(OnleesbaarError, match="versleuteld"):
        found(pad)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("x.zip", b"geen zip", "geen goede zip"),
        ("x.csv", b"", "leeg"),
        ("x.csv", b"zomaar wat", "geen kop"),
        ("x.xlsx", zip_bytes({"xl/workbook.xml": b"<x/>"}), "geen tabel"),
    ],
)
def test_what_is_no_source_is_unreadable(tmp_path, naam, inhoud, melding):
    (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(OnleesbaarError, match=melding):
        found(tmp_path / naam)


def test_nothing_and_an_empty_folder_are_unreadable(tmp_path):
    with pytest.raises(OnleesbaarError, match="bestaat niet"):
        found(tmp_path / "nergens")
    with pytest.raises(OnleesbaarError, match="geen tabel"):
        found(tmp_path)


def test_the_reason_why_the_only_table_could_not_be_read_is_told(tmp_path):
    release(tekst=table().encode("utf-16")).folder(tmp_path)
    with pytest.raises(OnleesbaarError, match="UTF-16"):
        found(tmp_path)


def test_reading_is_never_more_than_one_block_at_a_time(tmp_path):
    rijen = [("2011AA", nummer, "03920101") for nummer in range(1, 5_000)]
    with open_bron(release(rijen).zip(tmp_path / "levering.zip")) as bron:
        assert isinstance(bron, Bron)
        with bron.tabel.stream() as stroom:
            assert len(stroom.read(1000)) == 1000
