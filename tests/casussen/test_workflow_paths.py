"""Random legal paths through the table: whatever people do, and in whatever order, the invariants stay true."""

import os
import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casussen.actions import perform
from casussen.feiten import facts_of
from casussen.fouten import CasusError, NietBevoegd, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rules import flags_fit, missing_for, role_for
from casussen.workflow import ACTIES, rule_for
from kern.kijker import Kijker
from kern.klok import local_date
from tests.casussen.invarianten import Geheugen, check
from tests.casussen.stappen import Keus, filled_in
from tests.factories.casussen import NU, Wereld, colleague
from tests.factories.hulp import make_arrangement
from tests.factories.toegang import kijker_of
from tests.factories.zorg import AanbiederFactory, ArrangementFactory
from toegang.models import User

MENSEN = ("zoe", "wim", "cora", "rea", "cees", "hans", "abel")
#: Possible almost always, and the end or the beginning anew of all that went before: tried less often.
ZELDEN = frozenset({"intrekken", "toestemming_intrekken", "terugleggen", "doorzetten", "vragen", "delen_stoppen"})
VERDER = frozenset({"ontvangen", "starten", "mdo_plannen", "plan_vaststellen", "uitvoeren", "evalueren", "reageren", "afsluiten"})
#: Where a walk begins: brought there by the actions themselves.
BEGIN = (
    *(Status.CONCEPT, Status.CONCEPT, Status.ONTVANGEN, Status.IN_BEHANDELING, Status.MDO_GEPLAND, Status.PLAN_VASTGESTELD),
    *(Status.IN_UITVOERING, Status.EVALUATIE, Status.AFGESLOTEN),
)
#: What makes rare steps possible, before the walk: help that was asked for, or a family that was sought in vain.
VOORAF: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "niets": (),
    "hulp": (("delen", "zoe", {}), ("hulp_aanvragen", "wim", {})),
    "niet bereikt": tuple(
        ("contact_vastleggen", "wim", {"contact_soort": how, "contact_gelukt": False})
        for how in ("telefoon", "bericht", "bericht")
    ),
}
pytestmark = pytest.mark.django_db


class Lopers:
    """The people of the walk; who they are on a day is asked once."""

    def __init__(self, wereld: Wereld) -> None:
        self.wereld = wereld
        self.hans: User = colleague(wereld.net.team_heemstede, "Hans Heemstede")[1]
        self.known: dict[tuple[str, date], Kijker] = {}

    def __call__(self, naam: str, op: datetime) -> Kijker:
        key = (naam, local_date(op))
        if key not in self.known:
            self.known[key] = kijker_of(self.hans, key[1]) if naam == "hans" else self.wereld.kijker(*key)
        return self.known[key]


def legal(casus: Casus, lopers: Lopers, op: datetime) -> list[tuple[str, str]]:
    """Every (action, person) the table allows now."""
    feiten = facts_of(casus, op=local_date(op))
    found = []
    for actie in ACTIES:
        regel = rule_for(actie, casus.status)
        if regel is None or not flags_fit(regel, feiten) or missing_for((*regel.bij, *regel.voorwaarden), feiten, {}):
            continue
        found += [(actie, naam) for naam in MENSEN if role_for(regel, feiten, lopers(naam, op))]
    return found


def pick(options: list[tuple[str, str]], dice: random.Random) -> tuple[str, str]:
    """A step that brings the casus on two times in five; one that throws things over one time in fifteen."""
    on = [o for o in options if o[0] in VERDER]
    usual = [o for o in options if o[0] not in ZELDEN]
    roll = dice.random()
    if on and roll < 0.4:
        return dice.choice(on)
    acties = sorted({actie for actie, _ in (usual if usual and roll < 0.93 else options)})
    chosen = dice.choice(acties)  # each action as likely as another, however many people may take it
    return dice.choice([o for o in options if o[0] == chosen])


#: A seed cannot be made smaller, so nothing is shrunk. PADEN=300 walks longer than CI does.
PATHS = settings(
    max_examples=int(os.environ.get("PADEN", "15")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@PATHS
@given(seed=st.integers(0, 2**32), length=st.integers(10, 25))
def test_whatever_people_do_these_things_stay_true(wereld: Wereld, seed: int, length: int) -> None:
    with transaction.atomic():
        walk(wereld, random.Random(seed), length)
        transaction.set_rollback(True)


def walk(wereld: Wereld, dice: random.Random, length: int) -> None:
    lopers, op, geheugen = Lopers(wereld), NU, Geheugen()
    make_arrangement(wereld, "Eerste", weken=None)
    make_arrangement(wereld, "Tweede", weken=None)
    ArrangementFactory.create(aanbieder=AanbiederFactory.create(naam="Nooit gedeeld"))
    casus = wereld.casus(dice.choice(BEGIN), op=op, ook_ander_wijkteam=dice.choice([True, True, False]))
    for actie, naam, more in VOORAF[dice.choice(list(VOORAF))]:
        if (actie, naam) in legal(casus, lopers, op):
            gegevens = {**filled_in(actie, casus, wereld, Keus(), local_date(op)), **more}
            casus = perform(actie, casus=casus, by=lopers(naam, op), op=op, gegevens=gegevens)
    check(casus, geheugen, op)
    for _ in range(length):
        options = legal(casus, lopers, op)
        if not options:
            break
        actie, naam = pick(options, dice)
        op += timedelta(minutes=dice.randrange(3000))
        gegevens = filled_in(actie, casus, wereld, dice, local_date(op), naam)
        by = lopers(naam, op)
        try:
            with transaction.atomic():
                casus = perform(actie, casus=casus, by=by, op=op, versie=casus.versie, gegevens=gegevens)
        except CasusError as fout:
            if not expected_refusal(fout, actie):
                raise
        check(casus, geheugen, op)


#: The field at which the world refuses this action, though the table allows it.
OOK_GEWEIGERD = {
    "delen": {"partij"},
    "delen_stoppen": {"deling"},
    "hulp_aanvragen": {"arrangement"},
    "hulp_wacht": {"inzet"},
    "hulp_starten": {"inzet"},
    "hulp_niet_door": {"inzet"},
    "hulp_beeindigen": {"inzet"},
    "uitvoeren": {"inzet"},
    "voortgang_melden": {"inzet"},
    "taak_afronden": {"taak"},
    "taak_verzetten": {"taak"},
    "taak_laten_vervallen": {"taak"},
    "intensiteit_wijzigen": {"intensiteit", "vanaf"},
    "plan_vaststellen": {"intensiteit"},
    "instemming_vastleggen": {"instemming"},
    "instemming_intrekken": {"instemming"},
    "afsluiten": {"zonder_reactie"},
}


def expected_refusal(fout: CasusError, actie: str) -> bool:
    """What the table allows and the world refuses: consent for one team only, a person of another team, help or an action of
    another aanbieder, a party with which the casus is shared already, the grade that help has already."""
    if isinstance(fout, NietBevoegd):
        return actie == "behandelaar_wijzigen" or "toestemming" in fout.melding or "uw organisatie" in fout.melding
    if isinstance(fout, Onvolledig):
        fields = {item["veld"] for item in fout.ontbreekt}
        return fields <= {"toestemming", "toestemming_gever", "behandelaar"} | OOK_GEWEIGERD.get(actie, set())
    return False


def test_the_walk_really_gets_everywhere(wereld: Wereld) -> None:
    """The road to every state can be walked, and the same checks hold there."""
    for status in Status:
        with transaction.atomic():
            check(wereld.casus(status), Geheugen(), NU)
            transaction.set_rollback(True)
