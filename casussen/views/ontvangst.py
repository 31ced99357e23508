"""Confirming receipt from the mail: no sign-in, nothing but the casusnummer, and only by POST."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casussen.actions.ontvangst import Ontvangst, Uitkomst, confirm_ontvangst, read_ontvangstlink
from kern.klok import now
from toegang.toelating import openbaar

#: (heading, sentence) per outcome; a link that is still good has a page of its own.
WOORDEN = {
    Uitkomst.BEVESTIGD: ("Ontvangst bevestigd", "De school weet nu dat u casus {nummer} oppakt. Log in om hem te lezen."),
    Uitkomst.GEBRUIKT: ("Al bevestigd", "Met deze link is de ontvangst van casus {nummer} al bevestigd."),
    Uitkomst.AL_ONTVANGEN: ("Een collega was u voor", "De ontvangst van casus {nummer} is al bevestigd. U hoeft niets te doen."),
    Uitkomst.VERLOPEN: ("Deze link is verlopen", "Log in om de ontvangst van casus {nummer} te bevestigen."),
    Uitkomst.DOORGESTUURD: (
        "Deze casus is niet meer bij u",
        "Casus {nummer} is nu bij iemand anders. U hoeft niets te doen.",
    ),
    Uitkomst.INGETROKKEN: ("Deze casus is ingetrokken", "Casus {nummer} is ingetrokken. U hoeft niets te doen."),
    Uitkomst.ONGELDIG: ("Deze link werkt niet", "Controleer of de link in zijn geheel is overgenomen, of log in."),
}
_STATUS = {Uitkomst.ONGELDIG: 404, Uitkomst.BEVESTIGD: 200}


@openbaar
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ontvangst(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link is worth; a POST confirms. The portal's referrer policy (same-origin) keeps the token from other sites."""
    answer = confirm_ontvangst(token, now()) if request.method == "POST" else read_ontvangstlink(token, now())
    return _page(request, answer)


def _page(request: HttpRequest, answer: Ontvangst) -> HttpResponse:
    context: dict[str, object] = {"nummer": answer.nummer}
    if answer.uitkomst is Uitkomst.GELDIG:
        context["uitkomst"] = "open"
        status = 200
    else:
        kop, tekst = WOORDEN[answer.uitkomst]
        context |= {"kop": kop, "tekst": tekst.format(nummer=answer.nummer)}
        status = _STATUS.get(answer.uitkomst, 410)
    return render(request, "casussen/ontvangst.html", context, status=status)
