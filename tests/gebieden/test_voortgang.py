from io import StringIO

from gebieden.management.voortgang import Voortgangsbalk


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_per_tenth():
    uit = StringIO()
    balk = Voortgangsbalk(uit)
    for _ in range(100):
        balk("Lezen", 1, 100)
    assert uit.getvalue().splitlines() == ["Lezen 1 %", *(f"Lezen {n} %" for n in range(10, 101, 10))]


def test_a_terminal_gets_one_line_drawn_over():
    uit = Terminal()
    balk = Voortgangsbalk(uit)
    balk("Lezen", 50, 100)
    balk("Lezen", 50, 100)
    balk("Laden", 1, 1)
    assert uit.getvalue().count("\n") == 2
    assert "\rLezen    [###############...............]  50 %" in uit.getvalue()
    assert "100 %" in uit.getvalue()


def test_it_can_be_silent_and_knows_no_division_by_nothing():
    uit = StringIO()
    Voortgangsbalk(uit, aan=False)("Lezen", 1, 1)
    Voortgangsbalk(uit)("Lezen", 0, 0)
    assert uit.getvalue() == ""
