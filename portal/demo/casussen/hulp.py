"""Help of aanbieders in the demo's casussen: asked for upon consent, waited for, started, ended."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Q

from casussen import models as m
from casussen.keuzes import DelingMet, InzetStatus
from casussen.rules import age_on
from casussen.workflow import TEAM_WERKT
from casussen.workflow.termijnen import VOORTGANG, WACHTTIJD
from kern.klok import local_date
from portal.demo.casussen import teksten_plan as t
from portal.demo.casussen.rijen import Klokken, Rijen, giver_of
from zorgaanbod.keuzes import SoortAanbieder
from zorgaanbod.models import Aanbieder, Arrangement

MET_HULP, WACHT, EIGEN_ACCOUNT = 0.62, 0.25, 0.3


class Hulp:
    """Writes help into `rijen`. `eigen`: the aanbieder of the demo account, which helps often."""

    def __init__(self, rijen: Rijen, klokken: Klokken, *, rng: Random, op: date, eigen: Aanbieder) -> None:
        self.rijen, self.klokken, self.rng, self.today, self.eigen = rijen, klokken, rng, op, eigen
        self.moment = klokken.moment
        self.waits: list[int] = []
        self.goals: list[tuple[m.Inzet, list[m.Doel]]] = []
        living = m.Deling.objects.living().filter(met=DelingMet.AANBIEDER)
        self.shared = set(living.values_list("casus_id", "aanbieder_id"))
        self.bought: dict[int, list[Arrangement]] = defaultdict(list)
        offered = Arrangement.objects.offered(op).select_related("aanbieder").prefetch_related("contracten")
        for arrangement in offered.filter(~Q(aanbieder__soort=SoortAanbieder.VOORVELD)).order_by("pk"):
            for contract in arrangement.contracten.all():
                self.bought[contract.gemeente_id].append(arrangement)

    def finish(self) -> None:
        """After all rows have their keys: the goals of each help, and who waits."""
        through = m.Inzet.doelen.through
        through._default_manager.bulk_create(  # noqa: SLF001  (the manager that every model has)
            [through(inzet_id=inzet.pk, doel_id=doel.pk) for inzet, own in self.goals for doel in own]
        )
        m.Casus.objects.filter(pk__in=self.waits).update(wacht_op_zorg=True)

    def write(self, casus: m.Casus, doelen: list[m.Doel], last: dict[str, m.Overgang]) -> None:
        rng = self.rng
        started = last.get("uitvoeren")
        runs = casus.status in TEAM_WERKT
        if rng.random() > MET_HULP or not (arrangement := self._arrangement(casus)):
            return
        asked = last["plan_vaststellen"].op
        day = local_date(asked)
        over = not runs
        status = InzetStatus.GESTART if started else rng.choice((InzetStatus.AANGEVRAAGD, InzetStatus.WACHT))
        start = casus.hulp_gestart_op or (local_date(started.op) if started else None)
        if start is not None:
            start = max(start, day)
        if over:
            status = InzetStatus.BEEINDIGD if start else InzetStatus.AFGEWEZEN
        end = local_date(casus.status_sinds) if over else None
        if over or (casus.pk, arrangement.aanbieder_id) not in self.shared:
            self._share(casus, arrangement, day, asked, over=over)
        waits = status == InzetStatus.WACHT
        inzet = self.rijen.add(
            m.Inzet(
                casus=casus,
                ronde=casus.ronde,
                arrangement=arrangement,
                status=status,
                aangevraagd_op=day,
                wachttijd_toen=rng.randrange(2, 14),
                wacht_sinds=day if waits else None,
                reden_wachten="wachtlijst" if waits else "",
                wachten_toelichting="Het wijkteam belt elke week met het gezin." if waits else "",
                verwacht_op=self.today + timedelta(days=rng.randrange(10, 60)) if waits else None,
                gestart_op=start,
                geeindigd_op=max(end, start) if end and start else end,
                einde_reden="De casus is afgesloten." if over else "",
                door_id=last["plan_vaststellen"].door_id,
                vastgelegd_op=asked,
            )
        )
        self.goals.append((inzet, doelen[:1]))
        told = max(asked, self.moment - timedelta(days=rng.randrange(3, 22))) if runs else asked
        self.rijen.add(
            m.Voortgang(
                inzet=inzet, status=status, tekst=rng.choice(t.VOORTGANG if start else t.VOORTGANG_WACHT),
                door_naam=arrangement.aanbieder.naam, door_rol="aanbieder", op=told,
            )
        )  # fmt: skip
        if runs:
            self.klokken.start_by(VOORTGANG, casus, told, inzet=inzet, eigenaar_aanbieder=arrangement.aanbieder)
        if waits and runs:
            self.waits.append(casus.pk)
            self.klokken.start_by(WACHTTIJD, casus, max(asked, self.moment - timedelta(days=rng.randrange(3, 25))))
        if rng.random() < 0.7:
            self.rijen.add(
                m.Instemming(
                    casus=casus, soort="hulp", gever=giver_of(casus, day), gegeven_op=day,
                    door_id=casus.aangevraagd_door_id, op=asked,
                )
            )  # fmt: skip
        if rng.random() < 0.15:
            decided = start is not None
            self.rijen.add(
                m.Aanvraag(
                    casus=casus, onderwerp=f"Jeugdhulp: {arrangement.naam}"[:200], ontvangen_op=day,
                    besluit="toegekend" if decided else "", besluit_op=start if decided else None,
                    door_id=last["plan_vaststellen"].door_id, op=asked,
                )
            )  # fmt: skip

    def _share(self, casus: m.Casus, arrangement: Arrangement, day: date, op: datetime, *, over: bool) -> None:
        self.rijen.add(
            m.Deling(
                casus=casus,
                met=DelingMet.AANBIEDER,
                aanbieder=arrangement.aanbieder,
                gever=giver_of(casus, day),
                gegeven_op=day,
                doel=t.DOEL_AANBIEDER,
                door_id=casus.aangevraagd_door_id,
                op=op,
                ingetrokken_op=casus.status_sinds if over else None,
            )
        )

    def _arrangement(self, casus: m.Casus) -> Arrangement | None:
        """Something that the gemeente of the pupil bought and that fits the age; often of the aanbieder of the demo account."""
        born = casus.leerling.geboortedatum if casus.leerling else None
        age = age_on(born, self.today) if born else 15
        fits = [a for a in self.bought.get(casus.woongemeente_id or 0, ()) if a.leeftijd_van <= age <= a.leeftijd_tot]
        own = [a for a in fits if a.aanbieder_id == self.eigen.pk]
        chosen: Callable[[list[Arrangement]], Arrangement] = self.rng.choice
        if own and self.rng.random() < EIGEN_ACCOUNT:
            return chosen(own)
        return chosen(fits) if fits else None
