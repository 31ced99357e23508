"""Beheer of areas: regions and gemeenten are edited here; edities are imported, looked at and switched, never edited."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gebieden.actions.activeren import NietTeActiverenError, activate_editie
from gebieden.gevolgen import list_consequences
from gebieden.models import Buurt, Editie, Gemeente, Regio
from kern import klok
from kern.api import kijker_of_request

GETOONDE_GEVOLGEN = 20


class AlleenLezen(admin.ModelAdmin):  # type: ignore[type-arg]
    """Facts that come from an import: to look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  (Django's signature)
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Regio)
class RegioAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["naam", "email", "telefoon"]
    search_fields = ["naam"]


class InRegio(admin.SimpleListFilter):
    title = "doet mee"
    parameter_name = "doet_mee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("ja", "Ja"), ("nee", "Nee, buiten de regio")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Gemeente]) -> QuerySet[Gemeente]:  # noqa: ARG002
        if self.value() in {"ja", "nee"}:
            return queryset.filter(regio__isnull=self.value() == "nee")
        return queryset


@admin.register(Gemeente)
class GemeenteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The name and the code come from the CBS; region and desk are the portal's own."""

    list_display = ["naam", "code", "regio", "loket_naam", "loket_telefoon"]
    list_filter = [InRegio, "regio"]
    search_fields = ["naam", "code"]
    list_select_related = ["regio"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002
        return [*(["code"] if obj else []), "geldig_tot", "opvolger"]  # a merger moves more than this row: see /netwerk


@admin.register(Editie)
class EditieAdmin(AlleenLezen):
    list_display = ["__str__", "actief", "status", "adressen", "geweigerd", "geladen_op", "geactiveerd_op"]
    list_filter = ["actief", "status"]
    fields = [
        "jaar", "versie", "status", "actief", "geladen_op", "geactiveerd_op", "rijen", "adressen", "geweigerd",
        "bevindingen_tekst", "geforceerd_om", "bron",
    ]  # fmt: skip
    actions = ["activate"]

    @admin.display(description="bevindingen")
    def bevindingen_tekst(self, editie: Editie) -> SafeString | str:
        return format_html_join("\n", "<p>{}</p>", ((bevinding["tekst"],) for bevinding in editie.bevindingen)) or "geen"

    @admin.action(description="Maak deze editie actief", permissions=["view"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Editie]) -> None:
        editie = queryset.first()
        if editie is None or queryset.count() != 1:
            self.message_user(request, "Kies één editie om actief te maken.", messages.ERROR)
            return
        try:
            activatie = activate_editie(editie_id=editie.pk, by=kijker_of_request(request), op=klok.now())
        except NietTeActiverenError as fout:
            self.message_user(request, str(fout), messages.ERROR)
            return
        self.message_user(request, f"Editie {activatie.editie.label} is nu actief.", messages.SUCCESS)
        gevolgen = list_consequences(activatie.verschil)
        for regel in gevolgen[:GETOONDE_GEVOLGEN]:
            self.message_user(request, f"Nakijken: {regel}", messages.WARNING)
        if len(gevolgen) > GETOONDE_GEVOLGEN:
            self.message_user(request, f"En nog {len(gevolgen) - GETOONDE_GEVOLGEN} werkgebieden.", messages.WARNING)


@admin.register(Buurt)
class BuurtAdmin(AlleenLezen):
    """To find the code of a buurt; its first eight characters are the wijk."""

    list_display = ["code", "naam", "editie"]
    list_filter = ["editie"]
    search_fields = ["code", "naam"]
    list_select_related = ["editie"]
