"""Filters of the work lists: what they leave, and keeping them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from casussen.actions.filters import change_filter, delete_filter, save_filter
from casussen.actions.termijnen import open_termijn
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import EigenaarSoort, Status
from casussen.models import FILTERS_MAX, Casus, Lijst, Opgeslagenfilter, Termijn
from casussen.queries import Filters, as_rows, narrow, waiting_for_team, werkvoorraad
from casussen.queries.lijstfilter import as_query, read_filters
from tests.casussen.test_queries import fill
from tests.factories.casussen import NU, Wereld

VRAAG = "status=aangemeld&spoed=1"


def keep(
    wereld: Wereld, naam: str = "Nieuw en spoed", *, wie: str = "wim", query: str = VRAAG, standaard: bool = False
) -> Opgeslagenfilter:
    return save_filter(
        by=wereld.kijker(wie), op=NU, lijst=Lijst.WERKVOORRAAD, naam=naam, query=query, standaard=standaard
    )  # fmt: skip


# --- What they leave ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), {"nieuw", "vraag", "thuis"}),
        (Filters(status=("aangemeld", "ontvangen")), {"nieuw", "thuis"}),
        (Filters(status=("aangemeld",)), {"nieuw"}),
        (Filters(thuiszitter=True), {"thuis"}),
        (Filters(wacht_op_school=True), {"vraag"}),
        (Filters(aan_zet=EigenaarSoort.SCHOOL), {"vraag"}),
        (Filters(aan_zet=EigenaarSoort.WIJKTEAM), {"nieuw", "thuis"}),
        (Filters(sector="vo"), {"nieuw", "vraag", "thuis"}),
        (Filters(sector="mbo"), set()),
        (Filters(wijkteam=10**9), set()),
    ],
)
def test_a_list_is_narrowed(wereld: Wereld, filters: Filters, left: set[str]) -> None:
    cases = {
        "nieuw": wereld.casus(urgentie="spoed"),
        "vraag": wereld.casus(Status.AANVULLING_GEVRAAGD, leerlingnummer="F2"),
        "thuis": wereld.casus(Status.ONTVANGEN, leerlingnummer="F3"),
    }
    Casus.objects.filter(pk=cases["thuis"].pk).update(thuiszitter=True)
    names = {casus.pk: naam for naam, casus in cases.items()}
    assert {names[casus.pk] for casus in werkvoorraad(wereld.kijker("wim"), filters, op=NU)} == left


def test_an_action_is_not_the_clock_of_the_step(wereld: Wereld) -> None:
    """Something that was agreed is due sooner; the step of the loop is not late for that."""
    casus = wereld.casus()
    before = as_rows(werkvoorraad(wereld.kijker("wim"), op=NU), op=NU)[0].stap.uiterlijk
    termijn = open_termijn(
        casus=casus, soort="terugkoppelen", eigenaar_soort="wijkteam", vervalt_op=NU + timedelta(hours=1), op=NU
    )  # fmt: skip
    Termijn.objects.filter(pk=termijn.pk).update(los=True)
    later = NU + timedelta(hours=3)
    row = as_rows(werkvoorraad(wereld.kijker("wim"), op=later), op=later)[0]
    assert (row.stap.uiterlijk, row.te_laat) == (before, False)
    assert not werkvoorraad(wereld.kijker("wim"), Filters(te_laat=True), op=later).exists()


def test_what_waits_for_a_team_is_narrowed_too(wereld: Wereld) -> None:
    wereld.casus(Status.TE_ROUTEREN)
    rea = wereld.kijker("rea")
    assert narrow(waiting_for_team(rea), Filters(sector="vo"), rea, op=NU).count() == 1
    assert narrow(waiting_for_team(rea), Filters(spoed=True), rea, op=NU).count() == 0


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz=&%_-0123456789 <>é", max_size=200))
def test_of_a_url_only_what_is_known_is_kept(text: str) -> None:
    kept = as_query(read_filters(QueryDict(text)))
    assert as_query(read_filters(QueryDict(kept))) == kept
    assert set("".join(part.split("=")[0] for part in kept.split("&"))) <= set("abcdefghijklmnopqrstuvwxyz_")
    assert "nummer" not in kept


def test_a_casusnummer_and_a_page_are_not_kept() -> None:
    assert as_query(read_filters(QueryDict("nummer=2026-004312&pagina=3&status=ontvangen&naam=Piet"))) == "status=ontvangen"


# --- Keeping them -------------------------------------------------------------------------------------------------------
def test_a_filter_is_kept_under_a_name_and_the_same_one_twice_is_one(wereld: Wereld) -> None:
    first = keep(wereld, "  Nieuw   en spoed ")
    assert (first.naam, first.query, first.positie) == ("Nieuw en spoed", "status=aangemeld&spoed=1", 1)
    assert keep(wereld).pk == first.pk


@pytest.mark.parametrize(
    ("naam", "query", "melding"),
    [
        ("", VRAAG, "Geef het filter een naam."),
        ("x" * 41, VRAAG, "Gebruik niet meer dan 40 tekens."),
        ("nieuw EN spoed", "te_laat=1", "U hebt al een filter met deze naam. Kies een andere naam."),
        ("Leeg", "naam=Piet", "Kies eerst een filter. Alles laten zien kan al met de knop Alles."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(wereld: Wereld, naam: str, query: str, melding: str) -> None:
    keep(wereld)
    with pytest.raises(Onvolledig) as fout:
        keep(wereld, naam, query=query)
    assert fout.value.ontbreekt == [{"veld": "naam", "melding": melding}]


def test_no_more_than_twelve_and_the_database_holds_to_it(wereld: Wereld) -> None:
    for number in range(FILTERS_MAX):
        keep(wereld, f"Filter {number}", query=f"school={number + 1}")
    with pytest.raises(Onvolledig):
        keep(wereld, "Nog een", query="te_laat=1")
    Opgeslagenfilter.objects.filter(positie=4).delete()
    assert keep(wereld, "Nog een", query="te_laat=1").positie == 4
    for wrong in (
        {"positie": FILTERS_MAX + 1, "naam": "y"},
        {"positie": 1, "naam": "y"},
        {"positie": 0, "naam": "y"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opgeslagenfilter.objects.create(
                user=wereld.cast.wim, lijst=Lijst.WERKVOORRAAD, query="spoed=1", aangemaakt=NU, **wrong
            )


@pytest.mark.parametrize(
    "wrong", [{"query": "zoek=Piet Jansen"}, {"lijst": "onzin"}, {"naam": ""}, {"standaard": True, "naam": "z", "positie": 9}]
)
def test_the_database_keeps_out_what_is_no_filter(wereld: Wereld, wrong: dict[str, object]) -> None:
    keep(wereld, standaard=True)
    fields = {
        "user": wereld.cast.wim,
        "lijst": Lijst.WERKVOORRAAD,
        "query": "spoed=1",
        "positie": 5,
        "naam": "b",
        "aangemaakt": NU,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Opgeslagenfilter.objects.create(**{**fields, **wrong})


def test_one_of_a_list_is_what_it_opens_with(wereld: Wereld) -> None:
    first, second = keep(wereld, standaard=True), keep(wereld, "Te laat", query="te_laat=1", standaard=True)
    first.refresh_from_db()
    assert (first.standaard, second.standaard) == (False, True)
    change_filter(by=wereld.kijker("wim"), op=NU, filter_id=first.pk, naam="Anders", standaard=True)
    assert list(Opgeslagenfilter.objects.filter(standaard=True).values_list("naam", flat=True)) == ["Anders"]


def test_nobody_touches_the_filter_of_another(wereld: Wereld) -> None:
    kept = keep(wereld)
    for change in (
        lambda: change_filter(by=wereld.kijker("cora"), op=NU, filter_id=kept.pk, naam="x", standaard=False),
        lambda: delete_filter(by=wereld.kijker("cora"), op=NU, filter_id=kept.pk),
    ):
        with pytest.raises(NietBevoegd):
            change()
    assert not Opgeslagenfilter.objects.of(wereld.kijker("cora")).exists()


# --- The screens --------------------------------------------------------------------------------------------------------
def test_keep_open_rename_and_throw_away(wereld: Wereld, client: Client) -> None:
    wereld.casus(urgentie="spoed")
    client.force_login(wereld.cast.wim)
    html = client.get("/werkvoorraad?spoed=1").content.decode()
    assert '<input type="hidden" name="query" value="spoed=1">' in html
    sent = {"lijst": "werkvoorraad", "query": "spoed=1", "naam": "Spoed", "standaard": "1"}
    assert client.post("/filters/nieuw", sent)["Location"] == "/werkvoorraad?spoed=1"
    assert client.get("/werkvoorraad")["Location"] == "/werkvoorraad?spoed=1"
    html = client.get("/werkvoorraad?spoed=1").content.decode()
    assert '<a href="?spoed=1" aria-current="true">Spoed <span class="ap-getal">(1)</span></a>' in html
    assert 'href="/werkvoorraad?alles=1"' in html
    assert "Dit filter is al bewaard, als ‘Spoed’." in html
    everything = client.get("/werkvoorraad?alles=1").content.decode()
    assert "Nog een filter bewaren" in everything
    assert '<input type="hidden" name="query" value="te_laat=1">' in client.get("/werkvoorraad?te_laat=1").content.decode()
    kept = Opgeslagenfilter.objects.get()
    assert client.post(f"/filters/{kept.pk}", {"naam": "Snel"})["Location"] == "/werkvoorraad?spoed=1"
    assert client.get("/werkvoorraad").status_code == 200
    assert client.post(f"/filters/{kept.pk}", {"verwijderen": "1"})["Location"] == "/werkvoorraad?alles=1"
    assert not Opgeslagenfilter.objects.exists()


def test_a_refused_name_keeps_what_was_typed(wereld: Wereld, client: Client) -> None:
    keep(wereld, "Spoed")
    client.force_login(wereld.cast.wim)
    response = client.post("/filters/nieuw", {"lijst": "werkvoorraad", "query": "te_laat=1", "naam": "spoed"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "U hebt al een filter met deze naam" in html
    assert 'value="spoed"' in html
    assert 'name="query" value="te_laat=1"' in html


@pytest.mark.parametrize(("naam", "status"), [("cora", 404), ("zoe", 404), ("rea", 404), ("gerda", 403), ("fenna", 403)])
def test_the_filter_of_another_is_not_there(wereld: Wereld, client: Client, naam: str, status: int) -> None:
    kept = keep(wereld)
    client.force_login(getattr(wereld.cast, naam))
    assert client.get(f"/filters/{kept.pk}").status_code == status
    assert client.post(f"/filters/{kept.pk}", {"verwijderen": "1"}).status_code == status


def test_a_school_that_is_not_in_the_list_is_no_filter(wereld: Wereld, client: Client) -> None:
    wereld.casus()
    client.force_login(wereld.cast.wim)
    response = client.get("/werkvoorraad?school=99999&status=onzin&wie=99999999&sorteer=onzin")
    assert len(response.context["rijen"]) == 1


@pytest.mark.parametrize(
    ("naam", "lijst", "url"),
    [("wim", "werkvoorraad", "/werkvoorraad"), ("zoe", "casus-lijst", "/casussen"), ("rea", "te-routeren", "/te-routeren")],
)
def test_twelve_kept_filters_take_no_more_queries_than_one(
    wereld: Wereld, client: Client, naam: str, lijst: str, url: str
) -> None:
    client.force_login(getattr(wereld.cast, naam))
    fill(wereld, 2)

    def count() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{url}?status=aangemeld&spoed=1").status_code == 200
        return len(seen)

    def keep_more(numbers: range) -> None:
        for number in numbers:
            query = f"sector=vo&school={number + 1}"
            save_filter(by=wereld.kijker(naam), op=NU, lijst=lijst, naam=f"F{number}", query=query)

    keep_more(range(1))
    one = count()
    keep_more(range(1, FILTERS_MAX))
    assert count() == one
