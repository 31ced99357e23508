"""Whose figures: the region, a gemeente, a samenwerkingsverband or a school; and what belongs to each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gebieden.models import Gemeente, Regio
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.kijker import Kijker
from portal.dashboard.tellen import REGIO
from scholen.models import Samenwerkingsverband, School
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR

#: Who has figures to look at.
KIJKERS = (REGIOCOORDINATOR, GEMEENTEMEDEWERKER, SAMENWERKINGSVERBAND, ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
#: Cuts with a figure of everyone in them, which only the region sees whole.
ALLE_BLADEN = ("wonen", "school", "sector", "team")


@dataclass(frozen=True, slots=True)
class Bereik:
    """One organisation whose figures somebody may see. `blad` and `eenheid` say where it stands in the figures."""

    soort: str
    code: str
    naam: str
    regio: Regio
    blad: str
    eenheid: str

    @property
    def sleutel(self) -> str:
        """As in an address: 'gemeente:GM0392'."""
        return f"{self.soort}:{self.code}"

    @property
    def bladen(self) -> tuple[str, ...]:
        match self.soort:
            case "regio":
                return ALLE_BLADEN
            case "gemeente":
                return ("wonen", "team")
            case _:
                return ("school",)

    def shows(self, blad: str, eenheid: str, ouder: Mapping[str, str | None]) -> bool:
        """May someone with this scope see this unit? The region's own total is for everyone."""
        if eenheid == REGIO or self.soort == "regio":
            return blad in self.bladen
        own = {self.eenheid} if blad == self.blad else {f"T{self.code}"} if (self.soort, blad) == ("gemeente", "team") else set()
        return eenheid in own or ouder.get(eenheid) in own

    @property
    def wie(self) -> str:
        """Whose casussen these are, in words."""
        match self.soort:
            case "regio":
                return "Alle casussen van de regio."
            case "gemeente":
                return f"Leerlingen die in {self.naam} wonen, ook als zij elders naar school gaan."
            case "samenwerkingsverband":
                return f"Leerlingen van de scholen van {self.naam}, waar zij ook wonen."
            case _:
                return f"Leerlingen van {self.naam}, waar zij ook wonen."


def scopes_of(kijker: Kijker) -> list[Bereik]:
    """What this viewer may look at, the widest first."""
    return list(_scopes(kijker))


def _scopes(kijker: Kijker) -> Iterator[Bereik]:
    if ids := kijker.ids(REGIOCOORDINATOR):
        for regio in Regio.objects.filter(pk__in=ids).order_by("naam"):
            yield Bereik("regio", str(regio.pk), regio.naam, regio, "wonen", REGIO)
    if ids := kijker.ids(GEMEENTEMEDEWERKER):
        for gemeente in Gemeente.objects.filter(pk__in=ids, regio__isnull=False).select_related("regio").order_by("naam"):
            if gemeente.regio:
                yield Bereik("gemeente", gemeente.code, gemeente.naam, gemeente.regio, "wonen", gemeente.code)
    if ids := kijker.ids(SAMENWERKINGSVERBAND):
        verbanden = Samenwerkingsverband.objects.filter(pk__in=ids).order_by("code")
        for verband in verbanden.prefetch_related("vestigingen__gemeente__regio"):
            if where := _regio_of(verband):
                yield Bereik("samenwerkingsverband", verband.code, verband.naam, where, "school", verband.code)
    if ids := kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER):
        for school in School.objects.filter(pk__in=ids).order_by("naam").prefetch_related("vestigingen__gemeente__regio"):
            if where := _regio_of(school):
                yield Bereik("school", school.brin, school.naam, where, "school", school.brin)


def _regio_of(organisatie: School | Samenwerkingsverband) -> Regio | None:
    """The region in which it has a location."""
    places = sorted(organisatie.vestigingen.all(), key=lambda vestiging: vestiging.brin)
    return next((place.gemeente.regio for place in places if place.gemeente and place.gemeente.regio), None)
