"""What the school of the demo accounts brings along: pupils of a class list, the list itself, and who met whom in the region."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from portal.demo.accounts import SCHOOL, TEAM
from portal.demo.facts import namen
from portal.demo.gebied import dice
from portal.demo.netwerk import Netwerk
from portal.demo.register import Regel
from scholen.models import Klassenlijst, KlassenlijstStatus, Leerling, Vestiging
from scholen.sectoren import Sector
from wijkteams.models import Kennismaking, SoortKennismaking

LEERLINGEN = 240
#: Of so many we know no address, and of so many the postcode is one that the register does not hold yet.
ZONDER_ADRES, NIEUW_ADRES, GEHEIM = 6, 3, 4
#: Most pupils live in Haarlem, where the school stands.
DICHTBIJ, DICHTBIJ_GEWICHT = "20", 6
#: Each school met so many people of wijkteams in the past two years.
ONTMOETINGEN = (2, 9)
#: The teams that the school of the accounts works with most.
BUREN = (TEAM, "centrum", "zuidwest")


def write_school(net: Netwerk, register: Mapping[str, Sequence[Regel]], *, seed: int, moment: datetime) -> None:
    _write_pupils(net, register, dice(seed, "klassenlijst"), moment)
    _write_meetings(net, dice(seed, "kennismakingen"), moment)


def _write_pupils(net: Netwerk, register: Mapping[str, Sequence[Regel]], rng: Random, moment: datetime) -> None:
    """As one class list made them, three weeks ago."""
    vestigingen = net.vestigingen[SCHOOL]
    pc4s = [pc4 for pc4 in sorted(register) if register[pc4]]
    gewichten = [len(register[pc4]) * (DICHTBIJ_GEWICHT if pc4.startswith(DICHTBIJ) else 1) for pc4 in pc4s]
    rows = []
    for n in range(LEERLINGEN):
        vestiging = rng.choice(vestigingen)
        sector = rng.choice(vestiging.sectoren)
        leeftijd = rng.randrange(16, 21) if sector == Sector.MBO else rng.randrange(12, 18)
        pupil = Leerling(
            vestiging=vestiging,
            leerlingnummer=f"K{30_000 + n}",
            voornaam=rng.choice(namen.VOORNAMEN),
            achternaam=rng.choice(namen.LEERLINGNAMEN),
            geboortedatum=moment.date() - timedelta(days=365 * leeftijd + rng.randrange(360)),
            sector=sector,
            klas=f"{max(1, min(6, leeftijd - 11))}{rng.choice('ABC')}",
        )
        if n >= ZONDER_ADRES:
            regel = rng.choice(register[rng.choices(pc4s, gewichten)[0]])
            pupil.postcode, pupil.huisnummer = regel.postcode, rng.choice(regel.nummers)
            pupil.geheim_adres = n < ZONDER_ADRES + GEHEIM
        if n >= LEERLINGEN - NIEUW_ADRES:
            pupil.postcode = f"{pupil.postcode[:4]}ZZ"
        rows.append(pupil)
    Leerling.objects.bulk_create(rows)
    _write_list(net, vestigingen[0], moment - timedelta(days=21))


def _write_list(net: Netwerk, vestiging: Vestiging, op: datetime) -> None:
    Klassenlijst.objects.create(
        vestiging=vestiging,
        sector=vestiging.sectoren[0],
        door=net.zcs[SCHOOL][0],
        sleutel=uuid.UUID(int=1),
        aangemaakt=op,
        gevraagd_op=op + timedelta(minutes=4),
        klaar_op=op + timedelta(minutes=4, seconds=2),
        status=KlassenlijstStatus.KLAAR,
        soort_bestand="xlsx",
        rijen=LEERLINGEN,
        verwerkt=LEERLINGEN,
        nieuw=LEERLINGEN,
    )


def _write_meetings(net: Netwerk, rng: Random, moment: datetime) -> None:
    """Some people met, most did not."""
    contacten = [contact for key in sorted(net.contacten) for contact in net.contacten[key]]
    buren = [contact for key in BUREN for contact in net.contacten[key]]
    rows = []
    for brin in sorted(net.zcs):
        for zc in net.zcs[brin]:
            for contact in rng.sample(buren if brin == SCHOOL else contacten, rng.randrange(*ONTMOETINGEN)):
                dag = moment - timedelta(days=rng.randrange(5, 700))
                rows.append(
                    Kennismaking(
                        contactpersoon=contact,
                        medewerker=zc,
                        school=net.scholen[brin],
                        datum=dag.date(),
                        soort=rng.choice(SoortKennismaking.values),
                        door=zc,
                        aangemaakt=dag,
                    )
                )
    Kennismaking.objects.bulk_create(rows)
