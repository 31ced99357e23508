"""Work lists, the day, one casus and its time line: what is in them, in which order, and with how many queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.actions import perform
from casussen.actions.taken import make_taak
from casussen.actions.termijnen import open_termijn
from casussen.fouten import CasusError, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Termijn, Toestemming
from casussen.queries import (
    Filters,
    as_rows,
    available_actions,
    casus_detail,
    casussen_of,
    mijn_dag,
    status_regel,
    stuurlijst,
    te_routeren,
    tijdlijn,
    time_of,
    werkvoorraad,
)
from casussen.queries.lijsten import in_one_line
from casussen.queries.mijn_dag import GROEP_MAX
from tests.factories.casussen import DOORZETTEN, NU, STARTEN, CasusFactory, ToestemmingFactory, Wereld, colleague, second_zc
from tests.factories.netwerk import AfwezigheidFactory, ContactpersoonFactory, LeerlingFactory, SchoolFactory
from tests.factories.toegang import kijker_of
from tests.factories.verzuim import SignaalFactory
from toegang.models import User

LATER = NU + timedelta(days=1)


# --- In one line ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "regel"),
    [
        (Status.CONCEPT, "De zorgcoördinator maakt de aanmelding af (Zoë Zorg)"),
        (Status.TE_ROUTEREN, "De regiocoördinator wijst een wijkteam toe, uiterlijk do 3 dec"),
        (Status.AANGEMELD, "Wijkteam Schalkwijk bevestigt de ontvangst, uiterlijk vr 4 dec (Wim Wijkteam)"),
        (Status.ONTVANGEN, "Wijkteam Schalkwijk neemt contact op met ouders, uiterlijk wo 9 dec (Wim Wijkteam)"),
        (Status.AANVULLING_GEVRAAGD, "De zorgcoördinator beantwoordt de vraag van het wijkteam, uiterlijk ma 7 dec (Zoë Zorg)"),
        (Status.TERUGGELEGD, "De zorgcoördinator kiest: opnieuw aanmelden of intrekken, uiterlijk wo 9 dec (Zoë Zorg)"),
        (
            Status.IN_UITVOERING,
            "Wijkteam Schalkwijk evalueert de hulp met gezin en school, uiterlijk wo 13 jan 2027 (Wim Wijkteam)",
        ),
        (Status.AFGESLOTEN, "Deze casus is afgesloten."),
        (Status.INGETROKKEN, "Deze casus is ingetrokken."),
    ],
)
def test_the_line_that_names_owner_step_and_date(wereld: Wereld, status: Status, regel: str) -> None:
    assert status_regel(wereld.casus(status), op=NU.date()) == regel


def test_an_adult_is_spoken_to_not_about(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN, geboortedatum="2007-01-01", toestemming_gever="jongere")
    assert "neemt contact op met de jongere" in status_regel(casus, op=NU.date())


def test_mbo_has_its_own_words(wereld: Wereld) -> None:
    wereld.net.vestiging.sectoren = ["mbo"]
    wereld.net.vestiging.save()
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD, sector="mbo")
    assert status_regel(casus, op=NU.date()).startswith("De studentbegeleider beantwoordt")


def test_a_text_is_cut_at_a_word() -> None:
    assert in_one_line("kort\n en  krachtig") == "kort en krachtig"
    cut = in_one_line("woord " * 40)
    assert cut.endswith("woord …")
    assert len(cut) <= 92


# --- The queue --------------------------------------------------------------------------------------------------
def test_the_queue_holds_what_is_with_the_team_in_order_of_the_clock(wereld: Wereld) -> None:
    slow = wereld.casus(Status.IN_BEHANDELING)
    new = wereld.casus(leerlingnummer="B2")
    asked = wereld.casus(Status.AANVULLING_GEVRAAGD, leerlingnummer="B3")
    for status in (Status.CONCEPT, Status.TE_ROUTEREN, Status.TERUGGELEGD, Status.INGETROKKEN, Status.AFGESLOTEN):
        wereld.casus(status, leerlingnummer=f"C{status}"[:20])
    rows = as_rows(werkvoorraad(wereld.kijker("wim"), op=NU), op=NU)
    assert [row.casus.pk for row in rows] == [new.pk, asked.pk, slow.pk]
    assert (rows[0].leerling, rows[0].leeftijd, rows[0].hulpvraag) == (
        "Voorbeeld Testleerling", 14, "Rust thuis, weer elke dag naar school.",
    )  # fmt: skip
    assert not rows[0].te_laat
    late = as_rows(werkvoorraad(wereld.kijker("wim"), op=NU + timedelta(days=4)), op=NU + timedelta(days=4))
    assert [row.te_laat for row in late] == [True, False, False]
    for naam in ("zoe", "otto", "ona", "rea", "gerda", "teun"):
        assert not werkvoorraad(wereld.kijker(naam), op=NU).exists()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), {"new", "mine", "hers"}),
        (Filters(wie="mij"), {"mine"}),
        (Filters(wie="niemand"), {"new"}),
        (Filters(status="aangemeld"), {"new"}),
        (Filters(spoed=True), {"new"}),
        (Filters(te_laat=True), set()),
        (Filters(nummer="bestaat niet"), set()),
        (Filters(status="onzin"), set()),
        (Filters(school=10**6), set()),
        (Filters(wie="99999999"), set()),
    ],
)
def test_the_queue_is_narrowed(wereld: Wereld, filters: Filters, found: set[str]) -> None:
    cases = {
        "new": wereld.casus(urgentie="spoed"),
        "mine": wereld.casus(Status.ONTVANGEN, leerlingnummer="B2"),
        "hers": wereld.do("ontvangen", wereld.casus(leerlingnummer="B3"), "cora"),
    }
    names = {casus.pk: naam for naam, casus in cases.items()}
    assert {names[casus.pk] for casus in werkvoorraad(wereld.kijker("wim"), filters, op=NU)} == found


@pytest.mark.parametrize(
    ("sorteer", "order"), [("nieuw", "ba"), ("-nieuw", "ab"), ("klok", "ab"), ("-klok", "ba"), ("onzin", "ab")]
)
def test_the_queue_is_sorted(wereld: Wereld, sorteer: str, order: str) -> None:
    cases = {"a": wereld.casus(), "b": wereld.casus(op=LATER, leerlingnummer="B2")}
    found = werkvoorraad(wereld.kijker("wim"), Filters(sorteer=sorteer), op=LATER)
    assert [casus.pk for casus in found] == [cases[letter].pk for letter in order]


def test_a_draft_has_the_name_that_was_typed(wereld: Wereld) -> None:
    wereld.concept()
    (row,) = as_rows(casussen_of(wereld.zoe, op=NU), op=NU)
    assert (row.leerling, row.leeftijd, row.stap.uiterlijk) == ("Voorbeeld Testleerling", None, None)


# --- The day ----------------------------------------------------------------------------------------------------
def pks(rows: Any) -> list[int]:
    return [row.casus.pk for row in rows]


def test_the_day_of_a_zorgcoordinator(wereld: Wereld) -> None:
    draft = wereld.concept()
    asked = wereld.casus(Status.AANVULLING_GEVRAAGD, leerlingnummer="B1")
    back = wereld.casus(Status.TERUGGELEGD, leerlingnummer="B2")
    running = wereld.casus(Status.ONTVANGEN, leerlingnummer="B3")
    waiting = wereld.casus(Status.TE_ROUTEREN, leerlingnummer="B4")
    wereld.casus(Status.INGETROKKEN, leerlingnummer="B5")
    monday = NU.replace(day=7)
    dag = mijn_dag(wereld.kijker("zoe", monday.date()), monday)
    assert (pks(dag.te_laat), pks(dag.vandaag), pks(dag.later)) == ([], [asked.pk], [back.pk])
    assert pks(dag.concepten) == [draft.pk]
    assert set(pks(dag.wacht_op)) == {running.pk, waiting.pk}
    assert {row.stap.wie for row in dag.wacht_op} == {"Wijkteam Schalkwijk", "De regiocoördinator"}
    late = mijn_dag(wereld.kijker("zoe", monday.date()), monday + timedelta(days=1))
    assert pks(late.te_laat) == [asked.pk]
    assert {m.soort for m in dag.binnengekomen} == {"casus_ontvangen", "casus_vraag", "casus_teruggelegd"}


def test_the_day_of_a_team_member(wereld: Wereld) -> None:
    new = wereld.casus()
    mine = wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    hers = wereld.do("ontvangen", wereld.casus(leerlingnummer="B3"), "cora")
    asked = wereld.casus(Status.AANVULLING_GEVRAAGD, leerlingnummer="B4")
    dag = mijn_dag(wereld.kijker("wim"), NU)
    assert pks(dag.taken) == [new.pk, mine.pk]
    assert pks(dag.wacht_op) == [asked.pk]
    assert dag.collegas == []
    assert hers.pk not in pks([*dag.taken, *dag.wacht_op])


def test_a_coordinator_sees_what_is_late_with_colleagues(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    late = NU + timedelta(days=20)
    assert pks(mijn_dag(wereld.kijker("cora", late.date()), late).collegas) == [casus.pk]
    assert pks(mijn_dag(wereld.kijker("wim", late.date()), late).collegas) == []
    assert mijn_dag(wereld.kijker("cora"), NU).is_empty


def test_a_teamleider_sees_what_is_late_at_school(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TERUGGELEGD)
    late = NU + timedelta(days=20)
    dag = mijn_dag(wereld.kijker("teun", late.date()), late)
    assert pks(dag.collegas) == [casus.pk]
    assert dag.taken == []
    assert mijn_dag(wereld.kijker("teun"), NU).is_empty


def test_what_must_be_reported_to_leerplicht_is_a_task_of_the_zorgcoordinator(wereld: Wereld) -> None:
    """Until the day of reporting is written down or the signal lapses; five working days after it was known it is late."""
    pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging)
    late, today, later = (
        SignaalFactory.create(leerling=pupil, venster_van=date(2026, 9, n), op=NU - timedelta(days=days))
        for n, days in ((7, 8), (8, 7), (9, 0))
    )
    SignaalFactory.create(leerling=pupil, venster_van=date(2026, 9, 10), vervallen_op=NU)
    reported = {"gemeld_bij_leerplicht_op": NU.date(), "gemeld_door": wereld.cast.zoe, "gemeld_vastgelegd_op": NU}
    SignaalFactory.create(leerling=pupil, venster_van=date(2026, 9, 11), **reported)
    SignaalFactory.create()  # of another school
    dag = mijn_dag(wereld.kijker("zoe"), NU)
    assert dag.signalen == [late, today, later]
    assert [dag.totalen[naam] for naam in ("te_laat", "vandaag", "later")] == [1, 1, 1]
    assert mijn_dag(kijker_of(second_zc(wereld.net.school), NU.date()), NU).signalen == [late, today, later]
    for naam in ("teun", "otto", "wim", "cora", "rea"):
        assert mijn_dag(wereld.kijker(naam), NU).signalen == []
    for naam, asked in (("zoe", 1), ("teun", 0), ("wim", 0), ("rea", 0)):
        with CaptureQueriesContext(connection) as seen:
            mijn_dag(wereld.kijker(naam), NU)
        assert sum("verzuimsignaal" in query["sql"] for query in seen.captured_queries) == asked, naam


def test_the_reports_to_leerplicht_come_by_the_page(wereld: Wereld) -> None:
    zoe = wereld.kijker("zoe")
    SignaalFactory.create(leerling=LeerlingFactory.create(vestiging=wereld.net.vestiging))
    few = queries(lambda: mijn_dag(zoe, NU))
    for _ in range(GROEP_MAX + 1):
        SignaalFactory.create(leerling=LeerlingFactory.create(vestiging=wereld.net.vestiging))
    assert queries(lambda: mijn_dag(zoe, NU)) == few
    dag = mijn_dag(zoe, NU)
    assert (len(dag.signalen), dag.totalen["later"]) == (GROEP_MAX, GROEP_MAX + 2)


def test_a_colleague_of_the_zorgcoordinator_sees_what_is_late(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TERUGGELEGD)
    zita = second_zc(wereld.net.school)
    assert mijn_dag(kijker_of(zita, NU.date()), NU).is_empty
    late = NU + timedelta(days=20)
    assert pks(mijn_dag(kijker_of(zita, late.date()), late).collegas) == [casus.pk]


def test_what_somebody_left_behind_at_school_is_their_colleagues_task(wereld: Wereld) -> None:
    """Of a zorgcoördinator who works elsewhere now: the casus, and what was agreed; with a clock that has not run out yet."""
    casus, running = wereld.casus(Status.TERUGGELEGD), wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    make_taak(
        casus=running, omschrijving="De mentor belt", partij="school", uiterlijk=date(2026, 12, 9), by=wereld.kijker("wim"), op=NU
    )
    zita, elders = second_zc(wereld.net.school), second_zc(SchoolFactory.create(), "Zwaan Elders")
    kijkers = [kijker_of(user, NU.date()) for user in (zita, elders)]
    assert all(mijn_dag(kijker, NU).is_empty for kijker in kijkers)
    wereld.cast.zoe.aanstellingen.update(tot=NU.date())
    own, other = (mijn_dag(kijker, NU) for kijker in kijkers)
    assert pks(own.taken) == [casus.pk]
    assert [row.taak.omschrijving for row in own.afspraken] == ["De mentor belt"]
    assert own.totalen["later"] == 2
    assert other.is_empty
    User.objects.filter(pk=wereld.cast.zoe.pk).update(is_active=False)
    assert pks(mijn_dag(kijkers[0], NU).taken) == [casus.pk]


def test_a_deputy_has_the_tasks_of_whoever_is_away(wereld: Wereld) -> None:
    vera, user = colleague(wereld.net.schalkwijk, "Vera Vervanger")
    casus = wereld.casus(Status.ONTVANGEN)
    new = wereld.casus(leerlingnummer="B2")
    assert mijn_dag(kijker_of(user, NU.date()), NU).taken == []
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date(), vervanger=vera)
    assert pks(mijn_dag(kijker_of(user, NU.date()), NU).taken) == [new.pk, casus.pk]


def test_the_day_of_the_region(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    stuck = wereld.casus(leerlingnummer="B2")
    Casus.objects.filter(pk=stuck.pk).update(geescaleerd=True)
    dag = mijn_dag(wereld.kijker("rea"), NU)
    assert [row.nummer for row in dag.te_routeren] == [casus.nummer]
    assert [row.nummer for row in dag.vastgelopen] == [stuck.nummer]
    assert dag.taken == []


@pytest.mark.parametrize("naam", ["gerda", "fenna", "leeg", "otto", "rik"])
def test_whoever_has_nothing_to_do_here_has_an_empty_day(wereld: Wereld, naam: str) -> None:
    for status in (Status.AANGEMELD, Status.TE_ROUTEREN, Status.TERUGGELEGD):
        wereld.casus(status, leerlingnummer=f"C{status}"[:20])
    assert mijn_dag(wereld.kijker(naam), NU).is_empty


# --- One casus --------------------------------------------------------------------------------------------------
def test_the_time_line_tells_it_in_words(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("vragen", casus, "wim", op=LATER, vraag="Welke afspraken zijn er?")
    casus = wereld.do("beantwoorden", casus, "zoe", op=LATER + timedelta(hours=1), antwoord="Deze drie.")
    casus = wereld.do("doorzetten", casus, "cora", op=LATER + timedelta(hours=2), **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    line = tijdlijn(casus, wereld.zoe)
    assert [item.tekst for item in line] == [
        "Zoë Zorg (zorgcoördinator) heeft de casus aangemeld bij Wijkteam Schalkwijk.",
        "Wim Wijkteam (wijkteamlid) heeft de casus ontvangen.",
        "Wim Wijkteam (wijkteamlid) heeft een vraag gesteld.",
        "De vraag van het wijkteam:",
        "Zoë Zorg (zorgcoördinator) heeft de vraag beantwoord.",
        "Het antwoord van de school:",
        "Cora Coördinator (wijkteamcoördinator) heeft de casus doorgezet naar Wijkteam Haarlemmerhout.",
    ]
    assert line[3].details == (("Vraag", "Welke afspraken zijn er?"),)
    assert line[-1].details == (
        ("Reden", "het adres hoort niet bij ons gebied"), ("Uitleg", DOORZETTEN["toelichting"]),
    )  # fmt: skip


def test_active_and_waiting_time_are_shown_apart(wereld: Wereld) -> None:
    casus = wereld.concept(op=NU - timedelta(days=3))
    casus = wereld.do("aanmelden", casus, "zoe", op=NU)
    casus = wereld.do("vragen", casus, "wim", op=NU + timedelta(hours=5), vraag="Welke afspraken zijn er?")
    casus = wereld.do("beantwoorden", casus, "zoe", op=NU + timedelta(hours=25), antwoord="Deze.")
    tijd = time_of(casus, op=NU + timedelta(hours=30))
    assert (tijd.actief, tijd.wachten, tijd.totaal) == (timedelta(hours=10), timedelta(hours=20), timedelta(hours=30))


def test_a_casus_as_its_page_shows_it(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    detail = casus_detail(casus.nummer, wereld.zoe, op=NU)
    assert detail is not None
    assert detail.open_vraag is not None
    assert detail.open_vraag.tekst == "Welke afspraken maakte de mentor?"
    assert detail.hoofdactie is not None
    assert detail.hoofdactie.actie == "beantwoorden"
    assert [t.soort for t in detail.termijnen] == ["aanvulling_gevraagd", "in_behandeling", "terugkoppeling"]
    assert detail.leeftijd == 14
    assert [t.gever for t in detail.toestemmingen] == ["beide"]
    assert casus_detail("2026-999999", wereld.zoe, op=NU) is None


def actions(casus: Casus, kijker: Any) -> dict[str, tuple[bool, str]]:
    return {item.actie: (item.mag, item.waarom_niet) for item in available_actions(casus, kijker)}


def test_what_may_be_done_now_and_what_not_yet_and_why(wereld: Wereld) -> None:
    casus = wereld.casus()
    found = actions(casus, wereld.kijker("wim"))
    assert found["ontvangen"] == (True, "")
    assert found["starten"] == (False, "Dit kan pas na deze stap: ontvangst bevestigen.")
    assert found["doorzetten"] == (False, "Dit doet een wijkteamcoördinator.")
    assert "beantwoorden" not in found
    assert "mdo_plannen" not in found
    (main,) = [item for item in available_actions(casus, wereld.kijker("wim")) if item.hoofd]
    assert main.actie == "ontvangen"
    assert [veld.naam for veld in main.formulier] == ["behandelaar"]
    assert actions(casus, wereld.kijker("ona")) == {}
    asked = wereld.do("vragen", casus, "wim", vraag="Hoe gaat het op school?")
    assert actions(asked, wereld.kijker("wim"))["ontvangen"] == (False, "Dit kan zodra de school uw vraag heeft beantwoord.")


def test_sending_on_says_beforehand_that_consent_is_for_this_team_only(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(ook_ander_wijkteam=False), "zoe")
    may, why = actions(casus, wereld.kijker("cora"))["doorzetten"]
    assert not may
    assert "De toestemming geldt alleen voor uw team" in why


@pytest.mark.parametrize("status", list(Status))
def test_a_button_that_may_be_pressed_works(wereld: Wereld, status: Status) -> None:
    """No promise the machine does not keep: nothing that is offered is refused for who or where, or for how the casus stands."""
    casus = wereld.casus(status)
    for naam in ("zoe", "wim", "cora", "rea"):
        kijker = wereld.kijker(naam)
        for item in available_actions(casus, kijker):
            with pytest.raises(CasusError) as fout:
                perform(item.actie, casus=casus, by=kijker, op=NU, gegevens={"onzin": "x"})
            who = f"{item.actie} voor {naam}"
            if isinstance(fout.value, Onvolledig):
                fields, said = zip(*((one["veld"], one["melding"]) for one in fout.value.ontbreekt), strict=True)
                assert all(fields) if item.mag else item.waarom_niet in said, who
            else:
                assert not item.mag, who
        assert sum(item.hoofd for item in available_actions(casus, kijker)) <= 1


# --- The number of queries --------------------------------------------------------------------------------------
def fill(wereld: Wereld, aantal: int) -> None:
    """More casussen of every kind, each with consent, a clock and a pupil of its own."""
    for status in (Status.AANGEMELD, Status.ONTVANGEN, Status.AANVULLING_GEVRAAGD, Status.TE_ROUTEREN, Status.TERUGGELEGD):
        for _ in range(aantal):
            team = None if status == Status.TE_ROUTEREN else wereld.net.schalkwijk
            person = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk)
            casus = CasusFactory.create(
                regio=wereld.net.regio,
                vestiging=wereld.net.vestiging,
                status=status,
                wijkteam=team,
                aangevraagd_door=wereld.cast.zoe,
                behandelaar=None if status in {Status.AANGEMELD, Status.TE_ROUTEREN} else person,
                leerling=LeerlingFactory.create(vestiging=wereld.net.vestiging),
            )
            ToestemmingFactory.create(casus=casus, wijkteam=team)
            owner = {"te_routeren": "regio", "aanvulling_gevraagd": "school", "teruggelegd": "school"}.get(status, "wijkteam")
            open_termijn(casus=casus, soort=str(status), eigenaar_soort=owner, vervalt_op=NU + timedelta(days=2), op=NU)


def queries(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        read()
    return len(seen)


def test_every_list_takes_the_same_number_of_queries_at_any_size(wereld: Wereld) -> None:
    kijkers = {naam: wereld.kijker(naam) for naam in ("zoe", "wim", "cora", "rea", "teun")}
    later = NU + timedelta(days=9)
    reads: dict[str, Callable[[], Any]] = {
        "werkvoorraad": lambda: as_rows(werkvoorraad(kijkers["wim"], op=NU), op=NU),
        "casussen": lambda: as_rows(casussen_of(kijkers["zoe"], op=NU), op=NU),
        "te_routeren": lambda: te_routeren(kijkers["rea"], op=NU),
        "stuurlijst": lambda: stuurlijst(kijkers["rea"], op=later, alleen_te_laat=True),
        **{f"mijn_dag van {naam}": lambda k=kijker: mijn_dag(k, later) for naam, kijker in kijkers.items()},  # type: ignore[misc]
    }
    fill(wereld, 1)
    small = {naam: queries(read) for naam, read in reads.items()}
    fill(wereld, 6)
    large = {naam: queries(read) for naam, read in reads.items()}
    assert large == small
    assert max(small.values()) <= 20
    assert len(werkvoorraad(kijkers["wim"], op=NU)) == 21


def test_a_long_history_takes_no_more_queries_than_a_short_one(wereld: Wereld) -> None:
    short = wereld.casus(Status.ONTVANGEN)
    long = wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    for _ in range(4):
        long = wereld.do("vragen", long, "wim", vraag="Welke afspraken zijn er?")
        long = wereld.do("beantwoorden", long, "zoe", antwoord="Deze.")
        long = wereld.do("contact_vastleggen", long, "wim", **STARTEN, contact_gelukt=True)
    wim = wereld.kijker("wim")
    few, many = (queries(lambda c=c: casus_detail(c.nummer, wim, op=NU)) for c in (short, long))  # type: ignore[misc]
    assert few == many
    assert Termijn.objects.filter(casus=long).count() > Termijn.objects.filter(casus=short).count()
    assert Toestemming.objects.count() == 2
