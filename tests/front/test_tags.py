"""Tags and filters, as templates use them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory

from kern.klok import AMSTERDAM

DINSDAG = datetime(2026, 12, 1, 10, 30, tzinfo=AMSTERDAM)


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


def test_a_phone_number_is_a_link() -> None:
    assert render("{{ n|telefoon }}", n="0612345678") == '<a class="ap-bel" href="tel:+31612345678">06 12 34 56 78</a>'
    assert render("{{ n|telefoon }}", n=None) == ""


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>@x', "0612345678<b>"])
def test_what_people_typed_is_escaped(evil: str) -> None:
    html = render('{{ n|telefoon }}{{ n|maillink }}{% badge n "goed" %}{% gezicht p %}{{ n|postcode }}', n=evil, p={"naam": evil})
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_a_mail_address_breaks_before_the_at_sign() -> None:
    assert render("{{ a|maillink }}", a="s@x.example") == '<a href="mailto:s@x.example">s<wbr>@x.example</a>'
    assert render("{{ a|maillink }}", a="") == ""


@time_machine.travel(DINSDAG, tick=False)
def test_dates_are_written_from_a_date_a_moment_or_json() -> None:
    assert render("{{ d|datum_kort }}", d=date(2026, 12, 3)) == "do 3 dec"
    assert render("{{ d|datum_kort }}", d="2026-12-03") == "do 3 dec"
    assert render("{{ d|datum_kort }}", d=DINSDAG) == "di 1 dec"
    assert render("{{ d|datum_kort }}", d=None) == ""
    assert render("{{ d|moment }}", d=DINSDAG - timedelta(minutes=5)) == "vandaag 10:25"


@time_machine.travel(DINSDAG, tick=False)
def test_a_clock_counts_working_days_and_carries_the_machine_date() -> None:
    html = render('{% termijn due "antwoord" %}', due=datetime(2026, 12, 3, 17, tzinfo=AMSTERDAM))
    assert "antwoord uiterlijk do 3 dec (nog 2 werkdagen)" in html
    assert 'datetime="2026-12-03T17:00:00+01:00"' in html
    assert "ap-termijn--rustig" in html


@time_machine.travel(datetime(2025, 12, 24, 12, tzinfo=AMSTERDAM), tick=False)
def test_a_clock_knows_christmas() -> None:
    """Design §5: T0 24-12-2025 and 2 working days is 30-12-2025."""
    html = render("{% termijn due %}", due=datetime(2025, 12, 30, 17, tzinfo=AMSTERDAM))
    assert "uiterlijk di 30 dec (nog 2 werkdagen)" in html


@time_machine.travel(DINSDAG, tick=False)
def test_a_clock_that_was_met_says_so() -> None:
    html = render("{% termijn due klaar_op=klaar %}", due=DINSDAG, klaar=DINSDAG - timedelta(hours=1))
    assert "op tijd, di 1 dec" in html


def test_a_face_without_a_photo_is_initials() -> None:
    html = render('{% gezicht p "groot" %}', p={"naam": "Sanne de Vries"})
    assert ">SV<" in html
    assert "ap-gezicht--groot" in html


def test_a_mistyped_tone_fails_at_once() -> None:
    with pytest.raises(KeyError):
        render('{% badge "te laat" "te-laat" %}')


def test_a_query_keeps_the_filters_of_the_page() -> None:
    request = RequestFactory().get("/x", {"school": "12AB", "pagina": "3"})
    assert render("{% met_query pagina=4 %}", request=request) == "?school=12AB&amp;pagina=4"
    assert render("{% met_query pagina='' sorteer='-naam' %}", request=request) == "?school=12AB&amp;sorteer=-naam"


@pytest.mark.parametrize(("deel", "geheel", "width"), [(78, 100, "78.0"), (3, 0, "0.0"), (5, 4, "100.0"), (-1, 4, "0.0")])
def test_a_bar_stays_inside_its_cell(deel: float, geheel: float, width: str) -> None:
    assert f'width="{width}"' in render("{% balkje deel geheel %}", deel=deel, geheel=geheel)
