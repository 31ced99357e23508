"""Who may make another editie of the address register the active one (docs/adr, 'Who activates an editie')."""

from gebieden.models import Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.rollen import FUNCTIONEEL_BEHEER


def may_activate(kijker: Kijker) -> bool:
    """Functioneel beheer; a regiocoördinator only when it touches nobody else: of every region that this portal serves."""
    if kijker.heeft(FUNCTIONEEL_BEHEER):
        return True
    eigen = kijker.ids(REGIOCOORDINATOR)
    return bool(eigen) and not Regio.objects.filter(gemeenten__isnull=False).exclude(pk__in=eigen).exists()
