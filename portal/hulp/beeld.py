"""The page 'Hulp op scholen' of one scope: which figures, over what time, as charts with their tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kern.kijker import Kijker
from portal.dashboard.bereik import Bereik, scopes_of
from portal.dashboard.indeling import Periode
from portal.dashboard.lezen import read as read_casussen
from portal.grafiek import VERBORGEN, Grafiek, Reeks, Soort, Waarde
from portal.hulp.cijfers import REGIO
from portal.hulp.queries import VORMEN, Hulp, School, read
from portal.uitvoer import Verborgen
from scholen.models import Hulpvorm

#: Schools on a page.
PER_PAGINA = 15
TELT = "Ingezette jeugdhulp: een leerling met twee soorten hulp in een schooljaar telt twee keer."
AFGEROND = (
    "Aantallen zijn afgerond op vijf. Een streepje: minder dan 10, of weggelaten omdat een ander getal dan te berekenen is."
)
LEERLINGEN = "Leerlingen: zoals aangeleverd, op de teldatum van dat schooljaar."
CASUSSEN = "Nieuwe casussen: in dat schooljaar in dit portaal aangemeld, zoals bij Cijfers."
Telling = Callable[[str, int], Waarde]


@dataclass(frozen=True, slots=True)
class Beeld:
    """Everything on the page. `jaren` are the school years with figures, the latest first."""

    bereiken: list[Bereik]
    bereik: Bereik
    jaren: list[Periode]
    jaar: Periode
    verloop: list[Grafiek]
    scholen: list[Grafiek]
    aantal_scholen: int

    @property
    def keuzes(self) -> list[tuple[str, str]]:
        return [(jaar.sleutel, jaar.sleutel) for jaar in self.jaren]

    @property
    def grafieken(self) -> list[Grafiek]:
        return [*self.verloop, *self.scholen]


def choose_scope(kijker: Kijker, gevraagd: str) -> tuple[list[Bereik], Bereik | None]:
    """What this viewer may look at, and which of those is asked for; anything else is the first."""
    scopes = scopes_of(kijker)
    return scopes, next((scope for scope in scopes if scope.sleutel == gevraagd), scopes[0] if scopes else None)


def picture(bereiken: list[Bereik], bereik: Bereik, jaar: str) -> Beeld | None:
    """The page of one scope with all its schools; None when nothing was delivered about it."""
    hulp = read(bereik.regio)
    row = _row(bereik)
    years = [year for year, own in hulp.jaren.items() if own.figure(row) is not None]
    if not years:
        return None
    chosen = next((year for year in years if Periode(year).sleutel == jaar), years[-1])
    cases = _cases(bereik)
    schools = _schools(bereik, hulp, chosen)
    over_time = [_kinds(bereik, hulp, years, cases)]
    if any(_pupils(bereik, hulp, year) for year in years):
        over_time.append(_rate(bereik, hulp, years))
    per_place: list[Grafiek] = []
    if bereik.soort == "regio":
        per_place.append(_homes(hulp, chosen))
    if len(schools) > 1 or bereik.soort == "gemeente":
        per_place += [_per_school(bereik, hulp, chosen, schools, cases), _school_kinds(bereik, hulp, chosen, schools)]
    return Beeld(
        bereiken=bereiken,
        bereik=bereik,
        jaren=[Periode(year) for year in reversed(years)],
        jaar=Periode(chosen),
        verloop=over_time,
        scholen=per_place,
        aantal_scholen=len(schools),
    )


def one_page(beeld: Beeld, van: int, tot: int) -> Beeld:
    """The same with so many schools only: on the screen, where a list is paged."""
    return replace(beeld, scholen=[_cut(one, van, tot) for one in beeld.scholen])


def _cut(one: Grafiek, van: int, tot: int) -> Grafiek:
    if one.sleutel == "per-school":
        return replace(one, x=one.x[van:tot], reeksen=_part(one.reeksen, van, tot), extra=_part(one.extra, van, tot))
    return replace(one, reeksen=one.reeksen[van:tot]) if one.sleutel == "vorm-per-school" else one


def _part(reeksen: Iterable[Reeks], van: int, tot: int) -> tuple[Reeks, ...]:
    return tuple(Reeks(reeks.naam, reeks.waarden[van:tot]) for reeks in reeksen)


# --- Whose ------------------------------------------------------------------------------------------------------
def _row(bereik: Bereik) -> str:
    """The row of this scope in the figures."""
    return REGIO if bereik.soort == "regio" else bereik.code


def _schools(bereik: Bereik, hulp: Hulp, jaar: int) -> list[School]:
    """The schools this scope may see by name: its own, or for a gemeente those that stand there."""

    def belongs(school: School) -> bool:
        match bereik.soort:
            case "regio":
                return True
            case "gemeente":
                return bereik.code in school.gemeenten
            case "samenwerkingsverband":
                return school.verband == bereik.code
            case _:
                return school.brin == bereik.code

    known = hulp.jaren[jaar]
    own = [school for school in hulp.scholen.values() if belongs(school) and known.figure(school.brin) is not None]
    return sorted(own, key=lambda school: school.naam)


def _pupils(bereik: Bereik, hulp: Hulp, jaar: int) -> int | None:
    """All pupils of the schools behind a row; None when of one of them it was not delivered, and for where pupils live."""
    if bereik.soort == "gemeente":
        return None
    return _sum(hulp, jaar, (school.brin for school in _schools(bereik, hulp, jaar)))


def _sum(hulp: Hulp, jaar: int, brins: Iterable[str]) -> int | None:
    found = [hulp.leerlingen.get((brin, jaar)) for brin in brins]
    known = [n for n in found if n is not None]
    return sum(known) if known and len(known) == len(found) else None


def _cases(bereik: Bereik) -> Telling:
    """New casussen per school year as they were published for this scope; no other count of them is shown here."""
    boek = read_casussen(bereik)

    def count(plek: str, jaar: int) -> Waarde:
        opname = boek.opname(Periode(jaar), bereik.blad if plek == bereik.eenheid else "school")
        return opname.figure(plek, "instroom") if opname else None

    return count


# --- Charts -----------------------------------------------------------------------------------------------------
def _kinds(bereik: Bereik, hulp: Hulp, years: list[int], cases: Telling) -> Grafiek:
    row = _row(bereik)
    total = tuple(hulp.jaren[year].figure(row) for year in years)
    extra = [Reeks("Alle hulp", total)]
    notes = [AFGEROND]
    pupils = [_pupils(bereik, hulp, year) for year in years]
    if any(pupils):
        extra.append(Reeks("Leerlingen", tuple(pupils)))
        notes.append(LEERLINGEN)
    casussen = tuple(cases(bereik.eenheid, year) for year in years)
    if any(value is not None for value in casussen):
        extra.append(Reeks("Nieuwe casussen", casussen))
        notes.append(CASUSSEN)
    return Grafiek(
        sleutel="vorm-per-jaar",
        titel=f"Welke hulp kregen leerlingen {_of(bereik)}?",
        telt=f"{_who(bereik)} {TELT}",
        soort=Soort.GESTAPELD,
        x=tuple(_year(year) for year in years),
        x_naam="Schooljaar",
        reeksen=tuple(Reeks(Hulpvorm(vorm).label, tuple(hulp.jaren[y].figure(row, vorm) for y in years)) for vorm in VORMEN),
        extra=tuple(extra),
        eenheid="keer hulp",
        periode=_span(years),
        opmerkingen=tuple(notes),
    )


def _rate(bereik: Bereik, hulp: Hulp, years: list[int]) -> Grafiek:
    row = _row(bereik)
    own = tuple(_per_hundred(hulp.jaren[y].figure(row), _pupils(bereik, hulp, y)) for y in years)
    lines = [Reeks(bereik.naam, own)]
    if bereik.soort != "regio":
        everyone = [(hulp.jaren[y].figure(REGIO), _sum(hulp, y, _delivered(hulp, y))) for y in years]
        lines.append(Reeks("Hele regio", tuple(_per_hundred(n, pupils) for n, pupils in everyone)))
    return Grafiek(
        sleutel="per-honderd",
        titel="Hoeveel hulp is er per 100 leerlingen?",
        telt=f"Ingezette hulp per 100 leerlingen die er op school zitten. {TELT}",
        soort=Soort.LIJNEN,
        x=tuple(_year(year) for year in years),
        x_naam="Schooljaar",
        reeksen=tuple(lines),
        decimalen=1,
        eenheid="per 100 leerlingen",
        periode=_span(years),
        opmerkingen=("Berekend uit de afgeronde aantallen.",),
    )


def _per_school(bereik: Bereik, hulp: Hulp, jaar: int, schools: list[School], cases: Telling) -> Grafiek:
    totals = tuple(hulp.jaren[jaar].figure(school.brin) for school in schools)
    pupils = tuple(hulp.leerlingen.get((school.brin, jaar)) for school in schools)
    extra = [Reeks("Leerlingen", pupils)]
    extra.append(Reeks("Per 100 leerlingen", tuple(map(_per_hundred, totals, pupils))))
    casussen = tuple(cases(school.brin, jaar) for school in schools) if bereik.soort != "gemeente" else ()
    if any(value is not None for value in casussen):
        extra.append(Reeks("Nieuwe casussen", casussen))
    return Grafiek(
        sleutel="per-school",
        titel="Hoeveel hulp is er op elke school?",
        telt=f"{_schools_of(bereik)} {TELT}",
        soort=Soort.STAVEN,
        liggend=True,
        x=tuple(school.naam for school in schools),
        x_naam="School",
        reeksen=(Reeks("Ingezette hulp", totals),),
        extra=tuple(extra),
        decimalen=1,
        eenheid="keer hulp",
        periode=_year(jaar),
        opmerkingen=(AFGEROND, LEERLINGEN, *([CASUSSEN] if len(extra) > 2 else [])),
    )


def _school_kinds(bereik: Bereik, hulp: Hulp, jaar: int, schools: list[School]) -> Grafiek:
    rows = {school.brin: school.naam for school in schools}
    one = _heat(hulp, jaar, rows, sleutel="vorm-per-school", titel="Welke hulp is er op welke school?", naam="School")
    return replace(one, telt=f"{_schools_of(bereik)} {TELT}")


def _homes(hulp: Hulp, jaar: int) -> Grafiek:
    titel = "Waar wonen de leerlingen met hulp?"
    return _heat(hulp, jaar, hulp.gemeenten, sleutel="vorm-per-gemeente", titel=titel, naam="Woongemeente")


def _heat(hulp: Hulp, jaar: int, rows: Mapping[str, str], *, sleutel: str, titel: str, naam: str) -> Grafiek:
    figures = hulp.jaren[jaar]
    return Grafiek(
        sleutel=sleutel,
        titel=titel,
        telt=f"Leerlingen van de scholen in de regio. {TELT}",
        soort=Soort.WARMTE,
        x=tuple(Hulpvorm(vorm).label for vorm in VORMEN),
        x_naam=naam,
        reeksen=tuple(Reeks(label, tuple(figures.figure(key, vorm) for vorm in VORMEN)) for key, label in rows.items()),
        eenheid="keer hulp",
        periode=_year(jaar),
        opmerkingen=(AFGEROND,),
    )


def _delivered(hulp: Hulp, jaar: int) -> list[str]:
    """The schools that figures of this year were delivered about."""
    return [brin for brin in hulp.scholen if hulp.jaren[jaar].figure(brin) is not None]


def _per_hundred(aantal: Waarde, leerlingen: int | None) -> Waarde:
    if isinstance(aantal, Verborgen):
        return VERBORGEN
    return None if aantal is None or not leerlingen else round(100 * aantal / leerlingen, 1)


# --- Words ------------------------------------------------------------------------------------------------------
def _year(jaar: int) -> str:
    return Periode(jaar).sleutel


def _span(years: list[int]) -> str:
    return _year(years[0]) if len(years) == 1 else f"{_year(years[0])} tot en met {_year(years[-1])}"


def _of(bereik: Bereik) -> str:
    match bereik.soort:
        case "regio":
            return "op scholen in de regio"
        case "gemeente":
            return f"uit {bereik.naam}"
        case "samenwerkingsverband":
            return f"van de scholen van {bereik.naam}"
        case _:
            return f"van {bereik.naam}"


def _who(bereik: Bereik) -> str:
    match bereik.soort:
        case "regio":
            return "Leerlingen van alle scholen in de regio, waar zij ook wonen."
        case "gemeente":
            return f"Leerlingen die in {bereik.naam} wonen en in de regio naar school gaan."
        case _:
            return f"Leerlingen {_of(bereik)}, waar zij ook wonen."


def _schools_of(bereik: Bereik) -> str:
    if bereik.soort == "gemeente":
        return f"Scholen die in {bereik.naam} staan, met al hun leerlingen: ook wie in een andere gemeente woont."
    return "Alle leerlingen van de school, waar zij ook wonen."
