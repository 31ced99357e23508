"""Pure decisions about edities: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: A table may be this many percent smaller than the active one before someone has to look at it.
KRIMP_PROCENT = 5
GENOEMD = 10


class SoortBevinding(StrEnum):
    """Why an editie does not become active by itself."""

    LEEG = "leeg"
    GEWEIGERD = "geweigerd"
    GEEN_NAMEN = "geen_namen"
    ONBEKENDE_CODE = "onbekende_code"
    DUBBELE_SLEUTEL = "dubbele_sleutel"
    KRIMP = "krimp"


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One reason, in words; `aantal` is how many rows, codes or keys it is about."""

    soort: SoortBevinding
    aantal: int
    tekst: str

    def as_json(self) -> dict[str, object]:
        return {"soort": self.soort.value, "aantal": self.aantal, "tekst": self.tekst}


def editie_label(jaar: int, versie: int) -> str:
    """How an editie is named on screen and in JSON: '2025', a later version of the same year '2025-2'."""
    return str(jaar) if versie == 1 else f"{jaar}-{versie}"


def assess_import(
    *,
    geweigerd: int,
    adressen: int,
    dubbel: int,
    zonder_namen: Sequence[str],
    onbekend: Mapping[str, Sequence[str]],
    actief_adressen: int | None,
) -> tuple[Bevinding, ...]:
    """Everything that keeps a loaded table from becoming active by itself.

    `zonder_namen`: kinds of area for which there was no name file; `onbekend`: per kind the codes that stand in no name file;
    `dubbel`: keys (postcode and number) that lie in two areas; `actief_adressen`: None when no editie is active yet.
    """
    uit: list[Bevinding] = []
    if adressen == 0:
        uit.append(Bevinding(SoortBevinding.LEEG, 0, "Geen enkele rij is bruikbaar."))
    if geweigerd:
        uit.append(Bevinding(SoortBevinding.GEWEIGERD, geweigerd, f"{_number(geweigerd, 'rij is', 'rijen zijn')} geweigerd."))
    if zonder_namen:
        welke = " en ".join(filter(None, [", ".join(zonder_namen[:-1]), zonder_namen[-1]]))
        tekst = f"Er is geen naambestand voor {welke}: de codes zijn niet te controleren."
        uit.append(Bevinding(SoortBevinding.GEEN_NAMEN, len(zonder_namen), tekst))
    for soort, codes in onbekend.items():
        if codes:
            welke = ", ".join(codes[:GENOEMD]) + (" …" if len(codes) > GENOEMD else "")
            tekst = f"{_number(len(codes), f'{soort}code staat', f'{soort}codes staan')} niet in de naambestanden: {welke}."
            uit.append(Bevinding(SoortBevinding.ONBEKENDE_CODE, len(codes), tekst))
    if dubbel:
        tekst = f"{_number(dubbel, 'adres ligt', 'adressen liggen')} in meer dan één buurt."
        uit.append(Bevinding(SoortBevinding.DUBBELE_SLEUTEL, dubbel, tekst))
    if actief_adressen and is_shrunk(adressen, actief_adressen):
        procent = f"{100 * (actief_adressen - adressen) / actief_adressen:.1f}".replace(".", ",")
        tekst = f"De tabel is {procent} % kleiner dan de actieve ({adressen} adressen, was {actief_adressen})."
        uit.append(Bevinding(SoortBevinding.KRIMP, actief_adressen - adressen, tekst))
    return tuple(uit)


def is_shrunk(adressen: int, actief_adressen: int) -> bool:
    """Is the new table more than 5 % smaller? Exactly 5 % is not."""
    return adressen * 100 < actief_adressen * (100 - KRIMP_PROCENT)


def may_activate(bevindingen: Sequence[Bevinding], reden: str) -> bool:
    """May an import make its editie active? With findings only when someone gave a reason; an empty one never."""
    if any(bevinding.soort == SoortBevinding.LEEG for bevinding in bevindingen):
        return False
    return not bevindingen or bool(reden.strip())


def _number(aantal: int, enkelvoud: str, meervoud: str) -> str:
    return f"{aantal} {enkelvoud if aantal == 1 else meervoud}"


def who_pays(gemeente: str, eigen: str = "") -> str:
    """Who pays for a pupil who lives in this gemeente: what it agreed itself, or the woonplaatsbeginsel."""
    return eigen or (
        f"De gemeente {gemeente} betaalt: de leerling woont daar volgens de BRP (woonplaatsbeginsel, Jeugdwet artikel 1.1). "
        "Verblijft de leerling ergens anders, zoals in een gezinshuis, dan betaalt de gemeente waar de leerling daarvoor woonde."
    )
