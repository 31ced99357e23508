"""Who works at the schools of a viewer today: so that what somebody who left had in hand is not left lying with nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from kern.kijker import Kijker
from scholen.ontvangers import zorgcoordinatoren_of
from scholen.rollen import ZORGCOORDINATOR


@dataclass(frozen=True, slots=True)
class Schoolploeg:
    """The zorgcoördinatoren of the schools where the viewer is one."""

    scholen: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, kijker: Kijker) -> "Schoolploeg":
        """One query; none for who is no zorgcoördinator."""
        schools = kijker.ids(ZORGCOORDINATOR)
        if not schools:
            return cls()
        return cls({school: frozenset(staff) for school, staff in zorgcoordinatoren_of(schools, kijker.op).items()})

    def has_left(self, school_id: int, user_id: int | None) -> bool:
        """Whoever had it is no zorgcoördinator of this school any more: those who are have it now."""
        return school_id in self.scholen and user_id not in self.scholen[school_id]

    def left_by(self, school: str, user: str) -> Q:
        """The same, asked of rows: which columns say the school and the person. Nothing for who is no zorgcoördinator."""
        found = Q(pk__in=[])
        for pk, staff in self.scholen.items():
            found |= Q(**{school: pk}) & ~Q(**{f"{user}__in": staff})
        return found
