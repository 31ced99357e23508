"""Beheer of the aanbodgids: aanbieders, what they offer, and which gemeente bought it."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from kern.api import kijker_of_request
from kern.klok import now
from kern.rijen import RijenFormSet
from zorgaanbod.forms import WachttijdRegelForm
from zorgaanbod.models import Aanbieder, Arrangement, Contract, Wachttijd


class ArrangementInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Arrangement
    formset = RijenFormSet
    fields = ["naam", "hulpvorm", "zwaarte", "tot"]
    extra = 0
    show_change_link = True
    can_delete = False  # what is no longer offered gets a last day: inzet of the past keeps its name


class ContractInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Contract
    formset = RijenFormSet
    fields = ["gemeente", "van", "tot"]
    autocomplete_fields = ["gemeente"]
    extra = 0


class WachttijdInline(admin.TabularInline):  # type: ignore[type-arg]
    """What was measured stays as it was; beheer may add one."""

    model = Wachttijd
    form = WachttijdRegelForm
    fields = ["weken", "gemeten_op"]
    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  (Django's signature)
        return False


@admin.register(Aanbieder)
class AanbiederAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["naam", "soort", "telefoon", "email", "actief_tot"]
    list_filter = ["soort", "gemeenten"]
    search_fields = ["naam"]
    autocomplete_fields = ["gemeenten"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [ArrangementInline]


@admin.register(Arrangement)
class ArrangementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["naam", "aanbieder", "hulpvorm", "zwaarte", "leeftijd_van", "leeftijd_tot", "capaciteit", "van", "tot"]
    list_filter = ["hulpvorm", "zwaarte", "op_school", "contracten__gemeente"]
    search_fields = ["naam", "aanbieder__naam"]
    list_select_related = ["aanbieder"]
    autocomplete_fields = ["aanbieder"]
    inlines = [ContractInline, WachttijdInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:  # noqa: ARG002
        """Of a new waiting time it is known who wrote it, and when. What is deleted makes room for what comes."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            if isinstance(row, Wachttijd):
                row.door_id, row.vastgelegd_op = kijker_of_request(request).user_id, now()
            row.save()
        formset.save_m2m()
