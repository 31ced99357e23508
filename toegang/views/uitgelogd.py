"""What someone sees who turns out to be signed out: a page, a form that is kept, or a line above what they were typing."""

from allauth.account.forms import LoginForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from toegang.hervatten import previous_user, read_form, seal

#: Where every page shows messages (templates/components/meldingen.html).
BERICHTEN = "#meldingen"


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back. A posted form is not dropped: it waits behind a sign-in on the spot."""
    if request.headers.get("HX-Request"):
        return in_place(request, "toegang/bericht_uitgelogd.html")
    if request.method == "POST":
        user_id = previous_user(request)
        bewaard = read_form(request, user_id) if user_id is not None else None
        return signed_out_page(request, sealed=seal(bewaard) if bewaard else "", form=LoginForm(request=request))
    return redirect_to_login(request.get_full_path())


def signed_out_page(request: HttpRequest, *, sealed: str, form: LoginForm) -> HttpResponse:
    """The sign-in form with what was kept in it; without anything kept it says so."""
    context = {"form": form, "bewaard": sealed}
    response = render(request, "toegang/uitgelogd.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response


def in_place(request: HttpRequest, template: str) -> HttpResponse:
    """A message beside the page as it stands, for an htmx request: what is typed there stays there."""
    response = render(request, template)
    response["HX-Retarget"] = BERICHTEN
    response["HX-Reswap"] = "innerHTML show:top"
    response["Cache-Control"] = "no-store"
    return response
