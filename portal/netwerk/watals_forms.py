"""Forms of 'Wat als?': a draft, one of its rules, and the filter of the rules one may choose from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from gebieden.models import Editie, EditieStatus, Gemeente, Regio, RegisterRegel
from gebieden.register import EditieRef
from portal.forms import Dag
from portal.netwerk.forms import RegelForm
from scholen.sectoren import Sector
from wijkteams.forms import area_exists
from wijkteams.models import Voorstel, Wijkteam


class EditieKeuze(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} ({obj.adressen:,} adressen)".replace(",", ".")


class VoorstelForm(forms.Form):
    naam = forms.CharField(label="Naam van het voorstel", max_length=120, help_text="Bijvoorbeeld: Molenwijk naar team Oost.")
    ingaat_op = Dag(label="Gaat in op", help_text="Vandaag of later. Tot die dag blijft alles zoals het is.")
    editie = EditieKeuze(
        label="Ook een ander adresregister proberen?",
        queryset=Editie.objects.none(),
        required=False,
        empty_label="Nee, het register van nu",
        help_text="Een editie die geladen is, maar nog niet actief.",
    )
    regio = forms.ModelChoiceField(label="Regio", queryset=Regio.objects.none(), empty_label=None)

    def __init__(self, *args: Any, regios: QuerySet[Regio], mag_editie: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regio"].queryset = regios  # type: ignore[attr-defined]
        if regios.count() == 1:
            del self.fields["regio"]
        edities = Editie.objects.filter(status=EditieStatus.GELADEN, adressen__gt=0, actief=False)
        self.fields["editie"].queryset = edities  # type: ignore[attr-defined]
        if not mag_editie or not edities.exists():
            del self.fields["editie"]


class VoorstelRegelForm(RegelForm):
    """A rule that begins with the draft: the form of a werkgebied, without days of its own."""

    def __init__(self, *args: Any, voorstel: Voorstel, **kwargs: Any) -> None:
        teams = Wijkteam.objects.filter(gemeente__regio_id=voorstel.regio_id).order_by("naam")
        super().__init__(*args, teams=teams, **kwargs)
        self.voorstel = voorstel
        for naam in ("van", "tot"):
            self.fields.pop(naam, None)

    def clean_gebied(self) -> str:
        """An area of the region, known to the register of now or to the one that is tried."""
        try:
            gebied = super().clean_gebied()
        except ValidationError:
            gebied = "".join(str(self.cleaned_data["gebied"]).split()).upper()
            editie = self.voorstel.editie
            if editie is None or not area_exists(gebied, EditieRef(editie.pk, editie.label)):
                raise
        if not lies_in_region(gebied, self.voorstel):
            raise ValidationError("Dit gebied ligt niet in uw regio.")
        return gebied


def lies_in_region(gebied: str, voorstel: Voorstel) -> bool:
    """Does any part of this area belong to a gemeente of the region?"""
    codes = Gemeente.objects.filter(regio_id=voorstel.regio_id).values_list("code", flat=True)
    if not gebied[:1].isdigit():
        return f"GM{gebied[2:6]}" in set(codes)
    regels = RegisterRegel.objects.filter(postcode__startswith=gebied, editie__status=EditieStatus.GELADEN)
    buurten = regels.values_list("buurt_code", flat=True).distinct()
    return not {f"GM{code[2:6]}" for code in buurten}.isdisjoint(codes)


class RegelFilter(forms.Form):
    wijkteam = forms.ModelChoiceField(label="Wijkteam", queryset=Wijkteam.objects.none(), required=False, empty_label="Alle")
    gebied = forms.CharField(label="Gebied", required=False, max_length=10)
    sector = forms.ChoiceField(label="Sector", required=False, choices=[("", "Alle"), *Sector.choices])

    def __init__(self, *args: Any, teams: QuerySet[Wijkteam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wijkteam"].queryset = teams  # type: ignore[attr-defined]
