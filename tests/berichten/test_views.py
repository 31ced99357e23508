"""The page of the thread, the form under it, and handing out a document."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.documenten import upload
from casussen.keuzes import DelingMet, Kring, Status
from casussen.models import Bericht, Document, Termijn
from casussen.queries.berichten import unread_counts
from casussen.views.berichten import PER_PAGINA
from tests.berichten import bestanden as b
from tests.factories.berichten import BerichtFactory, DocumentFactory, share, stored
from tests.factories.casussen import NU
from tests.factories.toegang import client_of
from toegang.models import Inzage


@pytest.fixture
def url(casus):
    return f"/casussen/{casus.nummer}/berichten"


def page_of(wereld, naam, url):
    response = client_of(getattr(wereld.cast, naam)).get(url)
    assert response.status_code == 200
    return response.content.decode()


def file(inhoud=None, naam="verslag.pdf"):
    return SimpleUploadedFile(naam, b.pdf() if inhoud is None else inhoud, content_type="text/html")


# --- Reading ------------------------------------------------------------------------------------------------------
def test_a_look_shows_who_said_what_for_whom_and_marks_it_read(wereld, casus, url):
    BerichtFactory.create(casus=casus, tekst="Hoe gaat het <b>thuis</b>?", door_organisatie="Voorbeeldcollege")
    text = page_of(wereld, "wim", url)
    assert "Hoe gaat het &lt;b&gt;thuis&lt;/b&gt;?" in text
    assert "Leest: de school en Wijkteam Schalkwijk" in text
    assert re.search(r"Zoë Zorg</strong>\s*<span class=\"ap-stil\">zorgcoördinator, Voorbeeldcollege", text)
    assert "woensdag 2 december 2026" in text
    assert unread_counts(wereld.kijker("wim"), [casus.pk]) == {}
    assert Inzage.objects.filter(user=wereld.cast.wim, actie="bekijken", object_id=casus.pk, uitkomst="gelukt").exists()


def test_the_newest_page_comes_first_with_the_newest_last(wereld, casus, url):
    rows = BerichtFactory.create_batch(PER_PAGINA + 10, casus=casus)
    newest = page_of(wereld, "wim", url)
    shown = [int(pk) for pk in re.findall(r'id="bericht-(\d+)"', newest)]
    assert shown == [row.pk for row in rows[10:]]
    older = page_of(wereld, "wim", f"{url}?pagina=2")
    assert [int(pk) for pk in re.findall(r'id="bericht-(\d+)"', older)] == [row.pk for row in rows[:10]]


def test_an_older_page_leaves_what_is_newer_unread(wereld, casus, url):
    BerichtFactory.create_batch(PER_PAGINA + 10, casus=casus)
    page_of(wereld, "wim", f"{url}?pagina=2")
    assert unread_counts(wereld.kijker("wim"), [casus.pk]) == {casus.pk: PER_PAGINA}


def test_the_page_takes_the_same_number_of_queries_whatever_its_length(wereld, casus, url):
    client = client_of(wereld.cast.wim)
    BerichtFactory.create(casus=casus)
    client.get(url)
    counts = []
    for size in (2, 30):
        for bericht in BerichtFactory.create_batch(size, casus=casus):
            DocumentFactory.create(bericht=bericht)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30, counts


@pytest.mark.parametrize(
    ("naam", "status"), [("zoe", 200), ("wim", 200), ("cora", 200), ("teun", 404), ("rea", 403), ("gerda", 403), ("otto", 404),
                         ("ona", 404), ("abel", 404), ("lena", 404), ("swen", 404), ("leeg", 403)]
)  # fmt: skip
def test_who_comes_in(wereld, casus, url, naam, status):
    assert client_of(getattr(wereld.cast, naam)).get(url).status_code == status


def test_a_draft_has_no_thread(wereld):
    casus = wereld.concept()
    assert client_of(wereld.cast.zoe).get(f"/casussen/{casus.nummer}/berichten").status_code == 404


def test_whoever_looks_along_writes_for_everyone_only(wereld, casus, url):
    share(casus, wereld, DelingMet.AANBIEDER)
    text = page_of(wereld, "abel", url)
    assert "Leest: iedereen: Voorbeeldcollege, Wijkteam Schalkwijk en Aanbieder A." in text
    assert 'type="radio"' not in text
    client_of(wereld.cast.abel).post(url, {"tekst": "Wij beginnen maandag.", "voor": "iedereen"})
    assert Bericht.objects.get().voor == Kring.IEDEREEN


def test_where_nobody_reads_there_is_a_sentence_and_no_form(wereld):
    casus = wereld.casus(Status.INGETROKKEN)
    text = page_of(wereld, "zoe", f"/casussen/{casus.nummer}/berichten")
    assert "Er is nu niemand die uw bericht kan lezen" in text
    assert "<textarea" not in text


# --- Writing ------------------------------------------------------------------------------------------------------
def test_a_message_with_a_document_is_placed(wereld, casus, url):
    response = client_of(wereld.cast.wim).post(
        url, {"tekst": "Zie bijlage", "voor": "school_en_team", "bestanden": [file(), file()]}
    )
    assert (response.status_code, response["Location"]) == (302, f"{url}#nieuwste")
    assert Bericht.objects.get().documenten.count() == 2
    assert page_of(wereld, "zoe", url).count("verslag.pdf</a>") == 4  # with the message, and in the list


def test_nothing_typed_is_lost_when_a_file_is_refused(wereld, casus, url):
    response = client_of(wereld.cast.wim).post(
        url, {"tekst": "Een lang verhaal", "voor": "team", "bestanden": [file(b"MZ", "virus.exe")]}
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert "Een lang verhaal</textarea>" in text
    assert re.search(r'value="team"[^>]*checked', text)
    assert "virus.exe: dit is een programma" in text
    assert not Bericht.objects.exists()


def test_a_good_file_must_be_chosen_again_and_the_page_says_so(wereld, casus, url):
    response = client_of(wereld.cast.wim).post(url, {"tekst": "a", "voor": "onzin", "bestanden": [file()]})
    assert "Kies uw bestanden opnieuw" in response.content.decode()


def test_too_much_at_once_is_refused_with_the_text_kept(wereld, casus, url, monkeypatch):
    monkeypatch.setattr(upload, "VERZOEK_MAX", 100)
    response = client_of(wereld.cast.wim).post(url, {"tekst": "Een lang verhaal", "voor": "team", "bestanden": [file()]})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Een lang verhaal</textarea>" in text
    assert "te groot" in text
    assert not Document.objects.exists()


def test_eleven_megabytes_are_refused(wereld, casus, url):
    large = file(b.pdf() + b" " * 11_000_000)
    response = client_of(wereld.cast.wim).post(url, {"tekst": "a", "voor": "team", "bestanden": [large]})
    assert "groter dan 10 MB" in response.content.decode()


def test_a_teamleider_reads_and_does_not_write(wereld, casus, url):
    Termijn.objects.create(
        casus=casus,
        ronde=1,
        soort="beantwoorden",
        eigenaar_soort="school",
        begint_op=NU - timedelta(days=9),
        vervalt_op=NU - timedelta(days=1),
    )
    assert "U leest hier mee" in page_of(wereld, "teun", url)
    response = client_of(wereld.cast.teun).post(url, {"tekst": "Mag dit?"})
    assert response.status_code == 403
    assert "Mag dit?" in response.content.decode()


def test_the_token_against_forged_forms_is_asked(wereld, casus, url):
    client = client_of(wereld.cast.wim, enforce_csrf_checks=True)
    assert client.post(url, {"tekst": "Hoi", "voor": "team"}).status_code == 403
    assert not Bericht.objects.exists()


def test_a_message_is_taken_back(wereld, casus, url, time_machine):
    client = client_of(wereld.cast.zoe)
    client.post(url, {"tekst": "Foutje", "voor": "school_en_team"})
    bericht = Bericht.objects.get()
    withdraw = f"{url}/{bericht.pk}/intrekken"
    assert withdraw in page_of(wereld, "zoe", url)
    assert withdraw not in page_of(wereld, "wim", url)
    assert client_of(wereld.cast.wim).post(withdraw).status_code == 403
    assert client_of(wereld.cast.otto).post(withdraw).status_code == 404
    assert client.get(withdraw).status_code == 405
    assert client.post(withdraw).status_code == 302
    text = page_of(wereld, "wim", url)
    assert "Dit bericht is ingetrokken." in text
    assert "Foutje" not in text


def test_after_ten_minutes_it_stays(wereld, casus, url, time_machine):
    bericht = BerichtFactory.create(casus=casus, op=NU - timedelta(minutes=11))
    client = client_of(wereld.cast.zoe)
    assert "/intrekken" not in client.get(url).content.decode()
    response = client.post(f"{url}/{bericht.pk}/intrekken")
    assert response.status_code == 409
    assert "tien minuten" in response.content.decode()


# --- Handing out --------------------------------------------------------------------------------------------------
@pytest.fixture
def document(casus):
    return stored(DocumentFactory.create(bericht=BerichtFactory.create(casus=casus), naam="één; verslag.pdf"))


def address(document):
    return f"/casussen/{document.casus.nummer}/documenten/{document.sleutel}"


def test_a_document_is_a_download_and_nothing_else(wereld, document):
    response = client_of(wereld.cast.wim).get(address(document))
    assert response.getvalue() == b"%PDF-1.7 inhoud"
    assert response.streaming
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9%C3%A9n")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    seen = Inzage.objects.get(actie="document_openen")
    assert (seen.user, seen.object_id, seen.doel) == (wereld.cast.wim, document.casus_id, f"document {document.pk}")


@pytest.mark.parametrize(
    ("naam", "status"), [("otto", 404), ("ona", 404), ("abel", 404), ("rea", 403), ("teun", 404), ("fenna", 403)]
)
def test_a_document_is_nobody_elses(wereld, document, naam, status):
    assert client_of(getattr(wereld.cast, naam)).get(address(document)).status_code == status


def test_a_key_of_another_casus_or_circle_does_not_exist(wereld, casus, document):
    other = wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    assert client_of(wereld.cast.wim).get(f"/casussen/{other.nummer}/documenten/{document.sleutel}").status_code == 404
    share(casus, wereld, DelingMet.AANBIEDER)
    assert client_of(wereld.cast.abel).get(address(document)).status_code == 404
    own = stored(DocumentFactory.create(bericht=BerichtFactory.create(casus=casus, voor=Kring.TEAM)))
    assert client_of(wereld.cast.zoe).get(address(own)).status_code == 404


def test_what_was_taken_away_or_is_lost_is_not_there(wereld, document):
    Document.objects.update(verwijderd_op=NU, verwijderd_om="weg")
    assert client_of(wereld.cast.wim).get(address(document)).status_code == 404
    lost = DocumentFactory.create(bericht=document.bericht)
    assert client_of(wereld.cast.wim).get(address(lost)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_document_is_taken_away_by_who_placed_it(wereld, casus, url):
    document = stored(DocumentFactory.create(bericht=BerichtFactory.create(casus=casus)))
    remove = f"{address(document)}/verwijderen"
    assert client_of(wereld.cast.wim).get(remove).status_code == 404
    assert client_of(wereld.cast.wim).post(remove, {"reden": "weg"}).status_code == 404
    zoe = client_of(wereld.cast.zoe)
    assert zoe.get(remove).status_code == 200
    assert zoe.post(remove, {"reden": ""}).status_code == 422
    assert zoe.post(remove, {"reden": "Verkeerde bijlage"}).status_code == 302
    assert "omdat: Verkeerde bijlage" in page_of(wereld, "wim", url)
    assert zoe.get(remove).status_code == 302
