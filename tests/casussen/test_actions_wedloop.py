"""Two people at the same casus in the same second, with real threads and real transactions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from casussen.actions import perform
from casussen.fouten import CasusError, OnjuisteStatus
from casussen.keuzes import Status
from casussen.models import (
    Casus,
    Contactmoment,
    Deling,
    Inzet,
    Ontvangstlink,
    Overgang,
    Plan,
    Statusperiode,
    Taak,
    Termijn,
    Vraag,
)
from kern.kijker import Kijker
from kern.models import Gebeurtenis
from scholen.models import Leerling
from tests.casussen.stappen import attendance
from tests.factories.casussen import COMPLEET, DOORZETTEN, INTREKKEN, NU, PLAN, STARTEN, TERUGLEGGEN, colleague, make_wereld
from tests.factories.hulp import make_arrangement
from tests.factories.tegelijk import together
from tests.factories.toegang import kijker_of

pytestmark = pytest.mark.django_db(transaction=True)


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
    clocks = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).values_list("soort", flat=True)
    assert sorted(clocks) == ["in_behandeling", "terugkoppeling"]


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


# --- Overleg, plan, help and actions ----------------------------------------------------------------------------------
BIJ_HET_OVERLEG: dict[str, Any] = {"verslag": "Wij spraken over het plan.", "mening_ouders": "Wij voelen ons gehoord."}
AFSPRAAK: dict[str, Any] = {"omschrijving": "Belt de huisarts.", "partij": "school", "uiterlijk": "2026-12-09"}


def test_two_people_report_one_overleg_and_its_decisions_are_made_once() -> None:
    wereld = make_wereld()
    casus = wereld.casus(Status.MDO_GEPLAND)
    wim, zoe = wereld.kijker("wim"), wereld.zoe
    later = NU + timedelta(days=8, hours=6)

    there = attendance(casus)

    def report(by: Kijker) -> Callable[[], Casus]:
        values = {**BIJ_HET_OVERLEG, "aanwezigen": there, "besluiten": [AFSPRAAK | {"uiterlijk": "2026-12-17"}]}
        return lambda: perform("mdo_vastleggen", casus=casus, by=by, op=later, gegevens=values)

    found = together(report(wim), report(zoe))
    assert sorted(str(answer) for answer in found if not isinstance(answer, Casus)) == ["Er staat geen overleg gepland."]
    assert Taak.objects.filter(casus=casus).count() == 1


def test_two_versions_of_a_plan_at_once_are_one_version() -> None:
    wereld = make_wereld()
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    steps = []
    for naam in ("wim", "cora"):
        values = {**PLAN, "reden_bijstellen": f"Volgens {naam}."}
        del values["mdo_reden_niet"]
        steps.append(step("plan_bijstellen", casus, wereld.kijker(naam), versie=casus.versie, **values))
    found = together(*steps)
    assert sorted(type(answer).__name__ for answer in found) == ["Casus", "OnjuisteStatus"]
    assert list(Plan.objects.filter(casus=casus).order_by("versie").values_list("versie", flat=True)) == [1, 2]


def test_one_action_is_done_by_one_of_two_people() -> None:
    wereld = make_wereld()
    casus = wereld.do("taak_toevoegen", wereld.casus(Status.ONTVANGEN), "wim", **AFSPRAAK)
    taak = Taak.objects.get(casus=casus)
    people = (wereld.kijker("wim"), wereld.zoe)
    found = together(*(step("taak_afronden", casus, by, versie=None, taak=taak.pk) for by in people))
    assert sorted(type(answer).__name__ for answer in found) == ["Casus", "Onvolledig"]
    assert Termijn.objects.filter(taak=taak).count() == 1


def test_sharing_with_one_party_twice_at_once_is_one_sharing() -> None:
    wereld = make_wereld()
    casus = wereld.casus()
    values = {"partij": f"aanbieder:{wereld.cast.aanbieder.pk}", "doel": "Meekijken."}
    values |= {"toestemming_gever": "beide", "toestemming_op": "2026-12-02"}
    found = together(*(step("delen", casus, by, versie=None, **values) for by in (wereld.zoe, wereld.kijker("wim"))))
    assert sorted(type(answer).__name__ for answer in found) == ["Casus", "Onvolledig"]
    assert Deling.objects.filter(casus=casus).count() == 1


def test_help_that_starts_while_sharing_stops_leaves_no_clock_with_the_aanbieder() -> None:
    """Whichever came first: afterwards the aanbieder is reminded of nothing."""
    wereld = make_wereld()
    arrangement = make_arrangement(wereld)
    casus = wereld.casus(Status.IN_BEHANDELING)
    values = {"partij": f"aanbieder:{wereld.cast.aanbieder.pk}", "doel": "Meekijken."}
    values |= {"toestemming_gever": "beide", "toestemming_op": "2026-12-02"}
    casus = wereld.do("delen", casus, "zoe", **values)
    casus = wereld.do("hulp_aanvragen", casus, "wim", arrangement=arrangement.pk, aangevraagd_op="2026-12-02")
    inzet, deling = Inzet.objects.get(casus=casus), Deling.objects.get(casus=casus)
    told = {"inzet": inzet.pk, "voortgang": "Wij zijn begonnen."}
    found = together(
        step("voortgang_melden", casus, wereld.kijker("abel"), versie=None, **told),
        step("delen_stoppen", casus, wereld.zoe, versie=None, deling=deling.pk, namens="ouders"),
    )
    assert not [answer for answer in found if not isinstance(answer, (Casus, CasusError))]
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, eigenaar_soort="aanbieder").exists()
