"""What the mails about a casus need besides their words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django import template
from django.urls import reverse

from casussen.actions.links import token_of
from casussen.overleg.uitnodiging import place_in_words
from casussen.workflow import TERMIJNEN
from kern.models.melding import Kanaal

register = template.Library()


@register.simple_tag
def ontvangst_url(ontvangstlink: Mapping[str, Any] | str, site_url: str) -> str:
    """The address at which receipt can be confirmed. The secret in it exists only here, in the mail that is being written."""
    if not isinstance(ontvangstlink, Mapping):
        return ""
    token = token_of(int(ontvangstlink["id"]), str(ontvangstlink["kenmerk"]))
    return urljoin(site_url, reverse("ontvangst", args=[token]))


@register.simple_tag(takes_context=True)
def overleg_plek(context: template.Context) -> str:
    """Where the overleg is that this mail is about. What somebody typed is looked up here, and stored nowhere else."""
    return place_in_words({naam: context[naam] for naam in ("mdo", "volgnummer", "plek", "gezin")})


@register.simple_tag(takes_context=True)
def wat_er_moet(context: template.Context) -> str:
    """What a deadline asks: in the portal in full, in a mail no more than a mailbox may hold. Also for what was stored before."""
    regel = TERMIJNEN.get(str(context.get("termijn")))
    if regel is None or not regel.wat_mail or context["kanaal"] != Kanaal.MAIL:
        return str(context["wat"])
    return regel.wat_mail
