"""Who sees what of a casus: per role, per state, and from the moment consent is withdrawn."""

from datetime import timedelta
from typing import Any

import pytest

from casussen.keuzes import Status
from casussen.models import Casus, Termijn, Toestemming
from casussen.queries import casus_detail, te_routeren, tijdlijn
from kern.kijker import niemand, systeem
from tests.factories.casussen import DOORZETTEN, NU, STARTEN, TERUGLEGGEN, Wereld
from tests.factories.toegang import appoint
from toegang.models import Aanstelling
from toegang.rollen import WIJKTEAMLID

IEDEREEN = ("zoe", "teun", "wim", "cora", "cees", "rea", "gerda", "fenna", "otto", "ona", "rik", "leeg")
TEAM = {"wim", "cora"}

#: Per state: who sees the content (the house plan, §7). Nothing is overdue here, so a teamleider sees nothing.
ZIET: dict[Status, set[str]] = {
    Status.CONCEPT: {"zoe"},
    Status.TE_ROUTEREN: {"zoe"},
    Status.AANGEMELD: {"zoe", *TEAM},
    Status.ONTVANGEN: {"zoe", *TEAM},
    Status.IN_BEHANDELING: {"zoe", *TEAM},
    Status.MDO_GEPLAND: {"zoe", *TEAM},
    Status.PLAN_VASTGESTELD: {"zoe", *TEAM},
    Status.IN_UITVOERING: {"zoe", *TEAM},
    Status.EVALUATIE: {"zoe", *TEAM},
    Status.AFGESLOTEN: {"zoe", *TEAM},
    Status.AANVULLING_GEVRAAGD: {"zoe", *TEAM},
    Status.TERUGGELEGD: {"zoe", *TEAM},
    Status.INGETROKKEN: {"zoe"},
}


def seen_by(wereld: Wereld, casus: Casus, op: Any = NU) -> set[str]:
    return {naam for naam in IEDEREEN if Casus.objects.visible_to(wereld.kijker(naam, op.date())).filter(pk=casus.pk).exists()}


@pytest.mark.parametrize("status", list(Status))
def test_who_sees_the_content_in_each_state(wereld: Wereld, status: Status) -> None:
    casus = wereld.casus(status)
    assert seen_by(wereld, casus) == ZIET[status]
    for naam in IEDEREEN:
        found = casus_detail(casus.nummer, wereld.kijker(naam), op=NU)
        assert (found is not None) == (naam in ZIET[status])


@pytest.mark.parametrize("status", list(Status))
def test_the_region_steers_by_every_casus_but_a_draft(wereld: Wereld, status: Status) -> None:
    casus = wereld.casus(status)
    for naam in IEDEREEN:
        steers = Casus.objects.stuurbaar_door(wereld.kijker(naam)).filter(pk=casus.pk).exists()
        assert steers == (naam == "rea" and status is not Status.CONCEPT)


def test_the_system_and_a_stranger_see_nothing(wereld: Wereld) -> None:
    wereld.casus()
    for kijker in (systeem(NU.date()), niemand(NU.date())):
        assert not Casus.objects.visible_to(kijker).exists()
        assert not Casus.objects.stuurbaar_door(kijker).exists()


@pytest.mark.parametrize("naam", ["wim", "cora"])
def test_withdrawn_consent_stops_sight_at_once(wereld: Wereld, naam: str) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    Toestemming.objects.filter(casus=casus).update(ingetrokken_op=NU)
    assert naam not in seen_by(wereld, casus)
    assert casus_detail(casus.nummer, wereld.kijker(naam), op=NU) is None


def test_consent_for_another_team_shows_nothing_to_this_one(wereld: Wereld) -> None:
    casus = wereld.casus()
    Toestemming.objects.filter(casus=casus).update(ook_ander_wijkteam=False, wijkteam=wereld.net.centrum)
    assert seen_by(wereld, casus) == {"zoe"}
    Toestemming.objects.filter(casus=casus).update(ook_ander_wijkteam=True)
    assert seen_by(wereld, casus) == {"zoe", *TEAM}


def test_safety_is_a_ground_of_its_own(wereld: Wereld) -> None:
    casus = wereld.casus(veiligheid=True, veiligheid_grond="Meldcode, stap 5.")
    Toestemming.objects.all().delete()
    assert seen_by(wereld, casus) == {"zoe", *TEAM}


def test_an_appointment_that_ended_shows_nothing(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    Aanstelling.objects.update(tot=NU.date())
    assert seen_by(wereld, casus) == set()
    assert seen_by(wereld, casus, NU - timedelta(days=1)) == {"zoe", *TEAM}


# --- The teamleider ---------------------------------------------------------------------------------------------
def test_a_teamleider_sees_what_is_overdue_with_the_school_and_only_then(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    day = Termijn.objects.get(casus=casus, soort="aanvulling_gevraagd").vervalt_op
    assert "teun" not in seen_by(wereld, casus, day)
    assert "teun" in seen_by(wereld, casus, day + timedelta(days=1))
    other = wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    assert "teun" not in seen_by(wereld, other, day + timedelta(days=30))  # late with the team, not with the school
    wereld.do("beantwoorden", casus, "zoe", op=day + timedelta(days=2), antwoord="Eindelijk.")
    assert "teun" not in seen_by(wereld, casus, day + timedelta(days=2))


def test_a_teamleider_sees_it_as_the_zorgcoordinator_does(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("starten", casus, "wim", **STARTEN)
    casus = wereld.do("vragen", casus, "wim", vraag="Hoe gaat het op school?")
    late = NU + timedelta(days=30)
    teun = casus_detail(casus.nummer, wereld.kijker("teun", late.date()), op=late)
    zoe = casus_detail(casus.nummer, wereld.kijker("zoe", late.date()), op=late)
    assert teun is not None
    assert zoe is not None
    assert [item.tekst for item in teun.tijdlijn] == [item.tekst for item in zoe.tijdlijn]
    assert [c.notitie for c in teun.contactmomenten] == [""]
    assert teun.acties == []


# --- Notes and feedback -----------------------------------------------------------------------------------------
def texts(detail: Any) -> str:
    assert detail is not None
    return str([(item.tekst, item.details) for item in detail.tijdlijn]) + str([c.notitie for c in detail.contactmomenten])


def test_the_school_never_sees_the_notes_of_the_team(wereld: Wereld) -> None:
    casus = wereld.do("starten", wereld.casus(Status.ONTVANGEN), "wim", **STARTEN)
    zoe, wim = (casus_detail(casus.nummer, wereld.kijker(naam), op=NU) for naam in ("zoe", "wim"))
    assert "Alleen voor het team." not in texts(zoe)
    assert STARTEN["terugkoppeling_gedaan"] in texts(zoe)
    assert "gesprek op school" in texts(zoe)
    assert "Alleen voor het team." in texts(wim)


def test_who_is_of_the_school_and_of_the_team_does_not_see_the_notes_by_the_school(wereld: Wereld) -> None:
    """Two hats: the notes are the team's, and stay so on a screen of the school."""
    casus = wereld.do("starten", wereld.casus(Status.ONTVANGEN), "wim", **STARTEN)
    appoint(wereld.cast.zoe, WIJKTEAMLID, wereld.net.schalkwijk)
    assert "Alleen voor het team." not in texts(casus_detail(casus.nummer, wereld.kijker("zoe"), op=NU))


def test_the_next_team_sees_what_the_school_shared_and_nothing_of_the_team_before(wereld: Wereld) -> None:
    casus = wereld.do("starten", wereld.casus(Status.ONTVANGEN), "wim", **STARTEN)
    casus = wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    cees = casus_detail(casus.nummer, wereld.kijker("cees"), op=NU)
    assert cees is not None
    assert cees.casus.hulpvraag
    assert "Alleen voor het team." not in texts(cees)
    assert STARTEN["terugkoppeling_gedaan"] not in texts(cees)
    assert cees.contactmomenten == []
    assert cees.terugkoppelingen == []
    assert DOORZETTEN["toelichting"] in texts(cees)


def test_the_region_reads_that_it_happened_and_not_what_was_said(wereld: Wereld) -> None:
    casus = wereld.do("starten", wereld.casus(Status.ONTVANGEN), "wim", **STARTEN)
    casus = wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    line = tijdlijn(casus, wereld.kijker("rea"))
    assert [item.soort for item in line] == ["aanmelden", "ontvangen", "starten", "terugleggen"]
    assert all(item.details == () for item in line)
    assert tijdlijn(casus, wereld.kijker("otto")) == []
    assert tijdlijn(casus, wereld.kijker("gerda")) == []


def test_a_secret_address_is_shown_to_nobody(wereld: Wereld) -> None:
    casus = wereld.casus(geheim_adres=True)
    for naam in ("zoe", "wim"):
        detail = casus_detail(casus.nummer, wereld.kijker(naam), op=NU)
        assert detail is not None
        assert detail.adres == ""
        assert detail.route is not None
        assert "2037" not in str(detail.route.document)
    plain = casus_detail(wereld.casus(leerlingnummer="B2").nummer, wereld.kijker("wim"), op=NU)
    assert plain is not None
    assert plain.adres == "2037 RB, nummer 12"


# --- Te routeren ------------------------------------------------------------------------------------------------
def test_to_find_a_team_the_region_sees_postcode_number_sector_and_school_only(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(postcode="2034AA", huisnummer="99 b hs"), "zoe")
    (row,) = te_routeren(wereld.kijker("rea"), op=NU)
    assert (row.nummer, row.postcode, row.huisnummer, row.sector, row.school) == (
        casus.nummer, "2034AA", "99B HS", "vo", str(wereld.net.vestiging),
    )  # fmt: skip
    assert (row.uitkomst, row.te_laat, row.versie) == ("meerdere", False, 1)
    assert {naam for _, naam, _ in row.kandidaten} == {"Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"}
    assert not [word for word in ("Voorbeeld", "Testleerling", "Rust thuis", "2012") if word in str(row).replace(row.school, "")]


def test_of_a_secret_address_the_region_sees_no_place(wereld: Wereld) -> None:
    wereld.do("aanmelden", wereld.concept(postcode="2034AA", huisnummer="99", geheim_adres=True), "zoe")
    (row,) = te_routeren(wereld.kijker("rea"), op=NU)
    assert (row.postcode, row.huisnummer, row.geheim) == ("", "", True)
    assert "2034" not in str(row)


def test_what_waits_for_a_team_is_seen_by_the_own_region_only(wereld: Wereld) -> None:
    wereld.casus(Status.TE_ROUTEREN)
    assert len(te_routeren(wereld.kijker("rea"), op=NU)) == 1
    for naam in set(IEDEREEN) - {"rea"}:
        assert te_routeren(wereld.kijker(naam), op=NU) == []
