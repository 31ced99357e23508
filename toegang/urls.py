"""Signing in, out, and a forgotten password. The pages of allauth that the portal uses, at addresses without a trailing slash."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from toegang.toelating import ingelogd, openbaar
from toegang.views import hervat

urlpatterns = [
    path("login", openbaar(views.login), name="account_login"),
    path("logout", openbaar(views.logout), name="account_logout"),
    path("inactive", openbaar(views.account_inactive), name="account_inactive"),
    path("hervat", openbaar(hervat.HervatView.as_view()), name="hervat"),
    path("hervat/verder", hervat.verder, name="hervat-verder"),
    path("password/change", ingelogd(views.password_change), name="account_change_password"),
    # Who has no password yet chooses one by the link in a mail, like who forgot it.
    path("password/set", ingelogd(RedirectView.as_view(pattern_name="account_reset_password")), name="account_set_password"),
    path("password/reset", openbaar(views.password_reset), name="account_reset_password"),
    path("password/reset/done", openbaar(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        openbaar(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done", openbaar(views.password_reset_from_key_done), name="account_reset_password_from_key_done"),
]
