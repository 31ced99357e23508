"""A gemeente goes on in another, on any date: who works where stays the same, the name changes, and history stays what it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casussen.keuzes import Status
from gebieden.models import Gemeente
from kern.models import Gebeurtenis
from portal.netwerk.fusie import merge, process_mergers
from tests.factories.casussen import NU, VANDAAG, Wereld, make_wereld
from tests.factories.netwerk import GemeenteFactory, WerkgebiedFactory, make_register, make_team, make_wijk
from toegang.models import Aanstelling
from wijkteams.actions.fusie import GEHEEL, GRONDGEBIED
from wijkteams.models import Werkgebied
from wijkteams.queries import find_gaps
from wijkteams.routering import route_address
from wijkteams.routering.bulk import route_bulk

STRAKS = VANDAAG + timedelta(days=30)
#: Heemstede's register address, and one in Haarlem.
HEEMSTEDE, HAARLEM = {"postcode": "2101AA", "huisnummer": 3}, {"postcode": "2037RB", "huisnummer": 12}


def ask_route(**vraag: Any) -> Any:
    """The route of an address; what a test expects of it is what it asserts."""
    return route_address(**vraag)


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()


def go(wereld, *, op=STRAKS, wijze=GRONDGEBIED, van=None, naar=None, nu=NU):
    net = wereld.net
    return merge(
        gemeente=van or net.heemstede, opvolger=naar or net.haarlem, op_datum=op, wijze=wijze, by=wereld.kijker("rea"), op=nu
    )


def team_on(dag: date, adres=HEEMSTEDE, **rest):
    route = ask_route(**adres, peildatum=dag, **rest)
    return route.wijkteam.naam if route.wijkteam else route.uitkomst.value


class TestRouting:
    def test_the_ground_keeps_its_team_and_gets_the_new_name(self, wereld):
        go(wereld)
        before, after = (ask_route(**HEEMSTEDE, peildatum=dag) for dag in (STRAKS - timedelta(days=1), STRAKS))
        assert (before.gemeente.code, after.gemeente.code) == ("GM0397", "GM0392")
        assert (before.wijkteam.naam, after.wijkteam.naam) == ("Wijkteam Heemstede", "Wijkteam Heemstede")

    def test_the_rule_for_the_gemeente_becomes_rules_for_its_wijken(self, wereld):
        assert go(wereld).verder == 1
        rows = Werkgebied.objects.filter(wijkteam=wereld.net.team_heemstede).order_by("van")
        assert [(r.soort, r.gebied, r.tot if r.tot == STRAKS else None, r.van == STRAKS) for r in rows] == [
            ("gemeente", "GM0397", STRAKS, False),
            ("wijk", "WK039700", None, True),
        ]

    def test_a_rule_made_for_the_successor_afterwards_holds_there_too(self, wereld):
        go(wereld)
        WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="voorrang", gebied="GM0392", sector="mbo")
        assert team_on(STRAKS, sector="mbo") == "Wijkteam Haarlemmerhout"
        assert team_on(STRAKS - timedelta(days=1), sector="mbo") == "Wijkteam Heemstede"

    def test_for_the_whole_of_the_successor_when_that_is_asked(self, wereld):
        WerkgebiedFactory.create(wijkteam=wereld.net.team_heemstede, soort="voorrang", gebied="GM0397", sector="mbo")
        go(wereld, wijze=GEHEEL)
        assert team_on(STRAKS, HAARLEM, sector="mbo") == "Wijkteam Heemstede"
        assert team_on(STRAKS - timedelta(days=1), HAARLEM, sector="mbo") == "Wijkteam Schalkwijk"

    def test_what_is_in_the_way_goes_first(self, wereld):
        WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="gemeente", gebied="GM0392")
        done = go(wereld, wijze=GEHEEL)
        assert (done.verder, done.geweken) == (0, 1)
        assert team_on(STRAKS) == "Wijkteam Haarlemmerhout"

    def test_a_new_gemeente_simply_takes_the_code_over(self, wereld):
        nieuw = GemeenteFactory.create(code="GM1999", naam="Nieuwland")
        go(wereld, naar=nieuw)
        assert Werkgebied.objects.filter(gebied="GM1999", van=STRAKS).count() == 1
        route = ask_route(**HEEMSTEDE, peildatum=STRAKS)
        assert (route.gemeente.naam, route.wijkteam.naam) == ("Nieuwland", "Wijkteam Heemstede")

    def test_a_chain_of_mergers(self, wereld):
        nieuw = GemeenteFactory.create(code="GM1999", naam="Nieuwland")
        go(wereld, naar=nieuw)
        go(wereld, van=nieuw, op=STRAKS + timedelta(days=365))
        later = ask_route(**HEEMSTEDE, peildatum=STRAKS + timedelta(days=365))
        assert (later.gemeente.naam, later.wijkteam.naam) == ("Haarlem", "Wijkteam Heemstede")
        assert ask_route(**HEEMSTEDE, peildatum=STRAKS).gemeente.naam == "Nieuwland"

    def test_bulk_and_coverage_say_the_same(self, wereld):
        go(wereld)
        for dag in (STRAKS - timedelta(days=1), STRAKS):
            (row,) = route_bulk([HEEMSTEDE], peildatum=dag)
            single = ask_route(**HEEMSTEDE, peildatum=dag)
            assert (row["gemeentecode"], row["wijkteam"]) == (single.gemeente.code, single.wijkteam.naam)
        before, after = ({gat.buurt_code for gat in find_gaps(dag)} for dag in (VANDAAG, STRAKS))
        assert before == after

    def test_a_rule_of_a_school_follows_the_name(self, wereld):
        school_team = make_team("Schoolteam", gemeente=wereld.net.haarlem)
        WerkgebiedFactory.create(wijkteam=school_team, soort="school", gebied="GM0397", school=wereld.net.school)
        go(wereld)
        assert team_on(STRAKS, school="99AB") == "Schoolteam"
        assert team_on(STRAKS, HAARLEM, school="99AB") == "Schoolteam"  # a school names gemeenten, and this is one now


class TestWhatHasNoDate:
    def test_on_a_past_date_it_moves_at_once(self, wereld):
        go(wereld, op=VANDAAG - timedelta(days=60))
        wereld.net.team_heemstede.refresh_from_db()
        assert wereld.net.team_heemstede.gemeente == wereld.net.haarlem
        assert Gemeente.objects.get(code="GM0397").fusie_verwerkt_op == NU

    def test_on_a_later_date_it_waits_for_the_sweep_which_does_it_once(self, wereld):
        go(wereld)
        team = wereld.net.team_heemstede
        team.refresh_from_db()
        assert team.gemeente == wereld.net.heemstede
        assert process_mergers(op=NU) == 0
        on_the_day = NU + timedelta(days=30)
        assert process_mergers(op=on_the_day) == 1
        assert process_mergers(op=on_the_day) == 0
        team.refresh_from_db()
        assert team.gemeente == wereld.net.haarlem
        assert Gebeurtenis.objects.filter(soort="gemeente_overgegaan").count() == 1

    def test_open_casussen_go_along_and_closed_ones_do_not(self, wereld):
        open_one, closed = wereld.casus(Status.ONTVANGEN), wereld.casus(Status.AFGESLOTEN, leerlingnummer="A2")
        nieuw = GemeenteFactory.create(code="GM1999", naam="Nieuwland")
        go(wereld, van=wereld.net.haarlem, naar=nieuw, op=VANDAAG)
        open_one.refresh_from_db()
        closed.refresh_from_db()
        assert (str(open_one.woongemeente), str(closed.woongemeente)) == ("Nieuwland", "Haarlem")
        wereld.net.vestiging.refresh_from_db()
        assert wereld.net.vestiging.gemeente == nieuw

    def test_a_team_name_that_is_taken_says_whence(self, wereld):
        make_team("Wijkteam Heemstede", gemeente=wereld.net.haarlem)
        go(wereld, op=VANDAAG)
        wereld.net.team_heemstede.refresh_from_db()
        assert wereld.net.team_heemstede.naam == "Wijkteam Heemstede (Heemstede)"

    def test_the_civil_servant_works_for_the_new_gemeente_from_that_day(self, wereld):
        go(wereld, van=wereld.net.haarlem, naar=wereld.net.heemstede)
        held = Aanstelling.objects.filter(user=wereld.cast.gerda).order_by("van")
        assert [(str(a.gemeente), a.tot) for a in held] == [("Haarlem", STRAKS), ("Heemstede", None)]


class TestRefused:
    def test_twice_into_itself_or_in_a_circle(self, wereld):
        go(wereld)
        net = wereld.net
        for van, naar in ((net.heemstede, net.haarlem), (net.haarlem, net.haarlem), (net.haarlem, net.heemstede)):
            with pytest.raises(ValidationError):
                go(wereld, van=van, naar=naar, op=STRAKS - timedelta(days=10))

    def test_into_one_that_is_no_more(self, wereld):
        nieuw = GemeenteFactory.create(code="GM1999", naam="Nieuwland", geldig_tot=VANDAAG)
        with pytest.raises(ValidationError, match="bestaat dan niet meer"):
            go(wereld, naar=nieuw)

    def test_the_database_wants_a_day_with_a_successor(self, wereld):
        for velden, naam in (
            ({"opvolger": wereld.net.haarlem}, "gemeente_opvolger_met_datum"),
            ({"opvolger": wereld.net.heemstede, "geldig_tot": STRAKS}, "gemeente_opvolger_is_ander"),
            ({"geldig_van": STRAKS, "geldig_tot": VANDAAG}, "gemeente_datums"),
        ):
            with pytest.raises(IntegrityError, match=naam), transaction.atomic():
                Gemeente.objects.filter(pk=wereld.net.heemstede.pk).update(**velden)


def test_a_new_editie_that_knows_only_the_successor_still_routes(wereld):
    """A year later the register has the new codes; a rule for the whole successor answers for the old ground."""
    go(wereld)
    editie = wereld.net.editie
    make_wijk(editie, "039299", "Heemstede", ("01", "Heemstede-Centrum"))
    make_register(editie, {("2102BB", "03929901"): range(1, 10)})
    WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="gemeente", gebied="GM0392")
    assert team_on(STRAKS, {"postcode": "2102BB", "huisnummer": 3}) == "Wijkteam Haarlemmerhout"
