"""Make the dossiers of the demo year one by one, in the order in which they were begun."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from portal.demo.accounts import SCHOOL
from portal.demo.casussen import teksten
from portal.demo.casussen.draaiboek import CONCEPTEN, Scene, scenes
from portal.demo.casussen.kans import Kans
from portal.demo.casussen.lus import Lus, Wie
from portal.demo.casussen.stappen import Dossier, Stappen
from portal.demo.casussen.thuis import Thuis, birth_date
from portal.demo.casussen.wereld import Wereld, account_user
from scholen.sectoren import woorden
from scholen.vakanties import holiday_on

#: Shares of all casussen.
CONCEPT, SPOED, THUISZITTER, VEILIGHEID = 0.012, 0.06, 0.05, 0.013
#: How much less is submitted in a school holiday.
VAKANTIE = 0.12


@dataclass(frozen=True, slots=True, order=True)
class Begin:
    """When a casus is begun (the number of a working day), and which scene it is (-1: by chance, from -2 down: a draft)."""

    dag: int
    scene: int


class Maker:
    """Makes dossiers; `world.rng` decides, so the order is part of the result."""

    def __init__(self, world: Wereld) -> None:
        self.world = world
        self.rng = world.rng
        self.stappen = Stappen(world)
        self.kans = Kans(self.stappen)
        self.scenes = tuple(scenes()) if world.verhalen else ()
        self._schools = list(world.net.gewichten)
        self._weights = list(world.net.gewichten.values())
        self._zc = account_user(world, "zc") if world.verhalen else 0
        self._behandelaars = {
            sleutel: next(p for p in world.personen.values() if p.user_id == account_user(world, sleutel))
            for sleutel in ("wijkteam", "coordinator")
            if world.verhalen
        }

    def all(self, aantal: int) -> Iterator[Dossier]:
        """So many, the written-out ones among them."""
        fixed = self._fixed()[:aantal] if self.world.verhalen else []
        by_chance = (Begin(dag, -1) for dag in self._days(aantal - len(fixed)))
        for begin in heapq.merge(sorted(fixed), by_chance):
            if begin.scene >= 0:
                yield self._scene(self.scenes[begin.scene])
            elif begin.scene == -1:
                yield self._by_chance(begin.dag)
            else:
                yield self._draft(begin.dag, CONCEPTEN[-2 - begin.scene][1])

    def _fixed(self) -> list[Begin]:
        last = self.world.agenda.laatste
        drafts = [Begin(last - ago, -2 - n) for n, (ago, _) in enumerate(CONCEPTEN)]
        return [*drafts, *(Begin(last - scene.begin, n) for n, scene in enumerate(self.scenes))]

    def _days(self, aantal: int) -> list[int]:
        """On which day each casus is begun: fewer in school holidays, more after the summer."""
        agenda = self.world.agenda
        first = agenda.first_from(agenda.dagen[-1] - timedelta(days=self.world.dagen))
        days = range(first, agenda.laatste + 1)
        weights = [
            (VAKANTIE if holiday_on(agenda.dagen[n], self.world.omgeving.vakanties) else 1.0)
            * (1.2 if agenda.dagen[n].month in {9, 10, 11, 2, 3} else 1.0)
            for n in days
        ]
        return sorted(self.rng.choices(days, weights, k=max(0, aantal)))

    # --- By chance --------------------------------------------------------------------------------------------------
    def _by_chance(self, dag: int) -> Dossier:
        rng = self.rng
        brin = rng.choices(self._schools, self._weights)[0]
        thuis = rng.choice(self.world.huizen.per_school[brin])
        begun = self.world.agenda.at(dag, rng)
        dossier = self._dossier(thuis, self.world.zc_of(brin), begun, rng.randrange(len(teksten.VERHALEN)))
        dossier.spoed = dossier.lus.dringend = rng.random() < SPOED
        dossier.thuiszitter = rng.random() < THUISZITTER
        if rng.random() < VEILIGHEID:
            dossier.veiligheid, dossier.lus.dringend = rng.choice(teksten.VEILIGHEID), True
        days = rng.choices((0, 1, 2, 4), (70, 15, 10, 5))[0]
        op = self.world.agenda.after(begun, days, rng)
        recent = dag > self.world.agenda.laatste - 15
        if op is None or (recent and rng.random() < CONCEPT * 12):
            dossier.concept = self._half_typed(dossier)
            return dossier
        self.kans.submit(dossier, op)
        self.kans.walk(dossier)
        return dossier

    def _dossier(self, thuis: Thuis, zc: Wie, begun: datetime, verhaal: int) -> Dossier:
        leerling = woorden(thuis.sector).leerling
        return Dossier(
            thuis=thuis,
            lus=Lus(self.world.omgeving, zc, begun),
            geboren=birth_date(begun.date(), thuis.leeftijd, self.rng.randrange(1, 350)),
            verhaal=teksten.story(verhaal, leerling, self.rng.randrange(4)),
        )

    def _half_typed(self, dossier: Dossier) -> dict[str, Any]:
        """A draft that stopped halfway."""
        typed = {
            "vestiging": dossier.thuis.vestiging.brin,
            "leerlingnummer": f"L{self.rng.randrange(20000, 99999)}",
            "voornaam": self.rng.choice(("Puck", "Isa", "Sem", "Noor", "Bo", "Jip")),
            "sector": dossier.thuis.sector,
            "krachten": dossier.verhaal[1],
        }
        return dict(list(typed.items())[: self.rng.randrange(2, 6)])

    # --- Written out ------------------------------------------------------------------------------------------------
    def _scene(self, scene: Scene) -> Dossier:
        agenda, rng = self.world.agenda, self.rng
        thuis = self._home(scene)
        begun = agenda.at(agenda.laatste - scene.begin, rng).replace(hour=8, minute=25)
        zc = next((zc for zc in self.world.zcs[scene.brin] if zc.user_id == self._zc), self.world.zcs[scene.brin][0])
        dossier = self._dossier(thuis, zc, begun, scene.verhaal)
        dossier.spoed, dossier.thuiszitter = scene.spoed, scene.thuiszitter
        dossier.lus.dringend = scene.spoed or scene.veiligheid
        dossier.veiligheid = teksten.VEILIGHEID[0] if scene.veiligheid else ""
        moment = begun
        for actie, ago in scene.stappen:
            moment = max(agenda.at(agenda.laatste - ago, rng), moment + timedelta(minutes=20))
            if actie == "aanmelden":
                self.stappen.aanmelden(dossier, moment, kies=scene.kies)
                for consent in dossier.toestemmingen:
                    consent.ook_ander = True
            elif actie == "ontvangen":
                self.stappen.ontvangen(dossier, moment, door=self._behandelaars.get(scene.wie))
            else:
                self.stappen.do(dossier, actie, moment)
        return dossier

    def _home(self, scene: Scene) -> Thuis:
        if scene.adres is None:
            return self.world.huizen.per_school[scene.brin][0]
        postcode, huisnummer = scene.adres
        return self.world.huizen.add(scene.brin, postcode, huisnummer, geheim=scene.geheim)

    def _draft(self, dag: int, typed: dict[str, str]) -> Dossier:
        begun = self.world.agenda.at(dag, self.rng)
        thuis = self.world.huizen.per_school[SCHOOL][0]
        place = next(v for v in self.world.net.vestigingen[SCHOOL] if v.brin == typed["vestiging"])
        zc = next(zc for zc in self.world.zcs[SCHOOL] if zc.user_id == self._zc)
        dossier = self._dossier(replace(thuis, vestiging=place), zc, begun, 0)
        dossier.concept = typed
        return dossier
