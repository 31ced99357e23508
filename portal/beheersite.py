"""The admin site of functioneel beheer: accounts, networks and settings; no casussen, no pupils."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import logout
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, strip_tags

from kern.models.melding import MeldingStatus
from kern.queries import mislukte_meldingen
from kern.rollen import FUNCTIONEEL_BEHEER
from toegang.toelating import kijker_of, voor

#: Groups have no meaning here, and a second address for an account (allauth) would be a second way in.
NIET_HIER = frozenset({"auth", "account"})


class Discreet:
    """Asking to delete something would list all that hangs on it by name, pupils and casussen too. Here: how many of what."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        _, counts, permissions, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        kinds = Counter(strip_tags(str(item)).split(":")[0].strip().lower() for item in protected)
        return (
            [f"{n} × {kind}" for kind, n in counts.items()],
            counts,
            permissions,
            [f"{n} × {kind}" for kind, n in kinds.items()],
        )


class BeheerSite(AdminSite):
    site_header = "Aanspreekpunt beheer"
    site_title = "Aanspreekpunt beheer"
    index_title = "Accounts, netwerk en instellingen"
    site_url = "/"
    #: An address that is not here is a 404, not a reason to sign in.
    final_catch_all_view = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Libraries that bring an admin of their own are not asked here; whoever comes is made discreet."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        wanted = [model for model in models if model._meta.app_label not in NIET_HIER]  # noqa: SLF001  (how Django names an app)
        base = admin_class or ModelAdmin
        super().register(wanted, type(base.__name__, (Discreet, base), {"__module__": base.__module__}), **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return kijker_of(request).heeft(FUNCTIONEEL_BEHEER)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The same guard as every other page: strangers sign in at the one front door and lose nothing they typed."""
        return voor(FUNCTIONEEL_BEHEER)(super().admin_view(view, cacheable))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Where beheer starts: mail that will never arrive by itself is the first thing to see."""
        if failed := mislukte_meldingen(kijker_of(request)).count():
            which = "1 mail kon" if failed == 1 else f"{failed} mails konden"
            url = f"{reverse('admin:kern_melding_changelist')}?status__exact={MeldingStatus.MISLUKT.value}"
            text = format_html('{} niet verstuurd worden. <a href="{}">Bekijk waarom en probeer opnieuw</a>.', which, url)
            messages.warning(request, text)
        return super().index(request, extra_context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """There is no second sign-in form."""
        return redirect("account_login" if kijker_of(request).user_id is None else "admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        logout(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002
        """One place to change a password."""
        return redirect("account_change_password")
