"""Submitting: the pupil by the school's own number, the route for good, consent, and to whom it goes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from casussen.actions import missing_in
from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, CasusRoute, Termijn, Toestemming
from kern.klok import AMSTERDAM
from scholen.models import Leerling
from tests.factories.casussen import NU, TERUGLEGGEN, Wereld
from tests.factories.netwerk import (
    AfwezigheidFactory,
    ContactpersoonFactory,
    LeerlingFactory,
    VestigingFactory,
    WerkgebiedFactory,
)
from wijkteams.models import Aanspreekpunt


def missing(wereld: Wereld, **anders: Any) -> set[str]:
    """Which fields a submit with these values misses."""
    casus = wereld.concept(**anders)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("aanmelden", casus, "zoe")
    casus.refresh_from_db()
    assert (casus.status, casus.versie) == (Status.CONCEPT, 0)
    return {item["veld"] for item in fout.value.ontbreekt}


def test_a_certain_route_goes_straight_to_the_team_and_starts_t0(wereld: Wereld) -> None:
    casus = wereld.casus()
    assert (casus.t0, casus.wijkteam, casus.aanspreekpunt) == (NU, wereld.net.schalkwijk, wereld.wim)
    assert (casus.woongemeente, casus.buurt_code, casus.buiten_regio) == (wereld.net.haarlem, "BU03920501", False)
    assert casus.concept_gegevens == {}
    route = CasusRoute.objects.get(casus=casus)
    assert (route.uitkomst, route.gekozen, route.wijkteam, route.contactpersoon) == (
        "toegewezen", False, wereld.net.schalkwijk, wereld.wim,
    )  # fmt: skip
    assert route.editie == wereld.net.editie
    assert route.document["adres"]["postcode"] == "2037RB"
    assert route.document["wijkteam"]["id"] == wereld.net.schalkwijk.pk
    clock = Termijn.objects.get(casus=casus)
    assert (clock.soort, clock.vervalt_op) == ("ontvangen", datetime(2026, 12, 4, 17, 0, tzinfo=AMSTERDAM))


def test_t0_before_christmas_counts_working_days(wereld: Wereld) -> None:
    """The example of the house plan: T0 24-12-2025 + 2 working days = 30-12-2025."""
    op = datetime(2025, 12, 24, 11, 0, tzinfo=AMSTERDAM)
    casus = wereld.casus(op=op, ouders_geinformeerd_op="2025-12-20", toestemming_op="2025-12-20")
    assert Termijn.objects.get(casus=casus).vervalt_op == datetime(2025, 12, 30, 17, 0, tzinfo=AMSTERDAM)


# --- What is needed ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "veld",
    ["leerlingnummer", "voornaam", "achternaam", "hulpvraag", "krachten", "ouders_geinformeerd_op", "toestemming_gever",
     "toestemming_op", "geboortedatum", "postcode", "huisnummer"],
)  # fmt: skip
def test_each_of_these_is_needed(wereld: Wereld, veld: str) -> None:
    assert missing(wereld, **{veld: ""}) == {veld}


def test_the_sector_is_known_where_the_school_has_one(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(sector=""), "zoe")
    assert casus.sector == "vo"
    assert casus.leerling is not None
    assert casus.leerling.sector == "vo"


def test_a_sector_the_school_does_not_teach_is_refused(wereld: Wereld) -> None:
    assert missing(wereld, sector="mbo") == {"sector"}


@pytest.mark.parametrize(
    ("geboren", "gever", "mist"),
    [
        ("2016-01-01", "ouders", set()),
        ("2016-01-01", "jongere", {"toestemming_gever"}),
        ("2014-12-03", "ouders", set()),  # eleven, twelve tomorrow
        ("2014-12-02", "ouders", {"toestemming_gever"}),  # twelve today
        ("2014-12-02", "beide", set()),
        ("2010-12-03", "jongere", {"toestemming_gever"}),  # fifteen
        ("2010-12-02", "jongere", set()),  # sixteen today
        ("2010-12-02", "ouders", {"toestemming_gever"}),
        ("2036-01-01", "beide", {"geboortedatum"}),
    ],
)
def test_consent_is_complete_for_the_age(wereld: Wereld, geboren: str, gever: str, mist: set[str]) -> None:
    if mist:
        assert missing(wereld, geboortedatum=geboren, toestemming_gever=gever) == mist
    else:
        casus = wereld.casus(geboortedatum=geboren, toestemming_gever=gever)
        consent = Toestemming.objects.get(casus=casus)
        assert (consent.gever, consent.wijkteam, consent.vastgelegd_door) == (gever, wereld.net.schalkwijk, wereld.cast.zoe)


def test_safety_goes_without_consent_but_not_without_a_ground(wereld: Wereld) -> None:
    without: dict[str, Any] = {
        "toestemming_gever": "",
        "toestemming_op": "",
        "ouders_geinformeerd_op": "",
        "geboortedatum": "",
        "veiligheid": True,
    }
    assert missing(wereld, **without) == {"veiligheid_grond"}
    casus = wereld.casus(leerlingnummer="B2", **without, veiligheid_grond="Meldcode, stap 5.")
    assert (casus.veiligheid, casus.veiligheid_door, casus.veiligheid_op) == (True, wereld.cast.zoe, NU)
    assert not Toestemming.objects.filter(casus=casus).exists()
    assert Casus.objects.visible_to(wereld.kijker("wim")).filter(pk=casus.pk).exists()


def test_a_ticked_box_of_safety_without_being_filled_in_is_no_ground(wereld: Wereld) -> None:
    assert "veiligheid_grond" in missing(wereld, veiligheid="on", veiligheid_grond="   ", toestemming_gever="")


# --- Where it goes ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("adres", "uitkomst"),
    [
        ({"postcode": "2034AA", "huisnummer": "99"}, "meerdere"),
        ({"postcode": "2181AA", "huisnummer": "3"}, "buiten_regio"),
        ({"postcode": "2037ZZ", "huisnummer": "3"}, "adres_onbekend"),
        ({"postcode": "", "huisnummer": "", "geen_adres": True}, "ongeldig"),
    ],
)
def test_an_uncertain_route_waits_for_the_region(wereld: Wereld, adres: dict[str, Any], uitkomst: str) -> None:
    casus = wereld.do("aanmelden", wereld.concept(**adres), "zoe")
    assert (casus.status, casus.t0, casus.wijkteam, casus.aanspreekpunt) == (Status.TE_ROUTEREN, None, None, None)
    assert casus.buiten_regio is (uitkomst == "buiten_regio")
    assert CasusRoute.objects.get(casus=casus).uitkomst == uitkomst
    clock = Termijn.objects.get(casus=casus)
    assert (clock.soort, clock.eigenaar_soort) == ("te_routeren", "regio")
    assert clock.vervalt_op == datetime(2026, 12, 3, 17, 0, tzinfo=AMSTERDAM)
    assert not Casus.objects.visible_to(wereld.kijker("rea")).exists()
    assert Casus.objects.stuurbaar_door(wereld.kijker("rea")).filter(pk=casus.pk).exists()


def test_no_contact_at_the_team_waits_for_the_region_too(wereld: Wereld) -> None:
    Aanspreekpunt.objects.filter(wijkteam=wereld.net.schalkwijk).delete()
    casus = wereld.do("aanmelden", wereld.concept(), "zoe")
    assert casus.status == Status.TE_ROUTEREN
    assert CasusRoute.objects.get(casus=casus).uitkomst == "geen_contact"


@pytest.mark.parametrize(
    ("adres", "veld"),
    [({"postcode": "0000AA"}, "postcode"), ({"postcode": "1234SS"}, "postcode"), ({"huisnummer": "0"}, "huisnummer"),
     ({"huisnummer": "99999999"}, "huisnummer"), ({"huisnummer": "12abc"}, "huisnummer")],
)  # fmt: skip
def test_what_is_no_address_is_said_at_its_field(wereld: Wereld, adres: dict[str, str], veld: str) -> None:
    assert missing(wereld, **adres) == {veld}


def test_a_candidate_is_picked_with_a_reason(wereld: Wereld) -> None:
    uncertain: dict[str, Any] = {"postcode": "2034AA", "huisnummer": "99", "kandidaat": wereld.net.centrum.pk}
    assert missing(wereld, **uncertain) == {"kandidaat_reden"}
    casus = wereld.casus(**uncertain, leerlingnummer="B2", kandidaat_reden="Ouders wonen aan die kant.")
    assert casus.wijkteam == wereld.net.centrum
    assert casus.t0 == NU
    route = CasusRoute.objects.get(casus=casus)
    assert (route.uitkomst, route.gekozen, route.reden) == ("meerdere", True, "Ouders wonen aan die kant.")
    assert Toestemming.objects.get(casus=casus).wijkteam == wereld.net.centrum


@pytest.mark.parametrize("postcode", ["2034AA", "2037RB"])
def test_a_team_that_is_no_candidate_cannot_be_picked(wereld: Wereld, postcode: str) -> None:
    elsewhere = wereld.net.team_heemstede.pk
    found = missing(wereld, postcode=postcode, huisnummer="99", kandidaat=elsewhere, kandidaat_reden="Zomaar.")
    assert found == {"kandidaat"}


def test_of_a_secret_address_the_place_is_stored_nowhere_but_with_the_pupil(wereld: Wereld) -> None:
    casus = wereld.casus(geheim_adres=True)
    assert casus.status == Status.AANGEMELD
    assert casus.buurt_code == ""
    document = CasusRoute.objects.get(casus=casus).document
    assert document["adres"] is None
    assert document["buurt"] is None
    assert "2037" not in str(document)
    assert casus.leerling is not None
    assert (casus.leerling.geheim_adres, casus.leerling.postcode) == (True, "2037RB")


def test_a_rule_for_an_age_sees_the_birth_date(wereld: Wereld) -> None:
    WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="buurt", gebied="BU03920501", leeftijd_van=18, leeftijd_tot=150)
    adult = wereld.casus(geboortedatum="2007-01-01", toestemming_gever="jongere", ouders_geinformeerd_op="")
    assert adult.wijkteam == wereld.net.centrum
    assert wereld.casus(leerlingnummer="B2").wijkteam == wereld.net.schalkwijk


def test_the_aanspreekpunt_stays_the_same_while_away(wereld: Wereld) -> None:
    deputy = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Vera Vervanger")
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date(), vervanger=deputy)
    assert wereld.casus().aanspreekpunt == wereld.wim


# --- The pupil --------------------------------------------------------------------------------------------------
def test_a_pupil_the_school_knows_is_used_again(wereld: Wereld) -> None:
    first = wereld.casus()
    second = wereld.casus(voornaam=" voorbeeld ")
    assert first.leerling == second.leerling
    assert Leerling.objects.count() == 1


def test_other_data_at_a_known_number_are_asked_about_and_never_silently_written(wereld: Wereld) -> None:
    known = wereld.casus().leerling
    assert known is not None
    found = missing(wereld, achternaam="Heelanders", postcode="2037XX", huisnummer="2", geboortedatum="2012-06-01")
    assert found == {"achternaam", "geboortedatum", "postcode", "leerling_bijwerken"}
    known.refresh_from_db()
    assert (known.achternaam, known.postcode) == ("Testleerling", "2037RB")
    casus = wereld.casus(achternaam="Heelanders", leerling_bijwerken=True)
    assert casus.leerling is not None
    assert casus.leerling.achternaam == "Heelanders"
    assert Leerling.objects.count() == 1


def test_the_messages_about_a_known_pupil_tell_nothing_of_that_pupil(wereld: Wereld) -> None:
    wereld.casus(geheim_adres=True)
    casus = wereld.concept(achternaam="Heelanders", postcode="2037XX", huisnummer="2")
    with pytest.raises(Onvolledig) as fout:
        wereld.do("aanmelden", casus, "zoe")
    assert "Testleerling" not in str(fout.value)
    assert "2037" not in str(fout.value)


def test_what_the_school_did_not_know_yet_is_filled_in(wereld: Wereld) -> None:
    Leerling.objects.create(
        vestiging=wereld.net.vestiging, leerlingnummer="A1001", voornaam="Voorbeeld", achternaam="Testleerling", sector="vo"
    )
    leerling = wereld.casus().leerling
    assert leerling is not None
    assert (leerling.geboortedatum, leerling.postcode, leerling.klas) == (date(2012, 5, 17), "2037RB", "3B")


def test_a_secret_address_does_not_become_public_through_a_form(wereld: Wereld) -> None:
    wereld.casus(geheim_adres=True)
    again = wereld.casus(geheim_adres=False, leerling_bijwerken=True)
    assert again.leerling is not None
    assert again.leerling.geheim_adres is True


def test_the_same_number_at_another_school_is_another_pupil(wereld: Wereld) -> None:
    other = LeerlingFactory.create(vestiging=VestigingFactory.create(), leerlingnummer="A1001", achternaam="Elders")
    assert wereld.casus().leerling != other


# --- Again ------------------------------------------------------------------------------------------------------
def test_submitting_again_keeps_t0_and_gives_the_team_two_days(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TERUGGELEGD)
    later = NU + timedelta(days=12)
    again = wereld.do("heraanmelden", casus, "zoe", op=later, toelichting="Ouders willen nu wel.")
    assert (again.status, again.t0, again.ronde, again.behandelaar) == (Status.AANGEMELD, NU, 1, None)
    clock = Termijn.objects.get(casus=casus, gesloten_op__isnull=True)
    assert clock.vervalt_op == datetime(2026, 12, 16, 17, 0, tzinfo=AMSTERDAM)
    assert CasusRoute.objects.filter(casus=casus).count() == 2


def test_submitting_again_from_another_address_goes_to_another_team(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TERUGGELEGD)
    again = wereld.do("heraanmelden", casus, "zoe", toelichting="Verhuisd.", postcode="2101 AA", huisnummer="3")
    assert (again.status, again.wijkteam, again.woongemeente) == (
        Status.AANGEMELD, wereld.net.team_heemstede, wereld.net.heemstede,
    )  # fmt: skip
    leerling = Leerling.objects.get()
    assert (leerling.postcode, leerling.huisnummer) == ("2101AA", 3)
    assert not Casus.objects.visible_to(wereld.kijker("wim")).exists()


def test_submitting_again_needs_consent_that_covers_the_new_team(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(ook_ander_wijkteam=False), "zoe")
    casus = wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    move: dict[str, Any] = {"toelichting": "Verhuisd.", "postcode": "2101AA", "huisnummer": "3"}
    with pytest.raises(Onvolledig) as fout:
        wereld.do("heraanmelden", casus, "zoe", **move)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["toestemming_gever"]
    assert Leerling.objects.get().postcode == "2037RB"
    again = wereld.do("heraanmelden", casus, "zoe", **move, toestemming_gever="beide", toestemming_op="2026-12-02")
    assert again.wijkteam == wereld.net.team_heemstede
    assert Toestemming.objects.filter(casus=casus, wijkteam=wereld.net.team_heemstede).count() == 1


def test_submitting_twice_without_a_version_is_refused_the_second_time(wereld: Wereld) -> None:
    casus = wereld.casus()
    with pytest.raises(OnjuisteStatus, match="U hebt deze casus"):
        wereld.do("aanmelden", casus, "zoe")


def test_a_complete_draft_misses_nothing(wereld: Wereld) -> None:
    assert missing_in(wereld.concept(), op=NU) == []
    assert {m["veld"] for m in missing_in(wereld.concept(hulpvraag="", leerlingnummer="B"), op=NU)} == {"hulpvraag"}
