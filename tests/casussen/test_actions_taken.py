"""What an action that was agreed writes: whose it is, its clock, and how it ends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from casussen.actions import perform
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Taak, Termijn
from kern.klok import AMSTERDAM
from tests.factories.casussen import DOORZETTEN, NU, TERUGLEGGEN, Wereld, colleague

AFSPRAAK = {"omschrijving": "Belt de huisarts.", "uiterlijk": "2026-12-09"}


def add(wereld: Wereld, casus: Casus, partij: str, naam: str = "wim") -> tuple[Casus, Taak]:
    casus = wereld.do("taak_toevoegen", casus, naam, **{**AFSPRAAK, "partij": partij})
    return casus, Taak.objects.filter(casus=casus).latest("pk")


def clock_of(taak: Taak) -> Termijn:
    return Termijn.objects.get(taak=taak, gesloten_op__isnull=True)


@pytest.mark.parametrize(
    ("partij", "soort"),
    [("wijkteam", "wijkteam"), ("ouders", "wijkteam"), ("netwerk", "wijkteam"), ("school", "school"), ("aanbieder", "wijkteam")],
)
def test_whose_clock_it_is(wereld: Wereld, partij: str, soort: str) -> None:
    """What the family does is asked after by the team; so is what an aanbieder does with whom nothing is shared."""
    _, taak = add(wereld, wereld.casus(Status.ONTVANGEN), partij)
    clock = clock_of(taak)
    assert (clock.eigenaar_soort, clock.los) == (soort, True)
    assert clock.vervalt_op.astimezone(AMSTERDAM) == datetime(2026, 12, 9, 17, 0, tzinfo=AMSTERDAM)
    assert clock.eigenaar_user == (wereld.cast.zoe if soort == "school" else wereld.cast.wim)


def test_of_an_aanbieder_that_sees_the_casus_it_is_theirs(wereld: Wereld, gedeeld: Callable[..., Casus]) -> None:
    casus, taak = add(wereld, gedeeld(), "aanbieder")
    assert (taak.eigenaar_aanbieder, clock_of(taak).eigenaar_aanbieder) == (wereld.cast.aanbieder, wereld.cast.aanbieder)
    casus = wereld.do("taak_afronden", casus, "abel", taak=taak.pk)
    taak.refresh_from_db()
    assert (taak.afgerond_op, taak.afgerond_door) == (NU, wereld.cast.abel)
    casus, other = add(wereld, casus, "wijkteam")
    with pytest.raises(NietBevoegd, match="geen afspraak van uw organisatie"):
        wereld.do("taak_afronden", casus, "abel", taak=other.pk)


def test_a_colleague_who_is_named_gets_it(wereld: Wereld) -> None:
    eva, user = colleague(wereld.net.schalkwijk, "Eva Extra")
    casus = wereld.casus(Status.ONTVANGEN)
    values = {**AFSPRAAK, "partij": "wijkteam", "naam": "eva extra"}
    perform("taak_toevoegen", casus=casus, by=wereld.kijker("wim"), op=NU, gegevens=values)
    taak = Taak.objects.get(casus=casus)
    assert (taak.eigenaar_contactpersoon, taak.eigenaar_user, clock_of(taak).eigenaar_user) == (eva, user, user)


def test_done_moved_or_dropped_its_clock_follows(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus, done = add(wereld, casus, "wijkteam")
    casus, moved = add(wereld, casus, "school")
    casus, dropped = add(wereld, casus, "ouders")
    casus = wereld.do("taak_afronden", casus, "wim", taak=done.pk, resultaat="Gebeld.")
    casus = wereld.do("taak_verzetten", casus, "zoe", taak=moved.pk, uiterlijk="2026-12-16", toelichting="Mentor ziek.")
    casus = wereld.do("taak_laten_vervallen", casus, "wim", taak=dropped.pk, toelichting="Niet meer nodig.")
    done.refresh_from_db()
    moved.refresh_from_db()
    dropped.refresh_from_db()
    assert (done.afgerond_op, done.resultaat, Termijn.objects.get(taak=done).gesloten_om) == (NU, "Gebeld.", "gehaald")
    assert (dropped.vervallen_om, Termijn.objects.get(taak=dropped).gesloten_om) == ("Niet meer nodig.", "vervallen")
    clock = clock_of(moved)
    assert (moved.uiterlijk, clock.stand) == (date(2026, 12, 16), 2)
    assert clock.vervalt_op.astimezone(AMSTERDAM).date() == date(2026, 12, 16)
    with pytest.raises(Onvolledig, match="niet meer open"):
        wereld.do("taak_afronden", casus, "wim", taak=done.pk)


def test_moving_to_today_after_office_hours_is_refused(wereld: Wereld) -> None:
    casus, taak = add(wereld, wereld.casus(Status.ONTVANGEN), "wijkteam")
    evening = NU.replace(hour=18)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("taak_verzetten", casus, "wim", op=evening, taak=taak.pk, uiterlijk="2026-12-02", toelichting="Nu.")
    assert [item["veld"] for item in fout.value.ontbreekt] == ["uiterlijk"]
    taak.refresh_from_db()
    assert taak.uiterlijk == date(2026, 12, 9)


def test_the_end_of_the_casus_needs_them_done_or_said_to_lapse(wereld: Wereld) -> None:
    casus, taak = add(wereld, wereld.casus(Status.ONTVANGEN), "wijkteam")
    wereld.do("intrekken", casus, "zoe", reden="niet_meer_nodig", namens="ouders")
    taak.refresh_from_db()
    assert (taak.vervallen_op, taak.vervallen_om) == (NU, "De casus is ingetrokken.")
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).exists()


# --- Another team, or the school ----------------------------------------------------------------------------------
def test_sent_on_the_new_team_asks_after_what_was_agreed(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus, own = add(wereld, casus, "wijkteam")
    casus, school = add(wereld, casus, "school")
    casus = wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    own.refresh_from_db()
    clock = clock_of(own)
    assert (clock.eigenaar_soort, clock.eigenaar_wijkteam) == ("wijkteam", wereld.net.centrum)
    assert own.eigenaar_contactpersoon == clock.eigenaar_contactpersoon == casus.aanspreekpunt
    assert own.eigenaar_user_id == clock.eigenaar_user_id
    assert clock_of(school).eigenaar_user == wereld.cast.zoe
    casus = wereld.do("taak_afronden", casus, "cees", taak=own.pk)  # before receipt was confirmed


def test_given_back_the_teams_own_lapse_and_the_school_asks_after_those_of_the_family(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus, own = add(wereld, casus, "wijkteam")
    casus, family = add(wereld, casus, "ouders")
    casus = wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    own.refresh_from_db()
    family.refresh_from_db()
    assert own.vervallen_om == "Het wijkteam legde de casus terug."
    assert Termijn.objects.get(taak=own).gesloten_om == "vervallen"
    clock = clock_of(family)
    assert (clock.eigenaar_soort, clock.eigenaar_user, clock.eigenaar_wijkteam) == ("school", wereld.cast.zoe, None)
    assert (family.eigenaar_user, family.eigenaar_contactpersoon) == (wereld.cast.zoe, None)
    _, new = add(wereld, casus, "ouders", "zoe")
    assert clock_of(new).eigenaar_soort == "school"


def test_an_aanbieder_with_whom_sharing_stops_is_reminded_of_nothing(wereld: Wereld, gedeeld: Callable[..., Casus]) -> None:
    casus, taak = add(wereld, gedeeld(), "aanbieder")
    deling = casus.delingen.get()
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="ouders")
    taak.refresh_from_db()
    assert (taak.is_open, taak.eigenaar_aanbieder, taak.eigenaar_contactpersoon) == (True, None, wereld.wim)
    assert (clock_of(taak).eigenaar_soort, clock_of(taak).eigenaar_aanbieder) == ("wijkteam", None)


def test_one_form_sent_twice_is_one_action_and_of_two_people_one_finishes_it(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    for _ in range(2):
        wereld.do("taak_toevoegen", casus, "wim", versie=casus.versie, partij="school", **AFSPRAAK)
    taak = Taak.objects.get(casus=casus)
    casus.refresh_from_db()
    wereld.do("taak_afronden", casus, "zoe", versie=casus.versie, taak=taak.pk, resultaat="Gedaan.")
    with pytest.raises(OnjuisteStatus, match="Zoë Zorg heeft een afspraak om"):
        wereld.do("taak_afronden", casus, "wim", versie=casus.versie, op=NU + timedelta(hours=1), taak=taak.pk)
