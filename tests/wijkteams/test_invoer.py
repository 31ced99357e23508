"""Bad input: never an exception, always a field and a reason, and never the input itself in the answer."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gebieden.adres import Fout
from tests.wijkteams.conftest import OP
from wijkteams.routering import Uitkomst, route_address
from wijkteams.routering.invoer import read_age, read_brin, read_date, read_sector

RAAR = [
    "🏠" * 5,
    "x" * 10_000,
    "'; DROP TABLE wijkteams_werkgebied; --",
    "<script>alert(1)</script>",
    "\x00",
    "１２",
    "NaN",
    "%s",
]


def fields(route):
    return [fout.veld for fout in route.fouten]


@pytest.mark.django_db
class TestRefused:
    @pytest.mark.parametrize("postcode", ["0000AA", "1234SS", "", "2037", "2037R", "20377RB", *RAAR])
    def test_postcode(self, postcode):
        route = route_address(postcode=postcode, huisnummer=1)
        assert (route.uitkomst, fields(route)) == (Uitkomst.ONGELDIG, ["postcode"])

    @pytest.mark.parametrize("nummer", ["0", 0, "-1", -1, "99999999", 99999999, "12abc", "", None, True, 1.5, *RAAR])
    def test_huisnummer(self, nummer):
        route = route_address(postcode="2037RB", huisnummer=nummer)
        if nummer == "１２":  # a full-width 12, as some phones write it
            assert route.uitkomst is Uitkomst.ADRES_ONBEKEND
        else:
            assert (route.uitkomst, fields(route)) == (Uitkomst.ONGELDIG, ["huisnummer"])

    @pytest.mark.parametrize("sector", ["hbo", "vo vso", "*", 5, [], *RAAR])
    def test_sector(self, sector):
        assert fields(route_address(postcode="2037RB", huisnummer=1, sector=sector)) == ["sector"]

    @pytest.mark.parametrize("school", ["11ZZ", "11ZZ00", "12A", "12AB0", "AB12", 12, "１１AB", *RAAR])
    def test_school(self, school):
        assert fields(route_address(postcode="2037RB", huisnummer=1, school=school)) == ["school"]

    @pytest.mark.parametrize("dag", ["2030-01-01", "31-02-2010", "1890-01-01", "2010-13-01", "17 mei 2011", "٢٠١١-٠٥-١٧", *RAAR])
    @time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
    def test_geboortedatum(self, dag):
        assert fields(route_address(postcode="2037RB", huisnummer=1, geboortedatum=dag)) == ["geboortedatum"]

    @pytest.mark.parametrize("dag", ["gisteren", "2026-02-30", *RAAR])
    def test_peildatum(self, dag):
        assert fields(route_address(postcode="2037RB", huisnummer=1, peildatum=dag)) == ["peildatum"]

    def test_all_mistakes_at_once_in_the_order_of_the_form(self):
        route = route_address(
            postcode="x",
            huisnummer="x",
            huisletter="12",
            toevoeging="🏠",
            sector="x",
            school="x",
            geboortedatum="x",
            peildatum="x",
        )
        assert fields(route) == [
            "postcode",
            "huisnummer",
            "huisletter",
            "toevoeging",
            "sector",
            "school",
            "geboortedatum",
            "peildatum",
        ]

    def test_what_was_typed_does_not_come_back(self):
        route = route_address(
            postcode="<b>GEHEIM", huisnummer="GEHEIM1", sector="GEHEIM", school="GEHEIM", geboortedatum="GEHEIM"
        )
        assert "GEHEIM" not in str(route.as_json())


class TestRead:
    @pytest.mark.parametrize(("typed", "read"), [("vo", "vo"), (" VO ", "vo"), ("", None), (None, None), ("  ", None)])
    def test_sector(self, typed, read):
        assert read_sector(typed) == read

    @pytest.mark.parametrize(("typed", "read"), [("12ab", "12AB"), ("12 AB 00", "12AB00"), ("", None), (None, None)])
    def test_brin(self, typed, read):
        assert read_brin(typed) == read

    @pytest.mark.parametrize(
        "typed",
        [
            "2011-05-17",
            "17-05-2011",
            "17-5-2011",
            "17/5/2011",
            " 17.05.2011 ",
            date(2011, 5, 17),
            datetime(2011, 5, 17, 9, tzinfo=UTC),
        ],
    )
    def test_date(self, typed):
        assert read_date(typed, "geboortedatum") == date(2011, 5, 17)

    def test_no_date(self):
        assert read_date("", "geboortedatum") is None
        assert read_date(None, "geboortedatum") is None

    def test_born_after_the_peildatum(self):
        read = read_age("2020-01-01", op=date(2019, 1, 1), today=OP)
        assert read == Fout("geboortedatum", "De geboortedatum ligt na de peildatum.")

    def test_born_after_today_is_refused_even_before_a_later_peildatum(self):
        assert isinstance(read_age("2026-10-01", op=date(2027, 1, 1), today=OP), Fout)

    def test_a_hundred_years_is_the_limit(self):
        assert read_age("1926-09-01", op=OP, today=OP) == 100
        assert isinstance(read_age("1925-09-01", op=OP, today=OP), Fout)


anything = st.one_of(
    st.text(max_size=50), st.integers(), st.none(), st.booleans(), st.floats(), st.dates(), st.binary(max_size=5)
)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    velden=st.fixed_dictionaries(
        dict.fromkeys(["postcode", "huisnummer"], anything),
        optional=dict.fromkeys(["toevoeging", "huisletter", "sector", "school", "geboortedatum", "peildatum"], anything),
    )
)
def test_nothing_at_all_makes_an_exception(velden):
    assert route_address(**velden).uitkomst in set(Uitkomst)
