"""The scanner, when there is one: nothing infected is kept, and nothing is handed out that it did not see."""

import pytest

from casussen.actions.documenten import NieuwBestand, is_available, scan_waiting
from casussen.actions.gesprek import place_bericht
from casussen.documenten import clamd, opslag
from casussen.documenten.fouten import Onbereikbaar
from casussen.fouten import Onvolledig
from casussen.keuzes import ScanStatus
from casussen.models import Bericht, Document
from kern.models import Gebeurtenis, Melding
from portal import health
from tests.berichten import bestanden as b
from tests.berichten.clamd_nep import fake_clamd
from tests.factories.casussen import NU
from tests.factories.toegang import client_of

VIRUS = b.pdf(b"/Info (VIRUS)")


@pytest.fixture
def scanner(settings):
    with fake_clamd(settings) as gedrag:
        yield gedrag


def place(casus, wereld, inhoud=None):
    bestanden = [NieuwBestand("verslag.pdf", b.pdf() if inhoud is None else inhoud)]
    return place_bericht(casus=casus, by=wereld.zoe, op=NU, tekst="Zie bijlage.", bestanden=bestanden)


def test_what_it_is_sent_is_the_file_as_it_came_in(scanner):
    large = b"a" * 200_000
    assert clamd.is_clean(large)
    assert scanner.gezien == [large]
    assert not clamd.is_clean(b"hier zit VIRUS in")


@pytest.mark.parametrize("answer", [b"stream: lookup ERROR\0", b"INSTREAM size limit exceeded. ERROR\0", b"\0", b""])
def test_an_answer_that_is_none_is_never_clean(scanner, answer):
    scanner.antwoord = answer
    with pytest.raises(Onbereikbaar):
        clamd.is_clean(b"iets")


def test_it_does_not_wait_for_ever(scanner, monkeypatch):
    monkeypatch.setattr(clamd, "ANTWOORDEN", 0.2)
    scanner.wacht = 1.0
    with pytest.raises(Onbereikbaar):
        clamd.is_clean(b"iets")


@pytest.mark.django_db(transaction=True)
def test_a_clean_document_says_so(wereld, casus, scanner):
    place(casus, wereld)
    document = Document.objects.get()
    assert document.scan_status == ScanStatus.SCHOON
    assert is_available(document)


@pytest.mark.django_db(transaction=True)
def test_an_infected_file_is_not_kept_and_the_sender_hears_so(wereld, casus, scanner, settings):
    with pytest.raises(Onvolledig, match="virus") as refused:
        place(casus, wereld, VIRUS)
    assert [item["veld"] for item in refused.value.ontbreekt] == ["bestanden"]
    assert not Document.objects.exists()
    assert not Bericht.objects.exists()
    assert not list(settings.DOCUMENTEN_ROOT.glob("**/*"))
    assert Gebeurtenis.objects.filter(soort="casus_document_besmet", onderwerp_id=casus.pk, door=wereld.cast.zoe).count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_the_scanner_away_a_document_waits_and_cannot_be_opened(wereld, casus, scanner):
    scanner.antwoord = b""
    place(casus, wereld)
    document = Document.objects.get()
    assert document.scan_status == ScanStatus.NIET_GESCAND
    url = f"/casussen/{casus.nummer}/documenten/{document.sleutel}"
    assert client_of(wereld.cast.wim).get(url).status_code == 404
    page = client_of(wereld.cast.wim).get(f"/casussen/{casus.nummer}/berichten").content.decode()
    assert "wordt nog gecontroleerd" in page
    assert url not in page
    assert scan_waiting(op=NU) == 0  # still away
    scanner.antwoord = None
    assert scan_waiting(op=NU) == 1
    assert scan_waiting(op=NU) == 0
    response = client_of(wereld.cast.wim).get(url)
    assert response.getvalue() == b.pdf()


@pytest.mark.django_db(transaction=True)
def test_found_later_it_goes_and_the_sender_is_told_once(wereld, casus, settings):
    place(casus, wereld, VIRUS)  # there was no scanner yet
    document = Document.objects.get()
    assert is_available(document)
    with fake_clamd(settings):
        assert not is_available(document)
        assert scan_waiting(op=NU) == 1
        assert scan_waiting(op=NU) == 0
    document.refresh_from_db()
    assert (document.scan_status, document.verwijderd_om) == (ScanStatus.BESMET, "er zat een virus in")
    assert opslag.open_file(document.sleutel) is None
    told = Melding.objects.filter(soort="document_besmet")
    assert {melding.ontvanger for melding in told} == {wereld.cast.zoe}
    assert told.count() == 2  # mail and portal
    assert Gebeurtenis.objects.get(soort="casus_document_besmet").gegevens == {"document": document.pk}
    assert "er zat een virus in" in client_of(wereld.cast.wim).get(f"/casussen/{casus.nummer}/berichten").content.decode()


def test_without_a_scanner_nothing_is_asked(db, wereld, casus):
    place(casus, wereld)
    assert scan_waiting(op=NU) == 0
    assert is_available(Document.objects.get())
    assert health.ask_scanner() == {}


def test_health_says_how_it_does(scanner, settings):
    assert health.ask_scanner() == {"virusscanner": "ok"}
    scanner.antwoord = b"wat\0"
    assert "niet bereikbaar" in health.ask_scanner()["virusscanner"]
    settings.CLAMAV_PORT = 1
    assert "niet bereikbaar" in health.ask_scanner()["virusscanner"]
