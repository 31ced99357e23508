"""Signing in again halfway a form, and sending on what was kept."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from toegang.hervatten import Bewaard, unseal
from toegang.toelating import ingelogd, kijker_of
from toegang.views.uitgelogd import signed_out_page

#: Where the sealed form waits while someone signs in (also when that takes more than one step).
SESSION_KEY = "hervat"
FIELD = "bewaard"


class HervatView(LoginView):  # type: ignore[misc]  # allauth has no types
    """The sign-in on the page 'u bent uitgelogd': the same form, limits and checks as /account/login."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("account_login")
        if request.user.is_authenticated:  # signed in meanwhile, in another tab
            return self._keep_and_go_on(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: LoginForm) -> HttpResponse:
        self._keep_and_go_on(self.request)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        return signed_out_page(self.request, sealed=self.request.POST.get(FIELD, ""), form=form)

    def get_success_url(self) -> str:
        return reverse("hervat-verder")

    @staticmethod
    def _keep_and_go_on(request: HttpRequest) -> HttpResponseRedirect:
        request.session[SESSION_KEY] = request.POST.get(FIELD, "")
        return redirect("hervat-verder")


@ingelogd
def verder(request: HttpRequest) -> HttpResponse:
    """Signed in again: what was kept can be sent on, by the one who typed it."""
    bewaard = unseal(request.session.get(SESSION_KEY, ""))
    if bewaard is None:
        return redirect("/")
    if bewaard.user_id != kijker_of(request).user_id:
        del request.session[SESSION_KEY]
        return render(request, "toegang/van_iemand_anders.html", status=403)
    return send_on_page(request, bewaard)


def send_on_page(request: HttpRequest, bewaard: Bewaard, *, status: int = 200) -> HttpResponse:
    """One button that posts again what was posted before, with a fresh CSRF token."""
    response = render(request, "toegang/hervat.html", {"bewaard": bewaard}, status=status)
    response["Cache-Control"] = "no-store"
    return response
