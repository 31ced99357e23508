"""`manage.py sweep`: what beat and the workers would do, as of a moment."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casussen.tasks import verstuur_herinneringen
from kern import klok
from kern.models import Melding
from kern.models.melding import Kanaal
from kern.tasks import verstuur_meldingen
from portal.management.commands import sweep as command
from portal.rooster import BEAT_SCHEDULE
from scholen.models import Verzuimsignaal
from tests.factories.verzuim import VerzuimFactory
from tests.kern.conftest import mailbox
from tests.termijnen.conftest import Wereld, at, told

pytestmark = pytest.mark.django_db

__all__ = ["mailbox"]


def sweep(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command("sweep", *args, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_it_makes_what_is_due_and_sends_it(wereld: Wereld, mailbox: Path) -> None:
    wereld.termijn()
    assert sweep("--now", "2026-12-03T08:59")["herinneringen"] == 0
    answer = sweep("--now", "2026-12-03T09:00")
    assert answer == {
        "op": "2026-12-03T09:00:00+01:00", "herinneringen": 1, "verzonden": 1, "uitgesteld": 0, "mislukt": 0, "vervallen": 0,
    }  # fmt: skip
    assert len(list(mailbox.glob("*.eml"))) == 1
    assert sweep("--now", "2026-12-03T09:00")["verzonden"] == 0


def test_a_day_means_the_end_of_its_office_hours(wereld: Wereld, mailbox: Path) -> None:
    wereld.termijn()
    assert sweep("--now", "2026-12-04") == sweep("--now", "2026-12-04") | {"herinneringen": 2, "verzonden": 3}


def test_a_moment_in_another_time_zone_is_that_moment(wereld: Wereld, mailbox: Path) -> None:
    wereld.termijn()
    assert sweep("--now", "2026-12-03T07:59:59Z")["herinneringen"] == 0
    assert sweep("--now", "2026-12-03T08:00:00Z")["herinneringen"] == 1


def test_without_a_moment_it_is_now(wereld: Wereld, mailbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(klok, "now", lambda: at("2026-12-03"))
    wereld.termijn()
    assert sweep()["verzonden"] == 1


def test_it_says_so_in_words_too(wereld: Wereld, mailbox: Path) -> None:
    wereld.termijn()
    out = StringIO()
    call_command("sweep", "--now", "2026-12-09T12:00", stdout=out)
    assert out.getvalue().startswith("4 herinneringen gemaakt; post: 6 verzonden")


@pytest.mark.parametrize("moment", ["morgen", "2026-13-01", "2026-12-03T25:00", "<script>"])
def test_what_is_no_moment_is_refused(db: None, moment: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("sweep", "--now", moment)
    assert refused.value.returncode == 2


def test_it_is_not_there_in_production(db: None, settings: Any) -> None:
    settings.MODUS = "productie"
    with pytest.raises(CommandError, match="alleen in demo en test"):
        call_command("sweep")


def test_the_tasks_do_the_same(wereld: Wereld, mailbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(klok, "now", lambda: at("2026-12-04", "17:00"))
    termijn = wereld.termijn()
    verstuur_herinneringen()
    assert told(termijn, "herinnering_vervallen") == ["vera@test.example", "wim@test.example"]
    verstuur_meldingen()
    assert set(Melding.objects.filter(kanaal=Kanaal.MAIL).values_list("status", flat=True)) == {"verzonden"}


def test_it_does_all_that_beat_asks_for_or_says_why_not() -> None:
    named = [set(command.DOET), command.VOORAF, command.ACHTERAF, set(command.NIET)]
    assert set().union(*named) == set(BEAT_SCHEDULE)
    assert sum(map(len, named)) == len(BEAT_SCHEDULE), "niets staat op twee plekken"


def test_the_nights_between_are_done_too(mailbox: Path, wereld: Wereld) -> None:
    """A pupil who stays away becomes a signal by the clock alone."""
    verzuim = VerzuimFactory.create(van=date(2026, 11, 30), uren=None, tot=None)
    sweep("--now", "2026-12-01T09:00")
    assert not Verzuimsignaal.objects.exists()
    sweep("--now", "2026-12-18T09:00")
    assert Verzuimsignaal.objects.filter(leerling=verzuim.leerling).exists()
