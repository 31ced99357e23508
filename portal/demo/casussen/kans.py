"""Which step an invented casus takes next, and after how many working days: by chance, in believable proportions."""

from datetime import datetime

from casussen.keuzes import Status
from portal.demo.casussen.stappen import Dossier, Stappen

#: Working days until the usual next step, and how often each.
ONTVANGEN = ((0, 1, 2, 3, 4, 5, 7, 10, 15), (25, 34, 22, 7, 4, 3, 2, 2, 1))
TOEWIJZEN = ((0, 1, 2, 4, 7), (22, 40, 18, 12, 8))
STARTEN = ((1, 2, 3, 4, 6, 9, 13), (30, 30, 18, 10, 6, 4, 2))
OVERLEG = ((1, 2, 3, 5, 7, 10, 14), (16, 24, 24, 16, 10, 6, 4))
PLAN = ((2, 3, 4, 6, 9, 13), (26, 28, 22, 12, 8, 4))
START_HULP = ((1, 2, 3, 5, 8, 12), (30, 28, 20, 12, 6, 4))
EVALUEREN = ((26, 28, 29, 30, 33, 38), (16, 28, 24, 16, 10, 6))
OPNIEUW_EVALUEREN = ((50, 57, 60, 66), (20, 40, 25, 15))
AFRONDEN = ((2, 4, 5, 7, 10, 14), (20, 26, 22, 14, 10, 8))
REAGEREN = ((0, 1, 2, 3, 5, 9), (15, 30, 25, 15, 10, 5))
ANTWOORDEN = ((0, 1, 2, 3, 5, 8), (22, 30, 22, 13, 8, 5))
TERUG = ((1, 2, 4, 6, 9), (24, 28, 24, 14, 10))
HEROPENEN = ((18, 30, 45, 70), (30, 30, 25, 15))
#: How often something else comes first, per state.
TUSSENDOOR: dict[Status, dict[str, float]] = {
    Status.AANGEMELD: {"vragen": 0.025, "doorzetten": 0.04, "terugleggen": 0.015, "intrekken": 0.01},
    Status.ONTVANGEN: {"vragen": 0.06, "doorzetten": 0.015, "terugleggen": 0.025, "intrekken": 0.01},
    Status.IN_BEHANDELING: {"vragen": 0.07, "doorzetten": 0.01, "terugleggen": 0.035, "intrekken": 0.012},
}
#: A casus that somebody lets lie: so many times longer.
LIGGEN, KANS_OP_LIGGEN = 2.5, 0.03

Verdeling = tuple[tuple[int, ...], tuple[int, ...]]


class Kans:
    """Walks a dossier on until chance, or the end of the demo year, stops it."""

    def __init__(self, stappen: Stappen) -> None:
        self.stappen = stappen
        self.world = stappen.world
        self.rng = stappen.rng

    def walk(self, dossier: Dossier) -> None:
        """Take steps until nobody takes one before the end."""
        for _ in range(40):
            chosen = self._next(dossier)
            if chosen is None:
                return
            actie, after = chosen
            op = self.world.agenda.after(dossier.lus.overgangen[-1].op, after, self.rng)
            if op is None:
                return
            self.stappen.do(dossier, actie, op)

    def submit(self, dossier: Dossier, op: datetime) -> None:
        self.stappen.aanmelden(dossier, op)

    def _days(self, verdeling: Verdeling, tempo: float = 1.0) -> int:
        days = self.rng.choices(*verdeling)[0]
        if self.rng.random() < KANS_OP_LIGGEN:
            tempo *= LIGGEN
        return round(days * tempo)

    def _next(self, dossier: Dossier) -> tuple[str, int] | None:
        """The next step and after how many working days; None when there is no more to come."""
        chance = self.rng.random()
        tempo = self.world.tempo.get(dossier.lus.team or 0, 1.0)
        match dossier.lus.status:
            case Status.AANGEMELD | Status.ONTVANGEN | Status.IN_BEHANDELING as status:
                return self._early(dossier, status, chance, tempo)
            case Status.TE_ROUTEREN:
                return self._unrouted(dossier, chance)
            case Status.AANVULLING_GEVRAAGD:
                return ("intrekken", 4) if chance < 0.02 else ("beantwoorden", self._days(ANTWOORDEN))
            case Status.TERUGGELEGD:
                return ("heraanmelden" if chance < 0.4 and dossier.lus.t0 else "intrekken"), self._days(TERUG)
            case Status.AFGESLOTEN:
                return ("heropenen", self._days(HEROPENEN)) if chance < 0.02 and dossier.lus.ronde == 1 else None
            case status:
                return self._later(dossier, status, chance)

    def _early(self, dossier: Dossier, status: Status, chance: float, tempo: float) -> tuple[str, int] | None:
        if status == Status.ONTVANGEN and not dossier.niet_bereikbaar:
            if dossier.pogingen >= 3:
                return "niet_bereikbaar_melden", self._days(((0, 1), (60, 40)))
            if chance > (0.95 if not dossier.pogingen else 0.25):
                return "contact_vastleggen", self._days(((1, 2, 3), (40, 40, 20)))
        usual, days = {
            Status.AANGEMELD: ("ontvangen", ONTVANGEN),
            Status.ONTVANGEN: ("starten", STARTEN),
        }.get(status, ("mdo_plannen", OVERLEG))
        return self._side(dossier, chance, TUSSENDOOR[status]) or (usual, self._days(days, tempo))

    def _later(self, dossier: Dossier, status: Status, chance: float) -> tuple[str, int] | None:
        match status:
            case Status.MDO_GEPLAND:
                return "plan_vaststellen", self._days(PLAN)
            case Status.PLAN_VASTGESTELD:
                return "uitvoeren", self._days(START_HULP)
            case Status.IN_UITVOERING:
                return self._running(dossier, chance)
            case Status.EVALUATIE if not dossier.lus.school_reageerde:
                return "reageren", self._days(REAGEREN)
            case Status.EVALUATIE:
                twice = sum(step.actie == "evalueren" for step in dossier.lus.overgangen) >= 2
                return ("afsluiten" if twice or chance < 0.74 else "uitvoeren"), self._days(AFRONDEN)
            case _:
                return None

    def _unrouted(self, dossier: Dossier, chance: float) -> tuple[str, int]:
        if chance < (0.6 if dossier.buiten_regio else 0.03):
            return "terugleggen", self._days(TOEWIJZEN)
        return ("intrekken" if chance > 0.97 else "toewijzen"), self._days(TOEWIJZEN)

    def _running(self, dossier: Dossier, chance: float) -> tuple[str, int]:
        if chance < 0.015:
            return "intrekken", self._days(OVERLEG)
        again = any(step.actie == "evalueren" and step.ronde == dossier.lus.ronde for step in dossier.lus.overgangen)
        return "evalueren", self._days(OPNIEUW_EVALUEREN if again else EVALUEREN)

    def _side(self, dossier: Dossier, chance: float, kansen: dict[str, float]) -> tuple[str, int] | None:
        """Now and then something gets in between."""
        days = self.rng.choice((1, 1, 2, 3, 4))
        for actie, kans in kansen.items():
            chance -= kans
            if chance < 0:
                return (actie, days) if self._possible(dossier, actie) else None
        return None

    def _possible(self, dossier: Dossier, actie: str) -> bool:
        if actie == "vragen":
            return len(dossier.lus.vragen) < 2
        return actie != "doorzetten" or self.stappen.may_share(dossier)
