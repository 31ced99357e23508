"""An aanbieder keeps its own entry and nothing else; and is asked when a waiting time is old."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from kern.bericht import compose, subject_of
from kern.models import Gebeurtenis, Melding
from portal.aanbod.acties import remind_aanbieders, signal_above_norm
from tests.aanbod.conftest import arrangement
from tests.factories.casussen import NU, VANDAAG
from tests.factories.toegang import client_of
from tests.factories.zorg import AanbiederFactory, WachttijdFactory
from toegang.models import Aanstelling
from zorgaanbod.actions.bijhouden import edit_aanbieder, edit_arrangement, record_wachttijd
from zorgaanbod.models import Arrangement, Contract, Wachttijd
from zorgaanbod.queries import wacht_of


@pytest.fixture
def client(gids):
    return client_of(gids.wereld.cast.abel)


def newest(one):
    return wacht_of(Arrangement.objects.with_wachttijd().get(pk=one.pk), VANDAAG)


def test_an_aanbieder_begins_with_its_help_and_finds_its_entry_beside_it_with_the_oldest_first(gids, client):
    assert client.get("/")["Location"] == reverse("mijn-inzet")
    html = client.get("/mijn-aanbod").content.decode()
    assert html.index("Traumahulp") < html.index("Thuis op koers")
    assert "1 wachttijd is onbekend of ouder dan 30 dagen" in html
    assert "Samen sporten" not in html


def test_a_waiting_time_is_updated_and_its_history_stays(gids, client):
    url = f"/mijn-aanbod/{gids.lang.pk}/wachttijd"
    assert client.post(url, {"weken": "5", "gemeten_op": "2026-12-02"}).status_code == 302
    assert newest(gids.lang).tekst == "vijf weken, op 2 december (van vandaag)"
    assert gids.lang.wachttijden.count() == 2
    event = Gebeurtenis.objects.get(soort="wachttijd_vastgelegd")
    assert (event.onderwerp_id, event.gegevens) == (gids.lang.pk, {"weken": 5, "gemeten_op": "2026-12-02"})


@pytest.mark.parametrize(
    ("data", "wat"),
    [
        ({"weken": "", "gemeten_op": "2026-12-02"}, "Vul dit in."),
        ({"weken": "-1", "gemeten_op": "2026-12-02"}, "Vul 0 of meer weken in."),
        ({"weken": "300", "gemeten_op": "2026-12-02"}, "hoogstens 260 weken"),
        ({"weken": "vier", "gemeten_op": "2026-12-02"}, "hele weken"),
        ({"weken": "4", "gemeten_op": "2026-12-03"}, "moet nog komen"),
        ({"weken": "4", "gemeten_op": "2026-09-30"}, "Er is al een wachttijd van 01-10-2026"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(gids, client, data, wat):
    response = client.post(f"/mijn-aanbod/{gids.lang.pk}/wachttijd", data)
    html = response.content.decode()
    assert response.status_code == 422
    assert wat in html
    if data["weken"]:
        assert f'value="{data["weken"]}"' in html
    assert gids.lang.wachttijden.count() == 1


def test_still_right_is_one_press(gids, client):
    assert client.post(f"/mijn-aanbod/{gids.lang.pk}/klopt").status_code == 302
    assert newest(gids.lang).tekst == "20 weken, op 2 december (van vandaag)"
    gids.lang.wachttijden.all().delete()
    assert client.post(f"/mijn-aanbod/{gids.lang.pk}/klopt")["Location"].endswith("/wachttijd")


def test_a_measurement_of_a_day_that_has_to_come_is_not_confirmed(gids, client):
    """From before beheer was held to today."""
    WachttijdFactory.create(arrangement=gids.lang, weken=9, gemeten_op=VANDAAG + timedelta(days=8))
    assert f"/mijn-aanbod/{gids.lang.pk}/klopt" not in client.get("/mijn-aanbod").content.decode()
    html = client.post(f"/mijn-aanbod/{gids.lang.pk}/klopt", follow=True).content.decode()
    assert "Er is al een wachttijd van 10-12-2026." in html
    assert "Bevestigd" not in html
    assert gids.lang.wachttijden.count() == 2


def test_pressed_twice_is_measured_once(gids, client):
    for _ in range(2):
        assert client.post(f"/mijn-aanbod/{gids.lang.pk}/klopt").status_code == 302
    assert gids.lang.wachttijden.filter(gemeten_op=VANDAAG).count() == 1
    assert Gebeurtenis.objects.filter(soort="wachttijd_vastgelegd").count() == 1


def test_another_number_on_the_same_day_is_another_measurement(gids, client):
    for weken in (20, 5, 20):
        record_wachttijd(arrangement=gids.lang, weken=weken, gemeten_op=VANDAAG, by=gids.wereld.kijker("abel"), op=NU)
    assert gids.lang.wachttijden.filter(gemeten_op=VANDAAG).count() == 3
    assert newest(gids.lang).weken == 20


def test_it_keeps_description_phone_and_places(gids, client):
    values = {"omschrijving": "Nieuw.", "telefoon": "023 000 11 11", "email": "nieuw@test.example", "website": ""}
    assert client.post(f"/mijn-aanbod/gegevens/{gids.aanbieder.pk}", values).status_code == 302
    values = {"omschrijving": "Zo.", "zo_vraagt_u_aan": "Bel.", "capaciteit": "12", "wachttijd_norm": "99", "naam": "Anders"}
    assert client.post(f"/mijn-aanbod/{gids.thuis.pk}", values).status_code == 302
    gids.aanbieder.refresh_from_db()
    gids.thuis.refresh_from_db()
    assert (gids.aanbieder.omschrijving, gids.aanbieder.telefoon) == ("Nieuw.", "023 000 11 11")
    assert (gids.thuis.capaciteit, gids.thuis.wachttijd_norm, gids.thuis.naam) == (12, 8, "Thuis op koers")
    assert Gebeurtenis.objects.get(soort="arrangement_gewijzigd").gegevens == {
        "velden": ["omschrijving", "zo_vraagt_u_aan", "capaciteit"]
    }


def test_what_is_of_another_aanbieder_is_not_there(gids, client):
    for path in (f"/mijn-aanbod/{gids.sport.pk}", f"/mijn-aanbod/{gids.sport.pk}/wachttijd"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"weken": "1", "gemeten_op": "2026-12-02"}).status_code == 404
    assert client.post(f"/mijn-aanbod/{gids.sport.pk}/klopt").status_code == 404
    assert client.get(f"/mijn-aanbod/gegevens/{gids.sport.aanbieder_id}").status_code == 404
    assert client_of(gids.wereld.cast.zoe).get("/mijn-aanbod").status_code == 403


def test_the_actions_themselves_refuse_an_outsider(gids):
    abel, zoe = gids.wereld.kijker("abel"), gids.wereld.zoe
    for by, one in ((zoe, gids.thuis), (abel, gids.sport)):
        with pytest.raises(PermissionDenied):
            record_wachttijd(arrangement=one, weken=1, gemeten_op=VANDAAG, by=by, op=NU)
        with pytest.raises(PermissionDenied):
            edit_arrangement(arrangement=one, gegevens={}, by=by, op=NU)
        with pytest.raises(PermissionDenied):
            edit_aanbieder(aanbieder=one.aanbieder, gegevens={}, by=by, op=NU)
    assert not Gebeurtenis.objects.exists()


def test_the_database_knows_no_wait_of_more_than_five_years(gids):
    with pytest.raises(ValidationError, match="260"):
        Wachttijd(arrangement=gids.thuis, weken=261, gemeten_op=VANDAAG, vastgelegd_op=NU).full_clean()


# --- Asking --------------------------------------------------------------------------------------------------------------
def told(soort):
    return Melding.objects.filter(soort=soort)


def test_an_old_waiting_time_is_asked_for_once_a_week(gids):
    assert remind_aanbieders(now=NU) == 1
    (mail,) = told("wachttijd_oud").filter(kanaal="mail")
    assert mail.ontvanger == gids.wereld.cast.abel
    assert subject_of(mail) == "Klopt de wachttijd van Traumahulp nog?"
    assert f"/mijn-aanbod/{gids.lang.pk}/wachttijd" in str(compose(mail).body)
    for days in (0, 1, 6):
        assert remind_aanbieders(now=NU + timedelta(days=days)) == 0
    assert remind_aanbieders(now=NU + timedelta(days=7)) == 1
    assert told("wachttijd_oud").filter(kanaal="mail").count() == 2


def test_a_new_measurement_ends_the_asking(gids):
    record_wachttijd(arrangement=gids.lang, weken=20, gemeten_op=VANDAAG, by=gids.wereld.kijker("abel"), op=NU)
    assert remind_aanbieders(now=NU) == 0


@pytest.mark.parametrize(("dagen", "gevraagd"), [(30, 0), (31, 1)])
def test_thirty_days_is_not_old_yet(gids, dagen, gevraagd):
    Wachttijd.objects.filter(arrangement=gids.lang).update(gemeten_op=VANDAAG - timedelta(days=dagen))
    assert remind_aanbieders(now=NU) == gevraagd


def test_never_measured_is_asked_of_youth_help_and_not_of_the_voorveld(gids):
    Wachttijd.objects.all().delete()
    remind_aanbieders(now=NU)
    assert set(told("wachttijd_oud").values_list("onderwerp_id", flat=True)) == {gids.thuis.pk, gids.lang.pk}


def test_without_an_account_the_mailbox_is_written_to(gids):
    Aanstelling.objects.filter(user=gids.wereld.cast.abel).update(tot=VANDAAG)
    remind_aanbieders(now=NU)
    (mail,) = told("wachttijd_oud")
    assert (mail.adres, mail.ontvanger) == (gids.aanbieder.email, None)


def test_what_is_not_offered_any_more_is_not_asked_about(gids):
    Arrangement.objects.filter(pk=gids.lang.pk).update(tot=VANDAAG)
    assert remind_aanbieders(now=NU) == 0
    assert signal_above_norm(now=NU) == 0


def test_the_region_is_told_of_what_is_above_the_norm_in_one_melding(gids):
    other = AanbiederFactory.create()
    arrangement(other, [gids.wereld.net.haarlem, gids.wereld.net.heemstede], 30, naam="Ook lang")
    WachttijdFactory.create(arrangement=gids.sport, weken=9, gemeten_op=date(2026, 12, 1))
    assert signal_above_norm(now=NU) == 3
    (mail,) = told("wachttijd_boven_norm").filter(kanaal="mail")
    assert mail.ontvanger == gids.wereld.cast.rea
    assert subject_of(mail) == "3 wachttijden zijn langer dan de norm"
    assert "/aanbod?let_op=boven_norm" in str(compose(mail).body)
    assert signal_above_norm(now=NU + timedelta(days=27)) == 0
    assert signal_above_norm(now=NU + timedelta(days=28)) == 3


def test_a_region_that_waits_for_nothing_is_not_told(gids):
    Contract.objects.all().delete()
    assert signal_above_norm(now=NU) == 1
    assert not told("wachttijd_boven_norm").exists()
