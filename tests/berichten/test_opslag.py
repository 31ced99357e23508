"""Where the bytes lie: whole, private, and never left behind for long."""

import os
import stat
import subprocess
import sys
import textwrap
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.db import connection, transaction

from casussen.actions import documenten
from casussen.actions.documenten import NieuwBestand, sweep_files
from casussen.actions.gesprek import place_bericht
from casussen.documenten import opslag
from casussen.models import Bericht, Document
from tests.berichten import bestanden as b
from tests.factories.casussen import NU
from tests.factories.tegelijk import together

DAG = timedelta(days=1)
BESTAND = NieuwBestand("verslag.pdf", b.pdf())


def a_day_after(*, hours: int = 0) -> datetime:
    """A day after the newest file was written (a disk has a clock of its own), give or take."""
    newest = max(path.stat().st_mtime for path in files())
    return datetime.fromtimestamp(newest, UTC) + DAG + timedelta(hours=hours)


def files() -> list[Path]:
    return sorted(path for path in Path(portal.DOCUMENTEN_ROOT).glob("**/*") if path.is_file())


def test_a_file_is_private_and_its_place_says_nothing_of_its_name():
    key = uuid.uuid4()
    opslag.store(key, b"inhoud")
    (path,) = files()
    assert path == opslag.path_of(key)
    assert path.relative_to(portal.DOCUMENTEN_ROOT).parts == (key.hex[:2], key.hex[2:4], key.hex)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_bytes() == b"inhoud"


def test_documents_lie_outside_everything_that_is_served(settings):
    from portal import settings as real

    root = Path(real.DOCUMENTEN_ROOT).resolve()
    for served in (real.MEDIA_ROOT, *real.STATICFILES_DIRS):
        assert not root.is_relative_to(Path(served).resolve())


def test_a_key_is_never_written_twice():
    key = uuid.uuid4()
    opslag.store(key, b"een")
    opslag.path_of(key).with_name(f"{key.hex}.deel").write_bytes(b"van een ander")
    with pytest.raises(FileExistsError):
        opslag.store(key, b"twee")
    assert opslag.path_of(key).read_bytes() == b"een"


@pytest.mark.django_db(transaction=True)
def test_rolled_back_nothing_is_in_the_database_and_the_sweep_takes_the_rest(wereld, casus):
    kept = place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="Blijft.", bestanden=[BESTAND]).documenten.get()
    with transaction.atomic():
        place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="Gaat terug.", bestanden=[BESTAND])
        transaction.set_rollback(True)
    assert Bericht.objects.count() == 1
    assert len(files()) == 2
    assert sweep_files(op=a_day_after(hours=-1)) == 0  # it may be of a transaction that is still open
    assert sweep_files(op=a_day_after(hours=1)) == 1
    assert files() == [opslag.path_of(kept.sleutel)]


KILLED = """
    import os, signal, sys
    import django
    django.setup()
    from django.db import connection, transaction
    from casussen.documenten import opslag
    from casussen.models import Bericht, Casus, Document
    from django.conf import settings
    from pathlib import Path
    settings.DOCUMENTEN_ROOT = Path(sys.argv[2])
    connection.settings_dict["NAME"] = sys.argv[1]
    with transaction.atomic():
        bericht = Bericht.objects.get()
        document = Document(bericht=bericht, casus_id=bericht.casus_id, door_id=bericht.door_id, door_naam="x", door_rol="x",
                            op=bericht.op, naam="x.pdf", soort_mime="application/pdf", grootte=6, sha256="0" * 64)
        document.save()
        opslag.store(document.sleutel, b"inhoud")
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_at_most_an_orphan(wereld, casus):
    place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="Zonder bestand.")
    command = [sys.executable, "-c", textwrap.dedent(KILLED), connection.settings_dict["NAME"], str(portal.DOCUMENTEN_ROOT)]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()
    assert not Document.objects.exists()
    assert len(files()) == 1
    assert sweep_files(op=a_day_after(hours=1)) == 1
    assert files() == []


@pytest.mark.django_db(transaction=True)
def test_a_half_written_file_is_swept_and_what_is_gone_in_the_database_too(wereld, casus):
    document = place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="", bestanden=[BESTAND]).documenten.get()
    half = opslag.path_of(uuid.uuid4()).with_suffix(".deel")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    Document.objects.update(verwijderd_op=NU, verwijderd_om="weg")  # and the process died before its file went
    assert sweep_files(op=a_day_after(hours=1)) == 2
    assert files() == []
    assert opslag.open_file(document.sleutel) is None


@pytest.mark.django_db(transaction=True)
def test_when_the_disk_is_full_the_message_is_not_placed_either(wereld, casus, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opslag, "store", full)
    with pytest.raises(OSError, match="No space"):
        place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="Hoi", bestanden=[BESTAND])
    assert not Bericht.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_never_hold_more_than_a_casus_may(wereld, casus, monkeypatch):
    monkeypatch.setattr(documenten, "CASUS_MAX", int(len(BESTAND.inhoud) * 1.5))
    people = (wereld.zoe, wereld.kijker("wim"))
    found = together(*(lambda by=by: place_bericht(casus=casus, by=by, op=NU, tekst="Hoi", bestanden=[BESTAND]) for by in people))
    assert sorted(type(one).__name__ for one in found) == ["Bericht", "Onvolledig"]
    assert Document.objects.count() == 1
    assert len(files()) == 1
