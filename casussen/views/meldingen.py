"""What the portal told someone: the portal side of the outbox."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kern.actions import mark_read
from kern.bericht import subject_of
from kern.klok import now
from kern.models import Melding
from kern.models.melding import Kanaal
from toegang.toelating import ingelogd, kijker_of

PER_PAGINA = 25
ICONEN = (
    ("herinnering", "wekker"),
    ("consult_te_laat", "wekker"),
    ("consult_nieuw", "vraag"),
    ("vraag", "vraag"),
    ("ontvangen", "vink"),
    ("aangemeld", "start"),
    ("terug", "terug"),
    ("door", "door"),
)


@ingelogd
@require_http_methods(["GET", "POST"])
def meldingen(request: HttpRequest) -> HttpResponseBase:
    """The viewer's own, newest first; a POST marks them all as seen."""
    kijker = kijker_of(request)
    if request.method == "POST":
        count = mark_read(kijker=kijker, alle=True, op=now())
        messages.success(request, "Alles is gezien." if count else "U had alles al gezien.")
        return redirect("meldingen")
    own = Melding.objects.filter(ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL)
    page = Paginator(own, PER_PAGINA).get_page(request.GET.get("pagina"))
    for melding in page.object_list:
        _dress(melding)
    context = {
        "page": page,
        "ongelezen": own.filter(gelezen_op__isnull=True).count(),
    }
    return render(request, "casussen/meldingen.html", context)


def _dress(melding: Melding) -> None:
    """The subject of the mail is its text here too; the link marks it as seen on the way."""
    try:
        text = subject_of(melding)
    except TemplateDoesNotExist:  # a text of an older version of the portal
        text = "Er is iets veranderd"
    melding.tekst = text  # type: ignore[attr-defined]
    melding.icoon = next((icon for part, icon in ICONEN if part in melding.soort), "bericht")  # type: ignore[attr-defined]
    melding.url = reverse("melding", args=[melding.pk]) if _path(melding) else ""  # type: ignore[attr-defined]


def _path(melding: Melding) -> str:
    """The page it is about: a path within the portal, nothing else."""
    path = str(melding.gegevens.get("pad", ""))
    return path if re.fullmatch(r"/[A-Za-z0-9/_-]*", path) and not path.startswith("//") else ""


@ingelogd
@require_http_methods(["GET"])
def melding(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Follow one's own notification to what it is about, and mark it as seen."""
    kijker = kijker_of(request)
    found = Melding.objects.filter(pk=pk, ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL).first()
    if found is None:
        return render(request, "404.html", status=404)
    mark_read(kijker=kijker, melding_ids=[found.pk], op=now())
    return redirect(_path(found) or "meldingen")
