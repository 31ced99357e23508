"""One cell at a time: what was typed, as its field knows it. Pure. What cannot be read raises Onleesbaar, without the input."""

import re
from datetime import date, timedelta

from scholen.sectoren import Sector

LEEFTIJD_MAX = 100
#: Day 0 of Excel's calendar, and the days between which a number in a date column is such a day (1954–2064).
_EXCEL_NUL, _EXCEL = date(1899, 12, 30), range(20_000, 60_300)
_MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+)?")
_NEDERLANDS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4}|\d{2})(?:[T ][\d:.]+)?")
_AANEEN = re.compile(r"(?:(?P<j>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)|(?P<d2>\d\d)(?P<m2>\d\d)(?P<j2>(?:19|20)\d\d))")
_JA = frozenset({"ja", "j", "y", "yes", "1", "x", "waar", "true", "geheim", "afgeschermd"})
_NEE = frozenset({"", "nee", "n", "no", "0", "-", "onwaar", "false", "niet geheim", "openbaar"})
_SCHOOLSOORT = {
    "vmbo": Sector.VO,
    "mavo": Sector.VO,
    "havo": Sector.VO,
    "vwo": Sector.VO,
    "gymnasium": Sector.VO,
    "atheneum": Sector.VO,
    "basisonderwijs": Sector.PO,
    "bao": Sector.PO,
    "sbo": Sector.PO,
    "praktijkonderwijs": Sector.PRO,
}


class Onleesbaar(Exception):  # noqa: N818  (the words of the house)
    """This cell says nothing that fits its field. The message says what does."""


def read_birth_date(tekst: str, *, op: date) -> date | None:
    """'17-05-2011', '17-5-11', '17 mei 2011', '2011-05-17', '20110517', and the day numbers of Excel."""
    if not tekst:
        return None
    gelezen = _date(tekst.lower().strip(), op)
    if gelezen > op:
        raise Onleesbaar("De geboortedatum ligt in de toekomst.")
    if op.year - gelezen.year > LEEFTIJD_MAX:
        raise Onleesbaar(f"Controleer het jaar: de leerling zou ouder dan {LEEFTIJD_MAX} jaar zijn.")
    return gelezen


def _date(tekst: str, op: date) -> date:
    if tekst.isascii() and tekst.isdigit() and len(tekst) == 5 and int(tekst) in _EXCEL:
        return _EXCEL_NUL + timedelta(days=int(tekst))
    try:
        if match := _ISO.fullmatch(tekst):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _AANEEN.fullmatch(tekst):
            delen = (match["j"] or match["j2"], match["m"] or match["m2"], match["d"] or match["d2"])
            jaar, maand, dag = (int(deel) for deel in delen)
            return date(jaar, maand, dag)
        if match := _NEDERLANDS.fullmatch(tekst):
            return date(_year(match[3], op), _month(match[2]), int(match[1]))
    except ValueError:
        raise Onleesbaar("Deze datum bestaat niet.") from None
    raise Onleesbaar("Schrijf een datum als 17-05-2011.")


def _year(tekst: str, op: date) -> int:
    if len(tekst) == 4:
        return int(tekst)
    eeuw = op.year // 100 * 100
    return eeuw + int(tekst) if eeuw + int(tekst) <= op.year else eeuw - 100 + int(tekst)


def _month(tekst: str) -> int:
    if tekst.isdigit():
        return int(tekst)
    begin = {"mrt": "maa", "mar": "maa", "may": "mei", "oct": "okt"}.get(tekst[:3], tekst[:3])
    if begin not in _MAANDEN:
        raise ValueError(tekst)
    return _MAANDEN.index(begin) + 1


def read_secret(tekst: str) -> bool:
    plat = tekst.lower().strip()
    if plat in _JA:
        return True
    if plat in _NEE:
        return False
    raise Onleesbaar("Schrijf ja of nee.")


def read_sector(tekst: str) -> str:
    """'vo', 'VMBO-t', 'havo/vwo'."""
    plat = tekst.lower().strip()
    if plat in Sector.values:
        return plat
    labels = {sector.label: sector.value for sector in Sector}
    if plat in labels:
        return labels[plat]
    soorten = {_SCHOOLSOORT[deel].value for deel in re.findall(r"[a-z]+", plat) if deel in _SCHOOLSOORT}
    if len(soorten) == 1:
        return soorten.pop()
    raise Onleesbaar("Deze sector kennen we niet. Kies uit po, so, vo, vso, pro of mbo.")


def split_name(tekst: str) -> tuple[str, str]:
    """First name and last name out of 'Piet van der Berg', 'Berg, Piet van der' or 'Berg, van der, Piet'."""
    delen = [deel.strip() for deel in tekst.split(",") if deel.strip()]
    if len(delen) == 1:
        voornaam, _, achternaam = delen[0].partition(" ")
    elif len(delen) == 2:
        voornaam, _, tussen = delen[1].partition(" ")
        achternaam = f"{tussen} {delen[0]}".strip()
    else:
        voornaam, achternaam = delen[-1], f"{' '.join(delen[1:-1])} {delen[0]}"
    if not voornaam or not achternaam:
        raise Onleesbaar("Zet hier een voornaam en een achternaam, of gebruik twee kolommen.")
    return voornaam, achternaam


def number_of_street(tekst: str) -> str:
    """'12-A' out of 'Voorbeeldstraat 12-A'. More than one number is not guessed at."""
    match = re.fullmatch(r"[^0-9]+?[ ,]+([0-9]+[^0-9,]*(?:[ \-/]*[0-9]{1,3})?)", tekst.strip())
    if match is None or len(re.findall(r"[0-9]+", match[1])) > 2:
        raise Onleesbaar("We zien hier geen huisnummer. Zet het huisnummer in een eigen kolom.")
    return match[1].strip()
