"""Messages and documents by API: as on screen, with a token."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casussen.documenten import upload
from casussen.keuzes import DelingMet, Kring
from casussen.models import Bericht, Document
from casussen.queries.berichten import unread_counts
from tests.api.conftest import Api, api_of, check_problem, hold_to_schema, schema_of  # noqa: F401  (a fixture)
from tests.berichten import bestanden as b
from tests.factories.berichten import BerichtFactory, DocumentFactory, share
from toegang.models import Inzage

BERICHTEN = "casussen/{nummer}/berichten"
DOCUMENTEN = "casussen/{nummer}/documenten"


def send(api: Api, path: str, **velden: Any) -> Any:
    """A form with a file, as a program sends it."""
    headers = {"Authorization": f"Bearer {api.token}"}
    response = api.client.post(f"/api/v1/{path}", data=velden, headers=headers)
    if response.status_code >= 400:
        check_problem(response)
    hold_to_schema(response.json(), schema_of(f"/api/v1/{DOCUMENTEN}", "post", response.status_code, response["Content-Type"]))
    return response


def file(inhoud: bytes, naam: str = "verslag.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud, content_type="application/x-anders")


def test_a_message_is_placed_and_read(wereld, casus, api_of):  # noqa: F811
    path = f"casussen/{casus.nummer}/berichten"
    made = api_of(wereld.cast.zoe).post(path, {"tekst": "Hoe gaat het?"}, BERICHTEN)
    assert made.status_code == 201
    kijker = wereld.kijker("wim")
    assert unread_counts(kijker, [casus.pk]) == {casus.pk: 1}
    (row,) = api_of(wereld.cast.wim).get(path, BERICHTEN).json()["results"]
    assert (row["tekst"], row["door"], row["voor"]) == ("Hoe gaat het?", "Zoë Zorg", "school_en_team")
    assert unread_counts(kijker, [casus.pk]) == {}
    assert Inzage.objects.filter(user=wereld.cast.wim, actie="bekijken", object_id=casus.pk).exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"tekst": ""}, 422),
        ({"tekst": "a", "voor": "iedereen"}, 422),
        ({"tekst": "a", "extra": 1}, 400),
        ({"tekst": 1}, 400),
    ],
)
def test_what_is_no_message_is_refused(wereld, casus, api_of, body, status):  # noqa: F811
    assert api_of(wereld.cast.zoe).post(f"casussen/{casus.nummer}/berichten", body, BERICHTEN).status_code == status
    assert not Bericht.objects.exists()


def test_a_document_is_placed_listed_and_fetched(wereld, casus, api_of):  # noqa: F811
    api = api_of(wereld.cast.zoe)
    made = send(api, f"casussen/{casus.nummer}/documenten", bestand=file(b.pdf(), "../x.exe"), tekst="Het verslag.")
    assert made.status_code == 201
    wim = api_of(wereld.cast.wim)
    (row,) = wim.get(f"casussen/{casus.nummer}/documenten", DOCUMENTEN).json()["results"]
    assert (row["naam"], row["mime"], row["grootte"]) == ("x.exe.pdf", "application/pdf", len(b.pdf()))
    for accept in ("*/*", "application/pdf"):
        response = wim.client.get(row["url"], headers={"Authorization": f"Bearer {wim.token}", "Accept": accept})
        assert response.status_code == 200
        assert response.getvalue() == b.pdf()
        assert response["Content-Disposition"] == 'attachment; filename="x.exe.pdf"'
    assert Inzage.objects.filter(user=wereld.cast.wim, actie="document_openen", object_id=casus.pk).count() == 2


@pytest.mark.parametrize("inhoud", [b"", b"MZ\x90", b"<svg/>"])
def test_a_bad_file_is_refused(wereld, casus, api_of, inhoud):  # noqa: F811
    response = send(api_of(wereld.cast.zoe), f"casussen/{casus.nummer}/documenten", bestand=file(inhoud))
    assert response.status_code in {400, 422}
    assert not Document.objects.exists()


def test_a_request_that_is_too_large_is_not_read(wereld, casus, api_of, monkeypatch):  # noqa: F811
    monkeypatch.setattr(upload, "VERZOEK_MAX", 100)
    response = send(api_of(wereld.cast.zoe), f"casussen/{casus.nummer}/documenten", bestand=file(b.pdf()))
    assert response.status_code == 413


def test_whoever_looks_along_gets_only_what_is_for_everyone(wereld, casus, api_of):  # noqa: F811
    share(casus, wereld, DelingMet.AANBIEDER)
    hidden = DocumentFactory.create(bericht=BerichtFactory.create(casus=casus))
    shown = BerichtFactory.create(casus=casus, voor=Kring.IEDEREEN)
    abel = api_of(wereld.cast.abel)
    rows = abel.get(f"casussen/{casus.nummer}/berichten", BERICHTEN).json()["results"]
    assert [row["id"] for row in rows] == [shown.pk]
    assert abel.get(f"casussen/{casus.nummer}/documenten", DOCUMENTEN).json()["results"] == []
    assert abel.get(f"casussen/{casus.nummer}/documenten/{hidden.sleutel}").status_code == 404


@pytest.mark.parametrize(
    ("naam", "status"), [("rea", 403), ("gerda", 403), ("fenna", 403), ("otto", 404), ("ona", 404), ("abel", 404), ("teun", 404)]
)
def test_whoever_has_nothing_to_do_with_it_gets_nothing(wereld, casus, api_of, naam, status):  # noqa: F811
    document = DocumentFactory.create(bericht=BerichtFactory.create(casus=casus))
    api = api_of(getattr(wereld.cast, naam))
    for part in ("berichten", "documenten", f"documenten/{document.sleutel}"):
        assert api.get(f"casussen/{casus.nummer}/{part}").status_code == status
    assert api.post(f"casussen/{casus.nummer}/berichten", {"tekst": "Hoi"}).status_code == status


def test_pages_take_the_same_number_of_queries(wereld, casus, api_of, django_assert_max_num_queries):  # noqa: F811
    api = api_of(wereld.cast.wim)
    path = f"casussen/{casus.nummer}/berichten"
    api.get(path)
    for _ in range(2):
        for bericht in BerichtFactory.create_batch(5, casus=casus):
            DocumentFactory.create(bericht=bericht)
        with django_assert_max_num_queries(20):
            api.get(path)
