"""What is true of a casus after every step, whoever took it: held after each step of a random walk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from casussen.feiten import facts_of
from casussen.keuzes import EINDSTATUSSEN, EigenaarSoort, MdoStatus, Status, Vlag
from casussen.models import (
    Casus,
    Deling,
    Doelversie,
    Inzet,
    Mdo,
    Nazorg,
    Overgang,
    Plan,
    Statusperiode,
    Taak,
    Termijn,
    Terugkoppeling,
    Toestemming,
    Vraag,
)
from casussen.queries import time_of
from casussen.rules.dossier import POGINGEN, WEGEN
from casussen.stand import next_step_of
from casussen.workflow import BIJ_TEAM, VAN_EEN_VLAG, rule_for, step_in
from casussen.workflow.termijnen import ESCALATIE
from kern.klok import local_date

BIJ_EEN_TEAM = (*BIJ_TEAM, Status.AANVULLING_GEVRAAGD)


@dataclass
class Geheugen:
    """What was seen before, to hold against what is seen now."""

    t0_of_ronde: dict[int, datetime] = field(default_factory=dict)
    plannen: dict[int, Any] = field(default_factory=dict)


def check(casus: Casus, geheugen: Geheugen, op: datetime) -> None:
    casus.refresh_from_db()
    open_ones = list(Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).order_by("pk"))
    _one_owner(casus, open_ones, geheugen)
    _clocks_have_an_owner(casus, open_ones)
    _feedback(casus)
    _time(casus, op)
    _flags(casus, open_ones, op)
    _what_belongs_to_it(casus, open_ones)
    _plans(casus, geheugen)
    assert casus.versie == Overgang.objects.filter(casus=casus).count()


def _one_owner(casus: Casus, open_ones: list[Termijn], geheugen: Geheugen) -> None:
    """T0 never changes within a ronde. Exactly one owner in every open state, with one clock of its own; none at the end."""
    status = Status(casus.status)
    if casus.t0 is not None:
        assert geheugen.t0_of_ronde.setdefault(casus.ronde, casus.t0) == casus.t0
    step = next_step_of(casus)
    if status in EINDSTATUSSEN:
        assert step.eigenaar is None
        assert casus.aan_zet == ""
        assert not open_ones, "een casus die klaar is, heeft nog een open termijn"
    elif status is not Status.CONCEPT:
        assert step.eigenaar == step_in(status, school_reageerde=casus.school_reageerde).eigenaar == casus.aan_zet
        assert step.wie
        tied = [t for t in open_ones if not t.los]
        own = [t for t in tied if t.eigenaar_soort == step.eigenaar]
        if status is Status.AANVULLING_GEVRAAGD:  # the reaction of the school may be waited for beside its answer
            own = [t for t in own if t.soort == status]
        assert len(own) == 1, f"{status}: {[t.soort for t in tied]}"
        assert step.uiterlijk == own[0].vervalt_op
        # Only while the school answers a question the clock of before keeps running beside it.
        assert len(tied) == 1 or status is Status.AANVULLING_GEVRAAGD


def _clocks_have_an_owner(casus: Casus, open_ones: list[Termijn]) -> None:
    """One of the team that has the casus, of the school that asked, or of an aanbieder that sees the casus now."""
    shared = set(Deling.objects.living().filter(casus=casus, met="aanbieder").values_list("aanbieder_id", flat=True))
    for termijn in open_ones:
        match termijn.eigenaar_soort:
            case EigenaarSoort.WIJKTEAM:
                assert casus.status in BIJ_EEN_TEAM, f"{termijn.soort} bij een team, terwijl geen team de casus heeft"
                assert termijn.eigenaar_wijkteam_id == casus.wijkteam_id, f"{termijn.soort} is van een ander team"
                person = termijn.eigenaar_contactpersoon
                assert person is None or person.wijkteam_id == casus.wijkteam_id
            case EigenaarSoort.SCHOOL:
                assert termijn.eigenaar_user_id is not None
            case EigenaarSoort.AANBIEDER:
                assert termijn.eigenaar_aanbieder_id in shared, f"{termijn.soort} bij een aanbieder die niets meer ziet"
        assert termijn.los or not (termijn.taak_id or termijn.inzet_id)


def _feedback(casus: Casus) -> None:
    """Every step that demands feedback has it once, and no other has."""
    told = list(Terugkoppeling.objects.filter(casus=casus).order_by("overgang_id").values_list("overgang_id", flat=True))
    wanted = []
    for overgang in Overgang.objects.filter(casus=casus).order_by("pk"):
        regel = rule_for(overgang.actie, overgang.van_status)
        assert regel is not None
        wanted += [overgang.pk] if regel.terugkoppeling else []
    assert told == wanted


def _time(casus: Casus, op: datetime) -> None:
    """States follow each other without a gap: waiting plus active time is the whole."""
    periodes = list(Statusperiode.objects.filter(casus=casus).order_by("van", "id"))
    assert [p.tot for p in periodes[:-1]] == [p.van for p in periodes[1:]]
    assert (periodes[-1].status, periodes[-1].tot) == (casus.status, None)
    this_round = [p for p in periodes if p.ronde == casus.ronde and p.status not in {Status.CONCEPT, *EINDSTATUSSEN}]
    total = sum(((p.tot or op) - p.van for p in this_round), timedelta())
    tijd = time_of(casus, op=op)
    assert tijd.actief + tijd.wachten == tijd.totaal == total


def _flags(casus: Casus, open_ones: list[Termijn], op: datetime) -> None:
    soorten = {t.soort for t in open_ones}
    for vlag, regel in {**VAN_EEN_VLAG, Vlag.GEESCALEERD: ESCALATIE}.items():
        assert regel.soort not in soorten or getattr(casus, vlag.value), f"de klok van {vlag} loopt zonder die vlag"
    if Inzet.objects.filter(casus=casus, status="wacht").exists():
        assert casus.wacht_op_zorg, "er staat hulp op een wachtlijst, en de vlag is omlaag"
    if casus.niet_bereikbaar:
        pogingen = facts_of(casus, op=local_date(op)).pogingen
        assert len(pogingen) >= POGINGEN
        assert len(set(pogingen)) >= WEGEN
    if casus.veiligheid:
        assert casus.veiligheid_grond
        assert casus.veiligheid_door_id


def _what_belongs_to_it(casus: Casus, open_ones: list[Termijn]) -> None:
    """An open action has one open clock and a closed one none; nothing stays open behind a casus that ended."""
    status = Status(casus.status)
    taken = Taak.objects.filter(casus=casus, afgerond_op__isnull=True, vervallen_op__isnull=True)
    assert sorted(t.taak_id for t in open_ones if t.taak_id) == sorted(taken.values_list("pk", flat=True))
    running = set(Inzet.objects.filter(casus=casus).open().values_list("pk", flat=True))
    clocks = [t.inzet_id for t in open_ones if t.inzet_id]
    assert len(clocks) == len(set(clocks))
    assert set(clocks) <= running
    questions = Vraag.objects.filter(casus=casus, beantwoord_op__isnull=True, vervallen_op__isnull=True).count()
    assert questions == (1 if status is Status.AANVULLING_GEVRAAGD else 0)
    assert Nazorg.objects.filter(casus=casus, gedaan_op__isnull=True).count() <= (1 if status is Status.AFGESLOTEN else 0)
    planned = Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).count()
    assert planned <= (1 if status in BIJ_EEN_TEAM else 0)
    if status in EINDSTATUSSEN:
        assert not taken.exists()
        assert not running
        assert not Deling.objects.living().filter(casus=casus).exists()
    if status is Status.INGETROKKEN:
        assert not Toestemming.objects.filter(casus=casus, ingetrokken_op__isnull=True).exists()


def _plans(casus: Casus, geheugen: Geheugen) -> None:
    """Versions only grow, and what stands in an earlier one never changes."""
    plans = list(Plan.objects.filter(casus=casus).order_by("versie").values())
    assert [plan["versie"] for plan in plans] == list(range(1, len(plans) + 1))
    for plan in plans:
        goals = list(Doelversie.objects.filter(plan_id=plan["id"]).order_by("pk").values())
        assert any(goal["schoolloopbaan"] for goal in goals)
        assert geheugen.plannen.setdefault(plan["id"], (plan, goals)) == (plan, goals)
    assert {plan["id"] for plan in plans} == set(geheugen.plannen)
