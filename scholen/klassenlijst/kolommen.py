"""Which column is which field, by the names that Dutch school systems give them; and which hold a BSN and go no further. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stdnum.nl import bsn, onderwijsnummer

from scholen.leerlingnummer import bare

if TYPE_CHECKING:
    from scholen.klassenlijst.bestand import Tabel

#: Field → its name on screen. In the order of the preview.
VELDEN = {
    "leerlingnummer": "Leerlingnummer",
    "voornaam": "Voornaam",
    "tussenvoegsel": "Tussenvoegsel",
    "achternaam": "Achternaam",
    "naam": "Hele naam",
    "geboortedatum": "Geboortedatum",
    "postcode": "Postcode",
    "huisnummer": "Huisnummer (met of zonder toevoeging)",
    "huisletter": "Huisletter",
    "toevoeging": "Toevoeging",
    "adres": "Straat en huisnummer",
    "klas": "Klas",
    "vestiging": "Vestiging",
    "sector": "Sector of schoolsoort",
    "geheim": "Geheim adres (ja of nee)",
}
#: What each field is called, without spaces, accents and signs. An earlier name is preferred when two columns fit one field.
NAMEN: dict[str, tuple[str, ...]] = {
    "leerlingnummer": (
        *("leerlingnummer", "leerlingnr", "llnr", "llnummer", "stamnummer", "stamnr", "studentnummer", "studentnr"),
        *("deelnemernummer", "deelnemernr", "leerlingcode", "leerlingid", "studentid", "nummerleerling"),
    ),
    "voornaam": ("roepnaam", "voornaam", "voornamen", "firstname"),
    "tussenvoegsel": ("tussenvoegsel", "tussenvoegsels", "tussenv", "tussenvoeg", "tv", "tvs", "voorvoegsel", "voorvoegsels"),
    "achternaam": ("achternaam", "geslachtsnaam", "familienaam", "lastname"),
    "naam": ("naam", "volledigenaam", "helenaam", "leerlingnaam", "naamleerling", "studentnaam", "leerling", "student"),
    "geboortedatum": ("geboortedatum", "geboortedat", "gebdatum", "gebdat", "gebd", "geborenop", "geboren", "dob"),
    "postcode": ("postcode", "postcodewoonadres", "postcodeleerling", "woonpostcode", "pc6", "pc"),
    "huisnummer": (
        *("huisnummer", "huisnr", "hnr", "huisnummerentoevoeging", "huisnummermettoevoeging", "huisnrtoev"),
        "huisnummerwoonadres",
    ),
    "huisletter": ("huisletter", "letter"),
    "toevoeging": ("toevoeging", "huisnummertoevoeging", "huisnrtoevoeging", "toev", "huisnummertoev", "nummertoevoeging"),
    "adres": ("adres", "straatenhuisnummer", "straathuisnummer", "woonadres", "adresregel", "adresregel1"),
    "klas": ("klas", "stamklas", "stamgroep", "mentorgroep", "basisgroep", "lesgroep", "groep", "klasgroep"),
    "vestiging": (
        "vestiging",
        "vestigingscode",
        "vestigingsnummer",
        "brinvestiging",
        "brin6",
        "brin",
        "locatie",
        "schoollocatie",
    ),
    "sector": ("sector", "onderwijssoort", "schoolsoort", "onderwijstype"),
    "geheim": (
        "geheimadres",
        "adresgeheim",
        "geheim",
        "geheimhouding",
        "indicatiegeheim",
        "indicatiegeheimhouding",
        "afgeschermd",
    ),
}
_VELD_VAN = {naam: (veld, plaats) for veld, namen in NAMEN.items() for plaats, naam in enumerate(namen)}
_BSN_KOP = re.compile(r"bsn|burgerservice|sofinummer|sofinr|^sofi$|onderwijsnummer|^pgn|pgn$|persoonsgebonden|^ownr?$")
_CIJFERS = re.compile(r"[0-9]{8,9}")
#: Of random numbers two in eleven look like a BSN or an onderwijsnummer; of real ones all do.
BSN_DEEL = 0.5


def plain(kop: str) -> str:
    """'Huisnr. + toev.' becomes 'huisnrtoev'."""
    ascii_only = unicodedata.normalize("NFKD", kop).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", ascii_only)


def count_recognised(koppen: Iterable[str]) -> int:
    return sum(1 for kop in koppen if (naam := plain(kop)) in _VELD_VAN or (naam and _BSN_KOP.search(naam)))


def recognise(koppen: Sequence[str]) -> list[str]:
    """For each column its field, '' when it is none. Each field once: the name that fits best."""
    best: dict[str, tuple[int, int]] = {}
    for plek, kop in enumerate(koppen):
        if found := _VELD_VAN.get(plain(kop)):
            veld, voorkeur = found
            best[veld] = min(best.get(veld, (voorkeur, plek)), (voorkeur, plek))
    velden = {plek: veld for veld, (_, plek) in best.items()}
    return [velden.get(plek, "") for plek in range(len(koppen))]


@dataclass(frozen=True, slots=True)
class Schoon:
    """A table without any BSN; `weggelaten` are the names of the columns that were left out for it."""

    koppen: list[str]
    rijen: list[tuple[int, list[str]]]
    weggelaten: list[str]


def strip_bsn(tabel: "Tabel") -> Schoon:
    """Leave out every column that is called a BSN, or whose values are: whatever it is called."""
    weg = {plek for plek, kop in enumerate(tabel.koppen) if _BSN_KOP.search(plain(kop))}
    weg |= {
        plek for plek in range(len(tabel.koppen)) if plek not in weg and _holds_bsn(cellen[plek] for _, cellen in tabel.rijen)
    }
    blijft = [plek for plek in range(len(tabel.koppen)) if plek not in weg]
    return Schoon(
        koppen=[tabel.koppen[plek] for plek in blijft],
        rijen=[(nummer, [cellen[plek] for plek in blijft]) for nummer, cellen in tabel.rijen],
        weggelaten=[tabel.koppen[plek] or f"kolom {plek + 1}" for plek in sorted(weg)],
    )


def _holds_bsn(cellen: Iterable[str]) -> bool:
    lang = [cijfers for cel in cellen if _CIJFERS.fullmatch(cijfers := bare(cel)) and not _is_datum(cijfers)]
    return bool(lang) and sum(map(is_bsn, lang)) >= BSN_DEEL * len(lang)


def _is_datum(cijfers: str) -> bool:
    """20110517 and 17052011 are dates."""
    jaar_eerst = re.fullmatch(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])", cijfers)
    return bool(jaar_eerst or re.fullmatch(r"([0-2][0-9]|3[01])(0[1-9]|1[0-2])(19|20)[0-9]{2}", cijfers))


def is_bsn(cijfers: str) -> bool:
    """Could this be a BSN or onderwijsnummer? Excel takes leading zeros away."""
    return bool(bsn.is_valid(cijfers.zfill(9)) or onderwijsnummer.is_valid(cijfers.zfill(9)))
