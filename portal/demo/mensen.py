"""The invented people of the demo region. Pure: who they are and where they work, not yet rows."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gebieden.rollen import GEMEENTEMEDEWERKER, LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Rol
from kern.rollen import FUNCTIONEEL_BEHEER
from portal.demo.accounts import AANBIEDER_DEMO, ACCOUNTS, GEMEENTE, SCHOOL, TEAM, VERBAND, Account
from portal.demo.facts import namen
from portal.demo.gebied import dice, rows_of
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

#: How many people besides those of teams and schools.
REGIO_MENSEN, BEHEER_MENSEN = 3, 1
GEMEENTE_MENSEN = {"GM0392": 2, "GM0453": 1, "GM0375": 2, "GM0396": 2, "GM0397": 1, "GM0377": 1, "GM0473": 1}


@dataclass(frozen=True, slots=True)
class Mens:
    """A person. `waar` is the key of a team, the BRIN of a school the code of a gemeente or a
    samenwerkingsverband, or the key of an aanbieder; '' for the region and beheer."""

    naam: str
    email: str
    rol: Rol
    waar: str
    functie: str = ""
    account: bool = False


class _Namen:
    """Hands out full names, each once."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        pairs = [f"{first} {last}" for first in namen.VOORNAMEN for last in namen.ACHTERNAMEN]
        self._names = iter([name for name in rng.sample(pairs, len(pairs)) if name not in taken])

    def next(self) -> str:
        return next(self._names)


def slug(naam: str) -> str:
    """'Zoë van der Zeebries' becomes 'zoe.van.der.zeebries'."""
    plain = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return ".".join(plain.replace("-", " ").split())


def school_staff(gewicht: int) -> int:
    """How many zorgcoördinatoren a school has, by its size."""
    return 3 if gewicht >= 8 else 2 if gewicht >= 5 else 1


def build_people(seed: int) -> tuple[Mens, ...]:
    """All 400: the fixed accounts first in their place, the others around them."""
    rng = dice(seed, "mensen")
    names = _Namen(rng, {account.naam for account in ACCOUNTS})
    fixed = {account.rol: account for account in ACCOUNTS}
    return (*_teams(rng, names, fixed), *_schools(names, fixed), *_offices(names, fixed))


def _person(names: _Namen, rol: Rol, waar: str, functie: str, domein: str, *, account: Account | None) -> Mens:
    if account is not None:
        return Mens(account.naam, account.email, rol, waar, account.functie, account=True)
    naam = names.next()
    return Mens(naam, f"{slug(naam)}@{domein}", rol, waar, functie)


def _teams(rng: Random, names: _Namen, fixed: dict[Rol, Account]) -> Iterator[Mens]:
    functies, weights = zip(*namen.FUNCTIES, strict=True)
    for row in rows_of("teams"):
        here = row["sleutel"]
        size = int(row["mensen"])
        for n in range(size):
            leads = n == 0 or (n == 1 and size >= 15)
            rol = WIJKTEAMCOORDINATOR if leads else WIJKTEAMLID
            first = n == (0 if leads else 2)
            account = fixed[rol] if here == TEAM and first else None
            functie = "wijkteamcoördinator" if leads else str(rng.choices(functies, weights)[0])
            yield _person(names, rol, here, functie, "wijkteams.example", account=account)


def _schools(names: _Namen, fixed: dict[Rol, Account]) -> Iterator[Mens]:
    for row in rows_of("scholen"):
        brin = row["brin"]
        domein = f"school-{brin.lower()}.example"
        mbo = row["sectoren"] == "mbo"
        for n in range(school_staff(int(row["gewicht"]))):
            account = fixed[ZORGCOORDINATOR] if brin == SCHOOL and n == 0 else None
            yield _person(
                names, ZORGCOORDINATOR, brin, "studentbegeleider" if mbo else "zorgcoördinator", domein, account=account
            )
        account = fixed[SCHOOLTEAMLEIDER] if brin == SCHOOL else None
        yield _person(names, SCHOOLTEAMLEIDER, brin, "teamleider", domein, account=account)


def _offices(names: _Namen, fixed: dict[Rol, Account]) -> Iterator[Mens]:
    for n in range(REGIO_MENSEN):
        account = fixed[REGIOCOORDINATOR] if n == 0 else None
        yield _person(names, REGIOCOORDINATOR, "", "regiocoördinator", "regio.example", account=account)
    for code, count in GEMEENTE_MENSEN.items():
        for n in range(count):
            account = fixed[GEMEENTEMEDEWERKER] if code == GEMEENTE and n == 0 else None
            yield _person(
                names, GEMEENTEMEDEWERKER, code, "beleidsmedewerker jeugd", f"gemeente-{code.lower()}.example", account=account
            )
    account = fixed[SAMENWERKINGSVERBAND]
    yield _person(names, SAMENWERKINGSVERBAND, VERBAND, account.functie, "samenwerkingsverband.example", account=account)
    for rol, waar in ((AANBIEDER, AANBIEDER_DEMO), (LEERPLICHT, GEMEENTE)):
        account = fixed[rol]
        yield _person(names, rol, waar, account.functie, "demo.example", account=account)
    for n in range(BEHEER_MENSEN):
        account = fixed[FUNCTIONEEL_BEHEER] if n == 0 else None
        yield _person(names, FUNCTIONEEL_BEHEER, "", "functioneel beheerder", "beheer.example", account=account)
