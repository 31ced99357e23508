"""Random legal paths through the table: whatever people do, and in whatever order, these things stay true."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casussen.actions import perform
from casussen.feiten import facts_of, local_date
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import EINDSTATUSSEN, Status
from casussen.models import Casus, Overgang, Statusperiode, Termijn, Terugkoppeling, Toestemming, Vraag
from casussen.queries import time_of
from casussen.rules import missing_for, role_for
from casussen.stand import next_step_of
from casussen.workflow import ACTIES, rule_for, step_in
from tests.factories.casussen import (
    BUITEN_OVERDRAGEN,
    DOORZETTEN,
    INTREKKEN,
    MDO,
    NU,
    PLAN,
    REAGEREN,
    STARTEN,
    TERUGKOPPELING,
    TERUGLEGGEN,
    Wereld,
    afsluiten,
    colleague,
    evalueren,
)
from tests.factories.toegang import kijker_of

MENSEN = ("zoe", "wim", "cora", "rea", "cees", "hans")
pytestmark = pytest.mark.django_db


def kijker(wereld: Wereld, naam: str, op: datetime, extra: Any) -> Any:
    return kijker_of(extra, op.date()) if naam == "hans" else wereld.kijker(naam, op.date())


def filled_in(actie: str, casus: Casus, wereld: Wereld, dice: random.Random, op: datetime) -> dict[str, Any]:
    """What someone might fill in for this step, so that it can be taken."""
    day = op.date().isoformat()
    teams = [wereld.net.schalkwijk.pk, wereld.net.centrum.pk, wereld.net.team_heemstede.pk]
    others = [pk for pk in teams if pk != casus.wijkteam_id]
    contact = {**STARTEN, "contact_datum": day}
    homeless = casus.leerling is None or not casus.leerling.postcode
    person = wereld.cora.pk if casus.behandelaar_id == wereld.wim.pk else wereld.wim.pk
    ways: dict[str, dict[str, Any]] = {
        "aanmelden": dice.choice([{}, {"geen_adres": True}, {"veiligheid": True, "veiligheid_grond": "Meldcode, stap 5."}]),
        "toewijzen": {"wijkteam": dice.choice(teams), "toelichting": "Gebeld met de gemeente."},
        "starten": contact,
        "vragen": {"vraag": f"Hoe gaat het op school? {dice.random()}"},
        "beantwoorden": {"antwoord": "Het gaat iets beter."},
        "doorzetten": {**DOORZETTEN, "wijkteam": dice.choice(others)},
        "terugleggen": TERUGLEGGEN,
        "heraanmelden": {"toelichting": "Ouders willen nu wel.", "geen_adres": homeless or dice.choice([True, False])},
        "mdo_plannen": {**MDO, "mdo_datum": day},
        "plan_vaststellen": PLAN,
        "uitvoeren": TERUGKOPPELING if casus.status == Status.EVALUATIE else {"startdatum": day, **TERUGKOPPELING},
        "evalueren": evalueren(casus),
        "reageren": REAGEREN,
        "afsluiten": afsluiten(casus),
        "heropenen": {"toelichting": "Het gaat toch niet goed."},
        "intrekken": INTREKKEN,
        "contact_vastleggen": {**contact, "contact_gelukt": dice.choice([True, False])},
        "behandelaar_wijzigen": {"behandelaar": person},
        "toestemming_aanvullen": {"toestemming_gever": "beide", "toestemming_op": day, "ook_ander_wijkteam": True},
        "toestemming_intrekken": {"namens": "ouders"},
        "buiten_overdragen": {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk}
        | {"overgedragen_op": day},
        "buiten_opvolgen": {"toelichting": "Gebeld: er is een intake."},
        "buiten_terugmelden": {"uitkomst": "hulp_gestart", **TERUGKOPPELING},
    }
    return ways.get(actie, {})


def legal(casus: Casus, wereld: Wereld, op: datetime, hans: Any) -> list[tuple[str, str]]:
    """Every (action, person) the table allows now. Ending the casus is possible almost always, so it is tried less often."""
    feiten = facts_of(casus, op=local_date(op))
    found = []
    for actie in ACTIES:
        regel = rule_for(actie, casus.status)
        if regel is None or missing_for((*regel.bij, *regel.voorwaarden), feiten, {}):
            continue
        found += [(actie, naam) for naam in MENSEN if role_for(regel, feiten, kijker(wereld, naam, op, hans))]
    return found


def check(casus: Casus, t0_of_ronde: dict[int, datetime], op: datetime) -> None:
    casus.refresh_from_db()
    status = Status(casus.status)
    open_ones = list(Termijn.objects.filter(casus=casus, gesloten_op__isnull=True))
    # T0 never changes within a ronde.
    if casus.t0 is not None:
        assert t0_of_ronde.setdefault(casus.ronde, casus.t0) == casus.t0
    # Exactly one owner in every open state, and a clock of that owner; none at the end.
    step = next_step_of(casus)
    if status in EINDSTATUSSEN:
        assert step.eigenaar is None
        assert not open_ones, "een casus die klaar is, heeft nog een open termijn"
    elif status is not Status.CONCEPT:
        assert step.eigenaar == step_in(status, school_reageerde=casus.school_reageerde).eigenaar == casus.aan_zet
        assert step.wie
        own = [t for t in open_ones if t.eigenaar_soort == step.eigenaar and not t.los]
        assert len(own) == 1, f"{status}: {[t.soort for t in open_ones]}"
        assert step.uiterlijk == own[0].vervalt_op
    # Every step that demands feedback has it, and no other.
    for overgang in Overgang.objects.filter(casus=casus):
        regel = rule_for(overgang.actie, overgang.van_status)
        assert regel is not None
        told = Terugkoppeling.objects.filter(overgang=overgang).count()
        assert told == (1 if regel.terugkoppeling else 0)
    # States follow each other without a gap: waiting plus active time is the whole.
    periodes = list(Statusperiode.objects.filter(casus=casus).order_by("van", "id"))
    assert [p.tot for p in periodes[:-1]] == [p.van for p in periodes[1:]]
    assert (periodes[-1].status, periodes[-1].tot) == (status, None)
    this_round = [p for p in periodes if p.ronde == casus.ronde and p.status not in {Status.CONCEPT, *EINDSTATUSSEN}]
    total = sum(((p.tot or op) - p.van for p in this_round), timedelta())
    tijd = time_of(casus, op=op)
    assert tijd.actief + tijd.wachten == tijd.totaal == total
    # A question is open only while it is waited for; consent lives only until it is withdrawn.
    questions = Vraag.objects.filter(casus=casus, beantwoord_op__isnull=True, vervallen_op__isnull=True).count()
    assert questions == (1 if status is Status.AANVULLING_GEVRAAGD else 0)
    if status is Status.INGETROKKEN:
        assert not Toestemming.objects.filter(casus=casus, ingetrokken_op__isnull=True).exists()
    assert casus.versie == Overgang.objects.filter(casus=casus).count()


#: A seed cannot be made smaller, so nothing is shrunk.
PATHS = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@PATHS
@given(seed=st.integers(0, 2**32), length=st.integers(2, 14))
def test_whatever_people_do_these_things_stay_true(wereld: Wereld, seed: int, length: int) -> None:
    dice = random.Random(seed)
    with transaction.atomic():
        _, hans = colleague(wereld.net.team_heemstede, "Hans Heemstede")
        op = NU
        t0_of_ronde: dict[int, datetime] = {}
        casus = wereld.concept(op=op, ook_ander_wijkteam=dice.choice([True, True, False]))
        for _ in range(length):
            options = legal(casus, wereld, op, hans)
            further = [o for o in options if o[0] not in {"intrekken", "toestemming_intrekken"}]
            if not options:
                break
            actie, naam = dice.choice(further if further and dice.random() < 0.93 else options)
            gegevens = filled_in(actie, casus, wereld, dice, op)
            op += timedelta(minutes=dice.randrange(5000))
            gegevens = {
                k: v for k, v in gegevens.items() if k not in {"contact_datum", "startdatum"} or v <= op.date().isoformat()
            }
            try:
                with transaction.atomic():
                    casus = perform(
                        actie,
                        casus=casus,
                        by=kijker(wereld, naam, op, hans),
                        op=op,
                        versie=casus.versie,
                        gegevens=gegevens,
                    )
            except Exception as fout:
                if not expected_refusal(fout, actie):
                    raise
            check(casus, t0_of_ronde, op)
        transaction.set_rollback(True)


def expected_refusal(fout: Exception, actie: str) -> bool:
    """What the table allows and the world refuses: consent for one team only, a person of another team, someone else's casus."""
    if isinstance(fout, NietBevoegd):
        return actie == "behandelaar_wijzigen" or "toestemming" in fout.melding
    if isinstance(fout, Onvolledig):
        fields = {item["veld"] for item in fout.ontbreekt}
        return fields <= {"toestemming", "toestemming_gever", "behandelaar"}
    return False


def test_the_walk_really_gets_everywhere(wereld: Wereld) -> None:
    """The road to every state can be walked, and the same checks hold there."""
    for status in Status:
        with transaction.atomic():
            check(wereld.casus(status), {}, NU)
            transaction.set_rollback(True)
