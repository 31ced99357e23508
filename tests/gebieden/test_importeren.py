"""manage.py import_addresses, edities and activate_editie."""

import csv
from pathlib import Path

import pytest

from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, Regio, RegisterRegel, Wijk
from gebieden.register import Trefzekerheid, zoek_buurten
from kern.models import Gebeurtenis
from tests.gebieden.opdrachten import buurten, edities, import_addresses, run
from tests.gebieden.tabellen import LAYOUTS, RIJEN, Levering, layout_2024, line, name_files, release, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def levering(tmp_path: Path) -> Path:
    return release().zip(tmp_path / "levering.zip")


def folder(tmp_path: Path, levering: Levering, naam: str = "map") -> Path:
    return levering.folder(tmp_path / naam)


def report(pad: str) -> list[dict[str, str]]:
    with Path(pad).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


@pytest.mark.parametrize("naam", LAYOUTS)
@pytest.mark.parametrize("vorm", ["zip", "zip met map", "map", "csv"])
def test_every_layout_in_every_form_becomes_the_same_register(tmp_path, naam, vorm):
    levering, jaar = LAYOUTS[naam], naam[:4]
    pad = {
        "zip": lambda: levering.zip(tmp_path / "levering.zip"),
        "zip met map": lambda: levering.zip(tmp_path / "levering.zip", f"{jaar}-cbs"),
        "map": lambda: levering.folder(tmp_path / "map"),
        "csv": lambda: levering.csv(tmp_path / "los"),
    }[vorm]()
    afloop = import_addresses(pad, "--activate")
    assert (afloop.code, afloop.fout) == (0, "")
    rapport = afloop.json.pop("rapport")
    assert afloop.json == {"editie": jaar, "rijen": 6, "adressen": 6, "geweigerd": 0, "rapport": rapport, "geactiveerd": True}
    for postcode, nummer, buurt in RIJEN:
        vondst = zoek_buurten(postcode, nummer)
        assert vondst.trefzekerheid == Trefzekerheid.NUMMER
        assert [b.code for b in vondst.buurten] == [f"BU{buurt}"]
        assert vondst.buurten[0].naam == f"Naam van BU{buurt}"
    vondst = zoek_buurten("1011AB", 105)
    assert vondst.editie is not None
    assert (vondst.editie.label, vondst.buurten[0].wijk_naam, vondst.buurten[0].gemeente.naam) == (
        jaar,
        "Nieuwmarkt",
        "Amsterdam",
    )


def test_without_activate_it_is_loaded_and_nothing_changes_for_readers(levering):
    afloop = import_addresses(levering)
    assert (afloop.code, afloop.json["geactiveerd"]) == (0, False)
    assert zoek_buurten("2011AA", 1).editie is None
    assert [(e["editie"], e["actief"], e["adressen"]) for e in edities()] == [("2025", False, 6)]


def test_the_list_of_edities_is_what_other_programs_expect(levering):
    assert edities() == []
    import_addresses(levering, "--activate")
    (editie,) = edities()
    assert list(editie) == ["id", "editie", "actief", "adressen", "geladen_op"]
    assert editie["geladen_op"].startswith("20")
    assert "2025" in run("edities").uit
    assert "actief" in run("edities").uit


def test_a_year_imported_again_is_a_new_version_and_the_active_one_stays(levering):
    import_addresses(levering, "--activate")
    afloop = import_addresses(levering)
    assert afloop.json["editie"] == "2025-2"
    assert [(e["editie"], e["actief"]) for e in edities()] == [("2025-2", False), ("2025", True)]


def test_older_edities_stay_for_the_record(tmp_path, levering):
    import_addresses(layout_2024().zip(tmp_path / "2024.zip"), "--activate")
    import_addresses(levering, "--activate")
    assert [(e["editie"], e["actief"]) for e in edities()] == [("2025", True), ("2024", False)]
    assert RegisterRegel.objects.filter(editie__jaar=2024).count() == 5


def test_activate_editie_switches_forth_and_back(tmp_path):
    import_addresses(folder(tmp_path, release()), "--activate")
    anders = [(pc, nr, "03920501" if pc == "2037RB" else bu) for pc, nr, bu in RIJEN]
    import_addresses(folder(tmp_path, release(anders, jaar=2026), "2026"))
    nieuw, oud = edities()
    assert buurten("2037RB", 14) == ["BU03920502"]
    afloop = run("activate_editie", nieuw["id"], "--json")
    assert (afloop.json["editie"], afloop.json["actief"], afloop.json["vorige"]) == ("2026", True, oud["id"])
    assert afloop.json["vervallen"] == ["BU03920502"]
    assert afloop.json["gewijzigd"] == ["BU03920501"]
    assert buurten("2037RB", 14) == ["BU03920501"]
    assert run("activate_editie", oud["id"]).code == 0
    assert buurten("2037RB", 14) == ["BU03920502"]


def test_a_reject_is_reported_and_keeps_the_editie_inactive(tmp_path):
    tekst = table() + "0000AA;1;03920101;039201;0392\r\n" + "2011AA;-5;03920101;039201;0392\r\n"
    afloop = import_addresses(folder(tmp_path, release(tekst=tekst)), "--activate")
    assert (afloop.code, afloop.json["geweigerd"], afloop.json["rijen"], afloop.json["adressen"]) == (1, 2, 8, 6)
    assert afloop.json["geactiveerd"] is False
    assert report(afloop.json["rapport"]) == [
        {"regel": "8", "kolom": "postcode", "waarde": "0000AA", "reden": "geen postcode van vier cijfers en twee letters"},
        {"regel": "9", "kolom": "huisnummer", "waarde": "-5", "reden": "geen huisnummer van 1 tot en met 99999"},
    ]
    assert "2 rijen zijn geweigerd" in afloop.fout
    assert "regel 8" in afloop.fout
    editie = Editie.objects.get()
    assert (editie.actief, editie.status, editie.geweigerd) == (False, EditieStatus.GELADEN, 2)
    assert [b["soort"] for b in editie.bevindingen] == ["geweigerd"]


def test_a_code_that_is_not_in_the_name_files_keeps_it_inactive(tmp_path):
    levering = Levering({**release().bestanden, **name_files([rij for rij in RIJEN if rij[2] != "0363AF01"])})
    afloop = import_addresses(folder(tmp_path, levering), "--activate")
    assert (afloop.code, afloop.json["geweigerd"], afloop.json["adressen"]) == (1, 0, 6)
    assert [(r["regel"], r["kolom"], r["waarde"]) for r in report(afloop.json["rapport"])] == [
        ("", "gemeente", "GM0363"),
        ("", "wijk", "WK0363AF"),
        ("", "buurt", "BU0363AF01"),
    ]


def test_without_name_files_it_is_loaded_but_not_active_unless_forced(tmp_path):
    pad = tmp_path / "pc6hnr20250801_gwb.csv"
    pad.write_text(table())
    afloop = import_addresses(pad, "--activate")
    assert (afloop.code, afloop.json["geactiveerd"]) == (1, False)
    assert "geen naambestand voor gemeente, wijk en buurt" in afloop.fout
    afloop = import_addresses(pad, "--activate", "--force", "namen volgen later")
    assert (afloop.code, afloop.json["geactiveerd"]) == (0, True)
    assert zoek_buurten("2011AA", 1).buurten[0].naam == "BU03920101"


def test_names_fall_back_to_an_earlier_editie(tmp_path):
    import_addresses(folder(tmp_path, layout_2024()), "--activate")
    pad = tmp_path / "pc6hnr20250801_gwb.csv"
    pad.write_text(table())
    import_addresses(pad, "--activate", "--force", "namen volgen later")
    buurt = zoek_buurten("2011AA", 1).buurten[0]
    assert (buurt.naam, buurt.wijk_naam, buurt.gemeente.naam) == ("Naam van BU03920101", "Oude Stad", "Haarlem")


def test_a_key_in_two_areas_needs_force_and_then_gives_both(tmp_path):
    tekst = table() + line(("2011AA", 1, "03920501")) + "\r\n"
    pad = folder(tmp_path, release(tekst=tekst))
    afloop = import_addresses(pad, "--activate")
    assert (afloop.code, afloop.json["rijen"], afloop.json["adressen"], afloop.json["geactiveerd"]) == (1, 7, 6, False)
    assert report(afloop.json["rapport"])[0]["waarde"] == "2011AA 1"
    afloop = import_addresses(pad, "--activate", "--force", "grensgeval, bekend bij CBS")
    assert (afloop.code, afloop.json["geactiveerd"]) == (0, True)
    vondst = zoek_buurten("2011AA", 1)
    assert vondst.trefzekerheid == Trefzekerheid.NUMMER
    assert [b.code for b in vondst.buurten] == ["BU03920101", "BU03920501"]
    assert Editie.objects.get(actief=True).geforceerd_om == "grensgeval, bekend bij CBS"


@pytest.mark.parametrize(("aantal", "code"), [(95, 0), (94, 1)])
def test_a_table_more_than_five_per_cent_smaller_needs_force(tmp_path, aantal, code):
    def of(aantal: int, jaar: int) -> Path:
        rijen = [("2011AA", nummer, "03920101") for nummer in range(1, aantal + 1)]
        return folder(tmp_path, release(rijen, jaar=jaar), str(jaar))

    import_addresses(of(100, 2024), "--activate")
    afloop = import_addresses(of(aantal, 2025), "--activate")
    assert (afloop.code, afloop.json["geactiveerd"]) == (code, code == 0)
    if code:
        assert "6,0 % kleiner" in afloop.fout
        assert import_addresses(of(aantal, 2025), "--activate", "--force", "herindeling").json["geactiveerd"] is True


def test_force_without_activate_loads_and_accepts(tmp_path):
    pad = tmp_path / "pc6hnr20250801_gwb.csv"
    pad.write_text(table())
    afloop = import_addresses(pad, "--force", "namen volgen later")
    assert (afloop.code, afloop.json["geactiveerd"]) == (0, False)


def test_force_needs_a_reason(levering):
    afloop = run("import_addresses", levering, "--force", "  ")
    assert afloop.code == 2
    assert not Editie.objects.exists()


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, var_dir):
    tekst = table() + "0000AA;1;03920101;039201;0392\r\n"
    pad = folder(tmp_path, release(tekst=tekst))
    afloop = import_addresses(pad, "--dry-run", "--activate")
    assert afloop.code == 1
    assert afloop.json == {"editie": "2025", "rijen": 7, "adressen": 6, "geweigerd": 1, "rapport": None, "geactiveerd": False}
    assert "regel 8" in afloop.fout
    assert not Editie.objects.exists()
    assert not Gemeente.objects.exists()
    assert not Gebeurtenis.objects.exists()
    assert list(var_dir.iterdir()) == []


def test_the_year_of_the_option_may_not_contradict_the_table(levering):
    afloop = import_addresses(levering, "--editie", 2024)
    assert afloop.code == 2
    assert "--editie zegt 2024" in afloop.fout
    assert not Editie.objects.exists()


def test_the_year_comes_from_the_option_when_nothing_else_says_it(tmp_path):
    pad = folder(tmp_path, Levering({"tabel.csv": table(kop="PC6;Huisnummer;Buurt;Wijk;Gemeente").encode(), **name_files()}))
    assert import_addresses(pad).code == 2
    assert import_addresses(pad, "--editie", 2025).json["editie"] == "2025"


def test_gemeenten_get_a_row_and_keep_what_they_had(levering):
    regio = Regio.objects.create(naam="Regio")
    Gemeente.objects.create(code="GM0392", naam="Oude naam", regio=regio, loket_naam="Loket", loket_telefoon="14 023")
    import_addresses(levering)
    assert Gemeente.objects.get().naam == "Oude naam"
    import_addresses(levering, "--activate")
    haarlem, amsterdam = Gemeente.objects.get(code="GM0392"), Gemeente.objects.get(code="GM0363")
    assert (haarlem.naam, haarlem.regio, haarlem.loket_naam, haarlem.loket_telefoon) == ("Haarlem", regio, "Loket", "14 023")
    assert (amsterdam.naam, amsterdam.regio) == ("Amsterdam", None)


def test_areas_without_an_address_are_known_too(tmp_path):
    levering = Levering({**release(RIJEN[:1]).bestanden, **name_files(RIJEN)})
    import_addresses(folder(tmp_path, levering), "--activate")
    assert Buurt.objects.filter(code="BU0363AF01").exists()
    assert Wijk.objects.count() == 3


def test_loading_and_activating_leave_an_event(levering):
    import_addresses(levering, "--activate")
    assert list(Gebeurtenis.objects.values_list("soort", "door_naam")) == [
        ("editie_geladen", "import_addresses"),
        ("editie_geactiveerd", "import_addresses"),
    ]


def test_it_tells_people_what_happened(levering):
    afloop = run("import_addresses", levering, "--activate")
    assert "Editie 2025: 6 rijen, 6 adressen, 0 geweigerd." in afloop.uit
    assert "is nu actief" in afloop.uit
    assert "Rapport:" in afloop.uit
