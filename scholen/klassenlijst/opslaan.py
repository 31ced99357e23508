"""Store pupils of a class list: who is known already is brought up to date, nobody is made twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection

from scholen.klassenlijst.rijen import Rij, fold
from scholen.models import Leerling, School

_VELDEN = (
    *("vestiging_id", "leerlingnummer", "voornaam", "achternaam", "geboortedatum", "sector", "klas"),
    *("postcode", "huisnummer", "huisletter", "toevoeging", "geheim_adres"),
)
_SOORTEN = ("bigint", "text", "text", "text", "date", "text", "text", "text", "int", "text", "text", "boolean")
_ARRAYS = ", ".join(f"%s::{soort}[]" for soort in _SOORTEN)

#: A colleague may make the same pupil this very moment, with a casus: then this row brings that one up to date.
_NIEUW = f"""
INSERT INTO scholen_leerling ({", ".join(_VELDEN)})
SELECT * FROM unnest({_ARRAYS})
ON CONFLICT ON CONSTRAINT leerling_nummer_per_vestiging DO UPDATE SET
    {", ".join(f"{veld} = EXCLUDED.{veld}" for veld in _VELDEN[2:7])},
    geheim_adres = scholen_leerling.geheim_adres OR EXCLUDED.geheim_adres
"""  # noqa: S608  (names of our own columns)
_BIJWERKEN = f"""
UPDATE scholen_leerling SET {", ".join(f"{veld} = nieuw.{veld}" for veld in _VELDEN)}
FROM unnest(%s::bigint[], {_ARRAYS}) AS nieuw (id, {", ".join(_VELDEN)})
WHERE scholen_leerling.id = nieuw.id
"""  # noqa: S608  (names of our own columns)


@dataclass(frozen=True, slots=True)
class Bekend:
    """A pupil as the school knows them, in the order of `_VELDEN`."""

    id: int
    vestiging_id: int
    leerlingnummer: str
    voornaam: str
    achternaam: str
    geboortedatum: date | None
    sector: str
    klas: str
    postcode: str
    huisnummer: int | None
    huisletter: str
    toevoeging: str
    geheim_adres: bool

    def values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, veld) for veld in _VELDEN)


@dataclass(slots=True)
class Telling:
    nieuw: int = 0
    bijgewerkt: int = 0
    ongewijzigd: int = 0


@dataclass(slots=True)
class Schoolbestand:
    """The pupils of a school, by what a list may know them by."""

    per_nummer: dict[tuple[int, str], Bekend] = field(default_factory=dict)
    elders: dict[str, list[Bekend]] = field(default_factory=lambda: defaultdict(list))
    per_naam: dict[tuple[str, str, date], list[Bekend]] = field(default_factory=lambda: defaultdict(list))

    def add(self, bekend: Bekend) -> None:
        self.per_nummer[bekend.vestiging_id, bekend.leerlingnummer] = bekend
        self.elders[bekend.leerlingnummer].append(bekend)
        if bekend.geboortedatum:
            self.per_naam[fold(bekend.voornaam), fold(bekend.achternaam), bekend.geboortedatum].append(bekend)

    def find(self, rij: Rij, eigen_nummers: frozenset[str]) -> Bekend | None:
        """By number at this location; by number and name at another location of the school (who moved); and by name and birth
        date alone, unless that pupil is in the list under the own number."""
        if rij.leerlingnummer:
            if bekend := self.per_nummer.get((rij.vestiging_id, rij.leerlingnummer)):
                return bekend
            naam = (fold(rij.voornaam), fold(rij.achternaam))
            verhuisd = [b for b in self.elders.get(rij.leerlingnummer, ()) if (fold(b.voornaam), fold(b.achternaam)) == naam]
            if len(verhuisd) == 1 and (rij.geboortedatum is None or verhuisd[0].geboortedatum in {None, rij.geboortedatum}):
                return verhuisd[0]
        gelijk = self.per_naam.get(rij.naam_sleutel, ()) if rij.naam_sleutel else ()
        if rij.leerlingnummer:
            gelijk = [bekend for bekend in gelijk if bekend.leerlingnummer not in eigen_nummers]
        return gelijk[0] if len(gelijk) == 1 else None


def load_school(school_id: int, *, lock: bool = False) -> Schoolbestand:
    """All pupils of a school; with `lock` no other list of the same school is stored meanwhile (a casus may be)."""
    if lock:
        School.objects.select_for_update(no_key=True).get(pk=school_id)
    bestand = Schoolbestand()
    for waarden in Leerling.objects.filter(vestiging__school_id=school_id).order_by("id").values_list("id", *_VELDEN):
        bestand.add(Bekend(*waarden))
    return bestand


def unknown_without_number(bestand: Schoolbestand, rijen: Iterable[Rij]) -> list[Rij]:
    """Rows without a number whose pupil the school does not know: those cannot be made."""
    return [rij for rij in rijen if not rij.leerlingnummer and bestand.find(rij, frozenset()) is None]


def foresee(school_id: int, rijen: Sequence[Rij]) -> Telling:
    """What storing these rows would do now. One query."""
    nummers = frozenset(rij.leerlingnummer for rij in rijen if rij.leerlingnummer)
    return _sort_out(load_school(school_id), rijen, nummers)[0]


def store(school_id: int, rijen: Sequence[Rij], eigen_nummers: frozenset[str]) -> Telling:
    """Within a transaction. What the list does not say stays as it was; a secret address stays secret, whatever a list says."""
    telling, nieuw, anders = _sort_out(load_school(school_id, lock=True), rijen, eigen_nummers)
    with connection.cursor() as cursor:
        if anders:
            cursor.execute(_BIJWERKEN, [list(anders), *_columns([bekend.values() for bekend in anders.values()])])
        if nieuw:
            cursor.execute(_NIEUW, _columns(nieuw))
    return telling


def _sort_out(
    bestand: Schoolbestand, rijen: Sequence[Rij], eigen_nummers: frozenset[str]
) -> tuple[Telling, list[tuple[Any, ...]], dict[int, Bekend]]:
    """Who is to be made, and who is to be brought up to date."""
    telling = Telling()
    nieuw: list[tuple[Any, ...]] = []
    anders: dict[int, Bekend] = {}
    for rij in rijen:
        bekend = bestand.find(rij, eigen_nummers)
        if bekend is None and not rij.leerlingnummer:  # was known when the list was checked, and is gone since
            telling.ongewijzigd += 1
            continue
        if bekend is None:
            nieuw.append(_new(rij))
            telling.nieuw += 1
            continue
        straks = _merge(bekend, rij)
        if straks == bekend:
            telling.ongewijzigd += 1
        else:
            anders[bekend.id] = straks
            telling.bijgewerkt += 1
    return telling, nieuw, anders


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(kolom) for kolom in zip(*rows, strict=True)]


def _new(rij: Rij) -> tuple[Any, ...]:
    adres = rij.adres
    return (
        rij.vestiging_id,
        rij.leerlingnummer,
        rij.voornaam,
        rij.achternaam,
        rij.geboortedatum,
        rij.sector,
        rij.klas,
        adres.postcode if adres else "",
        adres.huisnummer if adres else None,
        adres.huisletter if adres else "",
        adres.toevoeging if adres else "",
        rij.geheim,
    )


def _merge(bekend: Bekend, rij: Rij) -> Bekend:
    adres = rij.adres
    straks = replace(
        bekend,
        vestiging_id=rij.vestiging_id,
        leerlingnummer=rij.leerlingnummer or bekend.leerlingnummer,
        voornaam=rij.voornaam,
        achternaam=rij.achternaam,
        geboortedatum=rij.geboortedatum or bekend.geboortedatum,
        sector=rij.sector or bekend.sector,
        klas=rij.klas or bekend.klas,
        geheim_adres=bekend.geheim_adres or rij.geheim,
    )
    if adres is None:
        return straks
    return replace(
        straks,
        postcode=adres.postcode,
        huisnummer=adres.huisnummer,
        huisletter=adres.huisletter,
        toevoeging=adres.toevoeging,
    )
