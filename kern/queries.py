"""How the outbox is doing, for functioneel beheer."""

from django.db.models import QuerySet

from kern.kijker import Kijker
from kern.models import Melding
from kern.models.melding import MeldingStatus
from kern.rollen import FUNCTIONEEL_BEHEER


def mislukte_meldingen(kijker: Kijker) -> QuerySet[Melding]:
    """Mails that will never arrive unless somebody does something; for functioneel beheer, who sees no content in them."""
    failed = Melding.objects.filter(status=MeldingStatus.MISLUKT).order_by("-aangemaakt", "-id")
    return failed if kijker.heeft(FUNCTIONEEL_BEHEER) else failed.none()
