"""From cells to pupils: every row is read whole, and whatever is wrong is said once per cell. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gebieden.adres import Adres, parse_adres
from scholen.klassenlijst.waarden import (
    Onleesbaar,
    number_of_street,
    read_birth_date,
    read_secret,
    read_sector,
    split_name,
)
from scholen.leerlingnummer import BSN, looks_like_bsn

LENGTE = {"leerlingnummer": 20, "voornaam": 80, "achternaam": 120, "klas": 20}
#: At which column a mistake of the address is shown, when its own is not there.
_ELDERS = {"huisletter": "huisnummer", "toevoeging": "huisnummer", "huisnummer": "adres"}


@dataclass(frozen=True, slots=True)
class Plek:
    """A location of the school: what a cell may call it, and the sectors taught there."""

    id: int
    brin: str
    naam: str
    sectoren: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plaatsing:
    """Where the pupils of a list go when the list itself does not say; `op` is the day on which it is read."""

    plekken: tuple[Plek, ...]
    standaard: int
    sector: str
    op: date


@dataclass(frozen=True, slots=True)
class Rij:
    """One pupil as the list has it; '' and None: the list says nothing."""

    nummer: int
    vestiging_id: int
    leerlingnummer: str
    voornaam: str
    achternaam: str
    geboortedatum: date | None
    sector: str
    klas: str
    adres: Adres | None
    geheim: bool

    @property
    def naam_sleutel(self) -> tuple[str, str, date] | None:
        """By what a pupil without a number is known."""
        if self.geboortedatum is None:
            return None
        return (fold(self.voornaam), fold(self.achternaam), self.geboortedatum)


@dataclass(frozen=True, slots=True)
class RijFout:
    """What is wrong, and where: the row as a spreadsheet numbers it, the field, and why. Never what was typed."""

    rij: int
    veld: str
    reden: str

    def as_json(self) -> dict[str, Any]:
        return {"rij": self.rij, "veld": self.veld, "reden": self.reden}


@dataclass(frozen=True, slots=True)
class Lezing:
    """`goed` in the order of the file; a row with any mistake is in `fouten` alone."""

    goed: list[Rij]
    fouten: list[RijFout] = field(default_factory=list)

    @property
    def foute_rijen(self) -> list[int]:
        return list(dict.fromkeys(fout.rij for fout in self.fouten))


def fold(tekst: str) -> str:
    return " ".join(tekst.split()).casefold()


def missing_columns(velden: Iterable[str]) -> list[str]:
    """What a list cannot do without, in words."""
    er = set(velden)
    mist = []
    if "naam" not in er and not {"voornaam", "achternaam"} <= er:
        mist.append("de naam (voornaam en achternaam)")
    if "leerlingnummer" not in er and "geboortedatum" not in er:
        mist.append("het leerlingnummer")
    return mist


def read_rows(rijen: Sequence[tuple[int, list[str]]], velden: Sequence[str], plaatsing: Plaatsing) -> Lezing:
    plekken = {veld: plek for plek, veld in enumerate(velden) if veld}
    lezer = _Lezer(plaatsing, frozenset(plekken))
    goed: list[Rij] = []
    fouten: list[RijFout] = []
    for nummer, cellen in rijen:
        cel = {veld: cellen[plek] if plek < len(cellen) else "" for veld, plek in plekken.items()}
        rij, mis = lezer.read(nummer, cel)
        if rij is None:
            fouten += mis
        else:
            goed.append(rij)
    return _without_doubles(goed, fouten)


@dataclass(slots=True)
class _Lezer:
    plaatsing: Plaatsing
    kolommen: frozenset[str]

    def read(self, nummer: int, cel: Mapping[str, str]) -> tuple[Rij | None, list[RijFout]]:
        fouten: list[RijFout] = []

        def attempt(veld: str, lees: Any, anders: Any) -> Any:
            try:
                return lees()
            except Onleesbaar as mis:
                fouten.append(RijFout(nummer, veld, str(mis)))
                return anders

        plek = attempt("vestiging", lambda: self._location(cel.get("vestiging", "")), None)
        voornaam, achternaam = attempt("naam" if "naam" in self.kolommen else "achternaam", lambda: self._name(cel), ("", ""))
        geboren = attempt("geboortedatum", lambda: read_birth_date(cel.get("geboortedatum", ""), op=self.plaatsing.op), None)
        sector = attempt("sector", lambda: self._sector(cel.get("sector", ""), plek), "")
        geheim = attempt("geheim", lambda: read_secret(cel.get("geheim", "")), anders=True)
        adres = self._address(nummer, cel, fouten)
        leerlingnummer = cel.get("leerlingnummer", "").strip()
        klas = cel.get("klas", "")
        if not leerlingnummer and geboren is None and not any(fout.veld == "geboortedatum" for fout in fouten):
            fouten.append(RijFout(nummer, "leerlingnummer", "Vul het leerlingnummer in."))
        if looks_like_bsn(leerlingnummer):
            fouten.append(RijFout(nummer, "leerlingnummer", BSN))
        for veld, waarde in (
            ("leerlingnummer", leerlingnummer),
            ("voornaam", voornaam),
            ("achternaam", achternaam),
            ("klas", klas),
        ):
            if len(waarde) > LENGTE[veld]:
                fouten.append(RijFout(nummer, veld, f"Dit is te lang: gebruik hoogstens {LENGTE[veld]} tekens."))
        if fouten or plek is None:
            return None, fouten
        return Rij(nummer, plek.id, leerlingnummer, voornaam, achternaam, geboren, sector, klas, adres, geheim), []

    def _location(self, tekst: str) -> Plek:
        plekken = self.plaatsing.plekken
        if not tekst:
            return next(plek for plek in plekken if plek.id == self.plaatsing.standaard)
        plat = fold(tekst).upper().replace(" ", "")
        for plek in plekken:
            if plat in {plek.brin, plek.brin[4:], fold(plek.naam).upper().replace(" ", "")}:
                return plek
        if plat == plekken[0].brin[:4] or (plat.isdigit() and len(plekken) == 1 and plat.zfill(2) == plekken[0].brin[4:]):
            return next(plek for plek in plekken if plek.id == self.plaatsing.standaard)
        raise Onleesbaar("Deze vestiging kennen we niet bij uw school. Schrijf de naam, of de BRIN van 6 tekens.")

    def _name(self, cel: Mapping[str, str]) -> tuple[str, str]:
        voornaam, achternaam = cel.get("voornaam", ""), cel.get("achternaam", "")
        if not (voornaam and achternaam) and cel.get("naam"):
            uit_voornaam, uit_achternaam = split_name(cel["naam"])
            voornaam, achternaam = voornaam or uit_voornaam, achternaam or uit_achternaam
        if not voornaam or not achternaam:
            raise Onleesbaar("Vul de voornaam en de achternaam in.")
        tussen = cel.get("tussenvoegsel", "")
        return voornaam, achternaam if not tussen or fold(achternaam).startswith(f"{fold(tussen)} ") else f"{tussen} {achternaam}"

    def _sector(self, tekst: str, plek: Plek | None) -> str:
        if tekst:
            return read_sector(tekst)
        if plek is None:
            return ""
        if self.plaatsing.sector and self.plaatsing.sector in plek.sectoren:
            return self.plaatsing.sector
        if len(plek.sectoren) == 1:
            return plek.sectoren[0]
        raise Onleesbaar("Deze vestiging geeft meer dan één sector. Zet de sector in de lijst, of kies die bij het uploaden.")

    def _address(self, nummer: int, cel: Mapping[str, str], fouten: list[RijFout]) -> Adres | None:
        huisnummer = cel.get("huisnummer", "")
        delen = [cel.get(veld, "") for veld in ("postcode", "huisnummer", "huisletter", "toevoeging")]
        if not any(delen):
            return None
        if not huisnummer and cel.get("adres"):
            try:
                huisnummer = number_of_street(cel["adres"])
            except Onleesbaar as mis:
                fouten.append(RijFout(nummer, "adres", str(mis)))
                return None
        adres = parse_adres(delen[0], huisnummer, delen[2], delen[3])
        if isinstance(adres, Adres):
            return adres
        fouten += [RijFout(nummer, self._shown_at(fout.veld), fout.melding) for fout in adres]
        return None

    def _shown_at(self, veld: str) -> str:
        while veld not in self.kolommen and veld in _ELDERS:
            veld = _ELDERS[veld]
        return veld


def _without_doubles(goed: list[Rij], fouten: list[RijFout]) -> Lezing:
    """A pupil who is in the list twice: the same row again is left out, two that differ are both for the school to look at."""
    eerste: dict[tuple[Any, ...], Rij] = {}
    mis = list(fouten)
    weg: set[int] = set()
    for rij in goed:
        sleutel = (rij.vestiging_id, rij.leerlingnummer) if rij.leerlingnummer else rij.naam_sleutel
        ander = eerste.setdefault(sleutel or (rij.nummer,), rij)
        if ander is rij:
            continue
        veld = "leerlingnummer" if rij.leerlingnummer else "naam"
        weg.add(rij.nummer)
        if replace(ander, nummer=rij.nummer) == rij:
            mis.append(RijFout(rij.nummer, veld, f"Deze leerling staat ook op rij {ander.nummer}."))
            continue
        mis.append(RijFout(rij.nummer, veld, f"Op rij {ander.nummer} staat dezelfde leerling met andere gegevens."))
        if ander.nummer not in weg:
            weg.add(ander.nummer)
            mis.append(RijFout(ander.nummer, veld, f"Op rij {rij.nummer} staat dezelfde leerling met andere gegevens."))
    mis.sort(key=lambda fout: fout.rij)
    return Lezing([rij for rij in goed if rij.nummer not in weg], mis)
