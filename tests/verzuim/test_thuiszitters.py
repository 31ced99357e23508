"""The list of thuiszitters: who sees whom, within consent, and the tab of a casus."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.keuzes import Deelnemer, Standpunt, Status
from casussen.models import Casus, Doel, Doelversie, Plan, Taak
from casussen.queries.verzuim import Filter, Thuiszitter, return_day, thuiszitters_of
from scholen.models import Leerling, Samenwerkingsverband
from tests.factories.casussen import NU, VANDAAG, CasusFactory, Wereld, second_zc, shared_casus
from tests.factories.netwerk import LeerlingFactory, VestigingFactory
from tests.factories.toegang import client_of, kijker_of
from tests.factories.verzuim import LANG_GELEDEN, SignaalFactory, at_home, share
from toegang.models import Inzage

URL = "/thuiszitters"


def seen_by(wereld: Wereld, naam: str) -> list[Thuiszitter]:
    return thuiszitters_of(wereld.kijker(naam), VANDAAG)


def names(rows: list[Thuiszitter]) -> list[str]:
    return [row.leerling.achternaam for row in rows]


def page(wereld: Wereld, naam: str, url: str = URL, **query: Any) -> str:
    response = client_of(getattr(wereld.cast, naam)).get(url, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def casus(wereld: Wereld, leerling: Leerling) -> Casus:
    """Of the pupil at home, with the team of Wim."""
    at_home(leerling, toelichting="Alleen voor ons.")
    return shared_casus(
        leerling=leerling, vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio,
        aangevraagd_door=wereld.cast.zoe, woongemeente=wereld.net.haarlem, hulpvraag="Het hele verhaal.",
    )  # fmt: skip


@pytest.fixture
def verband(wereld: Wereld) -> Samenwerkingsverband:
    """Swen's."""
    own = Samenwerkingsverband.objects.get()
    wereld.net.vestiging.samenwerkingsverband = own
    wereld.net.vestiging.save()
    return own


# --- The own school -----------------------------------------------------------------------------------------------------
def test_the_school_sees_weeks_reason_next_step_and_owner(wereld, casus):
    (row,) = seen_by(wereld, "zoe")
    assert row.casus == casus
    assert (row.stand.stand.weken, row.stand.stand.sinds) == (7, LANG_GELEDEN)
    assert row.stap is not None
    html = page(wereld, "zoe")
    for text in ("1 leerling zit 4 weken of langer thuis", "7 weken", "Durft of kan niet naar school", row.stap.zonder_namen):
        assert text in html
    assert f"/casussen/{casus.nummer}/verzuim" in html


def test_a_pupil_without_a_casus_asks_for_one(wereld, leerling):
    at_home(leerling)
    (row,) = seen_by(wereld, "zoe")
    assert row.casus is None
    assert "nog geen casus" in page(wereld, "zoe")
    assert "Casus aanmelden" in page(wereld, "zoe")


def test_a_draft_is_no_casus_yet(wereld, leerling):
    at_home(leerling)
    draft = CasusFactory.create(
        leerling=leerling, vestiging=wereld.net.vestiging, status=Status.CONCEPT, wijkteam=None, aangevraagd_door=wereld.cast.zoe
    )
    (row,) = seen_by(wereld, "zoe")
    assert row.is_concept
    assert Filter(zonder_casus=True).takes(row)
    assert f'href="/casussen/{draft.nummer}"' in page(wereld, "zoe")


def test_a_casus_that_ended_is_no_casus(wereld, casus):
    Casus.objects.filter(pk=casus.pk).update(status=Status.INGETROKKEN)
    (row,) = seen_by(wereld, "zoe")
    assert row.casus is None


def test_a_flagged_casus_without_a_report_is_on_the_list_last(wereld, casus):
    vlag = shared_casus(vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio, thuiszitter=True)
    rows = seen_by(wereld, "zoe")
    assert [row.casus for row in rows] == [casus, vlag]
    assert [row.nog_niet_afgemeld for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("status", "waarom"),
    [
        (Status.IN_BEHANDELING, "In casus {} staat dat de leerling thuiszit."),
        (Status.AFGESLOTEN, "Casus {} is afgesloten, en daarna is niet gemeld dat de leerling weer naar school gaat."),
        (Status.INGETROKKEN, "Casus {} is ingetrokken, en daarna is niet gemeld dat de leerling weer naar school gaat."),
    ],
)
def test_who_is_only_flagged_stands_apart_with_why_and_how_it_ends(wereld, casus, status, waarom):
    pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging, achternaam="Vlagman")
    vlag = shared_casus(
        leerling=pupil, vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio,
        thuiszitter=True, status=status, behandelaar=wereld.wim, aangevraagd_door=wereld.cast.zoe,
    )  # fmt: skip
    html = page(wereld, "zoe")
    assert "1 leerling zit 4 weken of langer thuis" in html
    above, apart = html.split("Nog niet afgemeld als thuiszitter</h2>")
    assert "Thuisman" in above
    assert "Vlagman" not in above
    assert waarom.format(vlag.nummer) in apart
    url = f"/casussen/{vlag.nummer}/thuiszitter_afmelden"
    assert f'href="{url}"' in apart
    client = client_of(wereld.cast.zoe)
    assert client.get(url).status_code == 200
    given = {"versie": str(vlag.versie), "terug_sinds": "2026-12-01", "toelichting": "Gaat weer."}
    assert client.post(url, given).status_code == 302
    assert "Vlagman" not in page(wereld, "zoe")


def test_only_flagged_and_nobody_at_home(wereld):
    shared_casus(vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio, thuiszitter=True)
    html = page(wereld, "zoe")
    assert "Er zit nu niemand 4 weken of langer thuis." in html
    assert "Nog niet afgemeld als thuiszitter</h2>" in html
    assert "Er staat niemand op de lijst" not in html


def test_another_school_sees_nothing(wereld, casus):
    assert seen_by(wereld, "otto") == []


@pytest.mark.parametrize(
    "velden", [{"soort": "ziek"}, {"soort": "vrijstelling", "vrijstelling_grond": "5a"}, {"van": date(2026, 11, 20)}]
)
def test_who_is_ill_exempt_or_not_away_for_long_is_not_on_the_list(wereld, leerling, velden):
    at_home(leerling, **velden)
    assert seen_by(wereld, "zoe") == []


def test_the_teamleider_sees_the_pupils_and_of_a_casus_only_what_is_late(wereld, casus):
    (row,) = seen_by(wereld, "teun")
    assert (row.leerling, row.casus) == (casus.leerling, None)
    html = page(wereld, "teun")
    assert "Vraag het de zorgcoördinator." in html
    assert "Casus aanmelden" not in html


def test_an_open_task_is_named_with_who_does_it(wereld, casus):
    Taak.objects.create(
        casus=casus, ronde=1, omschrijving="Mentor belt elke maandag", partij=Deelnemer.SCHOOL, naam="Mentor De Vries",
        uiterlijk=VANDAAG + timedelta(days=3), aangemaakt_op=NU,
    )  # fmt: skip
    html = page(wereld, "zoe")
    assert "Mentor belt elke maandag" in html
    assert "Mentor De Vries" in html


def test_filters_by_weeks_and_without_casus(wereld, casus):
    zonder = LeerlingFactory.create(vestiging=wereld.net.vestiging, achternaam="Kortweg")
    at_home(zonder, van=date(2026, 11, 2))
    assert names(seen_by(wereld, "zoe")) == ["Thuisman", "Kortweg"]
    assert "Thuisman" not in page(wereld, "zoe", zonder_casus="ja")
    assert "Kortweg" not in page(wereld, "zoe", weken="8")
    assert "Kortweg" in page(wereld, "zoe", weken="onzin")


# --- Leerplicht ---------------------------------------------------------------------------------------------------------
def test_leerplicht_sees_only_what_is_shared(wereld, casus, leerling):
    ander = LeerlingFactory.create(vestiging=wereld.net.vestiging, achternaam="Nietgedeeld")
    at_home(ander)
    assert seen_by(wereld, "lena") == []
    assert "Er is niets met u gedeeld" in page(wereld, "lena")
    share(casus, wereld.net.haarlem)
    (row,) = seen_by(wereld, "lena")
    assert (row.leerling, row.casus) == (leerling, casus)
    html = page(wereld, "lena")
    assert "Thuisman" in html
    assert "U ziet hier leerlingen omdat" in html
    assert "Nietgedeeld" not in html


def test_leerplicht_of_another_gemeente_sees_nothing(wereld, casus):
    share(casus, wereld.net.heemstede)
    assert seen_by(wereld, "lena") == []


def test_withdrawn_consent_shows_nothing_the_same_moment(wereld, casus):
    deling = share(casus, wereld.net.haarlem)
    deling.ingetrokken_op = NU
    deling.save()
    assert seen_by(wereld, "lena") == []
    assert client_of(wereld.cast.lena).get(f"/casussen/{casus.nummer}/verzuim").status_code == 404


def test_a_shared_casus_is_listed_also_when_the_pupil_is_back(wereld, casus):
    share(casus, wereld.net.haarlem)
    casus.leerling.verzuim.update(tot=date(2026, 11, 6))
    (row,) = seen_by(wereld, "lena")
    assert not row.gezien


def test_a_party_sees_its_own_tasks_and_no_others(wereld, casus):
    share(casus, wereld.net.haarlem)
    for partij, tekst in ((Deelnemer.OUDERS, "Het verhaal thuis"), (Deelnemer.LEERPLICHT, "Gesprek op school")):
        Taak.objects.create(
            casus=casus, ronde=1, omschrijving=tekst, partij=partij, uiterlijk=VANDAAG + timedelta(days=3), aangemaakt_op=NU
        )
    html = page(wereld, "lena")
    assert "Gesprek op school" in html
    assert "Het verhaal thuis" not in html


# --- Samenwerkingsverband -----------------------------------------------------------------------------------------------
def test_the_verband_sees_names_only_upon_consent_and_otherwise_counts(wereld, casus, verband):
    html = page(wereld, "swen")
    assert "Thuisman" not in html
    assert "te klein om te tonen" in html
    assert wereld.net.school.naam in html
    share(casus, verband)
    assert "Thuisman" in page(wereld, "swen")


def test_counts_are_rounded_and_of_the_first_of_the_month(wereld, verband):
    groot = VestigingFactory.create(samenwerkingsverband=verband, school__naam="Grote School")
    for _ in range(12):
        at_home(LeerlingFactory.create(vestiging=groot))
        at_home(LeerlingFactory.create(vestiging=wereld.net.vestiging))
    html = page(wereld, "swen")
    assert "Op di 1 dec: ongeveer 25 leerlingen samen." in html
    assert html.count('<span class="ap-getal">10</span>') == 2


# --- The tab of a casus -------------------------------------------------------------------------------------------------
def plan_with_return(casus: Casus, *dagen: date | None) -> None:
    doel = Doel.objects.create(casus=casus, ronde=1, nummer=1, aangemaakt_op=NU)
    for versie, dag in enumerate(dagen, 1):
        plan = Plan.objects.create(casus=casus, ronde=1, versie=versie, standpunt=Standpunt.AKKOORD, op=NU)
        Doelversie.objects.create(
            plan=plan, doel=doel, domein="school", tekst="Weer naar school", partij="school", terugkeer_op=dag
        )


def test_the_return_day_is_that_of_the_newest_plan(casus):
    assert return_day(casus) is None
    plan_with_return(casus, date(2026, 12, 14), date(2027, 1, 4))
    assert return_day(casus) == date(2027, 1, 4)


def test_the_return_day_of_an_earlier_ronde_is_over(casus):
    plan_with_return(casus, date(2026, 12, 14))
    casus.ronde = 2
    assert return_day(casus) is None


@pytest.mark.parametrize("naam", ["zoe", "wim", "lena", "swen"])
def test_the_tab_shows_verzuim_and_return_and_nothing_of_the_story(wereld, casus, verband, naam):
    share(casus, wereld.net.haarlem)
    share(casus, verband)
    SignaalFactory.create(leerling=casus.leerling)
    plan_with_return(casus, date(2026, 12, 14))
    html = page(wereld, naam, f"/casussen/{casus.nummer}/verzuim")
    for text in ("7 weken afwezig", "ma 14 dec", "durft of kan niet naar school", "nog niet bij leerplicht gemeld"):
        assert text in html, text
    assert "Het hele verhaal" not in html
    assert ("Alleen voor ons." in html) == (naam == "zoe")
    assert ("U ziet dit omdat" in html) == (naam in {"lena", "swen"})
    assert Inzage.objects.filter(user=getattr(wereld.cast, naam), object_soort="casus", object_id=casus.pk).count() == 1


@pytest.mark.parametrize(
    ("naam", "status"),
    [("lena", 404), ("swen", 404), ("otto", 404), ("ona", 404), ("rea", 403), ("abel", 403), ("gerda", 403), ("fenna", 403)],
)
def test_the_tab_is_not_for_others(wereld, casus, naam, status):
    assert client_of(getattr(wereld.cast, naam)).get(f"/casussen/{casus.nummer}/verzuim").status_code == status


@pytest.mark.parametrize("naam", ["wim", "cora", "rea", "abel", "gerda", "fenna", "leeg"])
def test_the_list_is_not_for_others(wereld, naam):
    assert client_of(getattr(wereld.cast, naam)).get(URL).status_code == 403


def test_leerplicht_starts_here(wereld):
    assert client_of(wereld.cast.lena).get("/").headers["Location"] == URL


# --- Size ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("naam", ["zoe", "lena", "swen"])
def test_the_list_takes_the_same_number_of_queries_at_any_size(wereld, verband, naam):
    def more(n: int) -> None:
        for _ in range(n):
            pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging)
            at_home(pupil)
            made = shared_casus(
                leerling=pupil, vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio,
                status=Status.IN_BEHANDELING, behandelaar=wereld.wim, aanspreekpunt=wereld.wim,
                aangevraagd_door=second_zc(wereld.net.school),
            )  # fmt: skip
            share(made, wereld.net.haarlem)
            share(made, verband)

    client = client_of(getattr(wereld.cast, naam))
    counts = []
    for n in (2, 12):
        more(n)
        client.get(URL)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1], [query["sql"][:200] for query in seen.captured_queries]
    assert counts[0] <= 30
    assert len(thuiszitters_of(kijker_of(getattr(wereld.cast, naam), VANDAAG), VANDAAG)) == 14
