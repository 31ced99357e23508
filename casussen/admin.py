"""Beheer of the loop: only the region's own lengths of termijnen. Functioneel beheer sees no casus."""

from django import forms
from django.contrib import admin

from casussen.models import TermijnInstelling
from casussen.workflow import TERMIJNEN


class TermijnInstellingForm(forms.ModelForm):  # type: ignore[type-arg]
    """The soort is chosen from the workflow table, by what must be done."""

    soort = forms.ChoiceField(label="termijn", choices=[(soort, regel.wat) for soort, regel in TERMIJNEN.items()])

    class Meta:
        model = TermijnInstelling
        fields = ["regio", "soort", "aantal", "eenheid"]


@admin.register(TermijnInstelling)
class TermijnInstellingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TermijnInstellingForm
    list_display = ["regio", "wat", "lengte", "standaard"]
    list_filter = ["regio"]

    @admin.display(description="termijn")
    def wat(self, instelling: TermijnInstelling) -> str:
        regel = TERMIJNEN.get(instelling.soort)
        return regel.wat if regel else instelling.soort

    @admin.display(description="lengte")
    def lengte(self, instelling: TermijnInstelling) -> str:
        return f"{instelling.aantal} {instelling.eenheid}"

    @admin.display(description="zonder instelling")
    def standaard(self, instelling: TermijnInstelling) -> str:
        regel = TERMIJNEN.get(instelling.soort)
        return f"{regel.aantal} {regel.eenheid.value}" if regel else ""
