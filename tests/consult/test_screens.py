"""Anonymous consult on screen: nothing typed is lost, what is personal is shown and refused, and outsiders find nothing."""

import re

import pytest
from django.urls import reverse

from casussen.models import Consult
from tests.consult.maken import ANTWOORD, VRAAG, answer, ask
from tests.factories.casussen import Wereld
from tests.factories.toegang import client_of
from toegang.models import Inzage

NIEUW = "/consulten/nieuw"


def post(wereld: Wereld, **velden: object):
    gegevens = {"wijkteam": wereld.net.schalkwijk.pk, "vraag": VRAAG, **velden}
    return client_of(wereld.cast.zoe).post(NIEUW, gegevens)


def test_the_finder_gives_the_team_and_no_address(wereld):
    page = client_of(wereld.cast.zoe).post("/aanspreekpunt", {"postcode": "2037RB", "huisnummer": "12"}).content.decode()
    form = re.search(rf'<form method="post" action="{NIEUW}">.*?</form>', page, re.DOTALL)
    assert form is not None
    assert f'name="kandidaat" value="{wereld.net.schalkwijk.pk}"' in form[0]
    assert "2037" not in form[0]
    assert "12" not in re.findall(r'value="([^"]*)"', form[0])


def test_the_team_of_the_finder_is_chosen_already(wereld):
    page = client_of(wereld.cast.zoe).post(NIEUW, {"kandidaat": wereld.net.schalkwijk.pk}).content.decode()
    assert f'<option value="{wereld.net.schalkwijk.pk}" selected>' in page
    assert "Kijk dit nog even na" not in page


def test_of_more_teams_none_is_chosen_for_her(wereld):
    teams = [wereld.net.schalkwijk.pk, wereld.net.centrum.pk]
    page = client_of(wereld.cast.zoe).post(NIEUW, {"kandidaat": teams}).content.decode()
    assert 'optgroup label="Bij dit adres"' in page
    assert '<option value="" selected>' in page


def test_an_empty_question_has_one_error(wereld):
    response = post(wereld, vraag="")
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Dit veld is verplicht") + page.count("Schrijf uw vraag op") <= 2  # in the summary and at the field
    form = response.context["form"]
    assert len(form.errors["vraag"]) == 1


def test_who_opens_the_address_of_a_button_gets_a_page_with_a_way_back(wereld):
    consult = ask(wereld)
    client = client_of(wereld.cast.zoe)
    for url, back in ((f"/consulten/{consult.nummer}/casus", f"/consulten/{consult.nummer}"), ("/filters/nieuw", "/")):
        response = client.get(url)
        assert response.status_code == 405
        assert "POST" in response["Allow"]
        assert f'href="{back}">' in response.content.decode()
        assert "Dit adres kunt u niet los openen" in response.content.decode()


def test_a_question_is_sent(wereld):
    response = post(wereld, leeftijd="12-15")
    consult = Consult.objects.get()
    assert response.status_code == 302
    assert response.url == f"/consulten/{consult.nummer}"
    assert (consult.wijkteam, consult.aanspreekpunt, consult.leeftijd) == (wereld.net.schalkwijk, wereld.wim, "12-15")


@pytest.mark.parametrize("deel", ["06-12345678", "111222333", "2037 RB 12", "s@post.example"])
def test_what_is_surely_personal_is_refused_whatever_is_ticked(wereld, deel):
    response = post(wereld, vraag=f"{VRAAG} {deel}", nagekeken="on", gezien="alles")
    page = response.content.decode()
    assert response.status_code == 422
    assert "haal het weg" in page
    assert 'name="nagekeken"' not in page
    assert f"{VRAAG} {deel}</textarea>" in page
    assert not Consult.objects.exists()


def test_a_likely_name_is_marked_and_may_be_sent_after_a_look(wereld):
    tekst = "De mentor denkt dat Thirza wordt gepest."
    page = post(wereld, vraag=tekst).content.decode()
    assert re.search(r'<mark class="ap-mark">Thirza</mark>', page)
    assert "een leerling van 14" in page
    assert f"{tekst}</textarea>" in page
    gezien = re.search(r'name="gezien" value="([^"]+)"', page)
    assert gezien is not None
    assert post(wereld, vraag=tekst, nagekeken="on", gezien=gezien[1]).status_code == 302
    assert Consult.objects.get().nagekeken


def test_a_tick_is_no_licence_for_what_was_typed_after_it(wereld):
    tekst = "De mentor denkt dat Thirza wordt gepest."
    page = post(wereld, vraag=tekst).content.decode()
    gezien = re.search(r'name="gezien" value="([^"]+)"', page)
    assert gezien is not None
    response = post(wereld, vraag=f"{tekst} Ook Brechtje weet het.", nagekeken="on", gezien=gezien[1])
    assert response.status_code == 422
    assert not Consult.objects.exists()


def test_the_team_answers_and_the_school_reads_it(wereld):
    consult = ask(wereld)
    url = reverse("consult", args=[consult.nummer])
    assert client_of(wereld.cast.wim).post(url, {"tekst": ANTWOORD}).status_code == 302
    page = client_of(wereld.cast.zoe).get(url).content.decode()
    assert ANTWOORD in page
    assert "Casus aanmelden" in page


def test_an_answer_with_a_number_in_it_is_refused_and_kept(wereld):
    consult = ask(wereld)
    response = client_of(wereld.cast.wim).post(reverse("consult", args=[consult.nummer]), {"tekst": "Bel 06-12345678."})
    assert response.status_code == 422
    assert "Bel 06-12345678.</textarea>" in response.content.decode()
    consult.refresh_from_db()
    assert consult.status == "open"


def test_what_was_typed_is_not_lost_when_the_consult_ended_meanwhile(wereld):
    consult = ask(wereld)
    url = reverse("consult", args=[consult.nummer])
    client_of(wereld.cast.zoe).post(f"{url}/afsluiten")
    response = client_of(wereld.cast.wim).post(url, {"tekst": ANTWOORD})
    assert response.status_code == 422
    assert f"{ANTWOORD}</textarea>" in response.content.decode()


@pytest.mark.parametrize("wie", ["otto", "ona", "rik", "rea"])
def test_an_outsider_finds_nothing_and_that_is_written_down(wereld, wie):
    consult = ask(wereld)
    assert client_of(getattr(wereld.cast, wie)).get(reverse("consult", args=[consult.nummer])).status_code == 404
    row = Inzage.objects.get(object_soort="consult", actie="bekijken")
    assert row.uitkomst == "geweigerd"


@pytest.mark.parametrize("wie", ["teun", "gerda", "fenna", "lena", "abel", "swen"])
def test_another_role_may_not_come(wereld, wie):
    consult = ask(wereld)
    client = client_of(getattr(wereld.cast, wie))
    assert client.get("/consulten").status_code == 403
    assert client.get(reverse("consult", args=[consult.nummer])).status_code == 403


def test_every_look_is_in_the_access_log(wereld):
    consult = ask(wereld)
    client_of(wereld.cast.wim).get(reverse("consult", args=[consult.nummer]))
    row = Inzage.objects.get(object_soort="consult", actie="bekijken")
    assert (row.user, row.relatie, row.object_id) == (wereld.cast.wim, "eigen team", consult.pk)


def test_the_regiocoordinator_gives_it_to_a_team(wereld):
    consult = ask(wereld, team=False)
    url = reverse("consult", args=[consult.nummer])
    client = client_of(wereld.cast.rea)
    assert client.get(url).status_code == 200
    client.post(f"{url}/toewijzen", {"wijkteam": wereld.net.schalkwijk.pk})
    consult.refresh_from_db()
    assert consult.wijkteam == wereld.net.schalkwijk
    assert client.get(url).status_code == 404  # hers no more


@pytest.mark.parametrize("wie", ["zoe", "wim"])
def test_a_list_takes_the_same_queries_at_any_size(wereld, django_assert_num_queries, wie):
    client = client_of(getattr(wereld.cast, wie))
    ask(wereld)
    client.get("/consulten")
    with django_assert_num_queries(QUERIES):
        client.get("/consulten")
    for _ in range(12):
        answer(wereld, ask(wereld))
    with django_assert_num_queries(QUERIES):
        assert "Wacht op antwoord" in client.get("/consulten").content.decode()


QUERIES = 8


def test_my_day_shows_what_waits_for_me(wereld):
    consult = ask(wereld)
    assert consult.nummer in client_of(wereld.cast.wim).get("/mijn-dag").content.decode()
    assert "Vraag beantwoorden" not in client_of(wereld.cast.zoe).get("/mijn-dag").content.decode()
    answer(wereld, consult)
    assert "Antwoord lezen" in client_of(wereld.cast.zoe).get("/mijn-dag").content.decode()
    assert "Vraag beantwoorden" not in client_of(wereld.cast.wim).get("/mijn-dag").content.decode()
