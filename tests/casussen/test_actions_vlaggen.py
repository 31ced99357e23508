"""What each flag asks of whom, who sets and lifts it, and what becomes of it at another team and at the end."""

from datetime import timedelta
from typing import Any

import pytest

from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Overgang, Termijn
from casussen.queries.verzuim import thuiszitters_of
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, PLAN, REAGEREN, TERUGKOPPELING, TERUGLEGGEN, Wereld, afsluiten

CONTACT = {"contact_met": "ouders", "contact_datum": "2026-12-02", **TERUGKOPPELING}


def clock(casus: Casus, soort: str) -> Termijn | None:
    return Termijn.objects.filter(casus=casus, soort=soort, gesloten_op__isnull=True).first()


def owner(casus: Casus, soort: str) -> str:
    found = clock(casus, soort)
    return found.eigenaar_soort if found else ""


def mailed(event: str) -> set[str]:
    return set(Melding.objects.filter(kanaal=Kanaal.MAIL, soort=event).values_list("adres", flat=True))


def attempts(wereld: Wereld, casus: Casus, *ways: str) -> Casus:
    for way in ways:
        casus = wereld.do("contact_vastleggen", casus, "wim", contact_soort=way, contact_gelukt=False, **CONTACT)
    return casus


# --- Not reachable ------------------------------------------------------------------------------------------------
def test_three_attempts_in_two_ways_and_then_the_school_helps(wereld: Wereld) -> None:
    casus = attempts(wereld, wereld.casus(Status.ONTVANGEN), "telefoon", "telefoon", "telefoon")
    tell: dict[str, Any] = {"toelichting": "Wij krijgen geen gehoor."}
    with pytest.raises(Onvolledig, match="3 pogingen vastgelegd, op 1 manier"):
        wereld.do("niet_bereikbaar_melden", casus, "wim", **tell)
    casus = attempts(wereld, casus, "huisbezoek")
    casus = wereld.do("niet_bereikbaar_melden", casus, "wim", **tell)
    assert (casus.niet_bereikbaar, owner(casus, "bereikbaar")) == (True, "school")
    assert mailed("casus_hulp_nodig") == {"zoe@test.example"}
    casus = wereld.do("weer_bereikbaar", casus, "zoe", toelichting="Vrijdag na drie uur.")
    assert (casus.niet_bereikbaar, clock(casus, "bereikbaar")) == (False, None)


@pytest.mark.parametrize(("step", "more"), [("contact_vastleggen", {"contact_gelukt": True}), ("starten", {})])
def test_a_contact_lifts_it_and_the_attempts_count_anew(wereld: Wereld, step: str, more: dict[str, Any]) -> None:
    casus = attempts(wereld, wereld.casus(Status.ONTVANGEN), "telefoon", "bericht", "telefoon")
    casus = wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Geen gehoor.")
    casus = wereld.do(step, casus, "wim", contact_soort="telefoon", **more, **CONTACT)
    assert (casus.niet_bereikbaar, clock(casus, "bereikbaar")) == (False, None)
    casus = attempts(wereld, casus, "huisbezoek")
    with pytest.raises(Onvolledig, match="1 poging vastgelegd"):
        wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Weer niet.")


def test_attempts_of_before_it_was_opened_again_count_no_more(wereld: Wereld) -> None:
    casus = attempts(wereld, wereld.casus(Status.EVALUATIE), "telefoon", "bericht", "telefoon")
    casus = wereld.do("reageren", casus, "zoe", **REAGEREN)
    casus = wereld.do("afsluiten", casus, "wim", **afsluiten(casus))
    casus = wereld.do("heropenen", casus, "zoe", toelichting="Het gaat toch niet goed.")
    casus = wereld.do("ontvangen", casus, "wim")
    casus = attempts(wereld, casus, "huisbezoek")
    with pytest.raises(Onvolledig, match="1 poging vastgelegd"):
        wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Geen gehoor.")
    casus = attempts(wereld, casus, "telefoon", "telefoon")
    assert wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Geen gehoor.").niet_bereikbaar


def test_a_day_before_the_casus_was_submitted_is_no_attempt(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(Onvolledig, match=r"aangemeld op 2-12-2026\. Kies een dag vanaf 2-12-2026\. Klopt het jaar\?") as fout:
        wereld.do("contact_vastleggen", casus, "wim", contact_soort="telefoon", **(CONTACT | {"contact_datum": "2024-12-24"}))
    assert [item["veld"] for item in fout.value.ontbreekt] == ["contact_datum"]
    with pytest.raises(Onvolledig, match="aangemeld op 2-12-2026"):
        wereld.do("starten", casus, "wim", contact_soort="telefoon", **(CONTACT | {"contact_datum": "2026-12-01"}))
    later = attempts(wereld, casus, "telefoon")
    with pytest.raises(Onvolledig, match="Er is 1 poging vastgelegd"):
        wereld.do("niet_bereikbaar_melden", later, "wim", toelichting="Geen gehoor.")


# --- Stuck ----------------------------------------------------------------------------------------------------------
def test_asked_for_help_the_region_answers_within_two_days(wereld: Wereld) -> None:
    casus = wereld.do("escaleren", wereld.casus(Status.ONTVANGEN), "zoe", toelichting="Wij horen niets.")
    assert (casus.geescaleerd, owner(casus, "escalatie")) == (True, "regio")
    assert "rea@test.example" in mailed("casus_hulp_nodig")
    # A step of the team does not answer what was asked of the region.
    casus = wereld.do("starten", casus, "wim", contact_soort="school", **CONTACT)
    casus.refresh_from_db()
    assert (casus.geescaleerd, owner(casus, "escalatie")) == (True, "regio")
    with pytest.raises(NietBevoegd, match="regiocoördinator"):
        wereld.do("escalatie_afhandelen", casus, "wim", toelichting="Klaar.")
    casus = wereld.do("escalatie_afhandelen", casus, "rea", toelichting="Besproken.")
    assert (casus.geescaleerd, clock(casus, "escalatie")) == (False, None)


# --- At home --------------------------------------------------------------------------------------------------------
def test_who_sits_at_home_has_a_school_that_talks_about_the_return(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    casus = wereld.do("thuiszitter_melden", casus, "wim", thuis_sinds="2026-11-09", toelichting="Durft niet.")
    assert (casus.thuiszitter, owner(casus, "thuiszitter")) == (True, "school")
    step = Overgang.objects.get(casus=casus, actie="thuiszitter_melden")
    assert step.toelichting == "Thuis sinds 9-11-2026. Durft niet."
    without = {**PLAN, "doelen": [{**PLAN["doelen"][0], "terugkeer_op": None}]}
    with pytest.raises(Onvolledig) as fout:
        wereld.do("plan_vaststellen", casus, "wim", **without)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["doelen.0.terugkeer_op"]
    casus = wereld.do("plan_vaststellen", casus, "wim", **PLAN)  # with a day of return: it was talked about
    assert (casus.thuiszitter, clock(casus, "thuiszitter")) == (True, None)
    with pytest.raises(NietBevoegd, match="zorgcoördinator"):
        wereld.do("thuiszitter_afmelden", casus, "wim", terug_sinds="2026-12-02", toelichting="Weer op school.")
    casus = wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-12-02", toelichting="Weer op school.")
    assert casus.thuiszitter is False


@pytest.mark.parametrize("einde", [Status.AFGESLOTEN, Status.INGETROKKEN])
def test_sitting_at_home_does_not_end_with_the_casus_and_the_school_says_when_it_does(wereld: Wereld, einde: Status) -> None:
    casus = wereld.casus(einde)
    Casus.objects.filter(pk=casus.pk).update(thuiszitter=True)
    assert [regel.casus for regel in thuiszitters_of(wereld.zoe, NU.date())] == [casus]
    for naam in ("wim", "cora", "otto"):
        with pytest.raises((NietBevoegd, Casus.DoesNotExist)):
            wereld.do("thuiszitter_afmelden", casus, naam, terug_sinds="2026-12-02", toelichting="Weer.")
    casus = wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-12-02", toelichting="Weer op school.")
    assert (casus.thuiszitter, casus.status) == (False, einde)
    assert thuiszitters_of(wereld.zoe, NU.date()) == []
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, soort="thuiszitter").exists()


@pytest.mark.parametrize(
    ("dag", "melding"), [("2009-01-01", "nog niet geboren"), ("2020-01-01", r"meer dan drie jaar geleden\. Kies een dag vanaf")]
)
def test_nobody_sits_at_home_since_before_birth_or_for_more_than_three_years(wereld: Wereld, dag: str, melding: str) -> None:
    casus = wereld.casus()
    with pytest.raises(Onvolledig, match=melding) as fout:
        wereld.do("thuiszitter_melden", casus, "zoe", thuis_sinds=dag, toelichting="Durft niet.")
    assert [item["veld"] for item in fout.value.ontbreekt] == ["thuis_sinds"]


def test_leerplicht_hears_of_it_only_when_the_casus_is_shared_with_it(wereld: Wereld) -> None:
    casus = wereld.casus()
    home = {"thuis_sinds": "2026-11-09", "toelichting": "Durft niet."}
    casus = wereld.do("thuiszitter_melden", casus, "zoe", **home)
    assert "lena@test.example" not in mailed("casus_verder")
    casus = wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-12-02", toelichting="Weer.")
    given = {"toestemming_gever": "beide", "toestemming_op": "2026-12-02", "doel": "Verzuim."}
    casus = wereld.do("delen", casus, "zoe", partij=f"leerplicht:{wereld.cast.gemeente.pk}", **given)
    wereld.do("thuiszitter_melden", casus, "zoe", **home)
    assert "lena@test.example" in mailed("casus_verder")


# --- Safety ---------------------------------------------------------------------------------------------------------
def test_safety_has_its_ground_and_author_and_the_team_talks_within_a_day(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(Status.ONTVANGEN), "zoe", veiligheid_grond="Meldcode, stap 3.")
    assert (casus.veiligheid, casus.veiligheid_grond, casus.veiligheid_door, casus.veiligheid_op) == (
        True, "Meldcode, stap 3.", wereld.cast.zoe, NU,
    )  # fmt: skip
    assert owner(casus, "veiligheid") == "wijkteam"
    assert "cora@test.example" in mailed("casus_hulp_nodig")
    casus = wereld.do("starten", casus, "wim", contact_soort="school", **CONTACT)
    assert (casus.veiligheid, clock(casus, "veiligheid")) == (True, None)
    assert Termijn.objects.get(casus=casus, soort="veiligheid").gesloten_om == "gehaald"
    with pytest.raises(NietBevoegd, match="wijkteamcoördinator"):
        wereld.do("veiligheid_opheffen", casus, "wim", toelichting="Het is veilig.")
    assert wereld.do("veiligheid_opheffen", casus, "cora", toelichting="Het is veilig.").veiligheid is False


def test_without_consent_safety_is_the_only_ground_and_stays(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(Status.ONTVANGEN), "wim", veiligheid_grond="Meldcode.")
    casus = wereld.do("toestemming_intrekken", casus, "zoe", namens="ouders")
    assert casus.status == Status.ONTVANGEN
    with pytest.raises(Onvolledig, match="Zonder deze grond is toestemming nodig"):
        wereld.do("veiligheid_opheffen", casus, "cora", toelichting="Het is veilig.")


# --- Another team, and the end --------------------------------------------------------------------------------------
def test_a_new_team_gets_the_flags_with_their_clocks_as_they_stand(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(Status.IN_BEHANDELING), "wim", veiligheid_grond="Meldcode.")
    casus = wereld.do("wacht_op_zorg_melden", casus, "wim", reden="passend", toelichting="Wij bellen.")
    later = NU + timedelta(days=1)
    casus = wereld.do("doorzetten", casus, "cora", op=later, **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    for soort in ("veiligheid", "wachttijd"):
        found = clock(casus, soort)
        assert found is not None
        assert (found.eigenaar_wijkteam, found.begint_op) == (wereld.net.centrum, NU)
    casus = wereld.do("terugleggen", casus, "cees", op=later, **TERUGLEGGEN)
    assert (clock(casus, "veiligheid"), clock(casus, "wachttijd")) == (None, None)
    casus = wereld.do("heraanmelden", casus, "zoe", op=later, toelichting="Ouders willen nu wel.")
    assert owner(casus, "veiligheid") == owner(casus, "wachttijd") == "wijkteam"


def test_a_casus_that_was_routed_by_hand_has_the_clock_of_safety_too(wereld: Wereld) -> None:
    draft = wereld.concept(geen_adres=True, veiligheid=True, veiligheid_grond="Meldcode.")
    casus = wereld.do("aanmelden", draft, "zoe")
    assert (casus.status, clock(casus, "veiligheid")) == (Status.TE_ROUTEREN, None)
    casus = wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk, toelichting="Woont daar.")
    assert owner(casus, "veiligheid") == "wijkteam"


def test_at_the_end_nobody_waits_or_is_sought_and_no_clock_runs(wereld: Wereld) -> None:
    casus = attempts(wereld, wereld.casus(Status.IN_BEHANDELING), "telefoon", "bericht", "telefoon")
    casus = wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Geen gehoor.")
    casus = wereld.do("wacht_op_zorg_melden", casus, "wim", reden="passend", toelichting="Wij bellen.")
    casus = wereld.do("escaleren", casus, "wim", toelichting="Vast.")
    casus = wereld.do("thuiszitter_melden", casus, "wim", thuis_sinds="2026-11-09", toelichting="Durft niet.")
    wereld.do("intrekken", casus, "zoe", **INTREKKEN)
    casus.refresh_from_db()
    assert (casus.niet_bereikbaar, casus.wacht_op_zorg, casus.geescaleerd, casus.thuiszitter) == (False, False, False, True)
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).exists()


def test_of_two_people_who_ask_for_help_at_once_one_asks(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    for _ in range(2):
        wereld.do("escaleren", casus, "wim", versie=casus.versie, toelichting="Vast.")
    with pytest.raises(OnjuisteStatus, match="Wim Wijkteam heeft de regiocoördinator om hulp om"):
        wereld.do("escaleren", casus, "zoe", versie=casus.versie, toelichting="Ook vast.")
    assert Termijn.objects.filter(casus=casus, soort="escalatie").count() == 1
