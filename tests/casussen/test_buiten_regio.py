"""The way out of the region: handed to a desk there, followed by someone of ours, and told to the school."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from casussen.actions.herinneringen import send_due_reminders
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Opvolging, Overgang, Termijn, Terugkoppeling
from casussen.mogelijk import available_actions
from casussen.queries import mijn_dag, te_routeren
from casussen.queries.afspraken import agreements_of
from casussen.stand import next_step_of
from gebieden.models import Gemeente
from kern.klok import AMSTERDAM
from kern.models import Melding
from tests.factories.casussen import BUITEN_OVERDRAGEN, NU, TERUGKOPPELING, Wereld
from tests.factories.netwerk import RegioFactory
from tests.factories.toegang import client_of, user_with
from toegang.rollen import REGIOCOORDINATOR

MORGEN = NU + timedelta(days=1)


@pytest.fixture
def elders(wereld: Wereld) -> Casus:
    """A pupil from Hillegom: no team of ours, so the regiocoördinator has it."""
    casus = wereld.concept(postcode="2181 AA", huisnummer="3")
    return wereld.do("aanmelden", casus, "zoe")


def hand_over(wereld: Wereld, casus: Casus, naam: str = "rea", **anders: Any) -> Casus:
    values = {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk, **anders}
    return wereld.do("buiten_overdragen", casus, naam, **values)


def open_clock(casus: Casus) -> Termijn:
    return Termijn.objects.get(casus=casus, gesloten_op__isnull=True)


@pytest.mark.parametrize("naam", ["zoe", "rea"])
def test_handing_over_stops_the_clock_of_routing_and_starts_that_of_following(wereld: Wereld, elders: Casus, naam: str) -> None:
    casus = hand_over(wereld, elders, naam, opvolgen_op="2026-12-16")
    assert (casus.status, casus.buiten_regio, casus.woongemeente) == (Status.TE_ROUTEREN, True, wereld.net.hillegom)
    assert Termijn.objects.get(casus=casus, soort="te_routeren").gesloten_om == "gehaald"
    clock = open_clock(casus)
    assert (clock.soort, clock.eigenaar_soort, clock.eigenaar_user) == ("te_routeren_vervolg", "regio", wereld.cast.rea)
    assert clock.vervalt_op == datetime(2026, 12, 16, 17, tzinfo=AMSTERDAM)
    assert next_step_of(casus, op=NU.date()).zonder_namen == "De regiocoördinator volgt of de andere gemeente de hulp oppakt"
    followed = Opvolging.objects.get(casus=casus)
    assert (followed.bij_wie, followed.overgedragen_op, followed.gesloten_op) == (
        "Hilde van het jeugdloket", date(2026, 12, 2), None
    )  # fmt: skip


def test_without_a_day_the_length_of_the_table_counts(wereld: Wereld, elders: Casus) -> None:
    assert open_clock(hand_over(wereld, elders)).vervalt_op == datetime(2026, 12, 16, 17, tzinfo=AMSTERDAM)


def test_inquiring_moves_the_clock_and_reporting_back_closes_the_loop(wereld: Wereld, elders: Casus) -> None:
    casus = hand_over(wereld, elders)
    casus = wereld.do("buiten_opvolgen", casus, "rea", op=MORGEN, toelichting="Intake op 10 december.", opvolgen_op="2026-12-11")
    assert open_clock(casus).vervalt_op == datetime(2026, 12, 11, 17, tzinfo=AMSTERDAM)
    assert open_clock(casus).eigenaar_user == wereld.cast.rea
    seen = agreements_of(casus, op=MORGEN.date()).buiten
    assert seen is not None
    assert [note.toelichting for note in seen.notities] == ["Intake op 10 december."]
    done = wereld.do("buiten_terugmelden", casus, "rea", op=MORGEN, uitkomst="hulp_gestart", **TERUGKOPPELING)
    assert (done.status, done.afgesloten_op, done.wijkteam) == (Status.AFGESLOTEN, MORGEN, None)
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).exists()
    assert Opvolging.objects.get(casus=casus).uitkomst == "hulp_gestart"
    assert Terugkoppeling.objects.get(casus=casus).aan == wereld.cast.zoe
    assert Melding.objects.filter(ontvanger=wereld.cast.zoe, soort="casus_verder", onderwerp_id=casus.pk).exists()


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"overgedragen_op": "2026-12-03"}, "overgedragen_op"),
        ({"opvolgen_op": "2026-12-02"}, "opvolgen_op"),
        ({"opvolgen_op": "2027-12-02"}, "opvolgen_op"),
        ({"bij_wie": ""}, "bij_wie"),
        ({"bij_wie": "x" * 161}, "bij_wie"),
        ({"overgedragen_door": "duif"}, "overgedragen_door"),
        ({"gemeente": 999999}, "gemeente"),
        ({"opvolger": 999999}, "opvolger"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(wereld: Wereld, elders: Casus, anders: dict[str, Any], veld: str) -> None:
    with pytest.raises(Onvolledig) as fout:
        hand_over(wereld, elders, **anders)
    assert [item["veld"] for item in fout.value.ontbreekt] == [veld]
    assert not Opvolging.objects.exists()


def test_a_gemeente_of_the_region_and_a_coordinator_of_another_are_refused(wereld: Wereld, elders: Casus) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"gemeente": wereld.net.haarlem.pk},
        {"opvolger": wereld.cast.rik.pk},
        {"opvolger": wereld.cast.wim.pk},
    )
    for anders in wrong:
        with pytest.raises(Onvolledig):
            hand_over(wereld, elders, **anders)


def test_following_and_reporting_back_are_for_what_was_handed_over(wereld: Wereld, elders: Casus) -> None:
    kijker = wereld.kijker("rea")
    before = {step.actie for step in available_actions(elders, kijker, op=NU.date())}
    assert {"buiten_overdragen", "toewijzen"} <= before
    assert not {"buiten_opvolgen", "buiten_terugmelden"} & before
    with pytest.raises(Onvolledig):
        wereld.do("buiten_terugmelden", elders, "rea", uitkomst="opgepakt", **TERUGKOPPELING)
    after = {step.actie: step.hoofd for step in available_actions(hand_over(wereld, elders), kijker, op=NU.date()) if step.mag}
    assert after["buiten_terugmelden"]
    assert not after["toewijzen"]
    with pytest.raises(NietBevoegd):
        wereld.do("buiten_opvolgen", elders, "zoe", toelichting="x")


def test_another_desk_replaces_the_first(wereld: Wereld, elders: Casus) -> None:
    other = Gemeente.objects.create(code="GM0575", naam="Noordwijk")
    casus = hand_over(wereld, hand_over(wereld, elders), gemeente=other.pk)
    assert list(Opvolging.objects.filter(casus=casus).values_list("gemeente__naam", "uitkomst")) == [
        ("Hillegom", "vervangen"),
        ("Noordwijk", ""),
    ]
    assert open_clock(casus).soort == "te_routeren_vervolg"


@pytest.mark.parametrize(
    ("actie", "naam", "gegevens"),
    [
        ("intrekken", "zoe", {"reden": "verhuisd", "namens": "ouders"}),
        ("toestemming_intrekken", "zoe", {"namens": "ouders"}),
        ("terugleggen", "rea", {"reden": "anders", "toelichting": "x", "advies": "x", "alternatief": "x"}),
        ("toewijzen", "rea", {"toelichting": "Verhuisd naar Haarlem."}),
    ],
)
def test_whatever_ends_it_otherwise_ends_the_following(
    wereld: Wereld, elders: Casus, actie: str, naam: str, gegevens: dict[str, Any]
) -> None:
    casus = hand_over(wereld, elders)
    extra: dict[str, Any] = {"wijkteam": wereld.net.schalkwijk.pk} if actie == "toewijzen" else {}
    wereld.do(actie, casus, naam, **gegevens, **extra)
    assert Opvolging.objects.get(casus=casus).uitkomst == "vervangen"


def test_the_ladder_reminds_the_follower_and_then_all_regiocoordinatoren(wereld: Wereld, elders: Casus) -> None:
    second = user_with(REGIOCOORDINATOR, wereld.net.regio, naam="Ruud Regio")
    casus = hand_over(wereld, elders, opvolgen_op="2026-12-09")
    Melding.objects.all().delete()
    send_due_reminders(now=datetime(2026, 12, 8, 9, 1, tzinfo=AMSTERDAM))
    told = Melding.objects.filter(soort="herinnering_vooraf", kanaal="portaal")
    assert [melding.ontvanger for melding in told] == [wereld.cast.rea]
    send_due_reminders(now=datetime(2026, 12, 9, 17, 1, tzinfo=AMSTERDAM))
    late = Melding.objects.filter(soort="herinnering_vervallen", kanaal="portaal")
    assert {melding.ontvanger for melding in late} == {wereld.cast.rea, second}
    before = Melding.objects.count()
    send_due_reminders(now=datetime(2026, 12, 9, 17, 2, tzinfo=AMSTERDAM))
    assert Melding.objects.count() == before
    assert casus.nummer in str(late[0].gegevens)


def test_a_follower_who_left_leaves_it_to_the_others(wereld: Wereld, elders: Casus) -> None:
    second = user_with(REGIOCOORDINATOR, wereld.net.regio, naam="Ruud Regio")
    casus = hand_over(wereld, elders, opvolger=second.pk, opvolgen_op="2026-12-09")
    second.aanstellingen.update(tot=date(2026, 12, 3))
    Melding.objects.all().delete()
    send_due_reminders(now=datetime(2026, 12, 8, 9, 1, tzinfo=AMSTERDAM))
    assert [m.ontvanger for m in Melding.objects.filter(kanaal="portaal")] == [wereld.cast.rea]
    wereld.do("buiten_opvolgen", casus, "rea", op=datetime(2026, 12, 8, 10, tzinfo=AMSTERDAM), toelichting="Gebeld.")
    assert Opvolging.objects.get(casus=casus).opvolger == wereld.cast.rea


def test_it_waits_in_the_list_and_in_the_day_only_when_it_is_time(wereld: Wereld, elders: Casus) -> None:
    hand_over(wereld, elders, opvolgen_op="2026-12-09")
    (row,) = te_routeren(wereld.kijker("rea"), op=MORGEN)
    assert row.elders == "Hillegom"
    assert mijn_dag(wereld.kijker("rea"), MORGEN).te_routeren == []
    day = datetime(2026, 12, 9, 8, tzinfo=AMSTERDAM)
    assert [r.id for r in mijn_dag(wereld.kijker("rea"), day).te_routeren] == [elders.pk]


def test_the_page_says_desk_payer_and_follower_to_school_and_region(wereld: Wereld, elders: Casus) -> None:
    hand_over(wereld, elders)
    for naam in ("zoe", "rea"):
        page = client_of(getattr(wereld.cast, naam)).get(f"/casussen/{elders.nummer}").content.decode()
        for words in ("Woont in Hillegom", "Jeugdloket Hillegom", "woonplaatsbeginsel", "Rea Regio", "Hilde van het jeugdloket"):
            assert words in page, (naam, words)
    Gemeente.objects.filter(pk=wereld.net.hillegom.pk).update(wie_betaalt="Hillegom betaalt via de regio Holland Rijnland.")
    page = client_of(wereld.cast.rea).get(f"/casussen/{elders.nummer}").content.decode()
    assert "Holland Rijnland" in page
    assert "De gemeente Hillegom betaalt" not in page


def test_the_form_on_screen(wereld: Wereld, elders: Casus, time_machine: Any) -> None:
    time_machine.move_to(NU)
    client = client_of(wereld.cast.rea)
    url = f"/casussen/{elders.nummer}/buiten_overdragen"
    page = client.get(url).content.decode()
    assert "Hillegom" in page
    assert "Rea Regio" in page
    assert client.get(f"/casussen/{elders.nummer}/buiten_opvolgen").status_code == 409
    sent = {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk, "versie": elders.versie}
    wrong = client.post(url, {**sent, "overgedragen_op": "2027-01-01"})
    assert wrong.status_code == 422
    assert "Hilde van het jeugdloket" in wrong.content.decode()
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302  # sent twice, taken once
    assert Overgang.objects.filter(casus=elders, actie="buiten_overdragen").count() == 1


# --- The database holds it ----------------------------------------------------------------------------------------------
def refused(row: Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_constraints(wereld: Wereld, elders: Casus) -> None:
    known: dict[str, Any] = {
        "casus": elders,
        "ronde": 1,
        "gemeente": wereld.net.hillegom,
        "bij_wie": "Hilde",
        "overgedragen_op": NU.date(),
        "overgedragen_door": "school",
        "opvolger": wereld.cast.rea,
        "vastgelegd_op": NU,
    }
    Opvolging.objects.create(**known)
    refused(Opvolging(**known))  # two at once
    refused(Opvolging(**{**known, "bij_wie": "", "gesloten_op": NU, "uitkomst": "opgepakt"}))
    refused(Opvolging(**known, gesloten_op=NU))  # ended without an outcome
    refused(Opvolging(**known, gesloten_op=NU - timedelta(days=1), uitkomst="opgepakt"))


def test_only_what_went_out_of_the_region_ends_without_a_team(wereld: Wereld, elders: Casus) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Casus.objects.filter(pk=elders.pk).update(status="afgesloten", afgesloten_op=NU, buiten_regio=False)
    Casus.objects.filter(pk=elders.pk).update(status="afgesloten", afgesloten_op=NU)


def test_another_region_sees_nothing_of_it(wereld: Wereld, elders: Casus) -> None:
    RegioFactory.create(naam="Nog een regio")
    assert client_of(wereld.cast.rik).get(f"/casussen/{elders.nummer}/buiten_overdragen").status_code == 404
