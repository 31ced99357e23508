"""Mandates: given, ended, read by the school, and shown where they hold and nowhere else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kern.models import Gebeurtenis
from tests.factories.afspraken import MandaatFactory
from tests.factories.casussen import NU, VANDAAG, Wereld
from tests.factories.netwerk import SchoolFactory
from tests.factories.toegang import client_of
from wijkteams.actions.mandaten import end_mandaat, give_mandaten
from wijkteams.mandaten import mandate_of
from wijkteams.models import Mandaat, SoortGebied, SoortWijkteam, Werkgebied

VELDEN = {"hulp": "jeugdcoach", "maximum": "10 keer", "gegeven_door": "college", "document": "2026/1", "toelichting": ""}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NU, tick=False)


def give(wereld: Wereld, *gemeenten: Any, naam: str = "rea", **anders: Any) -> list[Mandaat]:
    values = {"school": wereld.net.school, "van": date(2026, 1, 1), "tot": None, **VELDEN, **anders}
    return give_mandaten(gemeenten=gemeenten or (wereld.net.haarlem,), gegevens=values, by=wereld.kijker(naam), op=NU)


# --- The register -------------------------------------------------------------------------------------------------------
def test_one_row_per_gemeente_with_its_event(wereld: Wereld) -> None:
    first, second = give(wereld, wereld.net.haarlem, wereld.net.heemstede)
    assert [first.gemeente.naam, second.gemeente.naam] == ["Haarlem", "Heemstede"]
    events = Gebeurtenis.objects.filter(soort="mandaat_gegeven", onderwerp_id__in=[first.pk, second.pk])
    assert {event.gegevens["gemeente"] for event in events} == {"GM0392", "GM0397"}


def test_a_clash_names_the_gemeente_and_nothing_is_given(wereld: Wereld) -> None:
    give(wereld, wereld.net.heemstede)
    with pytest.raises(ValidationError) as fout:
        give(wereld, wereld.net.haarlem, wereld.net.heemstede)
    assert "Heemstede" in str(fout.value.message_dict["gemeenten"])
    assert Mandaat.objects.count() == 1


def test_one_after_the_other_is_no_overlap(wereld: Wereld) -> None:
    give(wereld, tot=date(2026, 8, 1))
    give(wereld, van=date(2026, 8, 1))
    with pytest.raises(ValidationError):
        give(wereld, van=date(2026, 7, 31), tot=date(2026, 8, 2))


@pytest.mark.parametrize("naam", ["zoe", "wim", "rik", "gerda"])
def test_nobody_else_gives_or_ends(wereld: Wereld, naam: str) -> None:
    (mandaat,) = give(wereld)
    with pytest.raises(PermissionDenied):
        give(wereld, naam=naam)
    with pytest.raises(PermissionDenied):
        end_mandaat(mandaat=mandaat, tot=VANDAAG, reden="x", by=wereld.kijker(naam), op=NU)


def test_ending_is_from_today_on_and_never_longer(wereld: Wereld) -> None:
    (mandaat,) = give(wereld, tot=date(2027, 8, 1))
    for tot in (VANDAAG - timedelta(days=1), date(2027, 8, 2), date(2026, 1, 1)):
        with pytest.raises(ValidationError) as fout:
            end_mandaat(mandaat=mandaat, tot=tot, reden="x", by=wereld.kijker("rea"), op=NU)
        assert list(fout.value.message_dict) == ["tot"]
    done = end_mandaat(mandaat=mandaat, tot=date(2027, 1, 1), reden="Ander besluit.", by=wereld.kijker("rea"), op=NU)
    assert (done.tot, done.einde_reden) == (date(2027, 1, 1), "Ander besluit.")
    now = end_mandaat(mandaat=mandaat, tot=VANDAAG, reden="Nu.", by=wereld.kijker("rea"), op=NU)
    with pytest.raises(ValidationError, match="al voorbij"):
        end_mandaat(mandaat=now, tot=VANDAAG, reden="Weer.", by=wereld.kijker("rea"), op=NU)


def test_the_database_holds_it(wereld: Wereld) -> None:
    known: dict[str, Any] = {"school": wereld.net.school, "gemeente": wereld.net.haarlem}
    MandaatFactory.create(**known)
    for wrong in ({}, {"van": date(2027, 1, 1), "tot": date(2027, 6, 1)}):
        with pytest.raises(IntegrityError, match="geen_overlap"), transaction.atomic():
            MandaatFactory.create(**known, **wrong)
    with pytest.raises(IntegrityError, match="mandaat_datums"), transaction.atomic():
        MandaatFactory.create(school=SchoolFactory.create(), van=date(2027, 1, 1), tot=date(2027, 1, 1))
    for veld in ("hulp", "maximum", "gegeven_door", "document"):
        with pytest.raises(IntegrityError, match="mandaat_volledig"), transaction.atomic():
            MandaatFactory.create(school=SchoolFactory.create(), **{veld: ""})


@pytest.mark.parametrize(
    ("dag", "holds"), [("2025-12-31", False), ("2026-01-01", True), ("2026-07-31", True), ("2026-08-01", False)]
)
def test_it_holds_on_its_days_only(wereld: Wereld, dag: str, holds: bool) -> None:
    (mandaat,) = give(wereld, tot=date(2026, 8, 1))
    net = wereld.net
    found = mandate_of(school_id=net.school.pk, gemeente_id=net.haarlem.pk, op=date.fromisoformat(dag))
    assert found == (mandaat if holds else None)
    assert mandate_of(school_id=net.school.pk, gemeente_id=net.heemstede.pk, op=VANDAAG) is None
    assert mandate_of(school_id=wereld.cast.school_b.pk, gemeente_id=net.haarlem.pk, op=VANDAAG) is None
    assert mandate_of(school_id=None, gemeente_id=None, op=VANDAAG) is None


# --- The screens --------------------------------------------------------------------------------------------------------
def form(wereld: Wereld, **anders: Any) -> dict[str, Any]:
    values = {**VELDEN, "school": wereld.net.school.pk, "gemeenten": [wereld.net.haarlem.pk, wereld.net.heemstede.pk]}
    return {**values, "van": "2026-12-03", "tot_en_met": "2027-07-31", **anders}


def test_the_regiocoordinator_records_and_ends_one(wereld: Wereld) -> None:
    client = client_of(wereld.cast.rea)
    assert client.get("/netwerk/mandaten/nieuw").status_code == 200
    assert client.post("/netwerk/mandaten/nieuw", form(wereld)).status_code == 302
    mandaat = Mandaat.objects.get(gemeente=wereld.net.haarlem)
    assert (mandaat.van, mandaat.tot) == (date(2026, 12, 3), date(2027, 8, 1))
    page = client.get("/netwerk/mandaten?toestand=komt").content.decode()
    assert "Voorbeeldcollege" in page
    assert "Voorbeeldcollege" not in client.get("/netwerk/mandaten").content.decode()
    url = f"/netwerk/mandaten/{mandaat.pk}"
    wrong = client.post(f"{url}/beeindigen", {"tot": "2026-12-03", "reden": "Vergissing"})
    assert wrong.status_code == 422
    assert "Vergissing" in wrong.content.decode()
    assert client.post(f"{url}/beeindigen", {"tot": "2027-01-01", "reden": "Ander besluit"}).status_code == 302
    page = client.get(url).content.decode()
    for words in ("Vastgelegd", "Beëindigd", "Rea Regio", "Ander besluit"):
        assert words in page


def test_what_was_typed_stays_with_its_message(wereld: Wereld) -> None:
    client = client_of(wereld.cast.rea)
    for anders, words in (
        ({"tot_en_met": "2026-12-01"}, "De laatste dag ligt voor de eerste."),
        ({"gemeenten": []}, "Maak een keuze."),
        ({"hulp": ""}, "Vul dit in"),
        ({"gemeenten": [wereld.net.hillegom.pk]}, "niet"),
    ):
        response = client.post("/netwerk/mandaten/nieuw", form(wereld, **anders))
        assert response.status_code == 422
        page = response.content.decode()
        assert words in page, anders
        assert "2026/1" in page
    assert not Mandaat.objects.exists()
    give(wereld)
    clash = client.post("/netwerk/mandaten/nieuw", form(wereld))
    assert "Haarlem: op een deel van deze dagen" in clash.content.decode()
    assert Mandaat.objects.count() == 1


def test_the_last_day_of_the_calendar_is_until_it_is_ended(wereld: Wereld) -> None:
    response = client_of(wereld.cast.rea).post("/netwerk/mandaten/nieuw", form(wereld, tot_en_met="9999-12-31"))
    assert response.status_code == 302
    assert set(Mandaat.objects.values_list("tot", flat=True)) == {None}


def test_the_school_reads_its_own_and_no_other(wereld: Wereld) -> None:
    (mine,) = give(wereld)
    (other,) = give(wereld, school=wereld.cast.school_b)
    client = client_of(wereld.cast.zoe)
    page = client.get("/netwerk/mandaten").content.decode()
    assert "Voorbeeldcollege" in page
    assert "School B" not in page
    assert "Mandaat vastleggen" not in page
    assert client.get(f"/netwerk/mandaten/{mine.pk}").status_code == 200
    assert client.get(f"/netwerk/mandaten/{other.pk}").status_code == 404
    assert client.get(f"/netwerk/mandaten/{mine.pk}/beeindigen").status_code == 403
    assert client_of(wereld.cast.rik).get(f"/netwerk/mandaten/{mine.pk}").status_code == 404


def test_the_number_of_queries_of_the_list_does_not_grow(wereld: Wereld) -> None:
    client = client_of(wereld.cast.rea)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/netwerk/mandaten")
        return len(captured)

    give(wereld)
    client.get("/netwerk/mandaten")
    few = queries()
    for _ in range(12):
        give(wereld, school=SchoolFactory.create())
    assert queries() == few <= 9


# --- Where it is shown --------------------------------------------------------------------------------------------------
ADRES = {"postcode": "2037RB", "huisnummer": "12", "sector": "vo"}


def test_the_finder_says_it_for_a_pupil_from_there(wereld: Wereld) -> None:
    client = client_of(wereld.cast.zoe)
    assert "mag ook zelf" not in client.post("/aanspreekpunt", ADRES).content.decode()
    give(wereld, tot=date(2027, 8, 1))
    page = client.post("/aanspreekpunt", ADRES).content.decode()
    assert "Uw school mag zelf inzetten voor leerlingen uit Haarlem: jeugdcoach (10 keer), tot" in page
    assert (
        "mag ook zelf" not in client.post("/aanspreekpunt", {**ADRES, "postcode": "2101AA", "huisnummer": "5"}).content.decode()
    )
    assert "mag ook zelf" not in client_of(wereld.cast.otto).post("/aanspreekpunt", ADRES).content.decode()


def test_the_casus_says_it_to_school_and_team(wereld: Wereld) -> None:
    casus = wereld.casus()
    give(wereld)
    for naam in ("zoe", "wim"):
        page = client_of(getattr(wereld.cast, naam)).get(f"/casussen/{casus.nummer}").content.decode()
        assert "Voorbeeldcollege mag zelf inzetten voor leerlingen uit Haarlem: jeugdcoach" in page


def test_a_team_in_the_school_is_called_what_it_is(wereld: Wereld) -> None:
    net = wereld.net
    net.centrum.soort = SoortWijkteam.SCHOOLGEBONDEN
    net.centrum.save()
    Werkgebied.objects.create(wijkteam=net.centrum, soort=SoortGebied.SCHOOL, gebied="GM0392", school=net.school)
    page = client_of(wereld.cast.zoe).post("/aanspreekpunt", {**ADRES, "plek": f"{net.vestiging.pk}:vo"}).content.decode()
    assert "jeugdhulpadviseur op uw school" in page
    casus = wereld.casus(op=NU)
    assert casus.wijkteam == net.centrum
    assert "Jeugdhulpadviseur op school" in client_of(wereld.cast.zoe).get(f"/casussen/{casus.nummer}").content.decode()


# --- Outside the region -------------------------------------------------------------------------------------------------
def test_the_finder_says_who_pays_and_who_follows(wereld: Wereld) -> None:
    zoe, rea = client_of(wereld.cast.zoe), client_of(wereld.cast.rea)
    adres = {**ADRES, "postcode": "2181AA", "huisnummer": "3"}
    page = zoe.post("/aanspreekpunt", adres).content.decode()
    for words in ("De gemeente Hillegom betaalt", "De regiocoördinator van Zuid-Kennemerland en IJmond", "Jeugdloket Hillegom"):
        assert words in page
    assert rea.get("/netwerk/buiten-regio?naam=hille").status_code == 200
    sent = {
        "loket_naam": "Jeugd- en gezinsteam Hillegom", "loket_telefoon": "0252 000 000", "loket_email": "", "loket_url": "",
        "wie_betaalt": "Hillegom betaalt via Holland Rijnland.", "volger": wereld.cast.rea.pk,
    }  # fmt: skip
    assert rea.post("/netwerk/buiten-regio/GM0534", {**sent, "loket_email": "geen"}).status_code == 422
    assert rea.post("/netwerk/buiten-regio/GM0534", sent).status_code == 302
    page = zoe.post("/aanspreekpunt", adres).content.decode()
    for words in ("Jeugd- en gezinsteam Hillegom", "Holland Rijnland", "Rea Regio, regiocoördinator"):
        assert words in page
    assert Gebeurtenis.objects.get(soort="loket_gewijzigd").gegevens["velden"] == [
        "loket_email", "loket_naam", "loket_telefoon", "volger", "wie_betaalt"
    ]  # fmt: skip
    assert rea.get("/netwerk/buiten-regio/GM0392").status_code == 404
    assert zoe.get("/netwerk/buiten-regio").status_code == 403
