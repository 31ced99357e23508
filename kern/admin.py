"""Beheer of the outbox: what could not be sent, why, and once more. And a base for what beheer may read and not change."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from kern.actions import retry_melding
from kern.api import kijker_of_request
from kern.klok import now
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To read, and for actions of its own; never to add, change or delete."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  (Django's signature)
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Melding)
class MeldingAdmin(ReadOnlyAdmin):
    """Mail that never arrived, or waits. Neither its text nor what was put into it: a link in there may be a key."""

    list_display = ["aangemaakt", "soort", "adres", "status", "pogingen", "niet_voor", "fout"]
    list_filter = ["status", "soort"]
    search_fields = ["adres", "soort"]
    date_hierarchy = "aangemaakt"
    fields = ["soort", "adres", "status", "pogingen", "aangemaakt", "niet_voor", "verzonden_op", "fout", "sleutel"]
    actions = ["opnieuw"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Melding]:
        return super().get_queryset(request).filter(kanaal=Kanaal.MAIL)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Opens at what failed."""
        if not request.GET and request.method == "GET":
            return redirect(f"{request.path}?status__exact={MeldingStatus.MISLUKT.value}")
        return super().changelist_view(request, extra_context)

    @admin.action(description="Opnieuw proberen te versturen")
    def opnieuw(self, request: HttpRequest, queryset: QuerySet[Melding]) -> None:
        done = [retry_melding(melding_id=melding.pk, by=kijker_of_request(request), op=now()) for melding in queryset]
        retried = sum(melding is not None for melding in done)
        self.message_user(request, f"{retried} van {len(done)} opnieuw in de rij gezet.", messages.SUCCESS)
