"""Planning, moving and reporting: clashes, races, and decisions that become actions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casussen.actions import perform
from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Mdo, Taak, Termijn
from casussen.overleg.agenda import agenda_of
from kern.klok import AMSTERDAM
from kern.models import Melding
from tests.factories.casussen import MDO, NU, Wereld, make_wereld
from tests.factories.netwerk import AfwezigheidFactory
from tests.factories.tegelijk import together
from tests.overleg.conftest import IEDEREEN, LATER, LEERLING, MENTOR, MOEDER, OMA, WIM, Plan


def test_somebody_in_two_places_stops_it_until_it_is_meant(wereld: Wereld, plan: Plan) -> None:
    plan()
    other = wereld.casus(Status.IN_BEHANDELING, leerlingnummer="A2")
    with pytest.raises(Onvolledig) as fout:
        plan(casus=other, deelnemers=[LEERLING, {**MOEDER, "email": ""}, WIM], mdo_tijd="15:00")
    assert fout.value.ontbreekt == [
        {
            "veld": "ondanks_botsing",
            "melding": "Wim Wijkteam heeft dan al een ander overleg (14.30 tot 15.30). "
            "Kies een ander moment, of zet hier een vinkje.",
        }
    ]
    assert not other.mdos.exists()
    planned = plan(casus=other, deelnemers=[LEERLING, MOEDER, WIM], mdo_tijd="15:00", ondanks_botsing=True)
    assert planned.status == Status.MDO_GEPLAND


def test_an_absence_is_said_and_stops_nothing(wereld: Wereld, plan: Plan) -> None:
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 10), tot_en_met=date(2026, 12, 10))
    assert plan().status == Status.MDO_GEPLAND


@pytest.mark.parametrize(
    ("dag", "waarom"),
    [
        ("2026-12-24", "De school heeft dan vakantie."),
        ("2026-12-25", "Dit is geen werkdag. De school heeft dan vakantie."),
        ("2026-12-12", "Dit is geen werkdag."),
    ],
)
def test_a_day_without_work_or_school_is_asked_about_before_anybody_is_invited(
    wereld: Wereld, plan: Plan, dag: str, waarom: str
) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    Melding.objects.all().delete()
    with pytest.raises(Onvolledig) as fout:
        plan(casus=casus, mdo_datum=dag)
    assert fout.value.ontbreekt == [
        {"veld": "ondanks_botsing", "melding": f"{waarom} Kies een ander moment, of zet hier een vinkje."}
    ]
    assert (Mdo.objects.count(), Melding.objects.count()) == (0, 0)
    assert plan(casus=casus, mdo_datum=dag, ondanks_botsing=True).status == Status.MDO_GEPLAND


def test_moving_to_such_a_day_asks_too(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    values = {"mdo_datum": "2026-12-25", "mdo_tijd": "15:00", "toelichting": "Eerder kan niet."}
    with pytest.raises(Onvolledig):
        wereld.do("mdo_verzetten", casus, "wim", **values)
    wereld.do("mdo_verzetten", casus, "wim", **values, ondanks_botsing=True)
    assert casus.mdos.get().volgnummer == 1


def test_moving_to_where_it_is_already_changes_nothing(wereld: Wereld, plan: Plan) -> None:
    casus = plan(adres="lokaal 12")
    same = {"mdo_datum": "2026-12-10", "mdo_tijd": "14:30", "toelichting": "Zomaar.", "plek": "school", "adres": "lokaal 12"}
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_verzetten", casus, "wim", **same)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["mdo_datum"]
    assert "Er verandert niets" in fout.value.ontbreekt[0]["melding"]
    assert casus.mdos.get().volgnummer == 0
    for anders in ({"mdo_duur": "90"}, {"adres": "lokaal 13"}, {"plek": "team"}):
        same |= anders
        wereld.do("mdo_verzetten", casus, "wim", **same)
    assert casus.mdos.get().volgnummer == 3


def test_an_overleg_does_not_clash_with_itself_when_it_moves(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    wereld.do("mdo_verzetten", casus, "wim", mdo_datum="2026-12-10", mdo_tijd="15:00", toelichting="Half uur later.")
    assert casus.mdos.get().volgnummer == 1


@pytest.mark.parametrize("who", [{"naam": "W", "email": "WIM@test.example"}, {"naam": "W", "email": "w@kaart.example"}])
def test_a_person_is_known_by_account_card_and_address(wereld: Wereld, plan: Plan, who: dict[str, str]) -> None:
    wereld.wim.email = "w@kaart.example"
    wereld.wim.save()
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 7), tot_en_met=date(2026, 12, 8))
    casus = plan(deelnemers=[MOEDER, LEERLING, WIM])
    found = agenda_of(casus, [who, {"naam": "Moeder", "email": "Moeder@familie.example"}], by=wereld.kijker("wim"), op=NU)
    assert sorted((b.wie, b.van) for b in found.bezet) == [
        ("Moeder", datetime(2026, 12, 10, 14, 30, tzinfo=AMSTERDAM)),
        ("W", datetime(2026, 12, 10, 14, 30, tzinfo=AMSTERDAM)),
    ]
    assert [(w.wie, w.van) for w in found.weg] == [("W", date(2026, 12, 7))]


@pytest.mark.parametrize("naam", ["cees", "abel"])
def test_that_the_family_sits_at_another_table_is_for_whoever_may_see_that_casus(wereld: Wereld, plan: Plan, naam: str) -> None:
    casus = plan(deelnemers=[MOEDER, LEERLING, OMA, WIM, MENTOR])
    asked = [{**row, "naam": "Buurvrouw"} for row in (MOEDER, OMA, MENTOR)] + [WIM]
    assert [b.wie for b in agenda_of(casus, asked, by=wereld.kijker(naam), op=NU).bezet] == ["Wim Wijkteam"]
    assert len(agenda_of(casus, asked, by=wereld.kijker("zoe"), op=NU).bezet) == 2  # 'Buurvrouw' at one moment, and Wim


def test_a_parent_with_an_account_for_their_work_is_a_parent_there(wereld: Wereld, plan: Plan) -> None:
    casus = plan(deelnemers=[{**MOEDER, "email": "cees@test.example"}, LEERLING, WIM])
    cees = {"naam": "Cees", "email": "cees@test.example"}
    assert agenda_of(casus, [cees], by=wereld.kijker("abel"), op=NU).bezet == ()
    assert len(agenda_of(casus, [cees], by=wereld.kijker("wim"), op=NU).bezet) == 1


def test_the_agenda_takes_as_many_queries_for_many_as_for_one(wereld: Wereld, plan: Plan, django_assert_num_queries: Any) -> None:
    casus = plan()
    wim = wereld.kijker("wim")
    for people in ([WIM], IEDEREEN * 3):  # who may see which casus goes along in the query for other overleggen
        with django_assert_num_queries(5):
            agenda_of(casus, people, by=wim, op=NU)


def test_a_time_that_has_passed_today_is_refused(plan: Plan) -> None:
    with pytest.raises(Onvolledig):
        plan(mdo_datum="2026-12-02", mdo_tijd="9:59")


@pytest.mark.parametrize("day", ["2027-03-26", "2027-03-29"])
def test_an_hour_is_an_hour_around_the_changing_of_the_clocks(plan: Plan, day: str) -> None:
    mdo = plan(mdo_datum=day, mdo_tijd="09:00", ondanks_botsing=True).mdos.get()
    assert mdo.eindigt_op - mdo.begint_op == timedelta(hours=1)
    assert f"{mdo.begint_op.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" == f"{day} 09:00"


# --- The report -------------------------------------------------------------------------------------------------
def report(casus: Casus, **anders: Any) -> dict[str, Any]:
    return {
        "verslag": "Wij spraken over school.",
        "mening_ouders": "Wij willen rust.",
        "mening_jongere": "Ik wil naar school.",
        "aanwezigen": [{"deelnemer": d.pk, "aanwezig": "aanwezig"} for d in casus.mdos.get().deelnemers.all()],
        "besluiten": [
            {"omschrijving": "De mentor belt elke dag", "partij": "school", "uiterlijk": "2026-12-18"},
            {"omschrijving": "Oma haalt van school", "partij": "netwerk", "naam": "Oma", "uiterlijk": "2026-12-17"},
        ],
        **anders,
    }


def test_every_decision_becomes_an_action_with_a_clock(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus))
    school, oma = Taak.objects.order_by("pk")
    assert (school.eigenaar_user, school.mdo, school.soort) == (wereld.cast.zoe, casus.mdos.get(), "besluit")
    assert oma.eigenaar_contactpersoon == wereld.wim, "wie behandelt vraagt na hoe het ging"
    clocks = Termijn.objects.filter(taak__isnull=False, gesloten_op__isnull=True).order_by("pk")
    assert [(t.taak, t.vervalt_op.astimezone(AMSTERDAM).date()) for t in clocks] == [
        (school, date(2026, 12, 18)),
        (oma, date(2026, 12, 17)),
    ]


def test_only_who_was_invited_can_have_been_there(wereld: Wereld, plan: Plan) -> None:
    other = plan(casus=wereld.casus(Status.IN_BEHANDELING, leerlingnummer="A2"), deelnemers=[MOEDER, LEERLING])
    stranger = other.mdos.get().deelnemers.first()
    assert stranger is not None
    casus = plan(deelnemers=[LEERLING, {**MOEDER, "email": "ander@familie.example"}])
    rows = [{"deelnemer": stranger.pk, "aanwezig": "aanwezig"}]
    with pytest.raises(Onvolledig):
        wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus, aanwezigen=rows))


def test_a_report_without_the_words_of_the_family_is_refused(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus, mening_ouders="", mening_jongere=""))
    assert [item["veld"] for item in fout.value.ontbreekt] == ["mening_ouders"]


def test_a_jongere_who_was_there_is_not_spoken_for(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus, mening_jongere=""))
    assert [item["veld"] for item in fout.value.ontbreekt] == ["mening_jongere"]
    rows = [
        {"deelnemer": d.pk, "aanwezig": "afwezig" if d.partij == "jongere" else "aanwezig"}
        for d in casus.mdos.get().deelnemers.all()
    ]
    wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus, mening_jongere="", aanwezigen=rows))


# --- Two at once ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("versie", [True, False])
def test_two_people_plan_at_once_and_one_wins(versie: bool) -> None:
    wereld = make_wereld()
    casus = wereld.casus(Status.IN_BEHANDELING)

    def step(naam: str, tijd: str) -> Callable[[], Any]:
        by = wereld.kijker(naam)
        seen = casus.versie if versie else None
        return lambda: perform("mdo_plannen", casus=casus, by=by, op=NU, versie=seen, gegevens={**MDO, "mdo_tijd": tijd})

    found = together(step("wim", "14:30"), step("zoe", "15:30"))
    assert sum(isinstance(answer, Casus) for answer in found) == 1
    assert sum(isinstance(answer, OnjuisteStatus | Onvolledig) for answer in found) == 1
    assert Mdo.objects.count() == 1


def test_the_database_holds_one_planned_overleg_per_casus(plan: Plan) -> None:
    casus = plan()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mdo.objects.create(casus=casus, ronde=1, begint_op=NU, eindigt_op=NU + timedelta(hours=1), gepland_op=NU)
