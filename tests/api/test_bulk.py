"""Bulk routing over the API: as a job, whatever happens to its worker, for nobody but who made it, and gone after a day."""

import csv
import io
import json
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import polars as pl
import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from kern.klok import now, today
from kern.models import Gebeurtenis
from tests.factories.netwerk import RegioFactory
from tests.factories.toegang import user_with
from toegang.rollen import REGIOCOORDINATOR
from wijkteams.actions import bulkroutering as module
from wijkteams.actions.bulkroutering import LEASE, claim, purge_bulkroutering, results_of, work_bulkroutering
from wijkteams.models import Bulkdeel, Bulkroutering
from wijkteams.routering.bulk import route_bulk, route_frame

pytestmark = pytest.mark.django_db
BULK, EEN, RESULTAAT = "routeringen/bulk", "routeringen/bulk/{sleutel}", "routeringen/bulk/{sleutel}/resultaat"
RIJEN: list[dict[str, Any]] = [
    {"id": "a", "postcode": "2037 RB", "huisnummer": 12, "sector": "vo"},
    {"id": "b", "postcode": "2181AA", "huisnummer": "3"},
    {"id": "c", "postcode": "geen", "huisnummer": None},
    {"id": "d", "postcode": "2034AA", "huisnummer": "99"},
    {"id": "e", "postcode": "2101AA", "huisnummer": "5", "toevoeging": "hs", "geboortedatum": "2011-05-17"},
]


@pytest.fixture(autouse=True)
def rings(monkeypatch):
    """When a worker was called; nobody answers but the test."""
    heard: list[bool] = []
    monkeypatch.setattr(module.wekker, "ring", lambda: heard.append(True))
    return heard


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(module, "DEEL", 2)


def ask(api, rijen=RIJEN, **more):
    response = api.post(BULK, {"rijen": rijen, **more})
    assert response.status_code == 202, response.content
    return response


def answers(api, response, accept="application/json"):
    url = response.json()["resultaat"] or f"{response.json()['url']}/resultaat"
    found = api.client.get(url, headers={"Authorization": f"Bearer {api.token}", "Accept": accept})
    return found, b"".join(found.streaming_content) if found.streaming else found.content


# --- The road that is meant ---------------------------------------------------------------------------------------------
def test_ask_wait_and_fetch(cast, api_of, rings, small_parts, django_capture_on_commit_callbacks):
    api = api_of(cast.zoe)
    with django_capture_on_commit_callbacks(execute=True):
        made = ask(api)
    assert rings == [True]
    body = made.json()
    assert made["Location"] == body["url"]
    assert (body["status"], body["rijen"], body["klaar"], body["voortgang"], body["resultaat"]) == ("wacht", 5, 0, 0, None)
    path = f"{BULK}/{body['id']}"
    assert api.get(f"{path}/resultaat", RESULTAAT).status_code == 409
    assert work_bulkroutering() == 3
    done = api.get(path, EEN)
    assert (done.json()["status"], done.json()["klaar"], done.json()["voortgang"]) == ("klaar", 5, 100)
    found, content = answers(api, done)
    assert found["Content-Type"] == "application/json"
    rijen = json.loads(content)["rijen"]
    assert [rij["id"] for rij in rijen] == ["a", "b", "c", "d", "e"]
    expected = [{key: value or None for key, value in rij.items()} for rij in route_bulk(RIJEN)]
    assert rijen == expected
    assert {rij["uitkomst"] for rij in rijen} == {"toegewezen", "buiten_regio", "ongeldig", "meerdere"}


def test_csv_in_and_out(cast, api_of, small_parts):
    api = api_of(cast.zoe)
    body = '\ufeffid;postcode;huisnummer;sector\na;2037 RB;12;vo\nb;2181AA;3;\n"c;";2101AA;5;\n'.encode()
    made = api.post(f"{BULK}?peildatum=2026-09-01", body, BULK, content_type="text/csv")
    assert made.status_code == 202
    assert made.json()["peildatum"] == "2026-09-01"
    work_bulkroutering()
    found, content = answers(api, api.get(f"{BULK}/{made.json()['id']}", EEN), accept="text/csv")
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert [(row["id"], row["uitkomst"], row["wijkteam"]) for row in rows] == [
        ("a", "toegewezen", "Wijkteam Schalkwijk"), ("b", "buiten_regio", ""), ("c;", "toegewezen", "Wijkteam Heemstede")
    ]  # fmt: skip


def test_peildatum_of_a_json_body(cast, api_of):
    assert ask(api_of(cast.zoe), peildatum="2026-01-02").json()["peildatum"] == "2026-01-02"
    assert ask(api_of(cast.zoe)).json()["peildatum"] == today().isoformat()


# --- What is refused ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "veld"),
    [
        ({}, "rijen"),
        ([], "rijen"),
        ({"rijen": "x"}, "rijen"),
        ({"rijen": []}, "rijen"),
        ({"rijen": [{"postcode": "2037RB"}], "onzin": 1}, ""),
        ({"rijen": [{"postcode": "2037RB"}, {"naam": "x"}]}, "rijen[1]"),
        ({"rijen": ["2037RB"]}, "rijen[0]"),
        ({"rijen": [{"huisnummer": True}]}, "rijen[0]"),
        ({"rijen": [{"huisnummer": 1.5}]}, "rijen[0]"),
        ({"rijen": [{"postcode": {}}]}, "rijen[0]"),
        ({"rijen": RIJEN, "peildatum": "morgen"}, "peildatum"),
        ({"rijen": RIJEN, "peildatum": 3}, "peildatum"),
    ],
)
def test_422_says_which_row(cast, api_of, body, veld):
    response = api_of(cast.zoe).post(BULK, body)
    assert response.status_code == 422
    assert [item["veld"] for item in response.json()["ontbreekt"]] == [veld]
    assert not Bulkroutering.objects.exists()


@pytest.mark.parametrize("body", [b"", b"\n\n", b"straat,plaats\nx,y\n", b"postcode,huisnummer\n", b"\x00\x00"])
def test_422_for_a_csv_without_rows_or_names(cast, api_of, body):
    response = api_of(cast.zoe).post(BULK, body, content_type="text/csv")
    assert response.status_code in {422, 400}
    assert not Bulkroutering.objects.exists()


def test_413_for_too_many_rows_and_for_too_many_bytes(cast, api_of, monkeypatch):
    api = api_of(cast.zoe)
    lines = "postcode,huisnummer\n" + "2037RB,1\n" * 100_001
    assert api.post(BULK, lines.encode(), content_type="text/csv").status_code == 413
    assert api.post(BULK, {"rijen": [{}] * 100_001}).status_code == 413
    assert api.post(BULK, b"x" * 16_000_001, content_type="text/csv").status_code == 413
    assert api.post(BULK, b"x" * 16_000_001).status_code == 413
    assert not Bulkroutering.objects.exists()


def test_more_than_an_ordinary_request_may_hold(cast, api_of, settings):
    lines = "id,postcode,huisnummer\n" + "\n".join(f"{'x' * 60}{n},2037RB,{1 + n % 40}" for n in range(60_000))
    assert len(lines) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    made = api_of(cast.zoe).post(BULK, lines.encode(), content_type="text/csv")
    assert (made.status_code, made.json()["rijen"]) == (202, 60_000)


def test_415_and_400_and_429(cast, api_of, monkeypatch):
    api = api_of(cast.zoe)
    assert api.post(BULK, b"x", content_type="text/plain").status_code == 415
    assert api.post(BULK, b"{").status_code == 400
    monkeypatch.setattr(module, "MAX_PER_PERSOON", 2)
    ask(api)
    ask(api)
    assert api.post(BULK, {"rijen": RIJEN}).status_code == 429
    assert ask(api_of(cast.otto)).status_code == 202


# --- Whose it is --------------------------------------------------------------------------------------------------------
def test_only_who_made_it_sees_it(cast, api_of):
    sleutel = ask(api_of(cast.zoe)).json()["id"]
    work_bulkroutering()
    other = user_with(REGIOCOORDINATOR, RegioFactory.create())
    for someone in (cast.teun, cast.rea, cast.fenna, other):
        assert api_of(someone).get(f"{BULK}/{sleutel}", EEN).status_code == 404
        assert api_of(someone).get(f"{BULK}/{sleutel}/resultaat", RESULTAAT).status_code == 404
    assert api_of(None).get(f"{BULK}/{sleutel}", EEN).status_code == 401
    assert api_of(cast.leeg if cast.leeg.aanstellingen.exists() else None).get(f"{BULK}/{sleutel}", EEN).status_code == 401
    assert api_of(cast.zoe).get(f"{BULK}/{sleutel}", EEN).status_code == 200


def test_after_a_day_everything_is_gone(cast, api_of, time_machine):
    api = api_of(cast.zoe)
    sleutel = ask(api).json()["id"]
    work_bulkroutering()
    assert Bulkdeel.objects.filter(uitvoer__isnull=True).count() == 0
    assert {bytes(part.invoer) for part in Bulkdeel.objects.all()} == {b""}
    later = now() + timedelta(days=1, seconds=1)
    assert purge_bulkroutering(now=now()) == 0
    Bulkroutering.objects.update(verloopt_op=now() - timedelta(seconds=1))
    assert api.get(f"{BULK}/{sleutel}", EEN).status_code == 404  # also before it is purged
    assert purge_bulkroutering(now=later) == 1
    assert not Bulkdeel.objects.exists()


def test_no_address_in_event_or_log(cast, api_of, caplog, monkeypatch):
    def boom(*_args: object, **_kwargs: object) -> pl.DataFrame:
        raise ValueError("2037RB 12")

    ask(api_of(cast.zoe))
    monkeypatch.setattr(module, "route_frame", boom)
    assert work_bulkroutering() == 0
    event = Gebeurtenis.objects.get(soort="bulkroutering_gevraagd")
    assert event.gegevens == {"rijen": 5}
    assert "2037" not in caplog.text


# --- Whatever happens to a worker ---------------------------------------------------------------------------------------
def test_a_killed_worker_is_taken_over_where_it_was(cast, api_of, small_parts, monkeypatch, time_machine):
    time_machine.move_to(now(), tick=False)
    made = ask(api_of(cast.zoe)).json()["id"]
    job = Bulkroutering.objects.get(sleutel=made)
    real, calls = module._work_part, []

    class Killed(BaseException):
        pass

    def die_at_the_second(*args: Any) -> bool:
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        return real(*args)

    monkeypatch.setattr(module, "_work_part", die_at_the_second)
    with pytest.raises(Killed):
        work_bulkroutering()
    monkeypatch.setattr(module, "_work_part", real)
    job.refresh_from_db()
    assert (job.status, job.klaar) == ("bezig", 2)
    assert work_bulkroutering() == 0  # the lease still holds
    time_machine.shift(LEASE + timedelta(seconds=1))
    assert work_bulkroutering() == 2
    job.refresh_from_db()
    assert (job.status, job.klaar, job.houder) == ("klaar", 5, None)
    assert [row for frame in results_of(job) for row in frame["id"]] == ["a", "b", "c", "d", "e"]
    assert work_bulkroutering() == 0


def test_who_lost_the_lease_writes_nothing(cast, api_of, small_parts, monkeypatch, time_machine):
    time_machine.move_to(now(), tick=False)
    ask(api_of(cast.zoe))
    real = route_frame
    taken: list[bool] = []

    def slow(frame: pl.DataFrame, **kwargs: Any) -> pl.DataFrame:
        if not taken:
            taken.append(True)
            time_machine.shift(LEASE + timedelta(seconds=1))
            assert work_bulkroutering() == 3  # another worker does it all meanwhile
        return real(frame, **kwargs)

    monkeypatch.setattr(module, "route_frame", slow)
    assert work_bulkroutering() == 0
    job = Bulkroutering.objects.get()
    assert (job.status, job.klaar) == ("klaar", 5)


def test_a_part_that_keeps_failing_ends(cast, api_of, monkeypatch, time_machine):
    time_machine.move_to(now(), tick=False)
    api = api_of(cast.zoe)
    sleutel = ask(api).json()["id"]
    monkeypatch.setattr(module, "route_frame", lambda *_a, **_k: 1 / 0)
    for _ in range(module.MAX_POGINGEN + 1):
        work_bulkroutering()
        time_machine.shift(LEASE + timedelta(seconds=1))
    assert api.get(f"{BULK}/{sleutel}", EEN).json()["status"] == "mislukt"
    assert api.get(f"{BULK}/{sleutel}/resultaat", RESULTAAT).status_code == 409
    assert claim(now=now(), houder=uuid4()) is None


def test_out_of_time_is_not_lost(cast, api_of, small_parts, rings):
    ask(api_of(cast.zoe))
    rings.clear()
    assert work_bulkroutering(run_seconds=0) == 1
    assert rings == [True]
    assert Bulkroutering.objects.get().status == "wacht"
    while Bulkroutering.objects.get().status != "klaar":
        assert work_bulkroutering(run_seconds=0) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_jobs(cast, api_of, small_parts):
    api = api_of(cast.zoe)
    for _ in range(4):
        ask(api)

    def work() -> None:
        try:
            work_bulkroutering()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Bulkroutering.objects.values_list("status", "klaar")) == {("klaar", 5)}


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, api_of):
    api = api_of(cast.zoe)

    def queries(rijen: list[dict[str, Any]]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            made = ask(api, rijen)
        with CaptureQueriesContext(connection) as looked:
            api.get(f"{BULK}/{made.json()['id']}", EEN)
        return len(asked), len(looked)

    ask(api)
    assert queries(RIJEN) == queries(RIJEN * 200)


# --- The database holds it ----------------------------------------------------------------------------------------------
def test_constraints(cast, api_of):
    ask(api_of(cast.zoe))
    job = Bulkroutering.objects.get()
    for wrong in ({"klaar": 6}, {"status": "klaar"}, {"status": "bezig"}, {"houder": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bulkroutering.objects.filter(pk=job.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulkdeel.objects.create(bulkroutering=job, nummer=1, rijen=1, invoer=b"x")
