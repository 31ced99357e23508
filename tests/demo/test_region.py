"""The whole demo region at its default size, held against everything that the loop promises."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from casussen.actions import klokken
from casussen.actions.herinneringen import send_due_reminders
from casussen.keuzes import EINDSTATUSSEN, Status
from casussen.ladder import due_treden, first_trede
from casussen.models import (
    Casus,
    CasusRoute,
    Herinnering,
    Overgang,
    Statusperiode,
    Termijn,
    Terugkoppeling,
    Toestemming,
    Vraag,
)
from casussen.rules import age_on, givers_for
from casussen.tabel import Richting
from casussen.workflow import HANDELINGEN, IN_DE_LUS, OVERGANGEN, TERMIJNEN, rule_for, step_in
from gebieden.models import Editie, RegisterRegel
from kern.bericht import subject_of
from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM
from kern.models import Gebeurtenis, Melding
from portal.demo import ADRESSEN, CASUSSEN
from portal.demo.laden import Inhoud, last_office_moment
from scholen.leerlingnummer import looks_like_bsn
from scholen.models import Leerling, School
from tests.factories.demo import OP, demo_region
from wijkteams.models import Afwezigheid, Contactpersoon, SoortWijkteam, Werkgebied, Wijkteam
from wijkteams.routering import Uitkomst, route_address

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo", "db")]
MOMENT = last_office_moment(OP)
NEGEN_UUR = datetime.combine(OP, time(9, 0), tzinfo=AMSTERDAM)
KALENDER = Werkkalender()
ROUTE_SLEUTELS = {
    "uitkomst", "afgeleid", "peildatum", "editie", "adres", "gemeente", "wijk", "buurt", "wijkteam", "aanspreekpunt", "vervanger",
    "kandidaten", "uitleg", "fouten",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Inhoud]:
    with demo_region(django_db_blocker, adressen=ADRESSEN, casussen=CASUSSEN) as inhoud:
        yield inhoud


def none_of(sql: str) -> None:
    """This query, which looks for what may not be, finds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchmany(5) == []


# --- What there is ----------------------------------------------------------------------------------------------
def test_it_is_as_large_as_it_says(demo: Inhoud) -> None:
    assert demo == Inhoud(adressen=180_000, wijkteams=23, scholen=30, mensen=400, casussen=2_500)
    assert str(demo) == "180.000 adressen, 23 wijkteams, 30 scholen, 400 mensen, 2.500 casussen"
    assert Editie.objects.get(actief=True).adressen == ADRESSEN
    assert sum(len(row.huisnummers) for row in RegisterRegel.objects.only("huisnummers").iterator()) == ADRESSEN


def test_teams_are_of_all_kinds_and_one_has_no_contact_on_purpose() -> None:
    kinds = Counter(Wijkteam.objects.values_list("soort", flat=True))
    assert set(kinds) == set(SoortWijkteam.values)
    assert kinds[SoortWijkteam.STEDELIJK] == 3
    assert kinds[SoortWijkteam.SCHOOLGEBONDEN] == 2
    assert list(Wijkteam.objects.filter(aanspreekpunten=None).values_list("naam", flat=True)) == ["Wijkteam Spaarndam"]
    assert Werkgebied.objects.count() > 55


def test_somebody_is_away_today_and_has_a_deputy_who_is_not() -> None:
    away = Afwezigheid.objects.filter(van__lte=OP, tot_en_met__gte=OP)
    assert 5 < away.count() < 60
    gone = set(away.values_list("contactpersoon_id", flat=True))
    assert not gone & set(away.values_list("vervanger_id", flat=True))
    route = route_address(postcode="2033KL", huisnummer=7, peildatum=OP)
    assert route.uitkomst == Uitkomst.TOEGEWEZEN
    assert route.vervanger is not None


def test_a_year_of_casussen_in_every_state() -> None:
    by_status = Counter(Casus.objects.values_list("status", flat=True))
    assert set(by_status) == set(Status.values)
    assert by_status[Status.AFGESLOTEN] > 1000
    months = Counter(
        t0.astimezone(AMSTERDAM).strftime("%Y-%m") for t0 in Casus.objects.exclude(t0=None).values_list("t0", flat=True) if t0
    )
    assert len(months) == 13
    assert months["2026-03"] > months["2026-07"] > 0
    assert not Casus.objects.filter(aangemaakt__gt=MOMENT).exists()


def test_a_believable_part_is_late_sent_on_returned_or_without_a_team() -> None:
    total = Casus.objects.exclude(t0=None).count()
    late = Termijn.objects.filter(soort="ontvangen", gesloten_om="te laat gehaald").count()
    assert 0.10 < late / total < 0.35
    for actie, least, most in (("doorzetten", 0.02, 0.10), ("terugleggen", 0.05, 0.16), ("vragen", 0.08, 0.30)):
        share = Overgang.objects.filter(actie=actie).values("casus").distinct().count() / total
        assert least < share < most, actie
    outcomes = set(CasusRoute.objects.values_list("uitkomst", flat=True))
    assert outcomes == {uitkomst.value for uitkomst in Uitkomst} - {"ongeldig"}
    waiting = Casus.objects.filter(status=Status.TE_ROUTEREN)
    assert set(waiting.values_list("routes__uitkomst", flat=True)) == outcomes - {"toegewezen"}


# --- The loop as the engine would have left it ------------------------------------------------------------------
def test_every_step_is_in_the_table_and_taken_by_a_role_that_may() -> None:
    for actie, van, naar, rol in Overgang.objects.values_list("actie", "van_status", "naar_status", "door_rol").distinct():
        regel = rule_for(actie, van)
        assert regel is not None, (actie, van)
        doelen = {doel.status for doel in regel.naar}
        assert naar in doelen or (van == naar and Richting.BLIJFT in doelen) or Richting.TERUG in doelen, (actie, van, naar)
        assert rol in {bevoegd.rol.sleutel for bevoegd in regel.wie}, (actie, rol)


def test_steps_follow_on_each_other_without_a_gap() -> None:
    none_of("""
        SELECT casus_id FROM (
            SELECT casus_id, van_status, op, versie, lag(naar_status, 1, 'concept') OVER w AS vorige, lag(op) OVER w AS eerder,
                row_number() OVER w AS volgnr
            FROM casussen_overgang WINDOW w AS (PARTITION BY casus_id ORDER BY op, id)
        ) stap WHERE van_status <> vorige OR op <= eerder OR versie <> volgnr
    """)
    none_of("""
        SELECT casus.id FROM casussen_casus casus
        LEFT JOIN LATERAL (
            SELECT naar_status, versie FROM casussen_overgang WHERE casus_id = casus.id ORDER BY op DESC, id DESC LIMIT 1
        ) laatste ON true
        WHERE casus.status <> coalesce(laatste.naar_status, 'concept') OR casus.versie <> coalesce(laatste.versie, 0)
    """)


def test_periods_of_a_state_fill_the_whole_life_of_a_casus() -> None:
    none_of("""
        SELECT casus_id FROM (
            SELECT casus_id, van, tot, lead(van) OVER w AS volgende FROM casussen_statusperiode
            WINDOW w AS (PARTITION BY casus_id ORDER BY van, id)
        ) periode WHERE tot IS DISTINCT FROM volgende
    """)
    none_of("""
        SELECT casus.id FROM casussen_casus casus
        LEFT JOIN casussen_statusperiode nu ON nu.casus_id = casus.id AND nu.tot IS NULL
        LEFT JOIN casussen_statusperiode begin
            ON begin.casus_id = casus.id AND begin.van = casus.aangemaakt AND begin.status = 'concept'
        WHERE nu.status IS DISTINCT FROM casus.status OR nu.van IS DISTINCT FROM casus.status_sinds OR begin.id IS NULL
    """)


def test_the_clocks_of_a_casus_are_those_of_its_state() -> None:
    for casus in Casus.objects.prefetch_related("termijnen"):
        running = [termijn for termijn in casus.termijnen.all() if termijn.gesloten_op is None]
        eigenaar = step_in(Status(casus.status), school_reageerde=casus.school_reageerde).eigenaar
        if casus.status in {*EINDSTATUSSEN, Status.CONCEPT}:
            assert running == []
        else:
            assert casus.status in IN_DE_LUS
            owners = {termijn.eigenaar_soort for termijn in running if not termijn.los}
            assert eigenaar in owners, (casus.nummer, casus.status)


def test_deadlines_and_the_ladder_are_what_the_engine_makes_of_them() -> None:
    running = Termijn.objects.filter(gesloten_op=None).select_related("casus__regio", "casus__vestiging")
    assert running.count() > 300
    for termijn in running:
        if termijn.soort != "taak":  # an action is due when it was agreed to be, by whoever it was agreed with
            regel = TERMIJNEN[termijn.soort]
            assert termijn.eigenaar_soort == regel.eigenaar
            rows = (*OVERGANGEN, *HANDELINGEN)
            ways = {opens for row in rows for doel in row.naar for opens in doel.opent if opens.soort == termijn.soort}
            ways |= {regel} if regel.los else set()
            due = {klokken.due_at(opens, casus=termijn.casus, op=termijn.begint_op) for opens in ways}
            if regel.eigenaar == "school":  # a task of the school may have moved out of a holiday
                assert termijn.vervalt_op >= min(due)
            else:
                assert termijn.vervalt_op in due
        start = first_trede(op=termijn.begint_op, vervalt_op=termijn.vervalt_op, kalender=KALENDER)
        made, waiting = due_treden(volgende_stap=start.stap, vervalt_op=termijn.vervalt_op, now=NEGEN_UUR, kalender=KALENDER)
        assert (termijn.volgende_stap, termijn.volgende_op) == (waiting.stap, waiting.op)
        noted = Herinnering.objects.filter(termijn=termijn).order_by("verschuldigd_op").values_list("stap", "verschuldigd_op")
        steps = [(step.stap, step.op) for step in made]
        if termijn.begint_op == termijn.vervalt_op:  # late from its start: the steps before that were never due
            steps = steps[-len(noted) :]
        assert list(noted) == steps


def test_starting_the_worker_sends_no_flood() -> None:
    before = Melding.objects.count()
    assert send_due_reminders(now=NEGEN_UUR) == 0
    assert Melding.objects.count() == before
    assert not Melding.objects.filter(status__in=["wacht", "geclaimd"]).exists()
    known = list(Herinnering.objects.values_list("pk", flat=True))
    tomorrow = NEGEN_UUR + timedelta(days=1)
    made = send_due_reminders(now=tomorrow)
    sent = list(Herinnering.objects.exclude(pk__in=known).values_list("verschuldigd_op", flat=True))
    assert all(NEGEN_UUR < due <= tomorrow for due in sent), "wat gisteren al te zeggen was, is gisteren gezegd"
    assert 0 < made == len(sent) < Termijn.objects.filter(gesloten_op=None).count() / 4


def test_no_clock_reminded_after_it_was_stopped() -> None:
    none_of("""
        SELECT termijn.id FROM casussen_herinnering herinnering
        JOIN casussen_termijn termijn ON termijn.id = herinnering.termijn_id
        WHERE herinnering.verschuldigd_op > termijn.gesloten_op
    """)
    none_of("SELECT id FROM casussen_termijn WHERE (gesloten_om = 'gehaald') AND gesloten_op > vervalt_op")
    none_of("SELECT id FROM casussen_termijn WHERE (gesloten_om = 'te laat gehaald') AND gesloten_op <= vervalt_op")


def test_a_casus_is_escalated_when_a_running_clock_reached_the_region() -> None:
    none_of("""
        SELECT casus.id FROM casussen_casus casus WHERE geescaleerd <> EXISTS (
            SELECT FROM casussen_termijn termijn JOIN casussen_herinnering herinnering ON herinnering.termijn_id = termijn.id
            WHERE termijn.casus_id = casus.id AND termijn.gesloten_op IS NULL AND herinnering.stap >= 3)
    """)
    assert Casus.objects.filter(geescaleerd=True).exists()


def test_t0_and_the_first_response_are_of_the_present_ronde() -> None:
    none_of("""
        SELECT casus.id FROM casussen_casus casus WHERE t0 IS DISTINCT FROM (
            SELECT min(op) FROM casussen_overgang WHERE casus_id = casus.id AND ronde = casus.ronde AND naar_status = 'aangemeld')
    """)
    none_of("""
        SELECT casus.id FROM casussen_casus casus WHERE eerste_reactie_op IS DISTINCT FROM (
            SELECT min(op) FROM casussen_overgang WHERE casus_id = casus.id AND ronde = casus.ronde AND actie = 'ontvangen')
    """)
    assert Casus.objects.filter(ronde=2).exists()


def test_every_step_that_owes_feedback_gave_it_to_who_asked() -> None:
    given = Counter(Terugkoppeling.objects.values_list("overgang_id", flat=True))
    for step in Overgang.objects.only("id", "actie", "van_status"):
        regel = rule_for(step.actie, step.van_status)
        assert given[step.pk] == int(regel is not None and regel.terugkoppeling is not None)
    none_of("""
        SELECT t.id FROM casussen_terugkoppeling t JOIN casussen_casus c ON c.id = t.casus_id
        WHERE t.aan_id <> c.aangevraagd_door_id
    """)


def test_a_question_waits_exactly_when_its_state_says_so() -> None:
    waiting = Vraag.objects.filter(beantwoord_op=None, vervallen_op=None).values_list("casus__status", flat=True)
    assert set(waiting) == {Status.AANVULLING_GEVRAAGD}
    assert len(waiting) == Casus.objects.filter(status=Status.AANVULLING_GEVRAAGD).count() > 0
    assert Vraag.objects.filter(beantwoord_op__isnull=False).exclude(antwoord="").count() > 100


def test_nothing_was_shared_without_consent_or_safety() -> None:
    none_of("""
        SELECT casus.id FROM casussen_casus casus
        WHERE casus.wijkteam_id IS NOT NULL AND NOT casus.veiligheid AND casus.status <> 'ingetrokken' AND NOT EXISTS (
            SELECT FROM casussen_toestemming t WHERE t.casus_id = casus.id AND t.ingetrokken_op IS NULL
                AND (t.wijkteam_id IS NULL OR t.wijkteam_id = casus.wijkteam_id OR t.ook_ander_wijkteam))
    """)
    none_of("""
        SELECT t.id FROM casussen_toestemming t JOIN casussen_casus casus ON casus.id = t.casus_id
        WHERE (casus.status = 'ingetrokken') <> (t.ingetrokken_op IS NOT NULL)
    """)
    for consent in Toestemming.objects.select_related("casus__leerling"):
        leerling = consent.casus.leerling
        assert leerling is not None
        assert leerling.geboortedatum is not None
        givers, _ = givers_for(age_on(leerling.geboortedatum, consent.vastgelegd_op.astimezone(AMSTERDAM).date()))
        assert consent.gever in givers
        assert consent.gegeven_op <= consent.vastgelegd_op.date()


def test_every_submitted_casus_has_a_pupil_and_the_route_it_went_by() -> None:
    none_of("SELECT id FROM casussen_casus WHERE (status = 'concept') <> (leerling_id IS NULL)")
    none_of("""
        SELECT casus.id FROM casussen_casus casus
        LEFT JOIN LATERAL (
            SELECT id, wijkteam_id FROM casussen_casusroute WHERE casus_id = casus.id ORDER BY op DESC, id DESC LIMIT 1
        ) route ON true
        WHERE casus.status <> 'concept' AND (route.id IS NULL OR route.wijkteam_id IS DISTINCT FROM casus.wijkteam_id)
    """)
    for route in CasusRoute.objects.select_related("casus__leerling"):
        assert set(route.document) == ROUTE_SLEUTELS
        assert route.document["uitkomst"] == route.uitkomst
        leerling = route.casus.leerling
        assert leerling is not None
        if leerling.geheim_adres:
            assert route.document["adres"] is None
    assert not any(looks_like_bsn(nummer) for nummer in Leerling.objects.values_list("leerlingnummer", flat=True))
    assert Leerling.objects.filter(geheim_adres=True).exists()


def test_recent_routes_are_what_routing_says() -> None:
    recent = CasusRoute.objects.filter(op__gte=MOMENT - timedelta(days=10), gekozen=False).select_related(
        "casus__leerling", "casus__vestiging"
    )
    assert len(recent) > 30
    for stored in recent[:40]:
        leerling = stored.casus.leerling
        assert leerling is not None
        route = route_address(
            postcode=leerling.postcode,
            huisnummer=leerling.huisnummer,
            sector=stored.casus.sector,
            school=stored.casus.vestiging.brin,
            geboortedatum=leerling.geboortedatum,
            peildatum=stored.peildatum,
            geheim=leerling.geheim_adres,
        )
        assert stored.document == route.as_json()
        assert stored.wijkteam_id == (route.wijkteam.id if route.uitkomst == Uitkomst.TOEGEWEZEN and route.wijkteam else None)


def test_every_step_left_its_event_and_no_event_names_a_pupil() -> None:
    steps = Gebeurtenis.objects.filter(soort__startswith="casus_").exclude(soort="casus_bericht")
    assert steps.count() == Overgang.objects.count() + Casus.objects.count()
    allowed = {"van", "naar", "ronde", "overgang", "wijkteam"}
    of_a_message = {"bericht", "voor", "documenten", "ronde"}
    of_casussen = Gebeurtenis.objects.filter(onderwerp_soort="casus").values_list("soort", "gegevens")
    assert all(set(said) <= (of_a_message if soort == "casus_bericht" else allowed) for soort, said in of_casussen)


def test_every_melding_can_be_read() -> None:
    kinds = dict.fromkeys(Melding.objects.order_by("soort").values_list("soort", flat=True))
    assert len(kinds) > 8
    for soort in kinds:
        melding = Melding.objects.filter(soort=soort).first()
        assert melding is not None
        # What is told about verzuim is about pupils who need not have a casus.
        assert melding.gegevens.get("nummer", "grens van verzuim" if soort == "verzuim_signaal" else None) in subject_of(melding)


def test_people_have_a_place_and_only_the_fixed_accounts_a_password() -> None:
    users = get_user_model().objects
    assert not users.filter(aanstellingen=None).exists()
    assert Contactpersoon.objects.filter(user=None).count() == 0
    assert School.objects.filter(aanstellingen__rol="zorgcoordinator").distinct().count() == 30
    assert Statusperiode.objects.filter(tot=None).count() == CASUSSEN
