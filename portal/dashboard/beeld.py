"""The dashboard as a page: which figures, for whom, over what time. Asks `queries`, shows only what `cijfers` lets through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casussen.keuzes import Status
from casussen.models import Casus
from gebieden.models import Gemeente, Regio
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import AMSTERDAM
from portal.dashboard.cijfers import Cijfers, Deel, Getal, Rij, Tijd, make_figures
from portal.dashboard.indeling import Periode, choices, parse_period
from portal.dashboard.queries import count, first_day, gemeenten_of, response_norm

Waarde = Getal | Deel | Tijd


@dataclass(frozen=True, slots=True)
class Maat:
    """One figure, of the gemeente beside that of the region, and what it counts."""

    naam: str
    uitleg: str
    eigen: Waarde
    regio: Waarde
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """A row of the table over time."""

    naam: str
    aangemeld: Waarde
    mediaan: Waarde
    op_tijd: Waarde
    regio_mediaan: Waarde
    regio_op_tijd: Waarde


@dataclass(frozen=True, slots=True)
class Beeld:
    """Everything on the page. `eigen` is the gemeente that is looked at, '' for the whole region."""

    regio: Regio
    eigen: str
    eigen_naam: str
    gemeenten: Mapping[str, str]
    perioden: list[Periode]
    periode: Periode
    instroom: list[Maat]
    stand: list[Maat]
    rijen: list[Rij]
    kwartalen: list[Kwartaal]
    norm: int
    wacht_echt: int | None

    @property
    def kan_kiezen(self) -> bool:
        return len(self.gemeenten) > 1


def regio_of(kijker: Kijker) -> Regio | None:
    """The region whose figures this viewer sees."""
    own = Regio.objects.filter(pk__in=kijker.ids(REGIOCOORDINATOR)).order_by("naam").first()
    if own is not None:
        return own
    codes = Gemeente.objects.filter(pk__in=kijker.ids(GEMEENTEMEDEWERKER), regio__isnull=False)
    gemeente = codes.select_related("regio").order_by("naam").first()
    return gemeente.regio if gemeente else None


def picture(kijker: Kijker, keuze: Mapping[str, str], *, op: datetime) -> Beeld | None:
    """The page for this viewer; None when no region is theirs. `keuze` holds `periode` and `gemeente`, as in the URL."""
    regio = regio_of(kijker)
    if regio is None:
        return None
    names = gemeenten_of(regio)
    coordinates = regio.pk in kijker.ids(REGIOCOORDINATOR)
    mine = Gemeente.objects.filter(pk__in=kijker.ids(GEMEENTEMEDEWERKER), regio=regio).order_by("naam")
    offered = {"": "De hele regio", **names} if coordinates else {gemeente.code: gemeente.naam for gemeente in mine}
    eigen = keuze.get("gemeente", "")
    if eigen not in offered:
        eigen = next(iter(offered))
    today = op.astimezone(AMSTERDAM).date()
    perioden = choices(first_day(regio) or today, today)
    periode = parse_period(keuze.get("periode", ""), perioden)
    norm = response_norm(regio)
    jaar = periode.schooljaar
    cijfers = make_figures(count(regio, jaar=jaar, norm=norm, nu=op), jaar=jaar, gemeenten=names)
    here = eigen or None
    return Beeld(
        regio=regio,
        eigen=eigen,
        eigen_naam=names.get(eigen, regio.naam),
        gemeenten=offered,
        perioden=perioden,
        periode=periode,
        instroom=_flow(cijfers, here, periode, norm),
        stand=_present(cijfers, here),
        rijen=cijfers.rows(here),
        kwartalen=[_quarter(cijfers, here, quarter) for quarter in perioden if quarter.kwartaal and quarter.schooljaar == jaar],
        norm=norm,
        wacht_echt=_queue(kijker) if coordinates else None,
    )


def _queue(kijker: Kijker) -> int:
    """The regiocoördinator's own work: how many casussen wait for a team. Their work list shows each of them."""
    return Casus.objects.stuurbaar_door(kijker).filter(status=Status.TE_ROUTEREN).count()


def _flow(cijfers: Cijfers, here: str | None, periode: Periode, norm: int) -> list[Maat]:
    days = f"{norm} werkdagen" if norm != 1 else "1 werkdag"
    return [
        Maat(
            "Aangemelde casussen",
            "Casussen die in deze periode bij een wijkteam zijn aangemeld.",
            cijfers.submitted(here, periode),
            cijfers.submitted(None, periode),
        ),
        Maat(
            "Eerste reactie: de helft binnen",
            "De mediaan van de tijd tussen aanmelden en 'ontvangen', in kantoortijd. Alleen casussen die al een reactie kregen.",
            cijfers.median(here, periode),
            cijfers.median(None, periode),
            f"binnen {days}",
        ),
        Maat(
            "Eerste reactie: 9 van de 10 binnen",
            "Het 90e percentiel van dezelfde tijd: één op de tien duurde langer.",
            cijfers.p90(here, periode),
            cijfers.p90(None, periode),
            f"binnen {days}",
        ),
        Maat(
            "Op tijd een reactie",
            f"Deel dat binnen {days} een reactie kreeg, van alles wat een reactie kreeg of al had moeten krijgen.",
            cijfers.in_time(here, periode),
            cijfers.in_time(None, periode),
            "100%",
        ),
        Maat(
            "Doorgezet",
            "Casussen die een wijkteam doorgaf aan een ander wijkteam.",
            cijfers.sent_on(here, periode),
            cijfers.sent_on(None, periode),
        ),
        Maat(
            "Teruggelegd",
            "Casussen die met een advies teruggingen naar school.",
            cijfers.returned(here, periode),
            cijfers.returned(None, periode),
        ),
    ]


def _present(cijfers: Cijfers, here: str | None) -> list[Maat]:
    return [
        Maat(
            "Te laat",
            "Casussen die nu open staan en waarvan een termijn voorbij is, bij het wijkteam of bij de school.",
            cijfers.late_now(here),
            cijfers.late_now(None),
        ),
        Maat(
            "Wacht op een wijkteam",
            "Casussen bij de regiocoördinator, die nog geen wijkteam hebben. In de regio tellen ook leerlingen van elders mee.",
            cijfers.waiting(here),
            cijfers.waiting(None),
        ),
    ]


def _quarter(cijfers: Cijfers, here: str | None, periode: Periode) -> Kwartaal:
    return Kwartaal(
        naam=periode.naam,
        aangemeld=cijfers.submitted(here, periode),
        mediaan=cijfers.median(here, periode),
        op_tijd=cijfers.in_time(here, periode),
        regio_mediaan=cijfers.median(None, periode),
        regio_op_tijd=cijfers.in_time(None, periode),
    )
