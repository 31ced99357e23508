"""What is said of a step, a refusal and a day is correct Dutch, and says what would make it possible."""

from datetime import date

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import Casus, Contactmoment, Terugkoppeling
from casussen.queries import tijdlijn
from casussen.woorden import flags_in_the_way, say, short_day
from casussen.workflow import HANDELINGEN
from tests.factories.casussen import NU, STARTEN, Wereld, evalueren
from tests.factories.toegang import client_of


@pytest.mark.parametrize(
    ("voorwerp", "gedaan", "zin"),
    [
        ("de casus", "ontvangen", "de casus ontvangen"),
        ("dat de leerling thuiszit", "gemeld", "gemeld dat de leerling thuiszit"),
        ("hoe het gaat", "aan de school verteld", "aan de school verteld hoe het gaat"),
        ("wat er is afgesproken", "vastgelegd", "vastgelegd wat er is afgesproken"),
    ],
)
def test_a_clause_comes_after_the_verb(voorwerp: str, gedaan: str, zin: str) -> None:
    assert say(voorwerp, gedaan) == zin


def test_a_day_of_another_year_says_so() -> None:
    assert short_day(NU, nu=date(2026, 1, 1)) == "wo 2 dec"
    assert short_day(NU, nu=date(2027, 1, 1)) == "wo 2 dec 2026"


def test_the_time_line_says_it_as_people_do(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("thuiszitter_melden", casus, "zoe", thuis_sinds="2026-01-05", toelichting="zit thuis")
    casus = wereld.do("contact_vastleggen", casus, "wim", **STARTEN, contact_gelukt=True)
    Contactmoment.objects.filter(casus=casus).update(datum="2020-12-24")  # as it was written down before this was refused
    line = tijdlijn(casus, wereld.kijker("zoe"))
    texts = [item.tekst for item in line]
    assert any(text.endswith("heeft gemeld dat de leerling thuiszit.") for text in texts)
    assert ("Uitleg", "Thuis sinds 5-1-2026. Zit thuis") in [detail for item in line for detail in item.details]
    assert any(text.startswith("Contact op do 24 dec 2020:") for text in texts)


def get(wereld: Wereld, naam: str, casus: Casus, actie: str) -> str:
    return client_of(getattr(wereld.cast, naam)).get(reverse("casus-actie", args=[casus.nummer, actie])).content.decode()


def test_a_flag_in_the_way_is_named_with_the_step_that_takes_it_away(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    html = get(wereld, "wim", casus, "weer_bereikbaar")
    assert "staat nu niet: gezin niet bereikbaar" in html
    assert "Melden dat het gezin niet bereikbaar is" in html
    casus = wereld.do("escaleren", casus, "zoe", toelichting="Wij horen niets.")
    html = get(wereld, "zoe", casus, "escaleren")
    assert "staat al: geëscaleerd" in html
    assert "Vastleggen wat er is afgesproken" in html


@pytest.mark.parametrize("regel", [r for r in HANDELINGEN if r.zet or r.licht], ids=lambda regel: regel.actie)
def test_each_step_of_a_flag_says_what_would_make_it_possible(regel) -> None:
    assert "Dat gaat met de stap '" in flags_in_the_way(regel)


def test_asking_for_help_leads_to_where_it_is_shared_and_to_the_guide(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    html = get(wereld, "wim", casus, "hulp_aanvragen")
    assert f'href="{reverse("casus-delen", args=[casus.nummer])}">Toestemming' in html
    assert f'href="{reverse("aanbod")}">De gids' in html


def test_what_the_school_evaluates_is_told_to_the_team(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_UITVOERING)
    casus = wereld.do("evalueren", casus, "zoe", **evalueren(casus))
    told = Terugkoppeling.objects.filter(casus=casus).latest("pk")
    assert (told.door_id, told.aan_id) == (wereld.cast.zoe.pk, wereld.wim.user_id)


def test_without_an_account_at_the_team_it_is_addressed_and_does_not_say_to_herself(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_UITVOERING)
    type(wereld.wim).objects.filter(pk=wereld.wim.pk).update(user=None)
    casus = wereld.do("evalueren", casus, "zoe", **evalueren(casus))
    told = Terugkoppeling.objects.filter(casus=casus).latest("pk")
    assert told.aan_id == wereld.cast.zoe.pk
    html = client_of(wereld.cast.zoe).get(reverse("casus", args=[casus.nummer])).content.decode()
    card = html[html.index('id="terug-kop"') :].split("</div>")[0]
    assert "aan Zoë" not in card
