"""Beheer of schools. Pupils are not here: beheer sees no content."""

from django.contrib import admin

from scholen.forms import SchoolForm, VestigingForm
from scholen.models import Samenwerkingsverband, School, Schoolvakantie, Vestiging


@admin.register(Samenwerkingsverband)
class SamenwerkingsverbandAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "naam"]
    search_fields = ["code", "naam"]


class VestigingInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Vestiging
    form = VestigingForm
    autocomplete_fields = ["samenwerkingsverband"]
    extra = 0
    show_change_link = True


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SchoolForm
    list_display = ["naam", "brin"]
    search_fields = ["naam", "brin"]
    inlines = [VestigingInline]


@admin.register(Vestiging)
class VestigingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = VestigingForm
    list_display = ["naam", "brin", "school", "plaats", "gemeente", "vakantieregio"]
    list_filter = ["gemeente", "vakantieregio", "samenwerkingsverband"]
    search_fields = ["naam", "brin", "school__naam", "plaats"]
    list_select_related = ["school", "gemeente"]
    autocomplete_fields = ["samenwerkingsverband"]


@admin.register(Schoolvakantie)
class SchoolvakantieAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["schooljaar", "naam", "regio", "van", "tot_en_met"]
    list_filter = ["schooljaar", "regio"]
    search_fields = ["naam", "schooljaar"]
