"""Sweeps at the same moment, and people at work while one runs."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from casussen.actions import herinneringen
from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.termijnen import close_termijnen
from casussen.models import Casus, Herinnering
from kern.actions import enqueue_meldingen
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.termijnen.conftest import Wereld, at, steps

pytestmark = pytest.mark.django_db(transaction=True)

PLUS_3 = at("2026-12-09")


def in_threads(count: int, work: Callable[[], int]) -> list[int]:
    start = threading.Barrier(count)

    def run() -> int:
        try:
            start.wait(30)
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '15s'")  # who waits for a lock that nobody gives up fails, and does not hang
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(count)]]


def test_eight_sweeps_at_once_make_each_step_once(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(herinneringen, "BATCH", 5)
    termijnen = [wereld.termijn() for _ in range(60)]
    made = in_threads(8, lambda: send_due_reminders(now=PLUS_3))
    made.append(send_due_reminders(now=PLUS_3))  # whatever two of them left to each other
    assert sum(made) == 60 * 4
    per_step = Counter(Herinnering.objects.values_list("termijn_id", "stap"))
    assert per_step == Counter({(termijn.pk, stap): 1 for termijn in termijnen for stap in (-1, 0, 1, 3)})
    told = Counter(Melding.objects.filter(kanaal=Kanaal.MAIL).values_list("soort", "onderwerp_id", "adres"))
    assert set(told.values()) == {1}
    assert len(told) == 60 * 6  # owner; owner and deputy; coordinator; region; referrer


def test_a_casus_somebody_is_working_on_is_left_in_peace_and_had_next_time(wereld: Wereld) -> None:
    busy, free = wereld.casus(), wereld.casus()
    of_busy, of_free = wereld.termijn(casus=busy), wereld.termijn(casus=free)
    with transaction.atomic():
        Casus.objects.select_for_update(of=("self",)).get(pk=busy.pk)
        start = time.monotonic()
        assert in_threads(1, lambda: send_due_reminders(now=PLUS_3)) == [4]
        assert time.monotonic() - start < 10  # it did not wait for the lock
    assert (len(steps(of_busy)), len(steps(of_free))) == (0, 4)
    assert send_due_reminders(now=PLUS_3) == 4


def test_who_answers_while_the_sweep_runs_gets_no_reminder_by_mail(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep has made the step and not committed; the answer waits for it, and then takes the mail back."""
    casus = wereld.casus()
    wereld.termijn(casus=casus)
    made, answered = threading.Event(), threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> None:
        enqueue_meldingen(*args, **kwargs)
        made.set()
        answered.wait(1)  # the answer cannot come in yet: it waits at the lock

    monkeypatch.setattr(herinneringen, "enqueue_meldingen", slowly)

    def answer() -> int:
        assert made.wait(30)
        with transaction.atomic():
            locked = Casus.objects.select_for_update(of=("self",)).get(pk=casus.pk)
            closed = close_termijnen(casus=locked, soorten=None, om="gehaald", op=PLUS_3)
        answered.set()
        return closed

    jobs = iter([lambda: send_due_reminders(now=at("2026-12-03")), answer])

    def one_each() -> int:
        return next(jobs)()

    assert in_threads(2, one_each) == [1, 1]  # one step made, one clock stopped
    assert Melding.objects.get(kanaal=Kanaal.MAIL).status == MeldingStatus.VERVALLEN
