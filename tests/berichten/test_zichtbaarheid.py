"""Who reads what: every role × every circle × every moment, the rule for one casus and the rule for many beside each other."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from casussen.blik import blik_of
from casussen.keuzes import DelingMet, Kring, Status
from casussen.models import Bericht, Casus, Deling, Document, Termijn, Toestemming
from casussen.queries.berichten import documents_for, documents_of, messages_of, thread_of, unread_counts
from tests.factories.berichten import BerichtFactory, DocumentFactory, share
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, Wereld, appoint
from toegang.rollen import REGIOCOORDINATOR

DAG = timedelta(days=1)
S, I, T = Kring.SCHOOL_EN_TEAM, Kring.IEDEREEN, Kring.TEAM  # noqa: E741
#: What each reads of (circle, before or after the sharing) in a casus that team Schalkwijk has and that is shared with all three.
VOOR, NA = "voor het delen", "na het delen"
ALLES = set(product((S, I, T), (VOOR, NA)))
LEEST: dict[str, set[tuple[Kring, str]]] = {
    "zoe": {(S, VOOR), (S, NA), (I, VOOR), (I, NA)},
    "wim": ALLES,
    "cora": ALLES,
    "abel": {(I, NA)},
    "lena": {(I, NA)},
    "swen": {(I, NA)},
    "teun": set(),  # nothing of the school is overdue
    "rea": set(),
    "gerda": set(),
    "fenna": set(),
    "leeg": set(),
    "otto": set(),
    "ona": set(),
    "rik": set(),
    "cees": set(),
}


@pytest.fixture
def rijen(casus: Casus, wereld: Wereld) -> dict[tuple[Kring, str], Bericht]:
    """A message with a document in each circle, before the casus was shared and after."""
    for met in DelingMet:
        share(casus, wereld, met, op=NU)
    found = {}
    for kring, moment in sorted(ALLES):
        op = NU - DAG if moment == VOOR else NU + DAG
        found[kring, moment] = said(casus, wereld, voor=kring, op=op)
    return found


def said(casus: Casus, wereld: Wereld, **velden: Any) -> Bericht:
    """A message with a document, of somebody who is nobody here: read or not, it is never one's own."""
    bericht: Bericht = BerichtFactory.create(casus=casus, door=wereld.cast.leeg, **velden)
    DocumentFactory.create(bericht=bericht)
    return bericht


def reads(casus: Casus, wereld: Wereld, naam: str) -> set[int]:
    """The messages somebody reads, after every way of asking gave the same."""
    kijker = wereld.kijker(naam)
    thread = {b.pk for b in thread_of(casus, kijker)}
    assert {d.bericht_id for d in documents_for(casus, kijker)} == thread
    assert unread_counts(kijker, [casus.pk]) == ({casus.pk: len(thread)} if thread else {})
    if Casus.objects.in_zicht_van(kijker).filter(pk=casus.pk).exists():
        blik = blik_of(casus, kijker)
        assert {b.pk for b in messages_of(casus, blik)} == thread
        assert {d.bericht_id for d in documents_of(casus, blik)} == thread
    return thread


@pytest.mark.parametrize("naam", LEEST)
def test_each_role_reads_its_circles(casus, wereld, rijen, naam):
    assert reads(casus, wereld, naam) == {rijen[key].pk for key in LEEST[naam]}


def test_a_teamleider_reads_as_the_school_while_something_is_overdue(casus, wereld, rijen):
    Termijn.objects.create(
        casus=casus, ronde=1, soort="beantwoorden", eigenaar_soort="school", begint_op=NU - 9 * DAG, vervalt_op=NU - DAG
    )
    assert reads(casus, wereld, "teun") == {rijen[key].pk for key in LEEST["zoe"]}


@pytest.mark.parametrize("naam", ["abel", "lena", "swen"])
def test_whoever_looks_along_reads_nothing_the_moment_the_sharing_ends(casus, wereld, rijen, naam):
    Deling.objects.update(ingetrokken_op=NU + 2 * DAG)
    assert reads(casus, wereld, naam) == set()


def test_shared_again_means_reading_from_then_on(casus, wereld, rijen):
    Deling.objects.update(ingetrokken_op=NU + 2 * DAG)
    share(casus, wereld, DelingMet.AANBIEDER, op=NU + 3 * DAG)
    later = said(casus, wereld, voor=I, op=NU + 4 * DAG)
    assert reads(casus, wereld, "abel") == {later.pk}


def test_the_next_team_reads_nothing_of_what_the_one_before_heard(casus, wereld, rijen):
    """Sent on: what school and earlier team said to each other is of those two; the earlier team no longer has the casus."""
    wereld.do("doorzetten", casus, "cora", wijkteam=wereld.net.centrum.pk, **DOORZETTEN)
    casus.refresh_from_db()
    new = said(casus, wereld, wijkteam=wereld.net.centrum, op=NU + 2 * DAG)
    assert reads(casus, wereld, "cees") == {new.pk}
    assert reads(casus, wereld, "wim") == set()
    assert reads(casus, wereld, "zoe") == {rijen[key].pk for key in LEEST["zoe"]} | {new.pk}


def test_a_team_that_gets_it_back_reads_its_own_part_again(casus, wereld, rijen):
    new = said(casus, wereld, wijkteam=wereld.net.centrum, op=NU)
    assert new.pk not in reads(casus, wereld, "wim")
    assert reads(casus, wereld, "wim") == {b.pk for b in rijen.values()}


def test_a_team_reads_nothing_once_consent_has_ended(casus, wereld, rijen):
    Toestemming.objects.update(ingetrokken_op=NU)
    assert thread_of(casus, wereld.kijker("wim")).count() == 0
    assert unread_counts(wereld.kijker("wim"), [casus.pk]) == {}
    assert reads(casus, wereld, "zoe") == {rijen[key].pk for key in LEEST["zoe"]}


def test_withdrawn_by_the_family_only_the_school_reads(casus, wereld, rijen):
    wereld.do("intrekken", casus, "zoe", **INTREKKEN)
    for naam in ("wim", "cora", "abel", "lena", "swen"):
        assert thread_of(casus, wereld.kijker(naam)).count() == 0, naam
    assert thread_of(casus, wereld.kijker("zoe")).count() == 4


def test_returned_the_team_still_reads_what_it_wrote(wereld):
    casus = wereld.casus(Status.TERUGGELEGD)
    bericht = said(casus, wereld, wijkteam=wereld.net.schalkwijk)
    assert reads(casus, wereld, "wim") == {bericht.pk}


def test_a_region_that_is_also_in_a_team_without_consent_reads_nothing(casus, wereld, rijen):
    """The page opens for the clocks; the thread asks by itself."""
    Toestemming.objects.update(ingetrokken_op=NU)
    appoint(wereld.cast.wim, REGIOCOORDINATOR, wereld.cast.regio)
    assert Casus.objects.in_zicht_van(wereld.kijker("wim")).filter(pk=casus.pk).exists()
    assert thread_of(casus, wereld.kijker("wim")).count() == 0
    assert Document.objects.filter(casus=casus).readable_by(wereld.kijker("wim")).count() == 0
