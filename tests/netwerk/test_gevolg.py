"""The effect of a change: equal to routing everything one by one before and after, and without a trace."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gebieden.actions.activeren import activate_editie
from gebieden.models import Buurt, Editie, Gemeente, Regio, RegisterRegel, Wijk
from gebieden.register import zoek_buurten
from kern.actions import enqueue_melding, record_event
from kern.kijker import systeem
from kern.models import Gebeurtenis, Melding
from portal.netwerk.gevolg import effect_of
from scholen.models import Leerling, Vestiging
from tests.factories.casussen import NU, make_wereld
from tests.wijkteams.netwerken import OP, SECTOREN, build, netwerk, register, werkgebied
from wijkteams.models import Aanspreekpunt, Afwezigheid, Werkgebied, Wijkteam
from wijkteams.routering import Route, Uitkomst, route_address
from wijkteams.routering.netwerk import Netwerk, load_at

BY = systeem(OP, "test")
#: One birth date for each side of every border of age in the drawn networks.
GEBOREN = ("2023-01-01", "2012-01-01", "2000-01-01")
LEERLINGEN = [("97AA00", "vo"), ("98BB00", "vso"), ("98BB01", "mbo")]


def team_at(postcode: str, nummer: int) -> tuple[Any, ...]:
    """What routing says of a number, for every sector and age: the team, or the teams among which one must be picked."""
    routes = (
        route_address(postcode=postcode, huisnummer=nummer, sector=sector, geboortedatum=geboren, peildatum=OP)
        for sector in SECTOREN
        for geboren in GEBOREN
    )
    return tuple(_teams(route) for route in routes)


def _teams(route: Route) -> Any:
    if route.uitkomst is Uitkomst.MEERDERE:
        return frozenset(
            k.wijkteam.id if k.wijkteam else _without_team(k.buurt.code if k.buurt else "") for k in route.kandidaten
        )
    return "buiten" if route.uitkomst is Uitkomst.BUITEN_REGIO else route.wijkteam.id if route.wijkteam else None


def _without_team(buurt_code: str) -> str | None:
    """A candidate without a team: in which gemeente of the region makes no difference, outside of it does."""
    return None if Gemeente.objects.in_region().filter(code=f"GM{buurt_code[2:6]}").exists() else "buiten"


@contextmanager
def read_once() -> Iterator[None]:
    """While nothing changes, routing reads each place once: not again for every sector and age."""
    remembered = cache(load_at)

    def load_once(codes: Collection[str], *, school_id: int | None, vestiging_id: int | None, op: date) -> Netwerk:
        return remembered(frozenset(codes), school_id=school_id, vestiging_id=vestiging_id, op=op)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wijkteams.routering.enkel.zoek_buurten", cache(zoek_buurten))
        patch.setattr("wijkteams.routering.netwerk.load_at", load_once)
        yield


def look() -> dict[tuple[str, int], tuple[Any, ...]]:
    rows = RegisterRegel.objects.filter(editie__actief=True).values_list("postcode", "huisnummers")
    with read_once():
        return {(postcode, nr): team_at(postcode, nr) for postcode, nrs in rows for nr in nrs}


def look_at_pupils() -> dict[int, tuple[Any, ...]]:
    def key(pupil: Leerling) -> tuple[Any, ...]:
        route = route_address(
            postcode=pupil.postcode,
            huisnummer=pupil.huisnummer,
            sector=pupil.sector,
            school=pupil.vestiging.brin,
            geboortedatum=pupil.geboortedatum,
            peildatum=OP,
        )
        team = route.wijkteam.id if route.wijkteam else None
        person = route.aanspreekpunt.id if route.aanspreekpunt else None
        call = route.te_bellen.id if route.te_bellen else None
        return route.uitkomst, team, person, call

    return {pupil.pk: key(pupil) for pupil in Leerling.objects.select_related("vestiging")}


def change_of(verandering: dict[str, Any]) -> Callable[[], None]:
    """Some rules end, some begin, a team stops, a person is away: or another register becomes active."""

    def change() -> None:
        for plek, regel in enumerate(Werkgebied.objects.order_by("pk")):
            if plek in verandering["weg"]:
                regel.delete()
        teams = list(Wijkteam.objects.order_by("pk"))
        for nieuw in verandering["nieuw"]:
            velden = {naam: waarde for naam, waarde in nieuw.items() if naam not in {"team", "bij"}}
            if "bij" not in nieuw:
                with suppress(IntegrityError), transaction.atomic():
                    Werkgebied.objects.create(wijkteam=teams[nieuw["team"]], **velden)
        if verandering["stopt"] is not None:
            Wijkteam.objects.filter(pk=teams[verandering["stopt"]].pk).update(geldig_tot=OP)
        if verandering["afwezig"] and (punt := Aanspreekpunt.objects.order_by("pk").first()):
            with suppress(IntegrityError), transaction.atomic():
                Afwezigheid.objects.create(contactpersoon=punt.contactpersoon, van=OP, tot_en_met=OP)
        if verandering["register"] is not None:
            activate_editie(editie_id=_editie(verandering["register"]).pk, by=BY, op=NU)

    return change


def _editie(tekening: dict[str, dict[str, list[int]]]) -> Editie:
    editie = Editie.objects.create(jaar=2026, status="geladen", adressen=9, geladen_op=datetime(2026, 8, 1, tzinfo=UTC))
    oud = Editie.objects.get(actief=True)
    Wijk.objects.bulk_create(Wijk(editie=editie, code=w.code, naam=w.naam) for w in Wijk.objects.filter(editie=oud))
    Buurt.objects.bulk_create(Buurt(editie=editie, code=b.code, naam=b.naam) for b in Buurt.objects.filter(editie=oud))
    RegisterRegel.objects.bulk_create(
        RegisterRegel(editie=editie, postcode=postcode, buurt_code=f"BU{buurt}", huisnummers=huisnummers)
        for postcode, buurten in tekening.items()
        for buurt, huisnummers in buurten.items()
    )
    return editie


def add_pupils() -> None:
    vestigingen = {v.brin: v for v in Vestiging.objects.all()}
    rows = [(pc, nrs[0]) for pc, nrs in RegisterRegel.objects.order_by("pk").values_list("postcode", "huisnummers")]
    Leerling.objects.bulk_create(
        Leerling(
            vestiging=vestigingen[LEERLINGEN[n % 3][0]],
            leerlingnummer=str(n),
            voornaam="Test",
            achternaam=f"Leerling {n}",
            sector=LEERLINGEN[n % 3][1],
            geboortedatum=GEBOREN[n % 3] if n % 4 else None,
            postcode=postcode,
            huisnummer=nummer + 20 * (n % 5 == 0),
        )
        for n, (postcode, nummer) in enumerate([*rows, ("3333AA", 1)])
    )


veranderingen = st.fixed_dictionaries(
    {
        "weg": st.sets(st.integers(0, 12), max_size=4),
        "nieuw": st.lists(werkgebied(), max_size=4),
        "stopt": st.sampled_from([None, None, None, 0, 1]),
        "afwezig": st.booleans(),
        "register": st.one_of(st.none(), st.none(), register),
    }
)


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(tekening=netwerk(), verandering=veranderingen)
def test_the_effect_is_what_routing_says_one_by_one(tekening: dict[str, Any], verandering: dict[str, Any]) -> None:
    with transaction.atomic():
        build(tekening)
        add_pupils()
        regio = Regio.objects.get()
        change = change_of(verandering)
        gevolg = effect_of(change, regio=regio, op=OP)
        toen, leerlingen_toen = look(), look_at_pupils()
        change()
        straks, leerlingen_straks = look(), look_at_pupils()
        transaction.set_rollback(True)
    moved = [key for key in toen.keys() & straks.keys() if toen[key] != straks[key]]
    assert gevolg.adressen == len(moved)
    assert gevolg.adressen_voor == sum(any(deel != "buiten" for deel in teams) for teams in toen.values())
    assert gevolg.adressen_na == sum(any(deel != "buiten" for deel in teams) for teams in straks.values())
    anders = {pk for pk in leerlingen_toen if leerlingen_toen[pk] != leerlingen_straks[pk]}
    assert gevolg.aantal_leerlingen == len(anders)
    for stand, addresses, pupils in (("voor", toen, leerlingen_toen), ("na", straks, leerlingen_straks)):
        for team in gevolg.teams:
            having = sum(any(_has(deel, team.wijkteam_id) for deel in teams) for teams in addresses.values())
            assert getattr(team, f"adressen_{stand}") == having
            routed = sum(key[1] == team.wijkteam_id for key in pupils.values())
            assert getattr(team, f"leerlingen_{stand}") == routed


def _has(deel: Any, team: int) -> bool:
    return team in deel if isinstance(deel, frozenset) else deel == team


# --- Nothing stays ---------------------------------------------------------------------------------------------------


def _everything() -> tuple[Any, ...]:
    return (
        list(Werkgebied.objects.order_by("pk").values()),
        list(Editie.objects.order_by("pk").values()),
        Gebeurtenis.objects.count(),
        Melding.objects.count(),
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_leaks(monkeypatch: pytest.MonkeyPatch):
    wereld = make_wereld()
    rung: list[str] = []
    before = _everything()
    monkeypatch.setattr("kern.actions.wake_on_commit", lambda: transaction.on_commit(lambda: rung.append("wake")))

    def change() -> None:
        Werkgebied.objects.all().delete()
        record_event(soort="proef", onderwerp_soort="proef", onderwerp_id=1, by=BY, op=NU)
        enqueue_melding(
            soort="proef",
            gebeurtenis=None,
            onderwerp_soort="proef",
            onderwerp_id=1,
            gegevens={},
            adres="iemand@demo.example",
            op=NU,
        )
        transaction.on_commit(lambda: rung.append("commit"))

    gevolg = effect_of(change, regio=wereld.net.regio, op=NU.date())
    assert gevolg.adressen > 0
    assert _everything() == before
    assert rung == []
    assert not connection.in_atomic_block
