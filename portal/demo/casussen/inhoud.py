"""What belongs to the casussen of the demo: overleg, plan, actions, help of aanbieders, reaction of the school, after-care.

Written after the casussen themselves, from the steps they took, so that every date fits. Only for the demo region: the country
around it is there for its numbers.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from casussen import models as m
from casussen.kalender import kalender_of
from casussen.keuzes import (
    Aanwezigheid,
    Deelnemer,
    Domein,
    EigenaarSoort,
    MdoStatus,
    Plek,
    SoortTaak,
    Status,
)
from casussen.workflow import TEAM_WERKT
from casussen.workflow.termijnen import TAAK
from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM, local_date
from portal.demo.casussen import teksten_plan as t
from portal.demo.casussen.hulp import Hulp
from portal.demo.casussen.rijen import Klokken, Rijen
from portal.demo.gebied import dice
from portal.demo.netwerk import Netwerk
from zorgaanbod.keuzes import Zwaarte
from zorgaanbod.models import Aanbieder


def write_dossiers(net: Netwerk, *, eigen: Aanbieder, seed: int, moment: datetime) -> None:
    """For every casus of the demo region that came so far. `eigen`: the aanbieder of the demo account, which helps often."""
    writer = _Schrijver(net, dice(seed, "dossiers"), moment, eigen)
    steps: dict[int, list[m.Overgang]] = defaultdict(list)
    for step in m.Overgang.objects.filter(casus__regio=net.regio).order_by("op", "id"):
        steps[step.casus_id].append(step)
    rows = m.Casus.objects.filter(regio=net.regio, behandelaar__isnull=False).select_related(
        "leerling", "behandelaar__user", "aangevraagd_door", "vestiging", "regio", "wijkteam"
    )
    for casus in rows.order_by("pk"):
        writer.casus(casus, [step for step in steps[casus.pk] if step.ronde == casus.ronde])
    writer.flush()


class _Schrijver:
    def __init__(self, net: Netwerk, rng: Random, moment: datetime, eigen: Aanbieder) -> None:
        self.rng, self.moment, self.today = rng, moment, net.op
        self.kalender: Werkkalender = kalender_of(net.regio)
        self.rijen = Rijen()
        self.klokken = Klokken(self.rijen, moment, self.kalender)
        self.hulp = Hulp(self.rijen, self.klokken, rng=rng, op=net.op, eigen=eigen)

    def flush(self) -> None:
        self.rijen.flush(
            m.Mdo, m.MdoDeelnemer, m.MdoAanvulling, m.Plan, m.Doel, m.Doelversie, m.Doelscore, m.Intensiteit, m.Deling, m.Inzet,
            m.Voortgang, m.Taak, m.Termijn, m.Reactie, m.Nazorg, m.Instemming, m.Aanvraag,
        )  # fmt: skip
        self.hulp.finish()

    # --- One casus --------------------------------------------------------------------------------------------------
    def casus(self, casus: m.Casus, steps: list[m.Overgang]) -> None:
        last = {step.actie: step for step in steps}
        doelen: list[m.Doel] = []
        mdo = self._overleg(casus, last) if "mdo_plannen" in last else None
        if "plan_vaststellen" in last:
            doelen = self._plan(casus, mdo, steps, last["plan_vaststellen"])
            self.hulp.write(casus, doelen, last)
        for step in steps:
            if step.actie == "reageren":
                eens = self.rng.random() < 0.8
                tekst = self.rng.choice(t.REACTIE_EENS if eens else t.REACTIE_ONEENS)
                self.rijen.add(
                    m.Reactie(
                        casus=casus, ronde=step.ronde, eens=eens, tekst=tekst, door_id=casus.aangevraagd_door_id, op=step.op
                    )
                )
        if casus.status == Status.AFGESLOTEN and "afsluiten" in last:
            self._nazorg(casus, last["afsluiten"])

    def _overleg(self, casus: m.Casus, last: dict[str, m.Overgang]) -> m.Mdo:
        planned = last["mdo_plannen"].op
        after = last.get("plan_vaststellen")
        if after is not None:
            begin = max(planned + timedelta(hours=2), self._at(after.op - timedelta(days=1)))
            begin = min(begin, after.op - timedelta(minutes=90))
        else:
            begin = self._at(self.moment + timedelta(days=self.rng.choice((3, 4, 5, 6, 8))))
        held = after is not None
        over = casus.status in {Status.AFGESLOTEN, Status.INGETROKKEN, Status.TERUGGELEGD} or casus.status in {
            Status.AANGEMELD, Status.TE_ROUTEREN
        }  # fmt: skip
        status = MdoStatus.GEHOUDEN if held else MdoStatus.AFGEZEGD if over else MdoStatus.GEPLAND
        mdo = self.rijen.add(
            m.Mdo(
                casus=casus,
                ronde=casus.ronde,
                status=status,
                begint_op=begin,
                eindigt_op=begin + timedelta(hours=1),
                plek=Plek.SCHOOL if self.rng.random() < 0.8 else Plek.TEAM,
                adres=self.rng.choice(t.ZALEN),
                agenda=t.AGENDA,
                gepland_door_id=last["mdo_plannen"].door_id,
                gepland_op=planned,
                verslag=self.rng.choice(t.VERSLAG) if held else "",
                mening_ouders=self.rng.choice(t.OUDERS) if held else "",
                mening_jongere=self.rng.choice(t.JONGERE) if held else "",
                gehouden_op=begin + timedelta(hours=1) if held else None,
                verslag_door_id=last["mdo_plannen"].door_id if held else None,
                afgezegd_op=planned + timedelta(hours=1) if status == MdoStatus.AFGEZEGD else None,
                afgezegd_om="De casus liep anders." if status == MdoStatus.AFGEZEGD else "",
            )
        )
        self._guests(casus, mdo, planned, held=held)
        if after is not None and begin.day % 8 == 0:
            self.rijen.add(
                m.MdoAanvulling(
                    mdo=mdo,
                    tekst=t.AANVULLING,
                    mening_ouders=t.AANVULLING_OUDERS,
                    door_id=casus.aangevraagd_door_id,
                    op=min(begin + timedelta(hours=3), after.op),
                )
            )
        return mdo

    def _guests(self, casus: m.Casus, mdo: m.Mdo, planned: datetime, *, held: bool) -> None:
        zc, person = casus.aangevraagd_door, casus.behandelaar
        people: list[dict[str, Any]] = [
            {"partij": Deelnemer.OUDERS, "naam": "Ouders"},
            {"partij": Deelnemer.JONGERE, "naam": "De jongere"},
            {"partij": Deelnemer.SCHOOL, "naam": str(zc), "functie": "zorgcoördinator", "user": zc, "email": zc.email},
        ]
        if person is not None:
            people.append(
                {"partij": Deelnemer.WIJKTEAM, "naam": person.naam, "functie": person.functie, "user": person.user}
                | {"contactpersoon": person, "email": person.email}
            )
        for row in people:
            came = Aanwezigheid.AANWEZIG if self.rng.random() < 0.92 else Aanwezigheid.AFGEMELD
            self.rijen.add(
                m.MdoDeelnemer(mdo=mdo, uitgenodigd_op=planned, aanwezig=came if held else Aanwezigheid.ONBEKEND, **row)
            )

    def _at(self, moment: datetime) -> datetime:
        """Half past two on the first working day from there."""
        day = local_date(moment)
        while not self.kalender.is_werkdag(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.rng.choice((time(9, 30), time(11, 0), time(14, 30), time(15, 30))), tzinfo=AMSTERDAM)

    # --- The plan ---------------------------------------------------------------------------------------------------
    def _plan(self, casus: m.Casus, mdo: m.Mdo | None, steps: list[m.Overgang], step: m.Overgang) -> list[m.Doel]:
        rng = self.rng
        standpunt, mening = rng.choices(t.STANDPUNT, t.STANDPUNT_KANS)[0]
        plan = self.rijen.add(
            m.Plan(
                casus=casus,
                ronde=casus.ronde,
                versie=1 if casus.ronde == 1 else casus.ronde,
                beeld=rng.choice(t.BEELD),
                mdo=mdo,
                zonder_mdo="" if mdo else "Het gezin wilde liever aan de keukentafel praten.",
                standpunt=standpunt,
                mening_gezin=mening,
                door_id=step.door_id,
                op=step.op,
            )
        )
        marks = [s for s in steps if s.actie == "evalueren"]
        closed = casus.status == Status.AFGESLOTEN
        doelen = []
        for nummer, (domein, tekst, partij, kracht, netwerk) in enumerate(self._chosen(), 1):
            doel = self.rijen.add(
                m.Doel(
                    casus=casus,
                    ronde=casus.ronde,
                    nummer=nummer + 10 * (casus.ronde - 1),
                    aangemaakt_op=step.op,
                    resultaat=rng.choices(("bereikt", "deels", "niet"), (60, 32, 8))[0] if closed else "",
                    resultaat_op=casus.afgesloten_op if closed else None,
                )
            )
            school = domein == Domein.SCHOOL
            self.rijen.add(
                m.Doelversie(
                    plan=plan, doel=doel, domein=domein, tekst=tekst, partij=partij, eigen_kracht=kracht, netwerk=netwerk,
                    schoolloopbaan=school, terugkeer_op=self._return(step.op) if school and casus.thuiszitter else None,
                )
            )  # fmt: skip
            score = rng.randrange(2, 6)
            for moment in (step.op, *(s.op for s in marks)):
                self.rijen.add(m.Doelscore(doel=doel, score=score, datum=local_date(moment), door_id=step.door_id, op=moment))
                score = min(10, score + rng.randrange(4))
            doelen.append(doel)
        self.rijen.add(
            m.Intensiteit(
                casus=casus, niveau=rng.choices(Zwaarte.values, (50, 35, 15))[0], vanaf=local_date(step.op),
                reden="Vastgesteld met het plan.", door_id=step.door_id, op=step.op,
            )
        )  # fmt: skip
        self._taken(casus, mdo, step)
        return doelen

    def _chosen(self) -> list[tuple[str, str, str, str, str]]:
        """One goal for school, and one or two others."""
        home = self.rng.sample(t.DOELEN_THUIS, 1)
        free = self.rng.sample(t.DOELEN_VRIJ, 1) if self.rng.random() < 0.5 else []
        return [self.rng.choice(t.DOELEN_SCHOOL), *home, *free]

    @staticmethod
    def _return(op: datetime) -> date:
        return local_date(op) + timedelta(days=35)

    def _taken(self, casus: m.Casus, mdo: m.Mdo | None, step: m.Overgang) -> None:
        runs = casus.status in TEAM_WERKT
        for omschrijving, partij in self.rng.sample(t.TAKEN, 2):
            done = not runs or self.rng.random() < 0.6
            due = local_date(step.op) + timedelta(days=self.rng.randrange(5, 20))
            if not done:
                due = max(due, self.today + timedelta(days=self.rng.randrange(2, 12)))
            school = partij == Deelnemer.SCHOOL
            person = None if school else casus.behandelaar
            taak = self.rijen.add(
                m.Taak(
                    casus=casus,
                    ronde=casus.ronde,
                    soort=SoortTaak.BESLUIT if mdo and self.rng.random() < 0.5 else SoortTaak.ACTIE,
                    mdo=mdo,
                    omschrijving=omschrijving,
                    partij=partij,
                    eigenaar_contactpersoon=person,
                    eigenaar_user_id=casus.aangevraagd_door_id if school else person.user_id if person else None,
                    uiterlijk=due,
                    door_id=step.door_id,
                    aangemaakt_op=step.op,
                    afgerond_op=min(self.moment, step.op + timedelta(days=6)) if done else None,
                    afgerond_door_id=step.door_id if done else None,
                    resultaat="Gedaan." if done else "",
                )
            )
            if not done:
                self.klokken.start(
                    casus, TAAK.soort, EigenaarSoort.SCHOOL if school else EigenaarSoort.WIJKTEAM, due, step.op, taak=taak
                )

    # --- After the end ----------------------------------------------------------------------------------------------
    def _nazorg(self, casus: m.Casus, step: m.Overgang) -> None:
        day = local_date(step.op) + timedelta(days=91)
        past = day < self.today
        moment = datetime.combine(day, time(10, 0), tzinfo=AMSTERDAM)
        self.rijen.add(
            m.Nazorg(
                casus=casus,
                ronde=casus.ronde,
                datum=day,
                gevraagd_op=moment if past else None,
                gedaan_op=moment + timedelta(hours=3) if past else None,
                gedaan_door_id=step.door_id if past else None,
                hoe_gaat_het=self.rng.choice(t.NAZORG) if past else "",
            )
        )
