"""No line in the log quotes a person: not through our events, not through a library, not through an exception."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client

from portal import logboek

SECRET = "Merkwaardig-Jansen"


class Written(logging.Handler):
    """Everything that would have been written, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(logboek.formatter())

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.lines.append(self.format(record))
        except ValueError:
            self.handleError(record)  # as every handler does

    @property
    def last(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self.lines[-1])
        return line


@pytest.fixture
def written() -> Iterator[Written]:
    handler = Written()
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def ours() -> Any:
    return structlog.stdlib.get_logger("casussen.proef")


def test_an_event_keeps_ids_numbers_and_the_names_of_our_parts(written: Written) -> None:
    ours().info("casus_aangemeld", casus=12, onderdeel="worker", gelukt=True, ms=1.5, niets=None)
    line = written.last
    timestamp = line.pop("timestamp")
    assert line == {
        "event": "casus_aangemeld",
        "level": "info",
        "logger": "casussen.proef",
        "casus": 12,
        "onderdeel": "worker",
        "gelukt": True,
        "ms": 1.5,
        "niets": None,
    }
    assert timestamp.endswith("Z")


def test_an_event_loses_every_other_text_and_says_which(written: Written) -> None:
    ours().info("casus_aangemeld", naam=SECRET, adressen=[SECRET], wie={"naam": SECRET})
    assert SECRET not in written.lines[-1]
    assert written.last["weggelaten"] == ["adressen", "naam", "wie"]


def test_a_sentence_is_no_event(written: Written) -> None:
    ours().warning(f"Casus van {SECRET} aangemeld")
    assert SECRET not in written.lines[-1]
    assert written.last["event"] == "…"


@pytest.mark.parametrize(
    ("message", "args", "expected"),
    [
        ("Not Found: %s", (f"/zoek/{SECRET}",), "Not Found: …"),
        ("%s duurde %d ms (%.1f)", (SECRET, 12, 1.25), "… duurde 12 ms (1.2)"),
        ("%d is geen getal", (SECRET,), "%d is geen getal"),
        (f"al samengesteld met {SECRET}", (), "…"),
        ("taak %(name)s[%(id)s] %(args)s", ({"name": "kern.tasks.x", "id": "abc", "args": SECRET},), "taak kern.tasks.x[abc] …"),
    ],
)
def test_of_a_library_the_template_and_the_numbers_remain(
    written: Written, message: str, args: tuple[Any, ...], expected: str
) -> None:
    logging.getLogger("een.bibliotheek").error(message, *args)
    assert SECRET not in written.lines[-1]
    assert written.last["event"] == expected
    assert written.last["bron"].startswith("tests/health/test_logboek.py:")


def test_libraries_that_speak_of_themselves_are_kept(written: Written) -> None:
    logging.getLogger("gunicorn.error").info("Listening at: %s (%s)", "http://0.0.0.0:8000", 12)
    assert written.last["event"] == "Listening at: http://0.0.0.0:8000 (12)"
    together = f"Invalid request from ip=1.2.3.4: {SECRET}"
    logging.getLogger("gunicorn.error").warning(together)
    assert SECRET not in written.lines[-1]
    assert "1.2.3.4" not in written.lines[-1]


def test_of_an_exception_only_class_and_place_remain(written: Written) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise LookupError(f"geen {SECRET}") from error
    except LookupError:
        ours().exception("mislukt")
    assert SECRET not in written.lines[-1]
    fout = written.last["fout"]
    assert [part["klasse"] for part in fout] == ["builtins.LookupError", "builtins.ValueError"]
    assert fout[0]["plaats"][-1].startswith("tests/health/test_logboek.py:")
    assert all("melding" not in part for part in fout)


def test_of_a_database_error_the_code_and_the_constraint_remain(written: Written, db: None) -> None:
    from django.db import IntegrityError, transaction

    from kern.models import Hartslag

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Hartslag.objects.bulk_create([Hartslag(naam=SECRET)])
    ours().error("mislukt", exc_info=raised.value)
    assert SECRET not in written.lines[-1]
    assert written.last["fout"][1]["sqlstate"] == "23502"


def test_an_error_of_configuration_is_told_in_full(written: Written) -> None:
    from django.core.exceptions import ImproperlyConfigured

    ours().error("mislukt", exc_info=ImproperlyConfigured("SECRET_KEY (of SECRET_KEY_FILE) ontbreekt."))
    assert written.last["fout"][0]["melding"] == "SECRET_KEY (of SECRET_KEY_FILE) ontbreekt."


def test_a_page_that_crashes_tells_neither_path_nor_query_nor_body(
    written: Written, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: Any, **kwargs: Any) -> None:
        lokaal = SECRET
        raise RuntimeError(f"kapot door {lokaal}")

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", crash)
    client.raise_request_exception = False
    response = client.post(f"/{SECRET}?naam={SECRET}", {"verhaal": SECRET}, headers={"x-request-id": SECRET, "referer": SECRET})
    assert response.status_code == 500
    assert not [line for line in written.lines if SECRET in line]
    lines = [json.loads(line) for line in written.lines]
    request = next(line for line in lines if line["event"] == "request")
    assert (request["status"], request["method"], request["route"]) == (500, "POST", "onbekend")
    crashed = next(line for line in lines if line["logger"] == "django.request")
    assert crashed["fout"][0]["klasse"] == "builtins.RuntimeError"
    assert crashed["request_id"] == request["request_id"] == response.headers["X-Request-ID"]


def test_a_request_names_its_route_and_not_its_path(written: Written, client: Client) -> None:
    client.get(f"/toegankelijkheid?naam={SECRET}")
    assert written.last["route"] == "toegankelijkheid"
    client.get(f"/{SECRET}")
    assert written.last["route"] == "onbekend"
    assert not [line for line in written.lines if SECRET in line]


def test_a_request_id_is_taken_from_our_own_proxy_only(client: Client, settings: Any) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert client.get("/health", headers={"x-request-id": given}).headers["X-Request-ID"] != given
    settings.ACHTER_PROXY = True
    assert client.get("/health", headers={"x-request-id": given}).headers["X-Request-ID"] == given
    assert client.get("/health", headers={"x-request-id": SECRET}).headers["X-Request-ID"] != SECRET


def test_what_nobody_caught_ends_without_its_text(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    logboek._excepthook(ValueError, ValueError(SECRET), None)
    assert SECRET not in written.lines[-1]
    assert written.last["fout"] == [{"klasse": "builtins.ValueError", "plaats": []}]


def test_a_record_that_cannot_be_formatted_is_not_printed_with_its_arguments(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise ValueError(SECRET)

    logging.getLogger("een.bibliotheek").warning("%s", Broken())
    logging.getLogger("celery.beat").warning("%s", Broken())  # its texts are kept, so this one is asked for its text
    captured = capsys.readouterr()
    assert SECRET not in captured.out + captured.err
