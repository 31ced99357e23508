"""The screens of a class list: what is shown, to whom, and what never is."""

import re
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kern.klok import now
from scholen.actions.klassenlijst import process_klassenlijst
from scholen.klassenlijst.bestand import BYTES_MAX
from scholen.klassenlijst.pakket import unpack
from scholen.models import Klassenlijst, Leerling
from tests.factories.casussen import Wereld, make_wereld
from tests.factories.netwerk import VestigingFactory
from tests.factories.school import KlassenlijstFactory
from tests.factories.toegang import client_of
from tests.scholen.lijsten import KOP, NOOR, PIET, as_csv, as_xlsx
from toegang.models import Inzage

URL = "/mijn-wijkteams/klassenlijst"
MIS = ["1003", "Mia", "", "Fout", "31-02-2011", "2037RB", "12", "3B"]


@pytest.fixture
def wereld(db) -> Wereld:
    return make_wereld()


@pytest.fixture
def client(wereld) -> Client:
    return client_of(wereld.cast.zoe)


def upload(client: Client, wereld: Wereld, data: bytes, **velden: object) -> Klassenlijst:
    response = client.post(
        URL, {"bestand": SimpleUploadedFile("lijst.csv", data), "vestiging": wereld.net.vestiging.pk, **velden}
    )
    assert response.status_code == 302, response.content.decode()
    return Klassenlijst.objects.latest("pk")


def text(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


@pytest.mark.parametrize("data", [as_csv(PIET, NOOR), as_xlsx(PIET, NOOR)], ids=["csv", "xlsx"])
def test_from_upload_to_pupils(client, wereld, data):
    lijst = upload(client, wereld, data)
    page = text(client, f"{URL}/{lijst.pk}")
    assert "Alle 2 rijen zijn goed" in page
    assert "<strong>2</strong> leerlingen komen erbij" in page
    assert Leerling.objects.count() == 0
    with patch("scholen.tasks.verwerk_klassenlijst.apply_async"):
        client.post(f"{URL}/{lijst.pk}/verwerken")
        client.post(f"{URL}/{lijst.pk}/verwerken")  # a double click
    page = text(client, f"{URL}/{lijst.pk}")
    assert "De lijst wacht op verwerking" in page
    assert f'hx-get="{URL}/{lijst.pk}/stand"' in page
    assert "HX-Refresh" not in client.get(f"{URL}/{lijst.pk}/stand")
    process_klassenlijst(lijst_id=lijst.pk, op=now())
    assert client.get(f"{URL}/{lijst.pk}/stand")["HX-Refresh"] == "true"
    assert "<strong>2</strong> leerlingen erbij" in text(client, f"{URL}/{lijst.pk}")
    assert Leerling.objects.count() == 2


def test_three_bad_rows(client, wereld):
    lijst = upload(
        client,
        wereld,
        as_csv(PIET, MIS, NOOR, ["", "Bo", *PIET[2:4], "", "abc", "1", ""], ["1005", "Jo", "", "Niet", "", "2037RB", "0", ""]),
    )
    page = text(client, f"{URL}/{lijst.pk}")
    assert "3 van de 5 rijen hebben een fout" in page
    assert "Alleen de 2 goede rijen verwerken" in page
    for rij in (3, 5, 6):
        assert f"Rij {rij}</th>" in page
    client.post(f"{URL}/{lijst.pk}/verwerken")
    assert Klassenlijst.objects.get().status == "controle", "zonder keuze verandert er niets"
    with patch("scholen.tasks.verwerk_klassenlijst.apply_async"):
        client.post(f"{URL}/{lijst.pk}/verwerken", {"alleen_goede": "1"})
    process_klassenlijst(lijst_id=lijst.pk, op=now())
    assert "3 rijen</strong>" in text(client, f"{URL}/{lijst.pk}").replace("<strong>3</strong> rijen", "3 rijen</strong>")
    rejects = client.get(f"{URL}/{lijst.pk}/foute-rijen").content.decode("utf-8-sig").splitlines()
    assert len(rejects) == 4
    assert rejects[0].endswith("Rij;Wat er mis is")
    assert "Mia" in rejects[1]
    client.post(f"{URL}/{lijst.pk}/weggooien")
    assert client.get(f"{URL}/{lijst.pk}/foute-rijen").status_code == 302


def test_a_rejected_row_never_runs_as_a_formula(client, wereld):
    lijst = upload(client, wereld, as_csv(["1001", "=cmd|' /C calc'!A1", "", "+31", "fout", "", "", ""]))
    line = client.get(f"{URL}/{lijst.pk}/foute-rijen").content.decode("utf-8-sig").splitlines()[1]
    assert "'=cmd" in line
    assert ";'+31;" in line


def test_columns_are_corrected_by_hand(client, wereld):
    lijst = upload(client, wereld, as_csv(["77", "Piet", "Voorbeeld"], kop=["Eerste", "Tweede", "Derde"]))
    page = text(client, f"{URL}/{lijst.pk}")
    assert "We weten nog niet in welke kolom" in page
    assert "verwerken</button>" not in page
    client.post(f"{URL}/{lijst.pk}/kolommen", {"kolom-0": "leerlingnummer", "kolom-1": "voornaam", "kolom-2": "achternaam"})
    assert "Alle 1 rijen zijn goed" in text(client, f"{URL}/{lijst.pk}")


def test_a_bsn_is_refused_in_clear_words_and_kept_nowhere(client, wereld):
    lijst = upload(client, wereld, as_csv([*PIET, "111222333"], kop=[*KOP, "BSN"]))
    page = text(client, f"{URL}/{lijst.pk}")
    assert "We hebben geen BSN bewaard" in page
    assert "111222333" not in page + str(unpack(lijst.inhoud))


def test_a_secret_address_is_not_shown_back(client, wereld):
    lijst = upload(client, wereld, as_csv([*PIET, "ja"], [*MIS, "ja"], kop=[*KOP, "Geheim adres"]))
    shown = text(client, f"{URL}/{lijst.pk}") + client.get(f"{URL}/{lijst.pk}/foute-rijen").content.decode()
    assert "2037" not in shown
    assert "(geheim)" in shown


def test_what_is_wrong_with_a_file_stands_at_the_field_and_the_choices_stay(client, wereld):
    ander = VestigingFactory.create(school=wereld.net.school, brin="99AB01", naam="De Duinen")
    page = client.post(
        URL, {"bestand": SimpleUploadedFile("x.xls", b"\xd0\xcf\x11\xe0rest"), "vestiging": ander.pk}
    ).content.decode()
    assert "oud Excel-bestand" in page
    assert f'<option value="{ander.pk}" selected>' in page
    assert "Vul dit in" in client.post(URL, {"vestiging": ander.pk}).content.decode()


def test_too_large_is_said_and_never_touches_a_disk(client, wereld):
    with patch("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", side_effect=AssertionError("op schijf")):
        page = client.post(
            URL, {"bestand": SimpleUploadedFile("x.csv", b"a" * (BYTES_MAX + 70_000)), "vestiging": wereld.net.vestiging.pk}
        ).content.decode()
        groot = as_csv(*([str(n), *PIET[1:], "x" * 400] for n in range(6_000)), kop=[*KOP, "Vulling"])
        assert 2_621_440 < len(groot) < BYTES_MAX, "groter dan wat Django zelf in het geheugen houdt"
        upload(client, wereld, groot)
    assert "groter dan 5 MB" in page


def test_the_form_needs_its_token(wereld):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wereld.cast.zoe)
    assert strict.post(URL, {"bestand": SimpleUploadedFile("x.csv", as_csv(PIET))}).status_code == 403
    assert not Klassenlijst.objects.exists()


def test_it_belongs_to_the_school_and_looking_is_written_down(client, wereld):
    lijst = upload(client, wereld, as_csv(PIET))
    for pad in ("", "/stand", "/foute-rijen"):
        assert client_of(wereld.cast.otto).get(f"{URL}/{lijst.pk}{pad}").status_code == 404
        assert client_of(wereld.cast.teun).get(f"{URL}/{lijst.pk}{pad}").status_code == 403
    client.get(f"{URL}/{lijst.pk}")
    assert Inzage.objects.filter(object_soort="klassenlijst", object_id=lijst.pk, user=wereld.cast.zoe).exists()


def test_the_example_is_a_list_we_read(client, wereld):
    data = client.get(f"{URL}/voorbeeld").content
    lijst = upload(client, wereld, data)
    assert (lijst.rijen, lijst.fouten) == (2, [])


def test_nothing_of_a_list_is_logged(client, wereld, caplog):
    with caplog.at_level("INFO"):
        lijst = upload(client, wereld, as_csv(PIET, MIS))
        client.get(f"{URL}/{lijst.pk}")
    assert not re.search("Piet|Mia|2037", caplog.text)


def test_the_number_of_queries_does_not_grow(client, wereld):
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    KlassenlijstFactory.create(vestiging=wereld.net.vestiging)
    ask()
    few = ask()
    for _ in range(30):
        KlassenlijstFactory.create(vestiging=VestigingFactory.create(school=wereld.net.school))
    assert ask() == few
