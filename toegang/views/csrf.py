"""When the CSRF token of a form does not fit: usually because its owner signed in again in another tab."""

from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from toegang.hervatten import previous_user, read_form, seal
from toegang.toelating import kijker_of
from toegang.views.hervat import send_on_page
from toegang.views.uitgelogd import in_place, signed_out_page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """CSRF_FAILURE_VIEW. A form from our own pages can be sent again after a look; from elsewhere it is refused and dropped.

    That it is our own page is known from the Origin header, which a browser sends with every POST and no page can set.
    """
    if not _from_here(request):
        return render(request, "toegang/csrf.html", status=403)
    if request.headers.get("HX-Request"):
        return in_place(request, "toegang/bericht_verlopen.html")
    if request.path_info.startswith("/account/"):
        return redirect("account_login")
    kijker = kijker_of(request)
    user_id = kijker.user_id or previous_user(request)
    bewaard = read_form(request, user_id) if user_id is not None else None
    if kijker.user_id is None:
        return signed_out_page(request, sealed=seal(bewaard) if bewaard else "", form=LoginForm(request=request))
    if bewaard is None:
        return render(request, "toegang/csrf.html", status=403)
    return send_on_page(request, bewaard, status=403)


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
