"""What a departure does with somebody's work, to be read before it is done: who gets what, now and on the last day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casussen.keuzes import MdoStatus
from casussen.kringen import in_words
from casussen.models import Casus, Consult, MdoDeelnemer, Taak
from casussen.woorden import counted
from portal.netwerk.acties import Vertrek, has_account
from wijkteams.models import Aanspreekpunt, Contactpersoon


@dataclass(frozen=True, slots=True)
class Stapel:
    """What one colleague takes over at once: numbers of casussen and consulten, and how much of the casussen is agreed."""

    wie: Contactpersoon
    casussen: tuple[str, ...] = ()
    nazorg: tuple[str, ...] = ()
    consulten: tuple[str, ...] = ()
    afspraken: int = 0
    overleggen: int = 0

    @property
    def heeft_account(self) -> bool:
        return has_account(self.wie)

    @property
    def delen(self) -> list[str]:
        """'casus 2026-000012, met 1 afspraak', 'nazorg van casus 2026-000009', 'anoniem overleg A2026-000003'."""
        named = (
            (self.casussen, "casus", "casussen", f", met {self.daarbij}" if self.daarbij else ""),
            (self.nazorg, "nazorg van casus", "nazorg van casussen", ""),
            (self.consulten, "anoniem overleg", "anonieme overleggen", ""),
        )
        return [
            f"{one if len(numbers) == 1 else more} {in_words(numbers)}{extra}" for numbers, one, more, extra in named if numbers
        ]

    @property
    def daarbij(self) -> str:
        """'2 afspraken en 1 gepland overleg'; '' without."""
        counts = ((self.afspraken, "afspraak", "afspraken"), (self.overleggen, "gepland overleg", "geplande overleggen"))
        return in_words([counted(*count) for count in counts if count[0]])


@dataclass(frozen=True, slots=True)
class Werk:
    """`nu`: what moves as soon as it is done. `op_de_dag`: to whom aanspreekpunten and standing in go on `dag`."""

    persoon: Contactpersoon
    dag: date
    nu: tuple[Stapel, ...]
    op_de_dag: tuple[tuple[str, Contactpersoon], ...]

    @property
    def afdruk(self) -> list[Any]:
        """All of it as plain values: when it differs, the effect is shown anew before anything is done."""
        stapels = [(s.wie.pk, *s.casussen, *s.nazorg, *s.consulten, s.afspraken, s.overleggen) for s in self.nu]
        return [self.dag, stapels, [(what, wie.pk) for what, wie in self.op_de_dag]]


def work_of_departure(
    persoon: Contactpersoon,
    vertrek: Vertrek,
    *,
    casussen: Sequence[Casus],
    nazorg: Sequence[Casus],
    consulten: Sequence[Consult],
    punten: Sequence[tuple[Aanspreekpunt, str]],
    vervangingen: int,
    dag: date,
) -> Werk:
    """`punten`: each with its scope in words. Two queries."""
    opvolger = vertrek.opvolger
    if opvolger is None:
        return Werk(persoon, dag, (), ())
    ids = [casus.pk for casus in casussen]
    agreed = Taak.objects.open().filter(eigenaar_contactpersoon=persoon, casus__in=ids)
    seats = MdoDeelnemer.objects.filter(contactpersoon=persoon, mdo__status=MdoStatus.GEPLAND, mdo__casus__in=ids)
    per_taak, per_mdo = Counter(agreed.values_list("casus", flat=True)), Counter(seats.values_list("mdo__casus", flat=True))

    def stapel(wie: Contactpersoon) -> Stapel:
        own = [casus for casus in casussen if vertrek.per_casus.get(casus.nummer, opvolger) == wie]
        return Stapel(
            wie=wie,
            casussen=tuple(casus.nummer for casus in own),
            nazorg=tuple(casus.nummer for casus in nazorg if vertrek.per_casus.get(casus.nummer, opvolger) == wie),
            consulten=tuple(consult.nummer for consult in consulten) if wie == opvolger else (),
            afspraken=sum(per_taak[casus.pk] for casus in own),
            overleggen=sum(per_mdo[casus.pk] for casus in own),
        )

    stapels = [stapel(wie) for wie in dict.fromkeys([opvolger, *vertrek.per_casus.values()])]
    later = [(f"Aanspreekpunt voor {scope}", vertrek.per_punt.get(punt.pk, opvolger)) for punt, scope in punten]
    if vervangingen:
        later.append(("Vervanger van collega's" if vervangingen > 1 else "Vervanger van een collega", opvolger))
    return Werk(persoon, dag, tuple(s for s in stapels if s.delen), tuple(later))
