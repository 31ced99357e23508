"""The flags of a casus that are up: since when, and who said so."""

from dataclasses import dataclass
from datetime import date, datetime

from casussen.keuzes import RedenWachten, Vlag
from casussen.models import Casus, Overgang
from casussen.workflow import HANDELINGEN, OVERGANGEN
from toegang.rollen import ROLLEN

WACHT_OP_ZORG_MELDEN = "wacht_op_zorg_melden"
#: Which actions set a flag: by the table, and (help on a waiting list) by what the step does.
_ZETTERS: dict[Vlag, frozenset[str]] = {
    vlag: frozenset(regel.actie for regel in (*OVERGANGEN, *HANDELINGEN) if vlag in regel.zet)
    | {Vlag.WACHT_OP_ZORG: {"hulp_wacht"}, Vlag.BUITEN_REGIO: {"buiten_overdragen", "aanmelden"}}.get(vlag, set())
    for vlag in Vlag
}
_VANZELF = {
    Vlag.GEESCALEERD: "Het portaal, omdat een termijn voorbij is.",
    Vlag.BUITEN_REGIO: "Het portaal, naar het woonadres.",
}


@dataclass(frozen=True, slots=True)
class GezetteVlag:
    """`wie` is a sentence's beginning ('Wim Jansen (wijkteamlid)'); `op` is None when the portal set it by itself. `reden` and
    `verwacht_op`: of who waits for help, as far as somebody said so."""

    label: str
    wie: str
    op: datetime | None
    vlag: Vlag
    reden: str = ""
    verwacht_op: date | None = None


def raised_flags(casus: Casus, of: frozenset[Vlag] = frozenset(Vlag)) -> list[GezetteVlag]:
    """One query, and only when one of these flags is up."""
    up = [vlag for vlag in Vlag if vlag in of and getattr(casus, vlag.value)]
    if not up:
        return []
    wanted = {actie for vlag in up for actie in _ZETTERS[vlag]}
    steps = list(Overgang.objects.filter(casus=casus, actie__in=wanted).order_by("-op", "-id"))
    return [_who_set(vlag, next((step for step in steps if step.actie in _ZETTERS[vlag]), None)) for vlag in up]


def _who_set(vlag: Vlag, step: Overgang | None) -> GezetteVlag:
    label = str(vlag.label)
    if step is None or (vlag is Vlag.BUITEN_REGIO and step.actie == "aanmelden"):
        return GezetteVlag(label, _VANZELF.get(vlag, "Bij het aanmelden."), None, vlag)
    rol = ROLLEN.get(step.door_rol)
    said = step if step.actie == WACHT_OP_ZORG_MELDEN else None
    return GezetteVlag(
        label,
        f"{step.door_naam} ({rol.label})" if rol else step.door_naam,
        step.op,
        vlag,
        reden=str(dict(RedenWachten.choices).get(said.reden, "")) if said else "",
        verwacht_op=said.dag if said else None,
    )


def waits_for_help(casus: Casus) -> GezetteVlag | None:
    """That the family waits, told by hand: of help on a waiting list its own line says it. One query, and only while it waits."""
    if not casus.wacht_op_zorg:
        return None
    told = [flag for flag in raised_flags(casus, frozenset({Vlag.WACHT_OP_ZORG})) if flag.reden]
    return next(iter(told), None)
