"""manage.py route: 0 for every uitkomst, 2 for wrong usage."""

import json
from io import StringIO

import pytest
from django.core.management import ManagementUtility, call_command
from django.core.management.base import CommandError

from tests.factories.netwerk import AfwezigheidFactory, ContactpersoonFactory, VestigingFactory
from wijkteams.models import Contactpersoon


@pytest.fixture
def run(monkeypatch, capsys):
    """As from a shell: exit code, standard output, standard error."""

    def run(*args):
        # A command from a shell closes its connections at the end; the test's transaction lives in one of them.
        monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
        code: str | int | None = 0
        try:
            ManagementUtility(["manage.py", "route", *args]).execute()
        except SystemExit as exit_:
            code = exit_.code
        return (code, *capsys.readouterr())

    return run


def as_json(output):
    return json.loads(output)


@pytest.mark.usefixtures("net")
class TestUsage:
    @pytest.mark.parametrize(
        ("args", "uitkomst"),
        [
            (["2037RB", "12"], "toegewezen"),
            (["2037 rb", "12-B"], "toegewezen"),
            (["2037rb", "12", "b hs"], "toegewezen"),
            (["2034AA", "99"], "meerdere"),
            (["2181AA", "1"], "buiten_regio"),
            (["2037ZZ", "1"], "adres_onbekend"),
            (["0000AA", "1"], "ongeldig"),
            (["2037RB", "-1"], "ongeldig"),
            (["2037RB", "--"], "ongeldig"),
            (["2037RB", "-"], "ongeldig"),
            (["2037RB", ""], "ongeldig"),
            (["-1", "-1", "-1"], "ongeldig"),
            (["--", "2037RB", "12"], "toegewezen"),
            (["--", "2037RB", "-1"], "ongeldig"),
            (["2037RB", "12", "--sector", "hbo"], "ongeldig"),
            (["2037RB", "12", "--sector", "-1"], "ongeldig"),
            (["2037RB", "12", "--school", "11ZZ"], "ongeldig"),
            (["2037RB", "12", "--birth-date", "2099-01-01"], "ongeldig"),
            (["2037RB", "12", "--birth-date", "onzin"], "ongeldig"),
            (["2037RB", "12", "--on", "onzin"], "ongeldig"),
            (
                ["2037RB", "12", "--sector", "VO", "--school", "99ab", "--birth-date", "17-5-2011", "--on", "2026-09-01"],
                "toegewezen",
            ),
            (["'; DROP TABLE x; --", "<b>"], "ongeldig"),
            (["🏠", "x" * 10_000], "ongeldig"),
        ],
    )
    def test_every_uitkomst_exits_with_0(self, run, args, uitkomst):
        options = args[:1] if args[0] == "--" else []
        code, out, err = run("--json", *options, *args[len(options) :])
        assert (code, err) == (0, "")
        assert as_json(out)["uitkomst"] == uitkomst

    @pytest.mark.parametrize(
        "args",
        [
            [],
            ["2037RB"],
            ["2037RB", "1", "2", "3"],
            ["2037RB", "1", "--onzin"],
            ["2037RB", "1", "--sector"],
            ["2037RB", "1", "-x"],
        ],
    )
    def test_wrong_usage_exits_with_2(self, run, args):
        code, out, err = run(*args)
        assert (code, out) == (2, "")
        assert err

    def test_geheim_does_not_show_the_address(self, run):
        for options in (["--json"], []):
            code, out, _ = run("2037RB", "12", "QQ", "--geheim", *options)
            assert code == 0
            assert not [spoor for spoor in ("2037", "RB", "QQ", "Boerhaavewijk") if spoor in out]

    def test_from_python_too(self):
        out = StringIO()
        call_command("route", "2037RB", "-1", json=True, stdout=out)
        assert as_json(out.getvalue())["uitkomst"] == "ongeldig"
        with pytest.raises(CommandError):
            call_command("route", "2037RB", stdout=out)


class TestText:
    def test_an_answer_for_a_person(self, net, run):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Dewi Vervanger", telefoon="06 555 11 111")
        AfwezigheidFactory.create(contactpersoon=persoon, vervanger=dewi)
        code, out, _ = run("2037RB", "12", "b", "--on", "2026-09-01")
        assert code == 0
        assert out.startswith("Toegewezen: 2037 RB 12 B\n  Wijkteam: Wijkteam Schalkwijk, gemeente Haarlem, 023 555 00 00,")
        assert "  Aanspreekpunt: Contact van Wijkteam Schalkwijk, jeugdcoach," in out
        assert "afwezig tot en met 31 december 2026" in out
        assert "  Bel nu: Dewi Vervanger, jeugdcoach, 06 555 11 111" in out
        assert "Waarom?\n  1. Het adres ligt in de buurt Boerhaavewijk" in out
        assert out.endswith("Peildatum 1 september 2026, adresregister 2025.\n")

    def test_candidates_desk_and_mistakes(self, net, run):
        assert (
            "  - Wijkteam Haarlemmerhout, Contact van Wijkteam Haarlemmerhout: als het adres in de buurt Haarlemmerhout ligt"
            in run("2034AA", "99")[1]
        )
        assert "  Loket: Jeugdloket Hillegom, 14 000, jeugdloket@gemeente.example\n" in run("2181AA", "1")[1]
        assert run("0000AA", "0")[1].startswith("Ongeldig\n  - postcode: Deze postcode bestaat niet")
        VestigingFactory.create(school=net.school, brin="99AB01", sectoren=["mbo"])
        assert run("2037RB", "12", "--school", "99AB")[0] == 0
