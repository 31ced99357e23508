"""Switching edities: what changes, who is told, and what cannot become active."""

from typing import Any

import pytest
from django.db import connection, transaction

from gebieden.actions.activeren import NietTeActiverenError, activate_editie
from gebieden.gevolgen import list_consequences
from gebieden.models import Editie, EditieStatus, Gemeente
from gebieden.queries import Verschil, compare_edities
from kern.kijker import systeem
from kern.klok import now, today
from kern.models import Gebeurtenis
from tests.factories.netwerk import BuurtFactory, EditieFactory, RegisterRegelFactory, WijkFactory
from tests.gebieden.opdrachten import run

pytestmark = pytest.mark.django_db
Regel = tuple[str, str, list[int]]


def register(jaar: int, *regels: Regel, **velden: Any) -> Editie:
    editie = EditieFactory.create(jaar=jaar, adressen=sum(len(nummers) for _, _, nummers in regels), **velden)
    for postcode, buurt, nummers in regels:
        RegisterRegelFactory.create(editie=editie, postcode=postcode, buurt_code=f"BU{buurt}", huisnummers=nummers)
    return editie


def activate(editie: Editie) -> Any:
    return activate_editie(editie_id=editie.pk, by=systeem(today()), op=now())


HIER = ("2011AA", "03920101", [1, 3, 5])


@pytest.mark.parametrize(
    ("oud", "nieuw", "vervallen", "gewijzigd"),
    [
        ([HIER], [HIER], set(), set()),
        ([HIER], [("2011AA", "03920101", [1, 3, 5, 7])], set(), set()),
        ([HIER], [("2011AA", "03920101", [1])], set(), set()),
        ([HIER], [HIER, ("2011AB", "03920102", [1])], set(), set()),
        ([HIER, ("2011AB", "03920101", [2])], [HIER], {"2011AB"}, set()),
        ([HIER, ("2012AB", "03920101", [2])], [HIER], {"2012AB", "2012"}, set()),
        ([HIER, ("2011AB", "03920102", [2])], [HIER], {"2011AB", "BU03920102"}, set()),
        ([HIER, ("1011AB", "0363AF01", [2])], [HIER], {"1011AB", "1011", "BU0363AF01", "WK0363AF", "GM0363"}, set()),
        # One number moved to another buurt of the same wijk, which both go on to exist.
        (
            [HIER, ("2011AB", "03920102", [2])],
            [("2011AA", "03920101", [1, 3]), ("2011AA", "03920102", [5]), ("2011AB", "03920102", [2])],
            set(),
            {"BU03920101", "BU03920102"},
        ),
        # A whole postcode moved to another wijk.
        (
            [HIER, ("2011AB", "03920101", [2]), ("2037RB", "03920501", [2])],
            [HIER, ("2011AB", "03920501", [2]), ("2037RB", "03920501", [2])],
            set(),
            {"BU03920101", "BU03920501", "WK039201", "WK039205"},
        ),
        # A gemeente was merged into another: its codes vanish, those of the other grow.
        (
            [HIER, ("1381AA", "04570101", [2])],
            [HIER, ("1381AA", "03920102", [2])],
            {"BU04570101", "WK045701", "GM0457"},
            {"BU03920102", "WK039201", "GM0392"},
        ),
        # Numbers swapped between two buurten that share a postcode before and after.
        (
            [("2011AA", "03920101", [1]), ("2011AA", "03920102", [2])],
            [("2011AA", "03920101", [2]), ("2011AA", "03920102", [1])],
            set(),
            {"BU03920101", "BU03920102"},
        ),
        # A new number in the other buurt of a shared postcode moved nothing.
        (
            [("2011AA", "03920101", [1]), ("2011AA", "03920102", [2])],
            [("2011AA", "03920101", [1]), ("2011AA", "03920102", [4])],
            set(),
            set(),
        ),
    ],
)  # fmt: skip
def test_it_tells_vanished_areas_from_moved_borders(oud, nieuw, vervallen, gewijzigd):
    with transaction.atomic():
        verschil = compare_edities(register(2024, *oud), register(2025, *nieuw))
    assert verschil.vervallen == vervallen
    assert verschil.gewijzigd == gewijzigd


def test_another_name_for_the_same_code_is_told_apart():
    oud = register(2024, HIER, gemeenten={"GM0392": "Haarlem"})
    nieuw = register(2025, HIER, gemeenten={"GM0392": "Groot-Haarlem"})
    for editie, naam in ((oud, "Vijfhoek"), (nieuw, "Binnenstad")):
        BuurtFactory.create(editie=editie, code="BU03920101", naam=naam)
        WijkFactory.create(editie=editie, code="WK039201", naam="Oude Stad")
    with transaction.atomic():
        verschil = compare_edities(oud, nieuw)
    assert verschil == Verschil(hernoemd=frozenset({"BU03920101", "GM0392"}))
    assert verschil.geraakt == {"BU03920101", "GM0392"}


def test_the_first_activation_touches_nothing():
    activatie = activate(register(2025, HIER))
    assert (activatie.vorige, activatie.verschil) == (None, Verschil())


def test_activating_the_active_editie_changes_nothing():
    editie = register(2025, HIER)
    activate(editie)
    eerst = Editie.objects.get().geactiveerd_op
    assert activate(editie).verschil == Verschil()
    assert Editie.objects.get().geactiveerd_op == eerst
    assert Gebeurtenis.objects.count() == 1


@pytest.mark.parametrize("status", [EditieStatus.LADEN, EditieStatus.MISLUKT])
def test_a_half_editie_cannot_become_active(status):
    actief = register(2025, HIER)
    activate(actief)
    half = register(2026, HIER, status=status)
    with pytest.raises(NietTeActiverenError, match="niet helemaal geladen"):
        activate(half)
    assert Editie.objects.get(actief=True) == actief


def test_an_empty_editie_cannot_become_active():
    with pytest.raises(NietTeActiverenError):
        activate(register(2026))


def test_an_unknown_id_changes_nothing():
    afloop = run("activate_editie", 999_999)
    assert afloop.code == 2
    assert "geen editie met id 999999" in afloop.fout


def test_gemeenten_are_named_by_the_editie_even_when_it_gives_no_names():
    """The demo region makes its own editie, without names of gemeenten."""
    editie = register(2025, HIER)
    WijkFactory.create(editie=editie, code="WK039201", naam="Oude Stad")
    WijkFactory.create(editie=editie, code="WK039401", naam="Hoofddorp")
    Gemeente.objects.create(code="GM0392", naam="Haarlem")
    activate(editie)
    assert dict(Gemeente.objects.values_list("code", "naam")) == {"GM0392": "Haarlem", "GM0394": "GM0394"}


def test_the_command_shows_findings_and_what_must_be_looked_at(settings):
    settings.EDITIE_GEVOLGEN = ["tests.gebieden.test_activeren.someone_above"]
    activate(register(2024, HIER, ("2037RB", "03920501", [2]), versie=1))
    nieuw = register(2025, HIER, versie=1, bevindingen=[{"soort": "krimp", "aantal": 1, "tekst": "De tabel is kleiner."}])
    afloop = run("activate_editie", nieuw.pk)
    assert afloop.code == 0
    assert "Editie 2025 is actief (was 2024)." in afloop.uit
    assert "Vervallen: BU03920501, WK039205" in afloop.uit
    assert "Nakijken: werkgebied voor BU03920501" in afloop.uit
    assert "De tabel is kleiner." in afloop.fout


def someone_above(verschil: Verschil) -> list[str]:
    return [f"werkgebied voor {code}" for code in sorted(verschil.vervallen) if code.startswith("BU")]


def test_who_is_asked_about_consequences_is_a_setting(settings):
    settings.EDITIE_GEVOLGEN = ["tests.gebieden.test_activeren.someone_above"]
    assert list_consequences(Verschil(vervallen=frozenset({"BU03920501"}))) == ["werkgebied voor BU03920501"]
    assert list_consequences(Verschil()) == []
    del settings.EDITIE_GEVOLGEN
    assert list_consequences(Verschil(vervallen=frozenset({"BU03920501"}))) == []


def test_the_portal_asks_the_room_of_werkgebieden(settings):
    assert settings.EDITIE_GEVOLGEN
    assert list_consequences(Verschil(vervallen=frozenset({"BU03920501"}))) == []


def test_an_activation_is_all_or_nothing(monkeypatch):
    actief, nieuw = register(2025, HIER), register(2026, HIER)
    activate(actief)

    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("stroom weg")

    monkeypatch.setattr("gebieden.actions.activeren.record_event", breaks)
    with pytest.raises(RuntimeError):
        activate(nieuw)
    assert Editie.objects.get(actief=True) == actief
    assert connection.in_atomic_block
