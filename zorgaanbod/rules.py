"""What a waiting time says, in words and against what was agreed. Pure."""

from dataclasses import dataclass
from datetime import date

from kern.kalender import day_and_month

#: Older than this a waiting time says little: it is marked, and the aanbieder is asked for a new one.
OUD_NA_DAGEN = 30
#: The aanbieder is asked again, and the region told again, after so many days at the soonest.
HERINNER_NA_DAGEN = 7
NORM_NA_DAGEN = 28
MEESTE_WEKEN = 260
MOET_NOG_KOMEN = "Deze dag moet nog komen. Vul in wanneer u de wachttijd bepaalde."
_GETALLEN = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wacht:
    """The newest waiting time of an arrangement, as it is read on a day. `weken` None: never measured."""

    weken: int | None
    gemeten_op: date | None
    norm: int
    op: date

    @property
    def dagen_oud(self) -> int | None:
        return None if self.gemeten_op is None else (self.op - self.gemeten_op).days

    @property
    def oud(self) -> bool:
        return self.dagen_oud is not None and self.dagen_oud > OUD_NA_DAGEN

    @property
    def boven_norm(self) -> bool:
        return self.weken is not None and self.weken > self.norm

    @property
    def tekst(self) -> str:
        """'zes weken, op 20 november (7 dagen oud)'."""
        if self.weken is None or self.gemeten_op is None or self.dagen_oud is None:
            return "wachttijd niet bekend"
        year = f" {self.gemeten_op.year}" if self.gemeten_op.year != self.op.year else ""
        day = f"{day_and_month(self.gemeten_op)}{year}"
        return f"{write_weeks(self.weken)}, op {day} ({_age(self.dagen_oud)})"

    @property
    def zin(self) -> str:
        """The same at the beginning of a line; Dutch writes 'Eén', with the first accent gone."""
        return self.tekst.replace("één", "Eén", 1) if self.tekst.startswith("één") else self.tekst[0].upper() + self.tekst[1:]

    @property
    def norm_tekst(self) -> str:
        return f"{self.norm} {'week' if self.norm == 1 else 'weken'}"


def write_weeks(weken: int) -> str:
    """'geen wachttijd', 'één week', 'zes weken', '26 weken'."""
    if weken == 0:
        return "geen wachttijd"
    number = _GETALLEN[weken] if weken < len(_GETALLEN) else str(weken)
    return f"{number} {'week' if weken == 1 else 'weken'}"


def _age(dagen: int) -> str:
    if dagen <= 0:
        return "van vandaag"
    return "1 dag oud" if dagen == 1 else f"{dagen} dagen oud"
