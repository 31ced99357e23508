"""The plan of a casus as a viewer may read it: its goals with their scores, its versions, how heavy the help is, who helps.

School and team read all of it. An aanbieder reads the goals that its own help works at, in their newest words, with the scores;
not what the family thinks of the plan, nor any other goal.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from casussen.blik import Blik
from casussen.keuzes import Domein, InzetStatus, SoortTaak
from casussen.models import Casus, Doel, Doelscore, Doelversie, Intensiteit, Inzet, Overgang, Plan, Taak
from casussen.queries.tijdlijn.stappen import GEZIN_AAN_HET_WOORD
from casussen.rules.planverschil import DoelTekst, DoelVerschil, Wijziging, changes, compare_goals


@dataclass(frozen=True, slots=True)
class DoelBeeld:
    """A goal: what it says, how far it is (the first score is where it started), and what came of it."""

    doel: Doel
    versie: Doelversie
    scores: list[Doelscore]

    @property
    def start(self) -> Doelscore | None:
        return self.scores[0] if self.scores else None

    @property
    def nu(self) -> Doelscore | None:
        return self.scores[-1] if self.scores else None


@dataclass(frozen=True, slots=True)
class PlanBeeld:
    """One version, read in full. `nieuwste`: it is the one that holds."""

    plan: Plan
    nieuwste: bool
    doelen: list[DoelBeeld]

    @property
    def per_domein(self) -> list[tuple[str, list[DoelBeeld]]]:
        """('thuis', goals), in the order thuis, school, vrije tijd."""
        order = {domein.value: n for n, domein in enumerate(Domein)}
        goals = sorted(self.doelen, key=lambda d: (order[d.versie.domein], d.doel.nummer))
        return [(str(Domein(domein).label), list(own)) for domein, own in groupby(goals, key=lambda d: d.versie.domein)]

    @property
    def terugkeer(self) -> list[Doelversie]:
        """The goals that name a day of return."""
        return [d.versie for d in self.doelen if d.versie.terugkeer_op is not None]


@dataclass(frozen=True, slots=True)
class PlanVerschil:
    oud: Plan
    nieuw: Plan
    doelen: list[DoelVerschil]
    rest: tuple[Wijziging, ...]


# --- Versions ---------------------------------------------------------------------------------------------------
def versions_of(casus: Casus) -> list[Plan]:
    """Every version there was, the newest first. One query."""
    return list(Plan.objects.filter(casus=casus).select_related("door", "mdo").order_by("-versie"))


def plan_of(plan: Plan, *, nieuwste: bool) -> PlanBeeld:
    """A version with its goals and all their scores. Two queries."""
    scores = Prefetch("doel__scores", Doelscore.objects.select_related("door").order_by("datum", "id"))
    rows = Doelversie.objects.filter(plan=plan).select_related("doel").prefetch_related(scores)
    return PlanBeeld(plan, nieuwste, [DoelBeeld(row.doel, row, _scores(row.doel)) for row in rows])


def _scores(doel: Doel) -> list[Doelscore]:
    """By day, after the one that was given with the plan in which the goal was set: whatever day was filled in at another."""
    scores = list(doel.scores.all())
    start = min(scores, key=lambda score: score.pk, default=None)
    return sorted(scores, key=lambda score: score is not start)


def plans_of_ronde(casus: Casus) -> QuerySet[Plan]:
    """The versions of this ronde, the one that holds first; each knows its casus."""
    return casus.plannen.filter(ronde=casus.ronde).order_by("-versie")


def newest_plan(casus: Casus) -> PlanBeeld | None:
    """The version that holds: of this ronde. Three queries."""
    plan = plans_of_ronde(casus).select_related("door").first()
    return plan_of(plan, nieuwste=True) if plan else None


def compare(oud: Plan, nieuw: Plan) -> PlanVerschil:
    """What was added, changed and dropped from one version to another. One query."""
    texts: dict[int, list[DoelTekst]] = defaultdict(list)
    for row in Doelversie.objects.filter(plan__in=[oud, nieuw]).select_related("doel"):
        texts[row.plan_id].append(DoelTekst(row.doel.nummer, row.tekst, _parts(row)))
    return PlanVerschil(oud, nieuw, compare_goals(texts[oud.pk], texts[nieuw.pk]), changes(_frame(oud), _frame(nieuw)))


def _parts(row: Doelversie) -> dict[str, str]:
    return {
        "Domein": row.get_domein_display(),
        "Eigenaar": row.get_partij_display() + (f": {row.eigenaar}" if row.eigenaar else ""),
        "Wat het gezin zelf doet": row.eigen_kracht,
        "Wie uit de eigen omgeving helpt": row.netwerk,
        "Gaat over de schoolloopbaan": "ja" if row.schoolloopbaan else "nee",
        "Weer naar school": f"{row.terugkeer_op:%-d-%-m-%Y}" if row.terugkeer_op else "",
    }


def _frame(plan: Plan) -> dict[str, str]:
    return {
        "Hoe het gaat": plan.beeld,
        "Wat het gezin vindt": plan.get_standpunt_display(),
        "In de woorden van het gezin": plan.mening_gezin,
    }


# --- Beside it --------------------------------------------------------------------------------------------------
def actions_of_plan(casus: Casus) -> list[Taak]:
    """What was agreed in the plan, what is open first."""
    rows = Taak.objects.filter(casus=casus, ronde=casus.ronde, soort=SoortTaak.ACTIE).select_related("eigenaar_contactpersoon")
    return sorted(rows, key=lambda taak: (not taak.is_open, taak.uiterlijk, taak.pk))


def intensity_of(casus: Casus) -> list[Intensiteit]:
    """How heavy the help was from which day on, the newest first."""
    return list(Intensiteit.objects.filter(casus=casus).select_related("door").order_by("-vanaf", "-id"))


def helpers_of(casus: Casus, hulp: Iterable[Inzet] | None = None) -> list[str]:
    """The organisations that help now: the team when somebody there treats, and every aanbieder whose help runs. No query when
    the help that is open is at hand."""
    if hulp is None:
        hulp = Inzet.objects.open().filter(casus=casus).select_related("arrangement__aanbieder")
    running = {inzet.arrangement.aanbieder.naam for inzet in hulp if inzet.status == InzetStatus.GESTART}
    team = [str(casus.wijkteam)] if casus.wijkteam and casus.behandelaar_id else []
    return [*team, *sorted(running)]


def family_said(casus: Casus) -> list[Overgang]:
    """What parents and pupil said at an evaluation or at the end, the newest first."""
    rows = Overgang.objects.filter(casus=casus, actie__in=GEZIN_AAN_HET_WOORD).exclude(toelichting="")
    return list(rows.order_by("-op", "-id"))


# --- For an aanbieder -------------------------------------------------------------------------------------------
def goals_for(casus: Casus, blik: Blik) -> list[DoelBeeld]:
    """The goals that the viewer's own aanbieders work at, as the newest version that has them says. Two queries."""
    own = Inzet.objects.filter(casus=casus, arrangement__aanbieder__in=blik.aanbieders, doelen=OuterRef("doel"))
    scores = Prefetch("doel__scores", Doelscore.objects.order_by("datum", "id"))
    rows = (
        Doelversie.objects.filter(Exists(own), plan__casus=casus)
        .select_related("doel", "plan")
        .prefetch_related(scores)
        .order_by("doel__nummer", "-plan__versie")
    )
    newest: dict[int, Doelversie] = {}
    for row in rows:
        newest.setdefault(row.doel_id, row)
    return [DoelBeeld(row.doel, row, _scores(row.doel)) for row in newest.values()]
