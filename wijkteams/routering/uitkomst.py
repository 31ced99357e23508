"""What routing answers: a frozen `Route`, and its JSON (design §4), the same for command, API and stored document."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from gebieden.adres import Adres, Fout


class Uitkomst(StrEnum):
    TOEGEWEZEN = "toegewezen"
    MEERDERE = "meerdere"
    BUITEN_REGIO = "buiten_regio"
    ADRES_ONBEKEND = "adres_onbekend"
    GEEN_TEAM = "geen_team"
    GEEN_CONTACT = "geen_contact"
    ONGELDIG = "ongeldig"


@dataclass(frozen=True, slots=True)
class Gebied:
    """A gemeente, wijk or buurt. `code` with its CBS prefix."""

    code: str
    naam: str

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "naam": self.naam}


@dataclass(frozen=True, slots=True)
class Team:
    id: int
    naam: str
    soort: str
    telefoon: str = ""
    email: str = ""
    bereikbaar: str = ""
    adres: str = ""
    gemeente_naam: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "naam": self.naam,
            "soort": self.soort,
            "telefoon": self.telefoon or None,
            "email": self.email or None,
        }


@dataclass(frozen=True, slots=True)
class Persoon:
    """A professional; `id` is that of the Contactpersoon. `afwezig_tot` is the last day away, None when not away.

    `bereik` says for what this is the aanspreekpunt: 'vestiging', 'school', 'sector' or 'team' ('' for a deputy). `foto` is the
    path of the photo within the media folder.
    """

    id: int
    naam: str
    functie: str = ""
    telefoon: str = ""
    email: str = ""
    afwezig_tot: date | None = None
    bereikbaar: str = ""
    expertise: str = ""
    foto: str = ""
    bereik: str = ""
    user_id: int | None = None
    geverifieerd_op: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "naam": self.naam,
            "functie": self.functie or None,
            "telefoon": self.telefoon or None,
            "email": self.email or None,
            "afwezig_tot": self.afwezig_tot.isoformat() if self.afwezig_tot else None,
        }


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """One of several possible answers, and when it is the right one.

    Without `wijkteam` it says where nobody is responsible within the region (a gemeente outside it, or a hole): not to be picked.
    `buurt` is None when the candidate stands for more than one buurt, and for a secret address.
    """

    reden: str
    buurt: Gebied | None = None
    wijkteam: Team | None = None
    aanspreekpunt: Persoon | None = None
    vervanger: Persoon | None = None

    @property
    def kiesbaar(self) -> bool:
        return self.wijkteam is not None

    @property
    def te_bellen(self) -> Persoon | None:
        return self.vervanger or self.aanspreekpunt

    def as_json(self) -> dict[str, Any]:
        return {
            "buurt": _json(self.buurt),
            "wijkteam": _json(self.wijkteam),
            "aanspreekpunt": _json(self.aanspreekpunt),
            "reden": self.reden,
        }


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of 'waarom dit team?': `stap` is a key, `tekst` a sentence for people, `bron` where it comes from."""

    stap: str
    tekst: str
    bron: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"stap": self.stap, "tekst": self.tekst, "bron": self.bron or None}


@dataclass(frozen=True, slots=True)
class Loket:
    """Where youth help is asked in a gemeente outside the region."""

    gemeente: str
    naam: str = ""
    telefoon: str = ""
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The outcome of routing one address. Of a secret address it holds neither the address nor wijk and buurt.

    `vervanger` is given when the aanspreekpunt is away: then the deputy is the one to call. `sector` is the sector that was
    used, given or taken from the school. `lokets` are the access desks of the gemeenten outside the region: one for buiten_regio,
    more when it is not certain in which gemeente the address lies.
    """

    uitkomst: Uitkomst
    peildatum: date
    afgeleid: bool = False
    editie: str | None = None
    editie_id: int | None = None
    adres: Adres | None = None
    gemeente: Gebied | None = None
    gemeente_id: int | None = None
    regio_id: int | None = None
    wijk: Gebied | None = None
    buurt: Gebied | None = None
    wijkteam: Team | None = None
    aanspreekpunt: Persoon | None = None
    vervanger: Persoon | None = None
    kandidaten: tuple[Kandidaat, ...] = ()
    uitleg: tuple[Stap, ...] = ()
    fouten: tuple[Fout, ...] = ()
    lokets: tuple[Loket, ...] = ()
    sector: str | None = None
    geheim: bool = field(default=False)

    @property
    def te_bellen(self) -> Persoon | None:
        """The one to call: the deputy while the aanspreekpunt is away."""
        return self.vervanger or self.aanspreekpunt

    @property
    def loket(self) -> Loket | None:
        return self.lokets[0] if len(self.lokets) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """Exactly the keys of design §4, in that order; what is absent is null."""
        return {
            "uitkomst": self.uitkomst.value,
            "afgeleid": self.afgeleid,
            "peildatum": self.peildatum.isoformat(),
            "editie": self.editie,
            "adres": _adres_json(self.adres),
            "gemeente": _json(self.gemeente),
            "wijk": _json(self.wijk),
            "buurt": _json(self.buurt),
            "wijkteam": _json(self.wijkteam),
            "aanspreekpunt": _json(self.aanspreekpunt),
            "vervanger": _json(self.vervanger),
            "kandidaten": [kandidaat.as_json() for kandidaat in self.kandidaten],
            "uitleg": [stap.as_json() for stap in self.uitleg],
            "fouten": [{"veld": fout.veld, "melding": fout.melding} for fout in self.fouten],
        }


def _json(deel: Gebied | Team | Persoon | None) -> dict[str, Any] | None:
    return deel.as_json() if deel is not None else None


def _adres_json(adres: Adres | None) -> dict[str, Any] | None:
    if adres is None:
        return None
    return {
        "postcode": adres.postcode,
        "huisnummer": adres.huisnummer,
        "huisletter": adres.huisletter or None,
        "toevoeging": adres.toevoeging or None,
    }
