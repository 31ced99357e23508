"""The steps of the loop, one by one: what each changes, whose clock runs, and what stays as it was."""

from datetime import datetime, timedelta

import pytest

from casussen.actions import perform
from casussen.actions.stappen import wijs_behandelaar_toe
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import (
    Casus,
    CasusRoute,
    Contactmoment,
    Overgang,
    Termijn,
    TermijnInstelling,
    Terugkoppeling,
    Toestemming,
    Vraag,
)
from kern.klok import AMSTERDAM
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, STARTEN, TERUGLEGGEN, Wereld, colleague
from tests.factories.netwerk import ContactpersoonFactory, GemeenteFactory, WijkteamFactory
from tests.factories.toegang import kijker_of, user_with
from toegang.rollen import WIJKTEAMLID

LATER = NU + timedelta(days=1)


def due(casus: Casus, soort: str) -> datetime:
    return Termijn.objects.get(casus=casus, soort=soort, gesloten_op__isnull=True).vervalt_op.astimezone(AMSTERDAM)


def at(day: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, 17, 0, tzinfo=AMSTERDAM)


# --- Assigned by the region -------------------------------------------------------------------------------------
def test_the_region_assigns_with_a_reason_and_the_clock_starts(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["toelichting"]
    casus = wereld.do("toewijzen", casus, "rea", op=LATER, wijkteam=wereld.net.schalkwijk.pk, toelichting="Gebeld met school.")
    assert (casus.status, casus.t0, casus.wijkteam, casus.aanspreekpunt) == (
        Status.AANGEMELD, LATER, wereld.net.schalkwijk, wereld.wim,
    )  # fmt: skip
    assert casus.woongemeente == wereld.net.haarlem
    assert due(casus, "ontvangen") == at(7)
    assert Termijn.objects.get(casus=casus, soort="te_routeren").gesloten_om == "gehaald"
    route = CasusRoute.objects.filter(casus=casus).latest("op")
    assert (route.gekozen, route.reden, route.wijkteam) == (True, "Gebeld met school.", wereld.net.schalkwijk)
    assert Casus.objects.visible_to(wereld.kijker("wim")).filter(pk=casus.pk).exists()


def test_consent_from_before_the_team_was_known_is_bound_to_the_first_team(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(geen_adres=True, ook_ander_wijkteam=False), "zoe")
    assert Toestemming.objects.get(casus=casus).wijkteam is None
    wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk, toelichting="Woont daar.")
    assert Toestemming.objects.get(casus=casus).wijkteam == wereld.net.schalkwijk
    with pytest.raises(Onvolledig):
        wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)


def test_only_teams_of_the_region_that_exist_can_be_chosen(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    outside = WijkteamFactory.create(gemeente=GemeenteFactory.create(code="GM0999", regio=None))
    gone = WijkteamFactory.create(geldig_tot=NU.date())
    for pk in (outside.pk, gone.pk, 10**9):
        with pytest.raises(Onvolledig) as fout:
            wereld.do("toewijzen", casus, "rea", wijkteam=pk, toelichting="Zomaar.")
        assert [item["veld"] for item in fout.value.ontbreekt] == ["wijkteam"]


def test_the_region_can_answer_when_there_is_no_team(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(postcode="2181AA", huisnummer="3"), "zoe")
    casus = wereld.do("terugleggen", casus, "rea", **TERUGLEGGEN)
    assert (casus.status, casus.wijkteam, casus.t0) == (Status.TERUGGELEGD, None, None)
    assert due(casus, "teruggelegd") == at(9)
    assert Terugkoppeling.objects.get(casus=casus).vervolg == TERUGLEGGEN["advies"]
    assert wereld.do("intrekken", casus, "zoe", **INTREKKEN).status == Status.INGETROKKEN


# --- Received and started ---------------------------------------------------------------------------------------
def test_whoever_takes_it_is_the_behandelaar_and_the_first_answer_is_timed(wereld: Wereld) -> None:
    casus = wereld.do("ontvangen", wereld.casus(), "cora", op=LATER)
    assert (casus.behandelaar, casus.eerste_reactie_op) == (wereld.cora, LATER)
    assert due(casus, "in_behandeling") == at(9)


def test_someone_without_a_card_names_who_treats_it(wereld: Wereld) -> None:
    casus = wereld.casus()
    nick = kijker_of(user_with(WIJKTEAMLID, wereld.net.schalkwijk, naam="Nick Nieuw"), NU.date())
    with pytest.raises(Onvolledig) as fout:
        perform("ontvangen", casus=casus, by=nick, op=NU)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["behandelaar"]
    assert perform("ontvangen", casus=casus, by=nick, op=NU, gegevens={"behandelaar": wereld.wim.pk}).behandelaar == wereld.wim


def test_whoever_left_service_cannot_be_named(wereld: Wereld) -> None:
    gone = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, in_dienst_tot=NU.date())
    with pytest.raises(Onvolledig):
        wereld.do("ontvangen", wereld.casus(), "wim", behandelaar=gone.pk)


def test_the_first_contact_is_logged_and_the_note_is_the_teams(wereld: Wereld) -> None:
    casus = wereld.do("starten", wereld.casus(Status.ONTVANGEN), "wim", **STARTEN)
    contact = Contactmoment.objects.get(casus=casus)
    assert (contact.get_soort_display(), contact.wijkteam, contact.notitie) == (
        "gesprek op school", wereld.net.schalkwijk, "Alleen voor het team.",
    )  # fmt: skip
    assert due(casus, "mdo_gepland") == at(16)


def test_a_failed_attempt_is_told_and_ends_no_clock(wereld: Wereld) -> None:
    """One attempt says little: that the family cannot be reached is said apart, after three attempts in two ways."""
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("contact_vastleggen", casus, "wim", **STARTEN, contact_gelukt=False)
    assert (casus.status, casus.niet_bereikbaar, casus.versie) == (Status.ONTVANGEN, False, 3)
    assert due(casus, "in_behandeling") == at(9)
    assert Terugkoppeling.objects.filter(casus=casus).count() == 1


def test_late_is_written_down_as_late(wereld: Wereld) -> None:
    casus = wereld.do("ontvangen", wereld.casus(), "wim", op=NU + timedelta(days=9))
    assert Termijn.objects.get(casus=casus, soort="ontvangen").gesloten_om == "te laat gehaald"
    assert due(casus, "in_behandeling") == at(9)  # T0 + 5 stays where it was, even when that has passed


def test_a_region_may_set_its_own_length(wereld: Wereld) -> None:
    TermijnInstelling.objects.create(regio=wereld.net.regio, soort="ontvangen", aantal=1, eenheid="weken")
    TermijnInstelling.objects.create(regio=wereld.net.regio, soort="in_behandeling", aantal=3, eenheid="werkdagen")
    casus = wereld.casus()
    assert due(casus, "ontvangen") == at(9)
    assert due(wereld.do("ontvangen", casus, "wim"), "in_behandeling") == at(7)


def test_help_starts_within_21_days_and_is_evaluated_six_weeks_after_it_really_started(wereld: Wereld) -> None:
    assert due(wereld.casus(Status.PLAN_VASTGESTELD), "in_uitvoering") == at(23)
    casus = wereld.casus(Status.IN_UITVOERING, leerlingnummer="B2")
    assert casus.hulp_gestart_op == NU.date()
    assert due(casus, "evaluatie") == at(13, 1, 2027)


# --- Questions --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [Status.AANGEMELD, Status.ONTVANGEN, Status.IN_BEHANDELING])
def test_a_question_goes_back_to_where_it_came_from_while_t0_runs_on(wereld: Wereld, status: Status) -> None:
    casus = wereld.casus(status)
    own = Termijn.objects.get(casus=casus, gesloten_op__isnull=True, los=False)
    running = set(Termijn.objects.filter(casus=casus, gesloten_op__isnull=True))
    casus = wereld.do("vragen", casus, "wim", vraag="Welke afspraken zijn er?")
    assert due(casus, "aanvulling_gevraagd") == at(7)
    assert Termijn.objects.filter(pk=own.pk, gesloten_op__isnull=True, vervalt_op=own.vervalt_op).exists()
    casus = wereld.do("beantwoorden", casus, "zoe", op=LATER, antwoord="Elke dag om negen uur.")
    assert (casus.status, casus.t0) == (status, NU)
    vraag = Vraag.objects.get(casus=casus)
    assert (vraag.antwoord, vraag.beantwoord_door, vraag.gesteld_door) == (
        "Elke dag om negen uur.", wereld.cast.zoe, wereld.cast.wim,
    )  # fmt: skip
    assert set(Termijn.objects.filter(casus=casus, gesloten_op__isnull=True)) == running
    assert Termijn.objects.get(casus=casus, soort="aanvulling_gevraagd").gesloten_om == "gehaald"


def test_after_two_questions_it_still_knows_where_it_was(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    for _ in range(2):
        casus = wereld.do("vragen", casus, "wim", vraag="Welke afspraken zijn er?")
        casus = wereld.do("beantwoorden", casus, "zoe", antwoord="Deze.")
    casus = wereld.do("starten", casus, "wim", **STARTEN)
    casus = wereld.do("vragen", casus, "wim", vraag="En welke nog meer dan?")
    assert wereld.do("beantwoorden", casus, "zoe", antwoord="Geen.").status == Status.IN_BEHANDELING


def test_a_question_nobody_answered_lapses_and_a_new_one_can_be_asked(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    casus = wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    assert Vraag.objects.get(casus=casus).vervallen_op == NU
    assert Termijn.objects.get(casus=casus, soort="aanvulling_gevraagd").gesloten_om == "vervallen"
    casus = wereld.do("heraanmelden", casus, "zoe", toelichting="Nu met antwoord.")
    assert wereld.do("vragen", casus, "wim", vraag="Nog een andere vraag?").status == Status.AANVULLING_GEVRAAGD


# --- On to another team -----------------------------------------------------------------------------------------
def test_sending_on_gives_the_new_team_two_days_and_keeps_t0(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    casus = wereld.do("doorzetten", casus, "cora", op=NU + timedelta(days=7), **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    assert (casus.status, casus.t0, casus.wijkteam, casus.behandelaar) == (Status.AANGEMELD, NU, wereld.net.centrum, None)
    assert casus.aanspreekpunt is not None
    assert casus.aanspreekpunt.wijkteam == wereld.net.centrum
    assert due(casus, "ontvangen") == at(11)
    step = Overgang.objects.get(casus=casus, actie="doorzetten")
    assert (step.reden, step.van_wijkteam, step.naar_wijkteam) == ("niet_ons_gebied", wereld.net.schalkwijk, wereld.net.centrum)
    assert CasusRoute.objects.filter(casus=casus, gekozen=True, wijkteam=wereld.net.centrum).count() == 1
    assert Terugkoppeling.objects.filter(overgang=step).get().gedaan == DOORZETTEN["toelichting"]
    assert not Casus.objects.visible_to(wereld.kijker("cora")).exists()
    assert Casus.objects.visible_to(wereld.kijker("cees")).filter(pk=casus.pk).exists()


def test_the_second_time_the_region_decides(wereld: Wereld) -> None:
    casus = wereld.do("doorzetten", wereld.casus(), "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    back = {**DOORZETTEN, "wijkteam": wereld.net.schalkwijk.pk}
    with pytest.raises(NietBevoegd, match="Een volgende keer kan alleen een regiocoördinator dit doen"):
        wereld.do("doorzetten", casus, "cees", **back)
    casus = wereld.do("doorzetten", casus, "rea", **back)
    assert (casus.wijkteam, casus.t0) == (wereld.net.schalkwijk, NU)
    assert Overgang.objects.filter(casus=casus, actie="doorzetten", door_rol="regiocoordinator").count() == 1


def test_a_member_cannot_send_on(wereld: Wereld) -> None:
    with pytest.raises(NietBevoegd, match="Dit doet een wijkteamcoördinator"):
        wereld.do("doorzetten", wereld.casus(), "wim", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)


@pytest.mark.parametrize("bad", ["eigen team", "zonder toestemming"])
def test_sending_on_needs_another_team_and_consent_for_it(wereld: Wereld, bad: str) -> None:
    casus = wereld.do("aanmelden", wereld.concept(ook_ander_wijkteam=bad == "eigen team"), "zoe")
    team = wereld.net.schalkwijk if bad == "eigen team" else wereld.net.centrum
    with pytest.raises(Onvolledig) as fout:
        wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=team.pk)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["wijkteam" if bad == "eigen team" else "toestemming"]


def test_with_consent_added_by_the_school_it_can_be_sent_on_after_all(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(ook_ander_wijkteam=False), "zoe")
    casus = wereld.do(
        "toestemming_aanvullen", casus, "zoe", toestemming_gever="beide", toestemming_op="2026-12-02", ook_ander_wijkteam=True
    )
    assert casus.status == Status.AANGEMELD
    assert wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk).wijkteam == wereld.net.centrum


def test_who_moved_has_another_woongemeente(wereld: Wereld) -> None:
    moved = {**DOORZETTEN, "reden": "verhuisd", "wijkteam": wereld.net.team_heemstede.pk}
    casus = wereld.do("doorzetten", wereld.casus(), "cora", **moved)
    assert (casus.woongemeente, casus.buurt_code) == (wereld.net.heemstede, "")
    other = {**DOORZETTEN, "wijkteam": wereld.net.team_heemstede.pk}
    assert wereld.do("doorzetten", wereld.casus(leerlingnummer="B2"), "cora", **other).woongemeente == wereld.net.haarlem


# --- Returned and withdrawn -------------------------------------------------------------------------------------
@pytest.mark.parametrize("veld", ["reden", "toelichting", "advies", "alternatief"])
def test_returning_needs_reason_advice_and_alternative(wereld: Wereld, veld: str) -> None:
    with pytest.raises(Onvolledig) as fout:
        wereld.do("terugleggen", wereld.casus(), "wim", **{**TERUGLEGGEN, veld: " "})
    assert [item["veld"] for item in fout.value.ontbreekt] == [veld]


def test_returned_to_the_school_with_advice(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TERUGGELEGD)
    assert due(casus, "teruggelegd") == at(9)
    told = Terugkoppeling.objects.get(casus=casus)
    assert (told.gedaan, told.vervolg, told.nodig_van_school, told.aan) == (
        TERUGLEGGEN["toelichting"], TERUGLEGGEN["advies"], TERUGLEGGEN["alternatief"], wereld.cast.zoe,
    )  # fmt: skip


@pytest.mark.parametrize("naam", ["zoe", "wim"])
def test_withdrawn_by_the_family_sharing_stops_that_moment(wereld: Wereld, naam: str) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    casus = wereld.do("intrekken", casus, naam, op=LATER, **INTREKKEN)
    assert casus.status == Status.INGETROKKEN
    assert Toestemming.objects.get(casus=casus).ingetrokken_op == LATER
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).exists()
    assert not Casus.objects.visible_to(wereld.kijker("wim")).exists()
    assert not Casus.objects.visible_to(wereld.kijker("cora")).exists()
    assert Casus.objects.visible_to(wereld.zoe).filter(pk=casus.pk).exists()
    with pytest.raises(OnjuisteStatus, match="ingetrokken"):
        wereld.do("contact_vastleggen", casus, "wim", op=LATER, **STARTEN)


def test_withdrawn_consent_ends_the_casus(wereld: Wereld) -> None:
    casus = wereld.do("toestemming_intrekken", wereld.casus(Status.ONTVANGEN), "zoe", namens="ouders")
    assert casus.status == Status.INGETROKKEN
    assert not Casus.objects.visible_to(wereld.kijker("wim")).exists()


def test_withdrawn_consent_does_not_end_what_is_shared_for_safety(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN, veiligheid=True, veiligheid_grond="Meldcode, stap 5.")
    casus = wereld.do("toestemming_intrekken", casus, "zoe", namens="ouders")
    assert casus.status == Status.ONTVANGEN
    assert not Toestemming.objects.filter(casus=casus, ingetrokken_op__isnull=True).exists()
    assert due(casus, "in_behandeling") == at(9)
    assert wereld.do("starten", casus, "wim", **STARTEN).status == Status.IN_BEHANDELING


# --- Dividing the work ------------------------------------------------------------------------------------------
def test_a_member_hands_over_the_own_casus_but_takes_none_from_a_colleague(wereld: Wereld) -> None:
    eva, user = colleague(wereld.net.schalkwijk, "Eva Extra")
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(NietBevoegd, match="Wim Wijkteam behandelt deze casus al"):
        perform("behandelaar_wijzigen", casus=casus, by=kijker_of(user, NU.date()), op=NU, gegevens={"behandelaar": eva.pk})
    casus = wereld.do("behandelaar_wijzigen", casus, "wim", behandelaar=eva.pk)
    assert (casus.behandelaar, casus.status) == (eva, Status.ONTVANGEN)
    clocks = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True)
    assert sorted(clocks.values_list("soort", flat=True)) == ["in_behandeling", "terugkoppeling"]
    assert {(clock.eigenaar_contactpersoon, clock.eigenaar_user) for clock in clocks} == {(eva, user)}


def test_the_coordinator_divides_many_at_once_and_one_refusal_stops_no_other(wereld: Wereld) -> None:
    new, taken = wereld.casus(), wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    mine = wereld.do(
        "behandelaar_wijzigen", wereld.casus(Status.ONTVANGEN, leerlingnummer="B3"), "cora", behandelaar=wereld.cora.pk
    )
    away = wereld.casus(leerlingnummer="B4")
    stale = Casus.objects.get(pk=away.pk)
    wereld.do("doorzetten", away, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    results = wijs_behandelaar_toe(
        casussen=[new, taken, mine, stale], behandelaar=wereld.cora, by=wereld.kijker("cora"), op=LATER
    )
    assert [r.gelukt for r in results] == [True, True, False, False]
    assert "behandelt de casus al" in results[2].melding
    assert "doorgezet" in results[3].melding
    new.refresh_from_db()
    taken.refresh_from_db()
    assert (new.status, new.behandelaar, new.eerste_reactie_op) == (Status.ONTVANGEN, wereld.cora, LATER)
    assert (taken.status, taken.behandelaar) == (Status.ONTVANGEN, wereld.cora)
