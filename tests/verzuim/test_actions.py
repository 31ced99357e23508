"""Reporting, ending, correcting; and the signals that follow, once each."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.bericht import compose
from kern.klok import AMSTERDAM
from kern.models import Gebeurtenis, Melding
from portal.rooster import BEAT_SCHEDULE
from scholen.actions.verzuim import Opgave, correct_verzuim, end_verzuim, record_verzuim, report_signaal
from scholen.actions.verzuimsignalen import make_signals
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.tasks import maak_verzuimsignalen
from scholen.verzuim.rules import UREN_SCHOOLDAG
from tests.factories.casussen import NU, VANDAAG, Wereld, second_zc
from tests.factories.netwerk import LeerlingFactory
from tests.factories.verzuim import VerzuimFactory

MA = date(2026, 11, 30)
WEEK = timedelta(days=7)


@pytest.fixture
def meld(wereld: Wereld, leerling: Leerling) -> Any:
    def meld(van: date = MA, *, uren: str | None = None, soort: str = "relatief", **velden: Any) -> Verzuim:
        if uren and Decimal(uren) > UREN_SCHOOLDAG:
            velden = {"tot": van + timedelta(days=2), **velden}  # more than fit in one day
        opgave = Opgave(soort=soort, van=van, uren=Decimal(uren) if uren else None, **velden)
        return record_verzuim(leerling=leerling, opgave=opgave, by=wereld.zoe, op=NU)

    return meld


def signals(soort: str = "uren") -> list[Verzuimsignaal]:
    return list(Verzuimsignaal.objects.living().filter(soort=soort))


def events() -> list[str]:
    return list(Gebeurtenis.objects.filter(onderwerp_soort__startswith="verzuim").order_by("pk").values_list("soort", flat=True))


# --- Reports ------------------------------------------------------------------------------------------------------------
def test_a_report_is_kept_with_who_and_when(wereld, meld):
    verzuim = meld(uren="3.5", reden="wil_niet", toelichting="  Bleef weg na de pauze. ")
    assert (verzuim.door_id, verzuim.op, verzuim.tot, verzuim.toelichting) == (
        wereld.cast.zoe.pk,
        NU,
        MA,
        "Bleef weg na de pauze.",
    )
    assert events() == ["verzuim_gemeld"]


@pytest.mark.parametrize("naam", ["otto", "teun", "wim", "rea", "lena", "swen", "abel", "gerda", "fenna", "leeg"])
def test_only_the_zorgcoordinator_of_the_school_reports(wereld, leerling, meld, naam):
    by = wereld.kijker(naam)
    verzuim = meld()
    signaal = Verzuimsignaal.objects.create(leerling=leerling, soort="uren", venster_van=MA, venster_tot=MA, waarde=16, op=NU)
    attempts = (
        lambda: record_verzuim(leerling=leerling, opgave=Opgave("relatief", MA), by=by, op=NU),
        lambda: end_verzuim(verzuim=verzuim, tot=MA, by=by, op=NU),
        lambda: correct_verzuim(verzuim=verzuim, opgave=None, waarom="zomaar", by=by, op=NU),
        lambda: report_signaal(signaal=signaal, gemeld_op=VANDAAG, by=by, op=NU),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"van": VANDAAG + WEEK}, "van"),
        ({"van": date.min}, "van"),
        ({"van": date(206, 11, 26)}, "van"),
        ({"van": date(206, 11, 26), "uren": "3"}, "van"),
        ({"van": date(2020, 7, 31), "tot": date(2020, 7, 31)}, "van"),  # seven school years ago
        ({"tot": VANDAAG + WEEK}, "tot"),
        ({"tot": MA - WEEK}, "tot"),
        ({"van": date(2026, 10, 14), "uren": "3"}, "van"),  # in the autumn holiday
        ({"van": date(2026, 11, 28), "uren": "3"}, "van"),  # a Saturday
        ({"van": date(2026, 11, 24), "tot": MA, "uren": "3"}, "tot"),
        ({"soort": "geoorloofd", "tot": date.max, "uren": "3"}, "tot"),
        ({"uren": "41"}, "uren"),
        ({"soort": "vrijstelling"}, "vrijstelling_grond"),
        ({"belastbaar_volgens_plan": True}, "belastbaar_volgens_plan"),
        ({"soort": "absoluut", "uren": "3"}, "soort"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(meld, velden, veld):
    with pytest.raises(ValidationError) as mis:
        meld(**velden)
    assert veld in mis.value.message_dict
    assert Verzuim.objects.count() == 0


def test_the_sixth_school_year_back_is_the_last_one(meld):
    assert meld(date(2020, 8, 1), tot=date(2020, 8, 31)).pk


def test_nobody_was_away_before_they_were_born(meld, leerling):
    Leerling.objects.filter(pk=leerling.pk).update(geboortedatum=date(2022, 9, 6))
    with pytest.raises(ValidationError, match="na de geboorte van de leerling"):
        meld(date(2022, 9, 5), tot=date(2022, 9, 9))
    assert meld(date(2022, 9, 6), tot=date(2022, 9, 9)).pk


def test_leave_may_be_known_beforehand(meld):
    assert meld(VANDAAG + WEEK, soort="geoorloofd").van > VANDAAG


def test_days_that_overlap_are_refused_in_words(meld):
    meld()
    with pytest.raises(ValidationError, match="Voor deze dagen staat er al een melding"):
        meld(VANDAAG, soort="ziek")


def test_a_form_sent_twice_is_one_report(wereld, leerling):
    key = uuid.uuid4()
    for _ in range(2):
        record_verzuim(leerling=leerling, opgave=Opgave("relatief", MA, MA, Decimal(8)), by=wereld.zoe, op=NU, sleutel=key)
    assert Verzuim.objects.count() == 1
    assert signals() == []


@pytest.mark.parametrize(
    "anders",
    [
        {"uren": Decimal(2)},
        {"soort": "ziek"},
        {"reden": "thuis"},
        {"toelichting": "Anders."},
        {"van": MA + timedelta(days=1), "tot": None},
    ],
)
def test_another_report_with_the_key_of_an_earlier_form_is_not_lost(wereld, leerling, anders):
    key, first = uuid.uuid4(), Opgave("relatief", MA, MA, Decimal(4))
    for opgave in (first, replace(first, **anders), replace(first, tot=None), replace(first, **anders)):
        record_verzuim(leerling=leerling, opgave=opgave, by=wereld.zoe, op=NU, sleutel=key)
    assert Verzuim.objects.count() == 2


def test_the_same_key_at_another_pupil_is_another_report(wereld, leerling):
    other, key = LeerlingFactory.create(vestiging=leerling.vestiging), uuid.uuid4()
    for pupil in (leerling, other):
        record_verzuim(leerling=pupil, opgave=Opgave("relatief", MA, MA, Decimal(4)), by=wereld.zoe, op=NU, sleutel=key)
    assert Verzuim.objects.count() == 2


def test_a_toelichting_is_no_book(meld):
    assert meld(toelichting="x" * 2000).pk
    with pytest.raises(ValidationError) as problem:
        meld(toelichting="x" * 2001)
    assert problem.value.message_dict == {"toelichting": ["Schrijf hoogstens 2000 tekens."]}


def test_ending_says_the_last_day_and_happens_once(wereld, meld):
    verzuim = meld()
    end_verzuim(verzuim=verzuim, tot=VANDAAG, by=wereld.zoe, op=NU)
    verzuim.refresh_from_db()
    assert verzuim.tot == VANDAAG
    assert events() == ["verzuim_gemeld", "verzuim_beeindigd"]
    with pytest.raises(ValidationError, match="al beëindigd"):
        end_verzuim(verzuim=verzuim, tot=VANDAAG, by=wereld.zoe, op=NU)


@pytest.mark.parametrize("tot", [MA - timedelta(days=1), VANDAAG + timedelta(days=1)])
def test_nobody_comes_back_before_they_left_or_tomorrow(wereld, meld, tot):
    with pytest.raises(ValidationError) as mis:
        end_verzuim(verzuim=meld(), tot=tot, by=wereld.zoe, op=NU)
    assert "tot" in mis.value.message_dict


def test_a_correction_keeps_what_was_said_before(wereld, meld):
    old = meld()
    new = correct_verzuim(verzuim=old, opgave=Opgave("ziek", MA), waarom="Was ziek gemeld.", by=wereld.zoe, op=NU)
    old.refresh_from_db()
    assert new is not None
    assert (old.soort, old.vervallen_om, old.vervallen_door_id, new.vervangt) == (
        "relatief",
        "Was ziek gemeld.",
        wereld.cast.zoe.pk,
        old,
    )
    assert list(Verzuim.objects.living()) == [new]
    assert events() == ["verzuim_gemeld", "verzuim_gecorrigeerd"]
    with pytest.raises(ValidationError, match="al verbeterd"):
        correct_verzuim(verzuim=old, opgave=None, waarom="nog eens", by=wereld.zoe, op=NU)


def test_a_correction_says_why_and_is_all_or_nothing(wereld, meld):
    verzuim = meld()
    with pytest.raises(ValidationError, match="waarom de melding niet klopte"):
        correct_verzuim(verzuim=verzuim, opgave=None, waarom=" ", by=wereld.zoe, op=NU)
    with pytest.raises(ValidationError):
        correct_verzuim(verzuim=verzuim, opgave=Opgave("vrijstelling", MA), waarom="beter", by=wereld.zoe, op=NU)
    assert list(Verzuim.objects.living()) == [verzuim]


# --- Signals ------------------------------------------------------------------------------------------------------------
def test_the_sixteenth_hour_makes_a_signal_at_once(wereld, meld):
    meld(MA - 2 * WEEK, uren="8")
    meld(MA - WEEK, uren="7.5")
    assert signals() == []
    meld(MA, uren="0.5")
    (signaal,) = signals()
    assert (signaal.venster_van, signaal.venster_tot, signaal.waarde) == (MA - 2 * WEEK, MA + timedelta(days=13), Decimal(16))
    mail = Melding.objects.get(ontvanger=wereld.cast.zoe, kanaal="mail", soort="verzuim_signaal")
    assert mail.gegevens == {"aantal": 1, "pad": "/verzuim"}
    text = str(compose(mail).body)
    assert "via DUO" in text
    assert "Thuisman" not in text + compose(mail).subject


def test_every_zorgcoordinator_of_the_school_is_told_and_nobody_else(wereld, meld):
    zita = second_zc(wereld.net.school)
    meld(uren="16")
    told = set(Melding.objects.filter(soort="verzuim_signaal").values_list("ontvanger_id", flat=True))
    assert told == {wereld.cast.zoe.pk, zita.pk}


def test_the_same_hours_are_told_once(meld):
    meld(MA - WEEK, uren="16")
    meld(MA, uren="4")
    for _ in range(3):
        make_signals(now=NU)
    assert len(signals()) == 1
    assert Melding.objects.filter(soort="verzuim_signaal", kanaal="portaal").count() == 1


def test_time_alone_brings_the_four_weeks_and_the_night_after_finds_them(meld):
    """Since Monday 9 November: the twentieth schoolday is Friday 4 December, and it has not been yet in the night before it."""
    meld(date(2026, 11, 9), soort="absoluut")
    vrijdag = datetime(2026, 12, 4, 5, 40, tzinfo=AMSTERDAM)
    assert make_signals(now=vrijdag) == 0
    assert make_signals(now=vrijdag + timedelta(days=1)) == 1
    assert make_signals(now=vrijdag + timedelta(days=1)) == 0
    assert make_signals(now=vrijdag + timedelta(days=9)) == 0
    (signaal,) = signals("weken")
    assert (signaal.venster_van, signaal.venster_tot, signaal.waarde) == (date(2026, 11, 9), date(2026, 12, 4), Decimal(4))


def test_the_night_does_not_count_the_day_that_begins(leerling):
    VerzuimFactory.create(leerling=leerling, van=date(2026, 11, 30))
    donderdag = datetime(2026, 12, 3, 5, 40, tzinfo=AMSTERDAM)
    assert make_signals(now=donderdag) == 0  # three days of five hours
    assert make_signals(now=donderdag + timedelta(days=1)) == 1


def test_the_night_takes_nothing_back_that_the_school_itself_said_about_the_day_that_begins(meld):
    meld(MA - WEEK, uren="9")
    meld(VANDAAG - timedelta(days=1))  # nine hours, five of yesterday and five of today
    assert len(signals()) == 1
    assert make_signals(now=NU) == 0
    assert len(signals()) == 1
    assert "verzuim_signaal_vervallen" not in events()


def test_no_report_comes_between_what_the_night_reads_and_what_it_writes(leerling):
    VerzuimFactory.create(leerling=leerling, van=date(2026, 11, 9))
    with CaptureQueriesContext(connection) as seen:
        make_signals(now=NU)
    asked = [question["sql"] for question in seen]
    lock = next(n for n, sql in enumerate(asked) if 'FOR NO KEY UPDATE OF "scholen_leerling"' in sql)
    assert "ORDER BY" in asked[lock]
    assert not any('FROM "scholen_verzuimsignaal"' in sql for sql in asked[:lock])


@pytest.mark.parametrize("soort", ["relatief", "absoluut", "geoorloofd"])
def test_four_weeks_that_are_over_are_told_once_and_so_is_a_missed_night(leerling, soort):
    VerzuimFactory.create(leerling=leerling, van=date(2026, 10, 19), tot=date(2026, 11, 27), soort=soort)
    assert make_signals(now=NU) == (2 if soort == "relatief" else 1)
    (signaal,) = signals("weken")
    assert (signaal.venster_van, signaal.venster_tot) == (date(2026, 10, 19), date(2026, 11, 13))
    assert make_signals(now=NU) == make_signals(now=NU + WEEK) == 0


def test_four_weeks_of_last_year_are_old_news(leerling):
    VerzuimFactory.create(leerling=leerling, van=date(2026, 1, 5), tot=date(2026, 3, 27), soort="absoluut")
    VerzuimFactory.create(leerling=leerling, van=MA, tot=MA)
    assert make_signals(now=NU) == 0


def _back_at_school(wereld, verzuim):
    end_verzuim(verzuim=verzuim, tot=VANDAAG - timedelta(days=1), by=wereld.zoe, op=NU)


def _ill_now(wereld, verzuim):
    _back_at_school(wereld, verzuim)
    record_verzuim(leerling=verzuim.leerling, opgave=Opgave("ziek", VANDAAG), by=wereld.zoe, op=NU)


def _exempt_now(wereld, verzuim):
    _back_at_school(wereld, verzuim)
    opgave = Opgave("vrijstelling", VANDAAG, vrijstelling_grond="5a")
    record_verzuim(leerling=verzuim.leerling, opgave=opgave, by=wereld.zoe, op=NU)


@pytest.mark.parametrize("after", [_back_at_school, _ill_now, _exempt_now])
def test_the_hours_of_a_long_stretch_are_not_told_when_it_ends(wereld, leerling, after):
    verzuim = VerzuimFactory.create(leerling=leerling, van=date(2026, 9, 7))
    make_signals(now=NU)
    before = (len(signals("uren")), len(signals("weken")))
    after(wereld, verzuim)
    make_signals(now=NU + timedelta(days=1))
    assert (len(signals("uren")), len(signals("weken"))) == before == (1, 1)


def test_hours_on_days_of_illness_are_no_hours(meld):
    meld(MA, soort="ziek", tot=VANDAAG)
    with pytest.raises(ValidationError, match="al de hele dag afwezig"):
        meld(MA, uren="3")
    assert meld(MA - timedelta(days=3), uren="3").pk


@pytest.mark.parametrize(
    ("eerder", "uren", "tot", "melding"),
    [
        ([], "24", MA, "er passen op deze dag nog 8 losse uren"),
        ([], "8", MA, ""),
        ([], "24.5", VANDAAG, "er passen in deze dagen nog 24 losse uren"),
        ([], "24", VANDAAG, ""),
        ([("5.5", MA)], "3", MA, "er passen op deze dag nog 2,5 losse uren"),
        ([("5.5", MA)], "2.5", MA, ""),
        ([("8", MA)], "0.5", MA, "er past op deze dag niets meer bij"),
        ([("20", VANDAAG)], "5", MA, "er passen op deze dag nog 4 losse uren"),  # twenty of the twenty-four of three days
        ([("8", MA)], "16.5", VANDAAG, "er passen in deze dagen nog 16 losse uren"),
    ],
)
def test_no_more_hours_than_the_school_days_have(meld, eerder, uren, tot, melding):
    """Together with what was reported of those days before, of whatever kind."""
    for n, until in eerder:
        meld(MA, uren=n, tot=until, soort="geoorloofd")
    if not melding:
        assert meld(MA, uren=uren, tot=tot).pk
        return
    with pytest.raises(ValidationError, match=melding) as mis:
        meld(MA, uren=uren, tot=tot)
    assert set(mis.value.message_dict) == {"uren"}


def test_a_correction_counts_instead_of_what_it_corrects(wereld, meld):
    verzuim = meld(MA, uren="6")
    better = Opgave("relatief", MA, uren=Decimal(8))
    assert correct_verzuim(verzuim=verzuim, opgave=better, waarom="meer uren", by=wereld.zoe, op=NU)


def test_whole_days_take_the_place_of_the_hours_on_them(meld):
    meld(MA, uren="6")
    meld(MA, tot=MA + timedelta(days=1))
    assert signals() == []  # ten hours, and not sixteen


def test_a_long_stretch_is_told_as_hours_and_as_weeks_and_then_no_more(wereld, leerling):
    VerzuimFactory.create(leerling=leerling, van=date(2026, 8, 24))
    make_signals(now=NU)
    assert len(signals("uren")) == len(signals("weken")) == 1
    assert make_signals(now=NU + 5 * WEEK) == 0


def test_a_stretch_that_began_earlier_than_thought_is_told_once(wereld, meld):
    verzuim = meld(date(2026, 10, 26), soort="absoluut")
    assert len(signals("weken")) == 1
    correct_verzuim(verzuim=verzuim, opgave=Opgave("absoluut", date(2026, 10, 19)), waarom="eerder", by=wereld.zoe, op=NU)
    assert len(signals("weken")) == 1


def test_a_correction_takes_back_a_signal_that_was_not_reported_yet(wereld, meld):
    verzuim = meld(uren="16")
    correct_verzuim(verzuim=verzuim, opgave=None, waarom="andere leerling", by=wereld.zoe, op=NU)
    assert signals() == []
    meld(uren="16")
    assert len(signals()) == 1
    assert Verzuimsignaal.objects.count() == 1


def test_what_was_reported_stays_whatever_is_corrected(wereld, meld):
    verzuim = meld(uren="16")
    report_signaal(signaal=signals()[0], gemeld_op=VANDAAG, by=wereld.zoe, op=NU)
    correct_verzuim(verzuim=verzuim, opgave=None, waarom="andere leerling", by=wereld.zoe, op=NU)
    (signaal,) = signals()
    assert (signaal.gemeld_bij_leerplicht_op, signaal.gemeld_door_id) == (VANDAAG, wereld.cast.zoe.pk)


@pytest.mark.parametrize("gemeld_op", [VANDAAG + timedelta(days=1), MA - timedelta(days=1)])
def test_a_report_to_leerplicht_is_after_the_absence_and_not_to_come(wereld, meld, gemeld_op):
    meld(uren="16")
    with pytest.raises(ValidationError, match="Vul de dag in waarop u het meldde"):
        report_signaal(signaal=signals()[0], gemeld_op=gemeld_op, by=wereld.zoe, op=NU)


def test_a_signal_is_reported_once(wereld, meld):
    meld(uren="16")
    (signaal,) = signals()
    report_signaal(signaal=signaal, gemeld_op=VANDAAG, by=wereld.zoe, op=NU)
    with pytest.raises(ValidationError, match="al afgehandeld"):
        report_signaal(signaal=signaal, gemeld_op=VANDAAG, by=wereld.zoe, op=NU)


def test_the_night_asks_the_same_number_of_questions_for_more_pupils(wereld, django_assert_num_queries):
    def more(n: int) -> None:
        for _ in range(n):
            pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging)
            VerzuimFactory.create(leerling=pupil, van=date(2026, 11, 30), soort="geoorloofd", door=wereld.cast.zoe)

    more(2)
    with django_assert_num_queries(9):
        make_signals(now=NU)
    more(8)
    with django_assert_num_queries(9):
        make_signals(now=NU)


def test_beat_runs_it_every_night(db):
    assert BEAT_SCHEDULE["verzuim"]["task"] == maak_verzuimsignalen.name == "scholen.tasks.maak_verzuimsignalen"
    maak_verzuimsignalen()
