"""`load_demo` and `demo_info`: where they may run, twice the same, and what they say."""

import json
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from casussen.models import Casus, CasusRoute, Overgang, Termijn
from gebieden.models import Editie, Gemeente, RegisterRegel
from portal.demo import DEMO_WACHTWOORD
from portal.demo.accounts import ACCOUNTS
from portal.demo.checks import no_demo_accounts
from scholen.models import Leerling
from tests.factories.demo import as_owner
from tests.factories.netwerk import GemeenteFactory
from tests.factories.toegang import UserFactory
from toegang.models import User
from wijkteams.routering import Uitkomst, route_address

pytestmark = pytest.mark.django_db
KLEIN = ("--addresses", "3000", "--casussen", "45", "--on", "2026-11-19")


def load(*options: str) -> str:
    out = StringIO()
    with as_owner():
        call_command("load_demo", *(options or KLEIN), stdout=out, stderr=StringIO())
    return out.getvalue()


def info(*options: str) -> str:
    out = StringIO()
    call_command("demo_info", *options, stdout=out)
    return out.getvalue()


def content() -> dict[str, list[Any]]:
    """Everything that matters, without the numbers that a database hands out."""
    wat = {
        "register": RegisterRegel.objects.values_list("postcode", "buurt_code", "huisnummers"),
        "users": User.objects.values_list("email", "naam"),
        "leerlingen": Leerling.objects.values_list("leerlingnummer", "voornaam", "achternaam", "geboortedatum", "postcode"),
        "casussen": Casus.objects.values_list("aangemaakt", "status", "hulpvraag", "wijkteam__naam", "woongemeente__code"),
        "overgangen": Overgang.objects.values_list("op", "actie", "door__email", "reden"),
        "termijnen": Termijn.objects.values_list("begint_op", "soort", "vervalt_op", "gesloten_om", "volgende_stap"),
        "routes": CasusRoute.objects.values_list("op", "uitkomst", "wijkteam__naam", "gekozen"),
    }
    return {naam: sorted(rows, key=str) for naam, rows in wat.items()}


class Terug(Exception):  # noqa: N818  (undo what was loaded)
    pass


def loaded_and_undone(seed: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    with suppress(Terug), transaction.atomic():
        load(*KLEIN, "--seed", seed)
        found = content()
        raise Terug
    assert not Casus.objects.exists()
    return found


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_region_and_another_seed_another() -> None:
    first, same, other = (loaded_and_undone(seed) for seed in ("7", "7", "8"))
    assert first == same
    for part in ("register", "users", "casussen", "overgangen"):
        assert first[part] != other[part], part


def test_loading_twice_changes_nothing() -> None:
    said = load()
    before = content()
    again = load()
    assert "45 casussen" in said
    assert "staat er al" in again
    assert content() == before


def test_it_refuses_a_database_with_something_else_in_it() -> None:
    GemeenteFactory.create()
    with pytest.raises(CommandError, match="lege database"):
        load()
    assert Gemeente.objects.count() == 1


def test_it_refuses_production(settings: Any) -> None:
    settings.MODUS = "productie"
    with pytest.raises(CommandError, match="In productie bestaan deze accounts nooit"):
        load()
    with pytest.raises(CommandError, match="geen demo"):
        info()
    assert not User.objects.exists()


def test_a_load_that_fails_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: Any, **_kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("portal.demo.laden.write_casussen", stop)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        load()
    assert not User.objects.exists()
    assert not Editie.objects.exists()


@pytest.mark.parametrize("options", [("--addresses", "-1"), ("--casussen", "veel"), ("--on", "gisteren"), ("--seed", "x")])
def test_it_refuses_nonsense(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        load(*options)


def test_no_casussen_is_possible_too() -> None:
    load("--addresses", "2000", "--casussen", "0")
    assert not Casus.objects.exists()
    assert User.objects.count() == 400


def test_demo_info_names_the_accounts_and_an_address_for_every_outcome() -> None:
    load()
    found = json.loads(info("--json"))
    assert [row["email"] for row in found["accounts"]] == [account.email for account in ACCOUNTS]
    assert {row["password"] for row in found["accounts"]} == {DEMO_WACHTWOORD}
    assert set(found["adressen"]) == {uitkomst.value for uitkomst in Uitkomst}
    for uitkomst, adres in found["adressen"].items():
        assert route_address(postcode=adres["postcode"], huisnummer=adres["huisnummer"]).uitkomst == uitkomst
    assert found["urls"]["start"].startswith(found["url"])


def test_demo_info_reads_as_a_page() -> None:
    load()
    said = info()
    assert f"wachtwoord {DEMO_WACHTWOORD}" in said
    assert "zc@demo.example" in said
    assert "2037 RB 12" in said
    assert all(len(line) <= 130 for line in said.splitlines())


def test_demo_info_says_so_when_there_is_no_demo() -> None:
    assert "load_demo" in info()
    with pytest.raises(CommandError, match="load_demo"):
        info("--json")


def test_the_password_opens_the_demo_accounts_and_no_other() -> None:
    load()
    for account in ACCOUNTS:
        assert User.objects.get(email=account.email).check_password(DEMO_WACHTWOORD)
    others = User.objects.exclude(email__in=[account.email for account in ACCOUNTS])
    assert not any(user.has_usable_password() for user in others)


def test_production_may_not_hold_demo_accounts(settings: Any) -> None:
    UserFactory.create(email="zc@demo.example")
    settings.MODUS = "demo"
    assert no_demo_accounts(None) == []
    settings.MODUS = "productie"
    (error,) = no_demo_accounts(None)
    assert error.id == "portal.E001"
    User.objects.update(email="iemand@school.nl")
    assert no_demo_accounts(None) == []
