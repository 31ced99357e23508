"""Waiting for help: measured from the day of asking, against what was said and agreed, and told once when it is too long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.actions.wachttijden import signal_waits
from casussen.keuzes import Status
from casussen.models import Inzet
from casussen.queries.hulp import help_of
from casussen.rules.wachten import exceeds_norm, is_stale, waited
from casussen.tasks import signaleer_wachttijden
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import NU, VANDAAG
from tests.factories.hulp import ask, asked, make_arrangement, share, start
from tests.factories.zorg import WachttijdFactory

SOORTEN = ("wachttijd_norm", "wachttijd_verouderd")


def signals() -> list[tuple[str, str]]:
    rows = Melding.objects.filter(soort__in=SOORTEN, kanaal=Kanaal.PORTAAL).order_by("soort", "ontvanger__email")
    return list(rows.values_list("soort", "ontvanger__email"))


@pytest.mark.parametrize(("dagen", "norm", "te_lang"), [(56, 8, False), (57, 8, True), (0, 0, False), (1, 0, True)])
def test_the_norm_is_a_number_of_whole_weeks(dagen, norm, te_lang):
    assert exceeds_norm(dagen, norm) is te_lang


@pytest.mark.parametrize(
    ("gemeten", "oud"), [(None, True), (VANDAAG, False), (VANDAAG - timedelta(30), False), (VANDAAG - timedelta(31), True)]
)
def test_a_waiting_time_is_old_after_thirty_days(gemeten, oud):
    assert is_stale(gemeten, VANDAAG) is oud


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, st.none() | days, days)
def test_waiting_is_never_negative_and_stops_with_the_start(gevraagd, tot, op):
    dagen = waited(gevraagd=gevraagd, tot=tot, op=op)
    assert dagen >= 0
    if tot is not None:
        assert dagen == waited(gevraagd=gevraagd, tot=tot, op=date(2040, 1, 1))


def test_what_was_waited_stands_beside_what_was_said(wereld):
    casus = share(wereld, wereld.casus(Status.PLAN_VASTGESTELD))
    inzet = ask(wereld, casus, make_arrangement(wereld, weken=2), gevraagd=VANDAAG - timedelta(days=22))
    (line,) = help_of(casus, op=VANDAAG)
    assert (line.weken, line.inzet.wachttijd_toen, line.over_gezegd, line.over_norm) == (3, 2, True, False)
    start(wereld, casus, inzet)
    (line,) = help_of(casus, op=VANDAAG + timedelta(days=300))
    assert (line.weken, line.waits, line.over_norm) == (3, False, False)


def test_only_the_newest_waiting_time_counts(wereld):
    casus, inzet = asked(wereld)
    WachttijdFactory.create(arrangement=inzet.arrangement, weken=9, gemeten_op=VANDAAG)
    WachttijdFactory.create(arrangement=inzet.arrangement, weken=1, gemeten_op=date(2026, 1, 1))
    (line,) = help_of(casus, op=VANDAAG)
    assert line.wachttijd is not None
    assert (line.wachttijd.weken, line.wachttijd_oud) == (9, False)


def test_a_fresh_wait_within_the_norm_is_no_signal(wereld):
    asked(wereld)
    assert signal_waits(now=NU) == 0
    assert signals() == []


def test_too_long_is_told_once_to_behandelaar_and_region(wereld):
    _, inzet = asked(wereld)
    WachttijdFactory.create(arrangement=inzet.arrangement, gemeten_op=date(2027, 1, 25))
    later = NU + timedelta(days=57)
    assert signal_waits(now=later) == 1
    assert signals() == [("wachttijd_norm", "rea@test.example"), ("wachttijd_norm", "wim@test.example")]
    assert signal_waits(now=later + timedelta(days=1)) == 0
    assert len(signals()) == 2


def test_an_old_waiting_time_is_told_once_as_well(wereld):
    asked(wereld)
    assert signal_waits(now=NU + timedelta(days=20)) == 1
    assert {soort for soort, _ in signals()} == {"wachttijd_verouderd"}
    assert signal_waits(now=NU + timedelta(days=21)) == 0


def test_help_that_started_or_ended_is_no_longer_waited_for(wereld):
    casus, inzet = asked(wereld)
    start(wereld, casus, inzet)
    assert signal_waits(now=NU + timedelta(days=300)) == 0


def test_a_signal_names_no_pupil_and_no_help(wereld):
    _, inzet = asked(wereld)
    assert signal_waits(now=NU + timedelta(days=100)) > 0
    told = str(list(Melding.objects.filter(soort__in=SOORTEN).values_list("gegevens", flat=True)))
    told += str(list(Gebeurtenis.objects.filter(soort="wachttijd_gesignaleerd").values_list("gegevens", flat=True)))
    for hidden in ("Testleerling", "Voorbeeld", inzet.arrangement.naam, "Aanbieder"):
        assert hidden not in told


@pytest.mark.parametrize("aantal", [1, 4])
def test_the_nightly_question_does_not_grow_with_what_was_told(wereld, django_assert_num_queries, aantal):
    for n in range(aantal):
        casus = share(wereld, wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer=f"B{n}"))
        ask(wereld, casus, make_arrangement(wereld, f"Hulp {n}"))
    signal_waits(now=NU + timedelta(days=100))
    with django_assert_num_queries(4):  # the savepoint, what waits, what was told
        signal_waits(now=NU + timedelta(days=101))


def test_the_task_asks_as_of_now(wereld):
    asked(wereld)
    Inzet.objects.update(aangevraagd_op=date(2020, 1, 1))
    signaleer_wachttijden()
    assert ("wachttijd_norm", "wim@test.example") in signals()
