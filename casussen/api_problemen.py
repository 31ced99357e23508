"""What the actions refuse, as the problem the API answers with."""

from typing import Any

from casussen.fouten import CasusError, Herleidbaar, NietBevoegd, OnjuisteStatus, Onvolledig
from kern.api import Probleem


def as_problem(fout: CasusError) -> Probleem:
    """403 for who may not, 409 for a state that has passed, 422 with each field for what is missing or says too much."""
    if isinstance(fout, NietBevoegd):
        return Probleem(403, fout.melding)
    if isinstance(fout, OnjuisteStatus):
        return Probleem(409, fout.melding, door=None, gedaan=None, casus=None)
    found = [
        {
            "veld": veld,
            "soort": b.soort.value,
            "start": b.start,
            "einde": b.end,
            "geweigerd": b.geweigerd,
            "vervanging": b.vervanging,
        }
        for veld, items in (fout.bevindingen.items() if isinstance(fout, Herleidbaar) else ())
        for b in items
    ]
    missing = fout.ontbreekt if isinstance(fout, Onvolledig) else []
    members: dict[str, Any] = {"ontbreekt": missing, **({"bevindingen": found} if found else {})}
    return Probleem(422, **members)
