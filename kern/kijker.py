"""Who looks: a frozen value that every queryset's `visible_to` understands, without knowing users.

A room defines the roles that are held for its own kind of organisation (see `scholen/rollen.py`, `wijkteams/rollen.py`);
`toegang` gathers them and makes a Kijker from a request, a token or a task.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Rol:
    """A role: its key, the kind of organisation it is held for, and its name on screen."""

    sleutel: str
    soort: str | None
    label: str

    def __str__(self) -> str:
        return self.sleutel


@dataclass(frozen=True, slots=True)
class Houdt:
    """One role held for one organisation (id None: a role without an organisation)."""

    rol: str
    soort: str | None
    id: int | None
    aanstelling_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kijker:
    """Someone who looks or acts, on a date.

    `user_id` is None for the system itself (Celery, commands): `SYSTEEM` acts, but sees nothing through `visible_to`.
    """

    user_id: int | None
    naam: str
    op: date
    houdt: frozenset[Houdt] = field(default_factory=frozenset)
    is_systeem: bool = False

    def heeft(self, *rollen: Rol) -> bool:
        """Does the viewer hold any of these roles, for whichever organisation?"""
        sleutels = {rol.sleutel for rol in rollen}
        return any(houdt.rol in sleutels for houdt in self.houdt)

    def ids(self, *rollen: Rol) -> frozenset[int]:
        """The ids of the organisations for which the viewer holds any of these roles."""
        sleutels = {rol.sleutel for rol in rollen}
        return frozenset(houdt.id for houdt in self.houdt if houdt.rol in sleutels and houdt.id is not None)

    def heeft_voor(self, rol: Rol, organisatie_id: int | None) -> bool:
        """Does the viewer hold `rol` for exactly this organisation?"""
        return organisatie_id is not None and organisatie_id in self.ids(rol)

    @property
    def rollen(self) -> frozenset[str]:
        return frozenset(houdt.rol for houdt in self.houdt)


def systeem(op: date, naam: str = "Aanspreekpunt") -> Kijker:
    """The portal itself, as the author of what Celery or a command does."""
    return Kijker(user_id=None, naam=naam, op=op, is_systeem=True)


def niemand(op: date) -> Kijker:
    """Someone who is not signed in."""
    return Kijker(user_id=None, naam="", op=op)
