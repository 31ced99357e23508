"""The calendar file, read back by a reader that knows the standard and not our writer."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.overleg.ics import Afspraak, Methode, escape, fold, write_ics
from kern.klok import AMSTERDAM
from tests.overleg.ics import content_lines, event_of, moment, unescape

BEGIN = datetime(2026, 12, 10, 14, 30, tzinfo=AMSTERDAM)


def afspraak(**anders: object) -> Afspraak:
    values: dict[str, object] = {
        "uid": "0a1b@aanspreekpunt",
        "volgnummer": 0,
        "begint_op": BEGIN,
        "eindigt_op": BEGIN + timedelta(hours=1),
        "gemaakt_op": datetime(2026, 12, 2, 9, 0, tzinfo=UTC),
        "methode": Methode.UITNODIGING,
        "afzender": "noreply@portaal.example",
        "aan": "wim@test.example",
    }
    return Afspraak(**{**values, **anders})  # type: ignore[arg-type]


def test_an_invitation_asks_one_person_to_come() -> None:
    method, event = event_of(write_ics(afspraak(plek="op school: lokaal 12", tekst="Casus 2026-000001\nhttps://x.example/a")))
    assert method == "REQUEST"
    assert event.text("SUMMARY") == "Overleg (Aanspreekpunt)"
    assert event.text("LOCATION") == "op school: lokaal 12"
    assert event.text("DESCRIPTION") == "Casus 2026-000001\nhttps://x.example/a"
    assert moment(event.one("DTSTART")) == BEGIN
    assert (event.one("SEQUENCE").value, event.one("STATUS").value, event.one("CLASS").value) == ("0", "CONFIRMED", "PRIVATE")
    assert event.one("ATTENDEE").value == "mailto:wim@test.example"
    assert "CN" not in event.one("ATTENDEE").params


def test_what_is_called_off_takes_no_time() -> None:
    method, event = event_of(write_ics(afspraak(methode=Methode.AFZEGGING, volgnummer=2)))
    assert method == "CANCEL"
    assert (event.one("STATUS").value, event.one("TRANSP").value, event.one("SEQUENCE").value) == (
        "CANCELLED",
        "TRANSPARENT",
        "2",
    )


def test_a_copy_names_nobody() -> None:
    method, event = event_of(write_ics(afspraak(methode=Methode.KOPIE)))
    assert (method, event.all("ATTENDEE")) == ("PUBLISH", [])


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2027, 3, 26), 13), (date(2027, 3, 29), 12), (date(2026, 10, 23), 12), (date(2026, 10, 26), 13)],
)
def test_half_past_two_is_half_past_two_on_either_side_of_the_changing_of_the_clocks(day: date, utc_hour: int) -> None:
    begin = datetime.combine(day, time(14, 30), tzinfo=AMSTERDAM)
    _, event = event_of(write_ics(afspraak(begint_op=begin, eindigt_op=begin + timedelta(hours=1))))
    assert moment(event.one("DTSTART")) == datetime.combine(day, time(utc_hour, 30), tzinfo=UTC)
    assert moment(event.one("DTEND")) - moment(event.one("DTSTART")) == timedelta(hours=1)


@given(st.text(max_size=400))
def test_any_text_comes_back_as_it_was_without_what_cannot_be_written(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    _, event = event_of(write_ics(afspraak(plek=text or "x")))
    wanted = (text or "x").replace("\r\n", "\n").replace("\r", "\n")
    wanted = "".join(c for c in wanted if c in "\n\t" or (c >= " " and c != "\x7f"))
    assert event.text("LOCATION") == wanted


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folding_loses_nothing(text: str) -> None:
    assert content_lines(b"BEGIN:VCALENDAR\r\n" + fold(f"SUMMARY:{text}"))[1] == f"SUMMARY:{text}"


def test_folding_breaks_no_character_in_two() -> None:
    folded = fold("LOCATION:" + "é" * 60)
    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"").decode() == "LOCATION:" + "é" * 60 + "\r\n"


def test_an_address_cannot_smuggle_in_a_line() -> None:
    data = write_ics(afspraak(aan="wim@test.example\r\nATTENDEE:mailto:ander@test.example"))
    _, event = event_of(data)
    assert len(event.all("ATTENDEE")) == 1


@given(st.text(alphabet="\\;,\nab", max_size=60))
def test_escaping_can_be_undone(text: str) -> None:
    assert unescape(escape(text)) == text
