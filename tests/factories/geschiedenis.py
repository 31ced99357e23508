"""A casus with a long history of every kind, as rows: for the time line and its bench.

    casus = casus_met_geschiedenis(300)                         # on its own, with everyone in it invented
    casus = casus_met_geschiedenis(300, casus=a_casus, van=NU)  # on top of a casus that is there

The moments are an hour apart and go on from `van`; every kind has its share.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from casussen.keuzes import Deelnemer, DelingMet, Domein, Gever, InzetStatus, MdoStatus, SoortInstemming, Standpunt
from casussen.models import (
    Aanvraag,
    Casus,
    Contactmoment,
    Deling,
    Doel,
    Doelscore,
    Doelversie,
    Herinnering,
    Instemming,
    Intensiteit,
    Inzet,
    Mdo,
    MdoDeelnemer,
    Nazorg,
    Overgang,
    Plan,
    Reactie,
    Taak,
    Termijn,
    Voortgang,
    Vraag,
)
from tests.factories.casussen import NU, shared_casus
from tests.factories.zorg import ArrangementFactory
from zorgaanbod.models import Arrangement


def casus_met_geschiedenis(
    aantal: int, *, casus: Casus | None = None, van: datetime = NU, arrangement: Arrangement | None = None
) -> Casus:
    """A casus with at least so many moments on its time line (for whoever reads all of it), the last one the newest."""
    casus = casus or shared_casus(status="in_uitvoering", hulp_gestart_op=NU.date())
    clock = (van + timedelta(hours=n) for n in count())
    inzet = _once(casus, clock, arrangement or ArrangementFactory.create())
    made, batch = 15, []
    for kind in _turns(casus, inzet):
        if made >= aantal:
            break
        batch.append(kind(next(clock)))
        made += 1
    for model in {type(row) for row in batch}:
        model.objects.bulk_create([row for row in batch if type(row) is model])
    return casus


def _turns(casus: Casus, inzet: Inzet) -> Iterator[Callable[[datetime], Any]]:
    """What comes again and again, in turn."""
    door, doel = casus.aangevraagd_door, Doel.objects.filter(casus=casus).latest("pk")
    termijn = Termijn.objects.filter(casus=casus, soort="geschiedenis").get()
    number = count(1)
    steps = count(1000)
    kinds: tuple[Callable[[datetime], Any], ...] = (
        lambda op: Overgang(
            casus=casus, ronde=1, actie="contact_vastleggen", van_status="in_uitvoering", naar_status="in_uitvoering",
            door=door, door_naam=str(door), op=op, van_wijkteam=casus.wijkteam, naar_wijkteam=casus.wijkteam, versie=next(steps),
        ),
        lambda op: Contactmoment(
            casus=casus, wijkteam=casus.wijkteam, soort="telefoon", datum=op.date(), door=door, vastgelegd_op=op,
            notitie="Van het team.",
        ),
        lambda op: Doelscore(doel=doel, score=1 + next(number) % 10, datum=op.date(), van_wie="jongere", door=door, op=op),
        lambda op: Taak(
            casus=casus, ronde=1, omschrijving="De mentor belt.", partij=Deelnemer.SCHOOL, uiterlijk=op.date(), door=door,
            aangemaakt_op=op,
        ),
        lambda op: Voortgang(
            inzet=inzet, status=InzetStatus.GESTART, tekst="Het gaat vooruit.", door=door, door_naam=str(door), op=op
        ),
        lambda op: Herinnering(termijn=termijn, stand=next(number), stap=0, verschuldigd_op=op, gemaakt_op=op),
        lambda op: Reactie(casus=casus, ronde=1, eens=True, tekst="Wij zien het ook.", door=door, op=op),
        lambda op: Vraag(casus=casus, tekst="Hoe gaat het?", gesteld_door=door, gesteld_op=op, vervallen_op=op),
    )  # fmt: skip
    while True:
        yield from kinds


def _once(casus: Casus, clock: Iterator[datetime], arrangement: Arrangement) -> Inzet:
    """One of each of the rest: fifteen moments."""
    door = casus.aangevraagd_door
    op = next(clock)
    mdo = Mdo.objects.create(
        casus=casus, ronde=1, status=MdoStatus.GEHOUDEN, begint_op=op, eindigt_op=op + timedelta(hours=1), gepland_op=op,
        gepland_door=door, verslag="Besproken.", gehouden_op=next(clock), verslag_door=door, volgnummer=1,
    )  # fmt: skip
    MdoDeelnemer.objects.create(mdo=mdo, partij=Deelnemer.OUDERS, naam="Ouder Voorbeeld", aanwezig="aanwezig")
    Mdo.objects.create(
        casus=casus, ronde=1, status=MdoStatus.AFGEZEGD, begint_op=op, eindigt_op=op + timedelta(hours=1), gepland_op=next(clock),
        gepland_door=door, afgezegd_op=next(clock), afgezegd_om="De leerling was ziek.",
    )  # fmt: skip
    plans, goals = Plan.objects.filter(casus=casus).count(), Doel.objects.filter(casus=casus).count()
    plan = Plan.objects.create(
        casus=casus,
        ronde=1,
        versie=plans + 1,
        standpunt=Standpunt.DEELS,
        mening_gezin="Het mag langzamer.",
        door=door,
        op=next(clock),
    )
    doel = Doel.objects.create(casus=casus, ronde=1, nummer=goals + 1, aangemaakt_op=plan.op)
    Doelversie.objects.create(
        plan=plan, doel=doel, domein=Domein.SCHOOL, tekst="Elke dag naar school", partij=Deelnemer.SCHOOL, schoolloopbaan=True
    )
    day = op.date()
    inzet = Inzet.objects.create(
        casus=casus, ronde=1, arrangement=arrangement, status=InzetStatus.GESTART, aangevraagd_op=day, wacht_sinds=day,
        reden_wachten="wachtlijst", gestart_op=day + timedelta(days=1), door=door, vastgelegd_op=next(clock),
    )  # fmt: skip
    inzet.doelen.add(doel)
    Intensiteit.objects.create(casus=casus, niveau="licht", vanaf=day, reden="Licht beginnen.", door=door, op=next(clock))
    Taak.objects.create(
        casus=casus, ronde=1, omschrijving="De aanbieder belt.", partij=Deelnemer.AANBIEDER,
        eigenaar_aanbieder=arrangement.aanbieder, uiterlijk=day, door=door, aangemaakt_op=next(clock),
        afgerond_op=next(clock), afgerond_door=door, resultaat="Gebeld.",
    )  # fmt: skip
    Deling.objects.create(
        casus=casus, met=DelingMet.AANBIEDER, aanbieder=arrangement.aanbieder, gever=Gever.OUDERS, gegeven_op=day,
        doel="De hulp geven.", door=door, op=next(clock),
    )  # fmt: skip
    Instemming.objects.create(
        casus=casus, soort=SoortInstemming.HULP, gever=Gever.OUDERS, gegeven_op=day, door=door, op=next(clock)
    )
    Aanvraag.objects.create(casus=casus, onderwerp="vervoer", ontvangen_op=day, door=door, op=next(clock))
    Nazorg.objects.create(
        casus=casus, ronde=1, datum=day, gedaan_op=next(clock), gedaan_door=door, hoe_gaat_het="Het gaat goed op school."
    )
    Termijn.objects.create(
        casus=casus,
        ronde=1,
        soort="geschiedenis",
        eigenaar_soort="school",
        begint_op=op,
        vervalt_op=op,
        gesloten_op=op,
        gesloten_om="gehaald",
    )
    return inzet
