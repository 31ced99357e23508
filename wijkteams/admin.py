"""Beheer of the network: teams, their people, who is the aanspreekpunt for whom, who is away, and who serves which area."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gebieden.models import Editie
from kern.klok import today
from kern.rijen import RijenFormSet
from wijkteams.forms import ContactpersoonForm, WerkgebiedForm
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.queries import vervallen_werkgebieden


class ContactpersoonInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Contactpersoon
    fields = ["naam", "functie", "telefoon", "in_dienst_tot"]  # what fits a screen; the rest is behind 'wijzigen'
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.CharField: {"widget": forms.TextInput(attrs={"size": 20})}}
    extra = 0
    show_change_link = True
    can_delete = False  # who left gets a last day: casussen keep their names


class AfwezigheidInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Afwezigheid
    fk_name = "contactpersoon"
    formset = RijenFormSet
    fields = ["van", "tot_en_met", "vervanger"]
    autocomplete_fields = ["vervanger"]
    extra = 0


@admin.register(Wijkteam)
class WijkteamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["naam", "soort", "gemeente", "telefoon", "email", "geldig_van", "geldig_tot"]
    list_filter = ["soort", "gemeente"]
    search_fields = ["naam", "gemeente__naam"]
    list_select_related = ["gemeente"]
    inlines = [ContactpersoonInline]


class InDienst(admin.SimpleListFilter):
    title = "werkt hier"
    parameter_name = "werkt_hier"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002  (Django's signature)
        return [("ja", "Ja"), ("nee", "Nee, vertrokken")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contactpersoon]) -> QuerySet[Contactpersoon]:  # noqa: ARG002
        hier = Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=today())
        return {"ja": queryset.filter(hier), "nee": queryset.exclude(hier)}.get(self.value() or "", queryset)


@admin.register(Contactpersoon)
class ContactpersoonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ContactpersoonForm
    list_display = ["naam", "functie", "wijkteam", "telefoon", "email", "geverifieerd_op", "in_dienst_tot"]
    list_filter = [InDienst, "wijkteam"]
    search_fields = ["naam", "email", "wijkteam__naam"]
    list_select_related = ["wijkteam"]
    autocomplete_fields = ["wijkteam"]
    inlines = [AfwezigheidInline]

    def save_model(self, request: HttpRequest, obj: Contactpersoon, form: Any, change: bool) -> None:  # noqa: FBT001
        """A photo that was replaced or taken away is gone from the disk as well, once the change is certain."""
        old = Contactpersoon.objects.get(pk=obj.pk).foto.name if change else ""
        super().save_model(request, obj, form, change)
        if old and old != obj.foto.name:
            _forget(obj, old)

    def delete_model(self, request: HttpRequest, obj: Contactpersoon) -> None:
        super().delete_model(request, obj)
        if obj.foto.name:
            _forget(obj, obj.foto.name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Contactpersoon]) -> None:
        for persoon in queryset:
            self.delete_model(request, persoon)


def _forget(persoon: Contactpersoon, foto: str) -> None:
    transaction.on_commit(lambda: persoon.foto.storage.delete(foto))


@admin.register(Aanspreekpunt)
class AanspreekpuntAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["contactpersoon", "wijkteam", "bereik", "vervanger", "van", "tot"]
    list_filter = ["wijkteam", "sector"]
    search_fields = ["contactpersoon__naam", "wijkteam__naam", "school__naam", "vestiging__naam"]
    list_select_related = ["contactpersoon", "wijkteam", "school", "vestiging", "vervanger"]
    autocomplete_fields = ["wijkteam", "contactpersoon", "vestiging", "school", "vervanger"]

    @admin.display(description="voor")
    def bereik(self, punt: Aanspreekpunt) -> str:
        return str(punt.vestiging or punt.school or punt.get_sector_display() or "het hele team")


@admin.register(Afwezigheid)
class AfwezigheidAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["contactpersoon", "van", "tot_en_met", "vervanger"]
    list_filter = ["contactpersoon__wijkteam"]
    search_fields = ["contactpersoon__naam"]
    list_select_related = ["contactpersoon", "vervanger"]
    autocomplete_fields = ["contactpersoon", "vervanger"]
    date_hierarchy = "van"


class Vervallen(admin.SimpleListFilter):
    """Rules that can never win, since the active editie does not know their area."""

    title = "gebied in het adresregister"
    parameter_name = "vervallen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002  (Django's signature)
        return [("ja", "Bestaat niet meer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Werkgebied]) -> QuerySet[Werkgebied]:  # noqa: ARG002
        editie = Editie.objects.filter(actief=True).first()
        if self.value() != "ja" or editie is None:
            return queryset
        return queryset.filter(pk__in=vervallen_werkgebieden(editie).values("pk"))


@admin.register(Werkgebied)
class WerkgebiedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = WerkgebiedForm
    list_display = ["wijkteam", "soort", "gebied", "sector", "leeftijd_van", "leeftijd_tot", "school", "vestiging", "van", "tot"]
    list_filter = [Vervallen, "soort", "sector", "wijkteam"]
    search_fields = ["gebied", "wijkteam__naam", "school__naam", "vestiging__naam", "toelichting"]
    list_select_related = ["wijkteam", "school", "vestiging"]
    autocomplete_fields = ["wijkteam", "school", "vestiging"]
    fieldsets = [
        (None, {"fields": ["wijkteam", "soort", "gebied", "sector", "toelichting"]}),
        ("Alleen bij de soort ‘school’", {"fields": ["school", "vestiging"]}),
        ("Alleen bij de soort ‘PC6 met huisnummers’", {"fields": ["nummer_van", "nummer_tot_en_met", "zijde"]}),
        (
            "Voor wie en wanneer",
            {
                "fields": [("leeftijd_van", "leeftijd_tot"), ("van", "tot")],
                "description": (
                    "‘Tot’ telt zelf niet mee: tot 18 jaar is tot de achttiende verjaardag, tot 1 januari is t/m 31 december."
                ),
            },
        ),
    ]
