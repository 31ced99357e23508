"""One readable line: pages that are the whole once, each viewer's own circle, and bounded work at any length."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casussen.blik import blik_of
from casussen.keuzes import Deelnemer, DelingMet, Domein, Gever, Status
from casussen.models import Casus, Contactmoment, Deling, Doel, Doelversie, Intensiteit, Plan, Taak, Voortgang
from casussen.queries import Gebeurd, tijdlijn, tijdlijn_pagina
from casussen.queries.tijdlijn import BRONNEN, GROEPEN, nieuwste
from tests.factories.casussen import NU, Wereld
from tests.factories.geschiedenis import casus_met_geschiedenis
from tests.factories.hulp import make_arrangement
from tests.factories.zorg import ArrangementFactory
from toegang.models import Inzage


@pytest.fixture
def casus(wereld: Wereld) -> Casus:
    """With 60 moments of every kind, shared with Abel's aanbieder, whose help it is."""
    arrangement = make_arrangement(wereld, "Thuiscoach", weken=None)
    return casus_met_geschiedenis(
        60, casus=wereld.casus(Status.IN_UITVOERING), van=NU + timedelta(hours=1), arrangement=arrangement
    )


def walk(casus: Casus, wereld: Wereld, naam: str, aantal: int) -> list[Gebeurd]:
    """All pages after each other, the newest first."""
    found: list[Gebeurd] = []
    voor = None
    for _ in range(500):
        page = tijdlijn_pagina(casus, wereld.kijker(naam), voor, aantal)
        found += page.regels
        if page.eerder is None:
            return found
        assert voor is None or page.eerder < voor
        voor = page.eerder
    raise AssertionError("de tijdlijn eindigt niet")


def words(line: list[Gebeurd]) -> str:
    return str([(item.tekst, item.details) for item in line])


@pytest.mark.parametrize("naam", ["zoe", "wim", "rea", "abel"])
@pytest.mark.parametrize("aantal", [1, 4, 7, 30, 1000])
def test_the_pages_together_are_the_line_once(wereld: Wereld, casus: Casus, naam: str, aantal: int) -> None:
    whole = tijdlijn(casus, wereld.kijker(naam))
    assert len(whole) > 5
    assert walk(casus, wereld, naam, aantal) == whole[::-1]


@pytest.mark.parametrize("naam", ["zoe", "wim", "rea", "abel"])
def test_the_newest_part_is_the_end_of_the_line_however_few_sources_are_read(wereld: Wereld, casus: Casus, naam: str) -> None:
    whole = tijdlijn(casus, wereld.kijker(naam))
    blik = blik_of(casus, wereld.kijker(naam))
    for aantal in (1, 2, 3, 5, 8, 13, 21, 34, len(whole), 1000):
        assert nieuwste(casus, blik, aantal) == whole[-aantal:]


def test_a_source_with_nothing_new_enough_is_not_read(wereld: Wereld, casus: Casus) -> None:
    blik = blik_of(casus, wereld.kijker("wim"))
    with CaptureQueriesContext(connection) as all_of_it:
        nieuwste(casus, blik, 1000)
    with CaptureQueriesContext(connection) as little:
        nieuwste(casus, blik, 1)
    assert len(little) <= 6 < len(all_of_it)


def test_what_happened_at_one_moment_stands_on_one_page(wereld: Wereld, casus: Casus) -> None:
    """The casus came here in one moment of the tests: more steps at once than fit on a page."""
    pages, voor = [], None
    while True:
        page = tijdlijn_pagina(casus, wereld.zoe, voor, 3)
        pages.append({item.op for item in page.regels})
        if (voor := page.eerder) is None:
            break
    assert all(not (one & other) for i, one in enumerate(pages) for other in pages[i + 1 :])


def test_each_source_tells_something_to_the_team(wereld: Wereld, casus: Casus) -> None:
    kinds = {item.soort for item in tijdlijn(casus, wereld.kijker("wim"))}
    assert kinds >= {
        "aanmelden", "vraag", "contact", "herinnering", "mdo_gepland", "mdo_gehouden", "mdo_afgezegd", "plan", "doelscore",
        "taak", "taak_gedaan", "inzet_aangevraagd", "inzet_wacht", "inzet_gestart", "voortgang", "intensiteit", "aanvraag",
        "deling", "instemming", "reactie", "nazorg",
    }  # fmt: skip
    assert {bron.groep for bron in BRONNEN} == GROEPEN.keys()


def test_it_is_told_in_words(wereld: Wereld, casus: Casus) -> None:
    line = {item.soort: item for item in tijdlijn(casus, wereld.kijker("wim"))}
    assert line["plan"].tekst == "Zoë Zorg heeft versie 2 van het plan vastgelegd. Het gezin is het op punten niet eens."
    assert line["plan"].details == (("Het gezin zegt", "Het mag langzamer."),)
    assert line["mdo_gehouden"].details == (("Wie waren erbij", "Ouder Voorbeeld (ouders of verzorgers)"),)
    assert line["inzet_wacht"].tekst == "Wachten op Thuiscoach van Aanbieder A: de wachtlijst van de aanbieder."
    assert line["deling"].tekst == (
        "Toestemming gegeven door ouders of verzorgers: de casus wordt gedeeld met Aanbieder A."
    )  # fmt: skip


def test_withdrawn_is_told_too(wereld: Wereld, casus: Casus) -> None:
    Deling.objects.update(ingetrokken_op=NU + timedelta(days=90), ingetrokken_namens="ouders")
    told = "Toestemming ingetrokken namens ouders of verzorgers: de casus wordt niet meer gedeeld met Aanbieder A."
    assert tijdlijn(casus, wereld.zoe)[-1].tekst == told


# --- Who reads what -----------------------------------------------------------------------------------------------------
def test_an_aanbieder_reads_its_own_help_and_nothing_else(wereld: Wereld, casus: Casus) -> None:
    other = ArrangementFactory.create(naam="Andere hulp")
    inzet = other.inzetten.create(
        casus=casus, ronde=1, aangevraagd_op=NU.date(), vastgelegd_op=NU, door=wereld.cast.wim
    )  # fmt: skip
    Voortgang.objects.create(inzet=inzet, status="gestart", tekst="Van een ander.", op=NU)
    line = tijdlijn(casus, wereld.kijker("abel"))
    assert {item.soort for item in line} == {
        "inzet_aangevraagd", "inzet_wacht", "inzet_gestart", "voortgang", "taak", "taak_gedaan", "doelscore",
    }  # fmt: skip
    assert "Het gaat vooruit." in words(line)
    assert "Andere hulp" not in words(line)
    assert "Van een ander." not in words(line)
    assert "De mentor belt." not in words(line)


@pytest.mark.parametrize("naam", ["otto", "ona", "gerda", "fenna", "leeg", "rik", "lena", "swen"])
def test_whoever_has_no_part_in_it_reads_nothing(wereld: Wereld, casus: Casus, naam: str) -> None:
    Deling.objects.create(
        casus=casus, met=DelingMet.LEERPLICHT, gemeente=wereld.cast.gemeente, gever=Gever.OUDERS, gegeven_op=NU.date(),
        doel="Meekijken.", door=wereld.cast.zoe, op=NU,
    )  # fmt: skip
    assert tijdlijn(casus, wereld.kijker(naam)) == []
    assert tijdlijn_pagina(casus, wereld.kijker(naam)).regels == []


def test_an_aanbieder_reads_nothing_once_consent_is_withdrawn(wereld: Wereld, casus: Casus) -> None:
    assert tijdlijn(casus, wereld.kijker("abel"))
    Deling.objects.update(ingetrokken_op=NU)
    assert tijdlijn(casus, wereld.kijker("abel")) == []


def test_the_region_reads_that_it_happened_not_what_was_said(wereld: Wereld, casus: Casus) -> None:
    line = tijdlijn(casus, wereld.kijker("rea"))
    assert {item.soort for item in line} <= {item.actie for item in casus.overgangen.all()} | {"herinnering"}
    assert all(item.details == () for item in line)


def test_the_school_reads_no_note_no_words_of_the_help_and_no_goal_at_home(wereld: Wereld, casus: Casus) -> None:
    home = Doel.objects.create(casus=casus, ronde=1, nummer=3, aangemaakt_op=NU)
    Doelversie.objects.create(
        plan=Plan.objects.filter(casus=casus).latest("versie"),
        doel=home,
        domein=Domein.THUIS,
        tekst="Rust aan tafel",
        partij=Deelnemer.OUDERS,
    )
    home.scores.create(score=4, datum=NU.date(), op=NU)
    Taak.objects.create(
        casus=casus,
        ronde=1,
        omschrijving="Moeder belt de huisarts.",
        partij=Deelnemer.OUDERS,
        uiterlijk=NU.date(),
        aangemaakt_op=NU,
    )
    private = ("Van het team.", "Het gaat vooruit.", "Rust aan tafel", "Moeder belt de huisarts.", "Licht beginnen.")
    school, team = words(tijdlijn(casus, wereld.zoe)), words(tijdlijn(casus, wereld.kijker("wim")))
    assert [text for text in private if text in school] == []
    assert [text for text in private if text not in team] == []
    assert "Elke dag naar school" in school


def test_another_teams_contacts_are_not_read_after_sending_on(wereld: Wereld, casus: Casus) -> None:
    Casus.objects.filter(pk=casus.pk).update(wijkteam=wereld.net.centrum)
    casus.refresh_from_db()
    line = tijdlijn(casus, wereld.kijker("cees"))
    assert line
    assert "contact" not in {item.soort for item in line}
    assert "Van het team." not in words(line)
    Contactmoment.objects.create(
        casus=casus,
        wijkteam=wereld.net.centrum,
        soort="telefoon",
        datum=NU.date(),
        door=wereld.cees,
        vastgelegd_op=NU,
        notitie="Eigen.",
    )
    assert "Eigen." in words(tijdlijn(casus, wereld.kijker("cees")))


# --- The screen ---------------------------------------------------------------------------------------------------------
def test_the_page_is_per_month_and_goes_back_without_javascript(wereld: Wereld, casus: Casus, client: Client) -> None:
    Intensiteit.objects.create(
        casus=casus, niveau="zwaar", vanaf=NU.date() + timedelta(40), reden="x", op=NU + timedelta(days=40)
    )
    client.force_login(wereld.cast.wim)
    url, seen = f"/casussen/{casus.nummer}/tijdlijn", ""
    while url:
        response = client.get(url)
        assert response.status_code == 200
        seen += response.content.decode()
        url = f"/casussen/{casus.nummer}/tijdlijn{response.context['eerder_url']}" if response.context["eerder_url"] else ""
    assert seen.index("Januari 2027") < seen.index("December 2026")
    assert "Terug naar het nieuwste" in seen
    assert "heeft de casus aangemeld bij Wijkteam Schalkwijk" in seen
    assert Inzage.objects.filter(object_id=casus.pk, actie="bekijken", user=wereld.cast.wim).exists()


@pytest.mark.parametrize(
    ("soort", "there", "gone"), [("hulp", "Thuiscoach", "Reactie"), ("plan", "het plan vastgelegd", "Thuiscoach")]
)
def test_it_is_narrowed_by_kind(wereld: Wereld, casus: Casus, client: Client, soort: str, there: str, gone: str) -> None:
    client.force_login(wereld.cast.wim)
    html = client.get(f"/casussen/{casus.nummer}/tijdlijn?soort={soort}").content.decode()
    assert there in html
    assert gone not in html


@pytest.mark.parametrize(
    "query", ["?voor=onzin", "?voor=2026-12-02", "?voor=9999-99-99", "?voor=0001-01-01T00:00:00Z", "?soort=x"]
)
def test_what_makes_no_sense_is_left_out(wereld: Wereld, casus: Casus, client: Client, query: str) -> None:
    client.force_login(wereld.cast.zoe)
    assert client.get(f"/casussen/{casus.nummer}/tijdlijn{query}").context["maanden"]


@pytest.mark.parametrize(("naam", "status"), [("abel", 200), ("otto", 404), ("rea", 404), ("lena", 404), ("gerda", 403)])
def test_who_may_open_it(wereld: Wereld, casus: Casus, client: Client, naam: str, status: int) -> None:
    client.force_login(getattr(wereld.cast, naam))
    assert client.get(f"/casussen/{casus.nummer}/tijdlijn").status_code == status


def test_the_page_of_the_casus_shows_the_newest_ten_and_leads_to_the_rest(wereld: Wereld, casus: Casus, client: Client) -> None:
    client.force_login(wereld.cast.wim)
    response = client.get(f"/casussen/{casus.nummer}")
    newest = tijdlijn(casus, wereld.kijker("wim"))[::-1][:10]
    assert [punt["titel"] for punt in response.context["tijdlijn"]] == [item.tekst for item in newest]
    assert f'href="/casussen/{casus.nummer}/tijdlijn">Hele tijdlijn' in response.content.decode()


# One of those of the line is for the seats at an overleg that a colleague took over.
@pytest.mark.parametrize(("url", "vragen"), [("", [38, 40]), ("/tijdlijn", [33, 33])])
def test_three_hundred_moments_take_hardly_more_queries_than_ten(
    wereld: Wereld, client: Client, url: str, vragen: list[int]
) -> None:
    client.force_login(wereld.cast.wim)
    counts = []
    for number, aantal in enumerate((10, 300)):
        casus = wereld.casus(Status.IN_UITVOERING, leerlingnummer=f"T{number}")
        casus_met_geschiedenis(aantal, casus=casus, van=NU + timedelta(hours=1))
        client.get(f"/casussen/{casus.nummer}{url}")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/casussen/{casus.nummer}{url}").status_code == 200
        counts.append(len(seen))
        scores = [query["sql"] for query in seen if query["sql"].startswith('SELECT "casussen_doelscore"')]
        limited = ["LIMIT" in sql for sql in scores]
        # The plan beside the short line on the overview shows the scores of its own goals; the line itself reads no more than it
        # shows, and not at all when something else is newer.
        assert limited.count(False) == (0 if url else 1)
        assert any(limited) or (aantal == 10 and not url)
    assert counts == vragen
