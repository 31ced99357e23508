"""Two people at the same casus in the same second, with real threads and real transactions."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from casussen.actions import perform
from casussen.fouten import OnjuisteStatus
from casussen.keuzes import Status
from casussen.models import Casus, Contactmoment, Ontvangstlink, Overgang, Statusperiode, Termijn, Vraag
from kern.kijker import Kijker
from kern.models import Gebeurtenis
from scholen.models import Leerling
from tests.factories.casussen import COMPLEET, DOORZETTEN, INTREKKEN, NU, STARTEN, TERUGLEGGEN, colleague, make_wereld
from tests.factories.toegang import kijker_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Run these at the same moment; what each answered or raised, in order."""
    start = threading.Barrier(len(steps))
    found: list[Any] = [None] * len(steps)

    def run(i: int, step: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[i] = step()
        except Exception as error:  # noqa: BLE001  (the test looks at it)
            found[i] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, step)) for i, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def step(actie: str, casus: Casus, by: Kijker, *, versie: int | None, **gegevens: Any) -> Callable[[], Casus]:
    return lambda: perform(actie, casus=casus, by=by, op=NU, versie=versie, gegevens=gegevens)


@pytest.mark.parametrize("versie", [1, None])
def test_two_people_take_one_casus_and_one_is_told_who_won(versie: int | None) -> None:
    wereld = make_wereld()
    casus = wereld.casus()
    wim, cora = wereld.kijker("wim"), wereld.kijker("cora")
    found = together(step("ontvangen", casus, wim, versie=versie), step("ontvangen", casus, cora, versie=versie))
    (lost,) = [answer for answer in found if isinstance(answer, OnjuisteStatus)]
    (won,) = [answer for answer in found if isinstance(answer, Casus)]
    winner = won.behandelaar.naam if won.behandelaar else ""
    assert lost.wie == winner
    assert lost.melding == f"{winner} heeft deze casus om 10.00 al ontvangen."
    casus.refresh_from_db()
    assert (casus.status, casus.versie, casus.behandelaar) == (Status.ONTVANGEN, 2, won.behandelaar)
    assert Overgang.objects.filter(casus=casus, actie="ontvangen").count() == 1
    assert Gebeurtenis.objects.filter(soort="casus_ontvangen").count() == 1
    assert Statusperiode.objects.filter(casus=casus, tot__isnull=True).count() == 1
    assert Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).count() == 1


def test_ten_people_take_one_casus() -> None:
    wereld = make_wereld()
    casus = wereld.casus()
    people = [kijker_of(colleague(wereld.net.schalkwijk, f"Collega {n}")[1], NU.date()) for n in range(10)]
    found = together(*(step("ontvangen", casus, person, versie=1) for person in people))
    won = [answer for answer in found if isinstance(answer, Casus)]
    assert len(won) == 1
    winner = won[0].behandelaar
    assert winner is not None
    assert {answer.wie for answer in found if isinstance(answer, OnjuisteStatus)} == {winner.naam}
    assert sum(isinstance(answer, OnjuisteStatus) for answer in found) == 9


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ontvangen", "wim", {}), ("doorzetten", "cora", {**DOORZETTEN, "wijkteam": "centrum"})),
        (("ontvangen", "wim", {}), ("intrekken", "zoe", INTREKKEN)),
        (("terugleggen", "wim", TERUGLEGGEN), ("intrekken", "zoe", INTREKKEN)),
        (("vragen", "wim", {"vraag": "Hoe gaat het op school?"}), ("vragen", "cora", {"vraag": "Wat zegt de mentor ervan?"})),
    ],
)
def test_two_different_steps_at_once_are_one_step(first: Any, second: Any) -> None:
    wereld = make_wereld()
    casus = wereld.casus()
    steps = []
    for actie, naam, gegevens in (first, second):
        filled = {veld: wereld.net.centrum.pk if value == "centrum" else value for veld, value in gegevens.items()}
        steps.append(step(actie, casus, wereld.kijker(naam), versie=1, **filled))
    found = together(*steps)
    assert sorted(type(answer).__name__ for answer in found) == ["Casus", "OnjuisteStatus"]
    casus.refresh_from_db()
    assert casus.versie == 2
    assert Vraag.objects.filter(casus=casus).count() <= 1


def test_one_form_sent_four_times_at_once_is_one_step() -> None:
    wereld = make_wereld()
    casus = wereld.casus(Status.ONTVANGEN)
    wim = wereld.kijker("wim")
    found = together(*(step("starten", casus, wim, versie=2, **STARTEN) for _ in range(4)))
    assert all(isinstance(answer, Casus) for answer in found)
    assert Contactmoment.objects.filter(casus=casus).count() == 1
    assert Overgang.objects.filter(casus=casus, actie="starten").count() == 1


def test_one_draft_submitted_four_times_at_once_is_submitted_once() -> None:
    wereld = make_wereld()
    casus, zoe = wereld.concept(), wereld.zoe
    found = together(*(step("aanmelden", casus, zoe, versie=0) for _ in range(4)))
    assert all(isinstance(answer, Casus) for answer in found)
    assert Ontvangstlink.objects.filter(casus=casus).count() == 1
    assert Overgang.objects.filter(casus=casus).count() == 1


def test_two_drafts_about_one_new_pupil_make_one_pupil() -> None:
    wereld = make_wereld()
    zoe = wereld.zoe
    drafts = [wereld.concept(**COMPLEET) for _ in range(3)]
    found = together(*(step("aanmelden", draft, zoe, versie=0) for draft in drafts))
    assert all(isinstance(answer, Casus) for answer in found)
    assert Leerling.objects.count() == 1
    assert {draft.leerling_id for draft in Casus.objects.all()} == {Leerling.objects.get().pk}


def test_whoever_waited_comes_after_whoever_was_first() -> None:
    """The clocks of two requests may disagree: a later step never gets an earlier moment."""
    wereld = make_wereld()
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("vragen", casus, "wim", op=NU + timedelta(seconds=2), vraag="Hoe gaat het op school?")
    casus = wereld.do("beantwoorden", casus, "zoe", op=NU + timedelta(seconds=1), antwoord="Goed.")
    steps = list(Overgang.objects.filter(casus=casus).order_by("versie").values_list("op", flat=True))
    assert steps == sorted(steps)
    periods = list(Statusperiode.objects.filter(casus=casus).order_by("id"))
    assert [p.tot for p in periods[:-1]] == [p.van for p in periods[1:]]
