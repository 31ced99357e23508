"""The tabs Hulp and Delen, the work list of an aanbieder, and the overview: each shows what its reader may know, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import Deling, Inzet
from casussen.queries.vlaggen import raised_flags
from tests.factories.casussen import NU, TERUGKOPPELING
from tests.factories.hulp import ask, asked, make_arrangement, share, start
from tests.factories.toegang import client_of, user_with
from tests.factories.zorg import AanbiederFactory
from tests.inzet.test_hulp import WACHT, stop_sharing
from toegang.models import Inzage
from toegang.rollen import AANBIEDER


def page(wereld, naam, url, *args) -> str:
    return client_of(getattr(wereld.cast, naam)).get(reverse(url, args=args)).content.decode()


def status(wereld, naam, url, *args) -> int:
    return client_of(getattr(wereld.cast, naam)).get(reverse(url, args=args)).status_code


# --- Hulp ---------------------------------------------------------------------------------------------------------------
def test_a_line_says_where_the_help_stands_and_what_can_be_done(wereld):
    casus, inzet = asked(wereld)
    wereld.do("hulp_wacht", casus, "wim", inzet=inzet.pk, **WACHT)
    html = page(wereld, "wim", "casus-hulp", casus.nummer)
    for said in (
        "Gezinscoach",
        "op de wachtlijst",
        "gezegd was 6 weken; de norm is 8 weken",
        "De schoolmaatschappelijk werker",
        "Elke dag naar school",
    ):
        assert said in html
    assert f"/casussen/{casus.nummer}/uitvoeren?inzet={inzet.pk}" in html
    assert f"/casussen/{casus.nummer}/hulp_beeindigen?inzet={inzet.pk}" not in html
    assert "geen aanvraag in de zin van de Algemene wet bestuursrecht" in html
    form = client_of(wereld.cast.wim).get(reverse("casus-actie", args=[casus.nummer, "uitvoeren"]) + f"?inzet={inzet.pk}")
    assert form.status_code == 200


def test_the_school_reads_it_without_the_buttons_of_others(wereld):
    casus, inzet = asked(wereld)
    html = page(wereld, "zoe", "casus-hulp", casus.nummer)
    assert "Gezinscoach" in html
    assert f"?inzet={inzet.pk}" not in html


def test_a_wait_that_is_too_long_says_so(wereld, time_machine):
    casus, _ = asked(wereld)
    assert "Afgesproken is hoogstens" not in page(wereld, "wim", "casus-hulp", casus.nummer)
    time_machine.move_to(NU + timedelta(days=60))
    html = page(wereld, "wim", "casus-hulp", casus.nummer)
    assert "Het wachten duurt 8 weken. Afgesproken is hoogstens 8 weken." in html
    assert "langer dan 30 dagen geleden" in html


def test_a_formal_application_and_its_decision(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    wereld.do("aanvraag_vastleggen", casus, "wim", onderwerp="Dyslexiezorg", ontvangen_op="2026-12-01")
    assert "nog geen besluit" in page(wereld, "wim", "casus-hulp", casus.nummer)
    wereld.do("besluit_vastleggen", casus, "wim", besluit="toegekend", besluit_op="2026-12-02")
    assert "Toegekend" in page(wereld, "zoe", "casus-hulp", casus.nummer)


@pytest.mark.parametrize("aantal", [1, 4])
def test_the_number_of_queries_of_hulp(wereld, django_assert_num_queries, aantal):
    casus = share(wereld, wereld.casus(Status.PLAN_VASTGESTELD))
    for n in range(aantal):
        ask(wereld, casus, make_arrangement(wereld, f"Hulp {n}"))
    client, url = client_of(wereld.cast.wim), reverse("casus-hulp", args=[casus.nummer])
    client.get(url)
    with django_assert_num_queries(17):
        client.get(url)


# --- The aanbieder ------------------------------------------------------------------------------------------------------
def test_the_own_list_holds_what_is_shared_and_asked_for(wereld):
    casus, inzet = asked(wereld)
    wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer="A2")
    html = page(wereld, "abel", "mijn-inzet")
    assert html.count('class="ap-nummer"') == 1
    for said in (casus.nummer, "Voorbeeld Testleerling", "Gezinscoach", "Laat weten wanneer u begint"):
        assert said in html
    start(wereld, casus, inzet)
    assert "Vertel hoe de hulp gaat" in page(wereld, "abel", "mijn-inzet")
    wereld.do("hulp_beeindigen", casus, "abel", inzet=inzet.pk, einddatum="2026-12-02", einde_reden="Klaar.", **TERUGKOPPELING)
    assert casus.nummer not in page(wereld, "abel", "mijn-inzet")
    ended = client_of(wereld.cast.abel).get(reverse("mijn-inzet") + "?afgelopen=1").content.decode()
    assert casus.nummer in ended


def test_only_the_own_help_and_nothing_of_the_story(wereld):
    casus, _ = asked(wereld)
    ander = AanbiederFactory.create(naam="Aanbieder B")
    share(wereld, casus, ander)
    ask(wereld, casus, make_arrangement(wereld, "Training", aanbieder=ander))
    for url in ("casus", "casus-hulp", "casus-plan"):
        html = page(wereld, "abel", url, casus.nummer)
        assert "Voorbeeld Testleerling" in html
        for hidden in (
            "Training",
            "Aanbieder B",
            "Maakt graag muziek",
            "weer elke dag naar school.",
            "2037",
            "A1001",
            "Alleen voor het team",
        ):
            assert hidden not in html, (url, hidden)
    assert status(wereld, "abel", "casus-delen", casus.nummer) in {403, 404}


def test_another_aanbieder_sees_nothing(wereld):
    casus, inzet = asked(wereld)
    bo = client_of(user_with(AANBIEDER, AanbiederFactory.create(naam="Aanbieder B"), email="bo@test.example", naam="Bo Ander"))
    for url in ("casus", "casus-hulp", "casus-plan"):
        assert bo.get(reverse(url, args=[casus.nummer])).status_code == 404
    assert casus.nummer not in bo.get(reverse("mijn-inzet")).content.decode()
    sent = {"inzet": inzet.pk, "voortgang": "Niet van mij."}
    assert bo.post(reverse("casus-actie", args=[casus.nummer, "voortgang_melden"]), sent).status_code == 404


def test_after_consent_is_withdrawn_it_is_gone(wereld):
    casus, inzet = asked(wereld)
    stop_sharing(wereld, casus)
    for url in ("casus", "casus-hulp", "casus-plan"):
        assert status(wereld, "abel", url, casus.nummer) == 404
    assert casus.nummer not in page(wereld, "abel", "mijn-inzet")
    abel = client_of(wereld.cast.abel)
    sent = {"inzet": inzet.pk, "voortgang": "Nog even."}
    assert abel.post(reverse("casus-actie", args=[casus.nummer, "voortgang_melden"]), sent).status_code == 404


def test_a_forged_line_of_another_aanbieder_is_refused_on_screen(wereld):
    casus, _ = asked(wereld)
    ander = AanbiederFactory.create(naam="Aanbieder B")
    share(wereld, casus, ander)
    vreemd = ask(wereld, casus, make_arrangement(wereld, "Training", aanbieder=ander))
    abel, url = client_of(wereld.cast.abel), reverse("casus-actie", args=[casus.nummer, "voortgang_melden"])
    assert "Training" not in abel.get(f"{url}?inzet={vreemd.pk}").content.decode()
    assert abel.post(url, {"inzet": vreemd.pk, "voortgang": "Niet van mij."}).status_code == 403
    assert not Inzet.objects.filter(voortgang__tekst="Niet van mij.").exists()


@pytest.mark.parametrize("aantal", [1, 5])
def test_the_number_of_queries_of_the_own_list(wereld, django_assert_num_queries, aantal):
    for n in range(aantal):
        asked_for = share(wereld, wereld.casus(Status.IN_BEHANDELING, leerlingnummer=f"B{n}"))
        ask(wereld, asked_for, make_arrangement(wereld, f"Hulp {n}"))
    client = client_of(wereld.cast.abel)
    client.get(reverse("mijn-inzet"))
    with django_assert_num_queries(9):
        client.get(reverse("mijn-inzet"))


@pytest.mark.parametrize("naam", ["zoe", "wim", "rea", "lena", "swen", "leeg"])
def test_the_list_is_for_aanbieders_alone(wereld, naam):
    assert status(wereld, naam, "mijn-inzet") in {302, 403}


# --- Delen --------------------------------------------------------------------------------------------------------------
def test_it_says_in_plain_words_who_sees_what(wereld):
    casus, _ = asked(wereld)
    wereld.do("instemming_vastleggen", casus, "wim", instemming="hulp", toestemming_gever="beide", toestemming_op="2026-12-01")
    for naam in ("zoe", "wim"):
        html = page(wereld, naam, "casus-delen", casus.nummer)
        for said in (
            "Aanbieder A",
            "Om samen te werken aan de hulp thuis.",
            "Instemming met de hulp zelf",
            "Geen naam en geen verhaal.",
            "Wijkteam Schalkwijk",
        ):
            assert said in html
        assert f"/delen_stoppen?deling={Deling.objects.get(casus=casus).pk}" in html


def test_what_was_stopped_stays_readable(wereld):
    casus, _ = asked(wereld)
    stop_sharing(wereld, casus)
    assert "Delen met Aanbieder A is gestopt namens ouders of verzorgers." in page(wereld, "zoe", "casus-delen", casus.nummer)


def test_who_looked_is_told_by_role_and_organisation_not_by_name(wereld):
    casus, _ = asked(wereld)
    page(wereld, "abel", "casus-hulp", casus.nummer)
    page(wereld, "otto", "casus", casus.nummer)
    html = page(wereld, "zoe", "casus-delen", casus.nummer)
    looked = html[html.index("Wie keek?") :]
    assert "medewerker van de aanbieder" in looked
    assert "(geweigerd)" in looked
    assert "Abel" not in looked
    assert Inzage.objects.filter(object_id=casus.pk).count() > 3


@pytest.mark.parametrize("naam", ["abel", "otto", "ona", "rea", "gerda", "lena", "swen"])
def test_delen_is_for_school_and_team(wereld, naam):
    casus, _ = asked(wereld)
    assert status(wereld, naam, "casus-delen", casus.nummer) in {403, 404}


# --- Overview -----------------------------------------------------------------------------------------------------------
def test_steps_of_a_tab_stand_there_and_not_among_the_steps(wereld):
    casus, _ = asked(wereld)
    html = page(wereld, "wim", "casus", casus.nummer)
    assert f"/casussen/{casus.nummer}/hulp_aanvragen" not in html
    assert f"/casussen/{casus.nummer}/plan_bijstellen" not in html
    assert f"/casussen/{casus.nummer}/plan_bijstellen" in page(wereld, "wim", "casus-plan", casus.nummer)
    assert f"/casussen/{casus.nummer}/hulp_aanvragen" in page(wereld, "wim", "casus-hulp", casus.nummer)
    assert "Gezinscoach (Aanbieder A): aangevraagd, wacht 0 weken" in html
    assert "Het hele plan" in html


def test_flags_say_who_set_them_and_when(wereld):
    casus, inzet = asked(wereld)
    wereld.do("hulp_wacht", casus, "abel", inzet=inzet.pk, **WACHT)
    casus.refresh_from_db()
    casus.geescaleerd = True
    flags = {flag.label: (flag.wie, flag.op) for flag in raised_flags(casus)}
    assert flags == {
        "wacht op zorg": ("Abel Aanbieder (medewerker van de aanbieder)", NU),
        "geëscaleerd": ("Het portaal, omdat een termijn voorbij is.", None),
    }
    assert "Let op bij deze casus" in page(wereld, "wim", "casus", casus.nummer)


def test_after_a_step_of_a_tab_one_is_back_on_that_tab(wereld):
    casus, inzet = asked(wereld)
    sent = {"inzet": inzet.pk, "voortgang": "Wij bellen morgen.", "versie": casus.versie + 1}
    response = client_of(wereld.cast.abel).post(reverse("casus-actie", args=[casus.nummer, "voortgang_melden"]), sent)
    assert response.headers["Location"] == reverse("casus-hulp", args=[casus.nummer])
