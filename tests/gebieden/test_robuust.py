"""An import that is killed, runs twice, or fails: readers see the old editie or the new one, whole."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebieden.actions import importeren
from gebieden.actions.importeren import ImportBezigError, import_editie
from gebieden.actions.laden import copy_register
from gebieden.adres import NUMMER_MAX
from gebieden.models import Buurt, Editie, EditieStatus, RegisterRegel, Wijk
from gebieden.register import Trefzekerheid, zoek_buurten
from kern.kijker import systeem
from kern.klok import now, today
from tests.gebieden.opdrachten import buurten, edities, import_addresses, run
from tests.gebieden.tabellen import Adresrij, release


def environment(var: Path) -> dict[str, str]:
    """What a process of its own needs to work on the database of this test."""
    database = connection.settings_dict
    host, port = database["HOST"], database["PORT"]
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where, socket_folder = (f"{host}:{port}", "") if not host.startswith("/") else ("", f"?host={host}")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "MODUS": "test",
        "PROCES_ROL": "eigenaar",
        "DATABASE_URL": f"postgres://{database['USER']}{password}@{where}/{database['NAME']}{socket_folder}",
        "REDIS_URL": django_settings.REDIS_URL,
        "VAR_DIR": str(var),
    }


@contextlib.contextmanager
def import_process(pad: Path, var: Path) -> Iterator["subprocess.Popen[str]"]:
    opdracht = [sys.executable, "manage.py", "import_addresses", str(pad), "--activate", "--json"]
    proces = subprocess.Popen(
        opdracht,
        env=environment(var),
        cwd=django_settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield proces
    finally:
        with contextlib.suppress(ProcessLookupError):
            proces.kill()
        proces.communicate()


def until(gelukt: Callable[[], bool], seconden: float = 60) -> None:
    einde = time.monotonic() + seconden
    while not gelukt():
        assert time.monotonic() < einde, "het duurde te lang"
        time.sleep(0.02)


@contextlib.contextmanager
def another_connection() -> Iterator[Any]:
    """A second session on the database of this test."""
    ander = connection.copy()
    try:
        with ander.cursor() as cursor:
            yield cursor
    finally:
        ander.close()


def rows(buurt: str, aantal: int = 400) -> list[Adresrij]:
    return [(f"20{pc}AA", nummer, buurt) for pc in range(11, 31) for nummer in range(1, aantal // 20 + 1)]


@pytest.mark.django_db(transaction=True)
def test_killed_halfway_leaves_the_active_editie_and_a_rerun_works(tmp_path, var_dir):
    import_addresses(release(rows("03920101")).folder(tmp_path / "oud"), "--activate")
    nieuw = release(rows("03920102"), jaar=2026).folder(tmp_path / "nieuw")
    with import_process(nieuw, var_dir) as proces, another_connection() as slot:
        # Hold up the COPY, so that the process is killed in the middle of it and never before or after.
        slot.execute("BEGIN; LOCK TABLE gebieden_registerregel IN SHARE MODE")
        until(lambda: Editie.objects.filter(status=EditieStatus.LADEN).exists())
        assert Wijk.objects.filter(editie__jaar=2026).count() == 0
        os.kill(proces.pid, signal.SIGKILL)
        proces.wait()
        slot.execute("ROLLBACK")
    assert buurten("2011AA", 1) == ["BU03920101"]
    half, oud = edities()
    assert (half["editie"], half["actief"], half["adressen"], half["geladen_op"]) == ("2026", False, 0, None)
    assert oud["actief"] is True
    assert "wordt geladen" in run("edities").uit
    assert run("activate_editie", half["id"]).code == 2

    afloop = import_addresses(nieuw, "--activate")
    assert (afloop.code, afloop.json["editie"], afloop.json["geactiveerd"]) == (0, "2026", True)
    assert buurten("2011AA", 1) == ["BU03920102"]
    assert {(e["editie"], e["actief"]) for e in edities()} == {("2026", True), ("2025", False)}


@pytest.mark.django_db(transaction=True)
def test_a_process_of_its_own_imports_and_reports_progress(tmp_path, var_dir):
    with import_process(release().zip(tmp_path / "levering.zip"), var_dir) as proces:
        uit, fout = proces.communicate(timeout=60)
    assert proces.returncode == 0, fout
    assert '"geactiveerd": true' in uit
    assert "Lezen 100 %" in fout
    assert "Laden 100 %" in fout
    assert buurten("1011AB", 105) == ["BU0363AF01"]


@pytest.mark.django_db(transaction=True)
def test_exit_codes_of_the_process_itself(tmp_path, var_dir):
    (tmp_path / "leeg.csv").write_bytes(b"")
    with import_process(tmp_path / "leeg.csv", var_dir) as proces:
        _, fout = proces.communicate(timeout=60)
    assert proces.returncode == 2
    assert "is leeg" in fout
    assert "Traceback" not in fout


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_the_second_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(importeren, "_WACHT_OP_SLOT", 0.2)
    pad = release().folder(tmp_path / "map")
    with another_connection() as ander:
        ander.execute("SELECT pg_advisory_lock(%s, %s)", importeren._SLOT)
        afloop = import_addresses(pad, "--activate")
        assert import_addresses(pad, "--dry-run").code == 0
    assert afloop.code == 2
    assert "Er loopt al een andere import" in afloop.fout
    assert edities() == []
    assert import_addresses(pad, "--activate").code == 0


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_given_back_after_every_ending(tmp_path, monkeypatch):
    goed, slecht = release().folder(tmp_path / "goed"), tmp_path / "slecht.csv"
    slecht.write_bytes(b"")
    import_addresses(slecht)
    import_addresses(goed)
    with another_connection() as ander:
        ander.execute("SELECT pg_try_advisory_lock(%s, %s)", importeren._SLOT)
        assert ander.fetchone() == (True,)
        monkeypatch.setattr(importeren, "_WACHT_OP_SLOT", 0.0)
        with pytest.raises(ImportBezigError):
            import_editie(pad=goed, by=systeem(today()), op=now())


@pytest.mark.django_db(transaction=True)
def test_an_import_the_database_stops_is_marked_and_cleaned_up_by_the_next(tmp_path, monkeypatch):
    pad = release().folder(tmp_path / "map")
    import_addresses(pad, "--activate")

    def breaks(editie: Editie, regels: pl.DataFrame, geladen: Callable[[int], None]) -> None:
        copy_register(editie, regels.with_columns(postcode=pl.lit("geen pc")), geladen)

    with monkeypatch.context() as patch:
        patch.setattr(importeren, "copy_register", breaks)
        afloop = import_addresses(pad, "--activate")
    assert afloop.code == 2
    assert "De actieve editie is niet geraakt" in afloop.fout
    assert Editie.objects.get(actief=False).status == EditieStatus.MISLUKT
    assert Buurt.objects.exclude(editie__actief=True).count() == 0
    assert buurten("2011AA", 1) == ["BU03920101"]
    assert import_addresses(pad).json["editie"] == "2025-2"
    assert not Editie.objects.exclude(status=EditieStatus.GELADEN).exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_while_activating_leaves_a_loaded_inactive_editie(tmp_path, monkeypatch):
    def breaks(**_: Any) -> None:
        raise DatabaseError("stroom weg")

    pad = release().folder(tmp_path / "map")
    with monkeypatch.context() as patch:
        patch.setattr(importeren, "activate_editie", breaks)
        assert import_addresses(pad, "--activate").code == 2
    assert [(e["editie"], e["actief"], e["adressen"]) for e in edities()] == [("2025", False, 6)]


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_half_a_table(tmp_path):
    """While editions are loaded and switched, every look-up answers wholly by one of them."""
    import_addresses(release(rows("03920101", 2_000)).folder(tmp_path / "oud"), "--activate")
    nieuw = release(rows("03920102", 2_000), jaar=2026).folder(tmp_path / "nieuw")
    mag = {("2025", Trefzekerheid.NUMMER, ("BU03920101",)), ("2026", Trefzekerheid.NUMMER, ("BU03920102",))}
    gezien: set[Any] = set()
    klaar = threading.Event()

    def read() -> None:
        try:
            while not klaar.is_set():
                vondst = zoek_buurten("2030AA", 100)
                label = vondst.editie.label if vondst.editie else None
                gezien.add((label, vondst.trefzekerheid, tuple(b.code for b in vondst.buurten)))
        finally:
            connections.close_all()

    lezers = [threading.Thread(target=read) for _ in range(2)]
    for lezer in lezers:
        lezer.start()
    try:
        until(lambda: bool(gezien))
        assert import_addresses(nieuw, "--activate").json["geactiveerd"] is True
        oud = Editie.objects.get(jaar=2025)
        for _ in range(5):
            run("activate_editie", oud.pk)
            run("activate_editie", Editie.objects.get(jaar=2026).pk)
        until(lambda: gezien >= mag)
    finally:
        klaar.set()
        for lezer in lezers:
            lezer.join()
    assert gezien == mag


postcodes = st.sampled_from(["2011AA", "2011AB", "2037RB", "1011AB", "9999ZZ", "1000AA"])
tables = st.lists(
    st.tuples(postcodes, st.integers(1, NUMMER_MAX), st.sampled_from(["03920101", "03920102", "0363AF01", "00030000"])),
    min_size=1,
    max_size=40,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables)
def test_the_register_loses_nothing(tmp_path_factory, rijen):
    """Every row of any table is found again, in exactly its buurt or buurten; nothing else is."""
    pad = release(rijen).folder(tmp_path_factory.mktemp("tabel"))
    afloop = import_addresses(pad, "--activate", "--force", "ook dubbele sleutels")
    verwacht: dict[tuple[str, int], set[str]] = {}
    for postcode, nummer, buurt in rijen:
        verwacht.setdefault((postcode, nummer), set()).add(f"BU{buurt}")
    assert afloop.json["adressen"] == len(verwacht)
    assert afloop.json["geactiveerd"] is True
    for (postcode, nummer), codes in verwacht.items():
        vondst = zoek_buurten(postcode, nummer)
        assert vondst.trefzekerheid == Trefzekerheid.NUMMER
        assert {buurt.code for buurt in vondst.buurten} == codes
    regels = RegisterRegel.objects.filter(editie__actief=True).values_list("postcode", "huisnummers", "buurt_code")
    assert {(pc, nr, bu) for pc, nrs, bu in regels for nr in nrs} == {
        (pc, nr, b) for (pc, nr), bs in verwacht.items() for b in bs
    }
