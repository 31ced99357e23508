"""Read what was asked: forgiving in form, exact in meaning. What cannot be read is a Fout at its field, without the input."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from gebieden.adres import Adres, Fout, parse_adres
from scholen.queries import Onderwijsplek, exact_brin, find_school
from scholen.sectoren import Sector
from wijkteams.rules import LEEFTIJD_GELOOFWAARDIG, Kenmerken, age_on

_ISO = re.compile(r"(?P<jaar>[0-9]{4})-(?P<maand>[0-9]{1,2})-(?P<dag>[0-9]{1,2})")
_NEDERLANDS = re.compile(r"(?P<dag>[0-9]{1,2})[-/.](?P<maand>[0-9]{1,2})[-/.](?P<jaar>[0-9]{4})")
_SECTOREN = frozenset(Sector.values)
TEKST_MAX = 40


@dataclass(frozen=True, slots=True)
class Vraag:
    """A question that can be answered. `sector_gegeven`: named by whoever asked, not taken from the school."""

    adres: Adres
    peildatum: date
    kenmerken: Kenmerken
    plek: Onderwijsplek | None
    sector_gegeven: bool
    geheim: bool


def read_question(
    *,
    postcode: object,
    huisnummer: object,
    huisletter: object,
    toevoeging: object,
    sector: object,
    school: object,
    geboortedatum: object,
    peildatum: object,
    geheim: bool,
    today: date,
) -> Vraag | tuple[date, tuple[Fout, ...]]:
    """The question, or the peildatum and every mistake in it: at most one per field, in the order of the form."""
    adres = parse_adres(postcode, huisnummer, huisletter, toevoeging)
    gelezen_sector = read_sector(sector)
    plek = _read_school(school)
    op = read_date(peildatum, "peildatum")
    dag = op if isinstance(op, date) else today
    leeftijd = read_age(geboortedatum, op=dag, today=today)
    fouten = tuple(deel for deel in (gelezen_sector, plek, leeftijd, op) if isinstance(deel, Fout))
    if isinstance(adres, list):
        return dag, (*adres, *fouten)
    if isinstance(gelezen_sector, Fout) or isinstance(plek, Fout) or isinstance(leeftijd, Fout) or isinstance(op, Fout):
        return dag, fouten
    return Vraag(
        adres=adres,
        peildatum=dag,
        kenmerken=combine(gelezen_sector, plek, leeftijd),
        plek=plek,
        sector_gegeven=gelezen_sector is not None,
        geheim=geheim,
    )


def combine(sector: str | None, plek: Onderwijsplek | None, leeftijd: int | None) -> Kenmerken:
    """What is known of the pupil: the sector that was given, else those of the school, else any."""
    sectoren = (sector,) if sector is not None else (plek.sectoren if plek else ()) or tuple(Sector.values)
    return Kenmerken(
        sectoren=sectoren,
        leeftijd=leeftijd,
        school_id=plek.school_id if plek else None,
        vestiging_id=plek.vestiging_id if plek else None,
    )


def read_sector(invoer: object) -> str | Fout | None:
    if invoer is None or (isinstance(invoer, str) and not invoer.strip()):
        return None
    sector = invoer.strip().lower() if isinstance(invoer, str) else ""
    return sector if sector in _SECTOREN else Fout("sector", "Deze sector kennen we niet. Kies uit po, so, vo, vso, pro of mbo.")


def read_brin(invoer: object) -> str | Fout | None:
    """The exact BRIN; whether we know that school is another question."""
    if invoer is None or (isinstance(invoer, str) and not invoer.strip()):
        return None
    brin = exact_brin(invoer) if isinstance(invoer, str) else None
    return brin or Fout("school", "Dit is geen BRIN: een school heeft 4 tekens (12AB), een vestiging 6 (12AB00).")


SCHOOL_ONBEKEND = Fout("school", "Deze school kennen we niet. Controleer de BRIN, of laat dit veld leeg.")


def _read_school(invoer: object) -> Onderwijsplek | Fout | None:
    brin = read_brin(invoer)
    return (find_school(brin) or SCHOOL_ONBEKEND) if isinstance(brin, str) else brin


def read_date(invoer: object, veld: str) -> date | Fout | None:
    """A date, '2010-12-31' or '31-12-2010'."""
    if isinstance(invoer, datetime):
        return invoer.date()
    if invoer is None or isinstance(invoer, date):
        return invoer
    tekst = invoer.strip() if isinstance(invoer, str) else "?"
    if not tekst:
        return None
    match = (_ISO.fullmatch(tekst) or _NEDERLANDS.fullmatch(tekst)) if len(tekst) <= TEKST_MAX else None
    if match is None:
        return Fout(veld, "Schrijf een datum als 31-12-2010.")
    try:
        return date(int(match["jaar"]), int(match["maand"]), int(match["dag"]))
    except ValueError:
        return Fout(veld, "Deze datum bestaat niet.")


def read_age(geboortedatum: object, *, op: date, today: date) -> int | Fout | None:
    """The age on the peildatum. A birth in the future, or longer ago than people live, is a slip."""
    geboren = read_date(geboortedatum, "geboortedatum")
    if not isinstance(geboren, date):
        return geboren
    if geboren > today:
        return Fout("geboortedatum", "De geboortedatum ligt in de toekomst.")
    if geboren > op:
        return Fout("geboortedatum", "De geboortedatum ligt na de peildatum.")
    if age_on(geboren, today) > LEEFTIJD_GELOOFWAARDIG:
        return Fout("geboortedatum", f"Controleer het jaar: de leerling zou ouder dan {LEEFTIJD_GELOOFWAARDIG} jaar zijn.")
    return age_on(geboren, op)
