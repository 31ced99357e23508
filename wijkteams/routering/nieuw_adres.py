"""An address that the active editie does not know: what PDOK says of it, and what that is worth here.

Asked for one address at a time and never for a secret one; bulk does not come here. Whatever PDOK does, the answer of the
register stays what it was, with a note of what was tried.
"""

from dataclasses import dataclass, replace
from datetime import date

from gebieden.pdok import Plek, Stand, ask_pdok
from gebieden.register import GemeenteRef, GevondenBuurt, Trefzekerheid, Vondst, lees_buurt
from wijkteams.models import SoortGebied, Werkgebied
from wijkteams.routering import uitleg
from wijkteams.routering.invoer import Vraag
from wijkteams.routering.uitkomst import Stap
from wijkteams.rules import VOLGORDE, Uitslag

#: Stands for 'somewhere in this gemeente': no rule names it, so only rules of the gemeente and of postcodes hold.
_ERGENS = "____"
_BOVEN_BUURT = frozenset(VOLGORDE[: VOLGORDE.index("buurt")])


@dataclass(frozen=True, slots=True)
class Verder:
    """`vondst`: where the address lies, by the register or by PDOK. `stappen`: what is said of PDOK. `gemeente`: PDOK names a
    buurt that the register does not know, and this much is certain."""

    vondst: Vondst
    stappen: tuple[Stap, ...] = ()
    gemeente: Vondst | None = None


def look_further(vraag: Vraag, vondst: Vondst) -> Verder:
    if vraag.geheim or vondst.editie is None or vondst.trefzekerheid is Trefzekerheid.NUMMER:
        return Verder(vondst)
    antwoord = ask_pdok(vraag.adres)
    if antwoord is None:
        return Verder(vondst)
    if antwoord.plek is None:
        return Verder(vondst, (uitleg.pdok_nothing_step(reachable=antwoord.stand is not Stand.ONBEREIKBAAR),))
    return _place(vraag, vondst, antwoord.plek)


def _place(vraag: Vraag, vondst: Vondst, plek: Plek) -> Verder:
    code = plek.buurt_code or f"BU{plek.gemeente_code[2:]}{_ERGENS}"
    bekend, buurt = lees_buurt(code, vraag.peildatum)
    if buurt is None:
        return Verder(vondst)
    if bekend:
        return Verder(_exact(vondst, buurt), (uitleg.pdok_step(buurt),))
    buurt = replace(buurt, gemeente=_named(buurt.gemeente, plek))
    if not buurt.gemeente.in_regio:
        elders = replace(buurt, naam=plek.buurt_naam or code, wijk_naam=plek.wijk_naam or buurt.wijk_naam)
        return Verder(_exact(vondst, elders), (uitleg.pdok_step(elders),))
    ergens = replace(buurt, code=f"BU{plek.gemeente_code[2:]}{_ERGENS}")
    stappen = (uitleg.pdok_unknown_buurt_step(buurt.gemeente),)
    zeker = _exact(vondst, ergens) if vondst.trefzekerheid in {Trefzekerheid.PC4, Trefzekerheid.NIETS} else None
    return Verder(vondst, stappen, zeker)


def _exact(vondst: Vondst, buurt: GevondenBuurt) -> Vondst:
    return replace(vondst, trefzekerheid=Trefzekerheid.NUMMER, buurten=(buurt,))


def _named(gemeente: GemeenteRef, plek: Plek) -> GemeenteRef:
    """A gemeente we have no row of is called as PDOK calls it."""
    return replace(gemeente, naam=plek.gemeente_naam) if gemeente.id is None else gemeente


def is_certain(uitslag: Uitslag, vondst: Vondst, op: date) -> bool:
    """Does this hold in the whole gemeente, whichever buurt it is? Rules that go before a buurt do; and all do where no rule is
    about a wijk or buurt. One query at most."""
    if uitslag.winsten and not uitslag.gat and all(winst.regel.soort in _BOVEN_BUURT for winst in uitslag.winsten):
        return True
    gemeente = vondst.buurten[0].code[2:6]
    rules = Werkgebied.objects.filter(soort__in=[SoortGebied.WIJK, SoortGebied.BUURT], van__lte=op, tot__gt=op)
    return not rules.filter(gebied__regex=rf"^(WK|BU){gemeente}").exists()
