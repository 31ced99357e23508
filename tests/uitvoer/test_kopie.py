"""A copy of a casus: for whoever may have it, with a reason, and exactly what they may read."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from casussen.actions.gesprek import place_bericht
from casussen.actions.herinneringen import send_due_reminders
from casussen.keuzes import Kring, Status
from casussen.models import Casus, Toestemming, Uitvoer
from casussen.queries import tijdlijn
from kern.models import Gebeurtenis
from tests.factories.casussen import DOORZETTEN, NU, STARTEN, Wereld
from tests.factories.geschiedenis import casus_met_geschiedenis
from tests.factories.hulp import DELEN
from tests.factories.toegang import client_of
from toegang.models import Inzage


def ask(user: Any, casus: Casus, **velden: str) -> Any:
    return client_of(user).post(f"/casussen/{casus.nummer}/kopie", {"reden": "dossier", "formaat": "json", **velden})


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def casus(wereld: Wereld) -> Casus:
    return wereld.casus(Status.EVALUATIE)


def test_the_school_gets_what_it_reads_and_never_the_note_of_the_team(wereld: Wereld, casus: Casus) -> None:
    data = json.loads(ask(wereld.cast.zoe, casus).content)
    assert data["schema"] == "aanspreekpunt-casus/1"
    assert data["leerling"]["achternaam"] == "Testleerling"
    assert data["plannen"][0]["doelen"][0]["tekst"] == "Elke dag naar school"
    assert STARTEN["contact_notitie"] not in json.dumps(data)


def test_the_team_gets_its_own_note(wereld: Wereld, casus: Casus) -> None:
    data = json.loads(ask(wereld.cast.wim, casus).content)
    assert data["contact"][0]["notitie"] == STARTEN["contact_notitie"]


def test_the_pdf_says_the_same_and_is_tagged(wereld: Wereld, casus: Casus) -> None:
    response = ask(wereld.cast.wim, casus, formaat="pdf")
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "nl"
    assert "/StructTreeRoot" in root
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode("utf-8", "replace")
    text = " ".join(text_of(response.content).split())
    for wanted in (casus.nummer, "Elke dag naar school", "Maakt graag muziek", "geen aanvraag in de zin van de Algemene wet"):
        assert wanted in text


def test_the_flags_are_in_it_with_since_when(wereld: Wereld) -> None:
    casus = wereld.do(
        "thuiszitter_melden", wereld.casus(Status.IN_BEHANDELING), "zoe", thuis_sinds="2026-11-09", toelichting="Durft niet."
    )
    Casus.objects.filter(pk=casus.pk).update(geescaleerd=True)
    flags = json.loads(ask(wereld.cast.zoe, casus).content)["vlaggen"]
    assert set(flags) == {"thuiszitter", "niet_bereikbaar", "wacht_op_zorg", "geescaleerd", "buiten_regio"}
    nothing_said = {"reden": "", "verwacht_op": None}
    at_home = {"aan": True, "naam": "zit thuis", "sinds": NU.isoformat(timespec="minutes")}
    assert flags["thuiszitter"] == {**at_home, **nothing_said}
    assert flags["geescaleerd"] == {"aan": True, "naam": "geëscaleerd", "sinds": None, **nothing_said}
    assert flags["wacht_op_zorg"] == {"aan": False, "naam": "wacht op zorg", "sinds": None, **nothing_said}
    text = " ".join(text_of(ask(wereld.cast.zoe, casus, formaat="pdf").content).split())
    assert "geëscaleerd, zit thuis (sinds 2-12-2026)" in text
    assert "wacht op zorg" not in text


def test_the_whole_time_line_is_in_it(wereld: Wereld) -> None:
    casus = casus_met_geschiedenis(40, casus=wereld.casus(Status.IN_UITVOERING))
    told = json.loads(ask(wereld.cast.zoe, casus).content)["tijdlijn"]
    assert [moment["tekst"] for moment in told] == [item.tekst for item in tijdlijn(casus, wereld.zoe)]
    assert len(told) > 30


def test_what_somebody_typed_is_never_markup(wereld: Wereld) -> None:
    evil = '#read("/etc/passwd") *vet* _x_ $y$ <label> @ref `code` \\ #panic("x") //'
    casus = wereld.casus(Status.ONTVANGEN, hulpvraag=evil)
    response = ask(wereld.cast.zoe, casus, formaat="pdf")
    assert response.status_code == 200
    text = " ".join(text_of(response.content).split())
    assert "root:" not in text
    assert '#read("/etc/passwd") *vet* _x_ $y$' in text.replace("“", '"').replace("”", '"')


def test_a_secret_address_is_in_no_copy(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN, geheim_adres=True)
    for formaat in ("json", "pdf"):
        response = ask(wereld.cast.zoe, casus, formaat=formaat)
        assert response.status_code == 200
        content = response.content
        shown = text_of(content) if formaat == "pdf" else content.decode()
        assert "2037" not in shown


def test_every_copy_is_logged_with_its_reason(wereld: Wereld, casus: Casus) -> None:
    ask(wereld.cast.zoe, casus, reden="gezin")
    row = Uitvoer.objects.get()
    assert (row.reden, row.formaat, row.door_id) == ("gezin", "json", wereld.cast.zoe.pk)
    seen = Inzage.objects.filter(actie="kopie").get()
    assert (seen.user_id, seen.doel, seen.object_id) == (wereld.cast.zoe.pk, "een kopie voor ouders of leerling", casus.pk)
    assert Gebeurtenis.objects.filter(soort="casus_uitgevoerd", onderwerp_id=casus.pk).count() == 1


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"reden": ""}, "reden"),
        ({"reden": "omdat"}, "reden"),
        ({"formaat": "docx"}, "formaat"),
        ({"reden": "anders", "toelichting": "  "}, "toelichting"),
    ],
)
def test_without_a_good_reason_there_is_no_copy(wereld: Wereld, casus: Casus, velden: dict[str, str], veld: str) -> None:
    response = ask(wereld.cast.zoe, casus, **velden)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {veld}
    assert not Uitvoer.objects.exists()


@pytest.mark.parametrize("naam", ["otto", "ona", "rik", "leeg", "gerda", "fenna"])
def test_an_outsider_gets_nothing(wereld: Wereld, casus: Casus, naam: str) -> None:
    assert ask(getattr(wereld.cast, naam), casus).status_code in {403, 404}
    assert not Uitvoer.objects.exists()


def test_the_region_and_a_party_it_is_shared_with_have_no_copy(wereld: Wereld, casus: Casus) -> None:
    for partij in (f"aanbieder:{wereld.cast.aanbieder.pk}", f"leerplicht:{wereld.cast.gemeente.pk}"):
        casus = wereld.do("delen", casus, "zoe", partij=partij, **DELEN)
    for naam in ("rea", "abel", "lena"):
        assert ask(getattr(wereld.cast, naam), casus).status_code == 403
    assert not Uitvoer.objects.exists()


def test_a_team_without_consent_has_no_copy(wereld: Wereld, casus: Casus) -> None:
    Toestemming.objects.filter(casus=casus).update(ingetrokken_op=casus.t0)
    assert ask(wereld.cast.wim, casus).status_code == 404


def test_the_next_team_has_no_note_of_the_one_before(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    response = ask(wereld.cees, casus)
    assert response.status_code == 200
    data = response.content.decode()
    assert STARTEN["contact_notitie"] not in data


def test_the_copy_for_the_family_has_nothing_the_team_wrote_for_itself(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(Status.IN_BEHANDELING), "wim", veiligheid_grond="Meldcode, stap 3.")
    casus = wereld.do("behandelaar_wijzigen", casus, "cora", behandelaar=wereld.cora.pk, overdracht="Vader schaamt zich.")
    place_bericht(casus=casus, by=wereld.kijker("wim"), op=NU, tekst="Alleen wij lezen dit.", voor=Kring.TEAM)
    place_bericht(casus=casus, by=wereld.kijker("wim"), op=NU, tekst="School leest dit ook.", voor=Kring.SCHOOL_EN_TEAM)
    hidden = (STARTEN["contact_notitie"], "Meldcode", "Alleen wij lezen dit.", "Vader schaamt zich.")
    for formaat in ("json", "pdf"):
        for reden, own in (("gezin", False), ("inzage", True), ("dossier", True)):
            content = ask(wereld.cast.wim, casus, reden=reden, formaat=formaat).content
            shown = " ".join(text_of(content).split()) if formaat == "pdf" else content.decode()
            assert [words in shown for words in hidden] == [own] * len(hidden), (formaat, reden)
            assert "School leest dit ook." in shown
            assert ("dat de veiligheid in gevaar is" in shown) is own


def test_the_copy_for_the_family_has_no_clock_and_no_reminder_about_safety(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(Status.IN_BEHANDELING), "wim", veiligheid_grond="Meldcode, stap 3.")
    send_due_reminders(now=NU + timedelta(days=20))
    for formaat in ("json", "pdf"):
        for reden, own in (("gezin", False), ("dossier", True)):
            content = ask(wereld.cast.wim, casus, reden=reden, formaat=formaat).content
            shown = " ".join(text_of(content).split()) if formaat == "pdf" else content.decode()
            assert ("e veiligheid bespreken" in shown) is own, (formaat, reden)
            assert "lan vaststellen is te laat" in shown or "verleg plannen is te laat" in shown


def test_every_page_says_which_one_it_is_and_of_how_many(wereld: Wereld) -> None:
    casus = casus_met_geschiedenis(60, casus=wereld.casus(Status.IN_UITVOERING))
    pages = PdfReader(io.BytesIO(ask(wereld.cast.zoe, casus, formaat="pdf").content)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"bladzijde {number} van {len(pages)}" in " ".join(page.extract_text().split())
