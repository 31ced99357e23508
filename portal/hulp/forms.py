"""Delivering figures on a screen: which kind, which file, and whether to look only."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from scholen.aanlevering.bestand import BYTES_MAX
from scholen.models import SoortAanlevering


class AanleverForm(forms.Form):
    soort = forms.ChoiceField(
        label="Wat levert u aan?",
        choices=[
            (SoortAanlevering.JEUGDHULP.value, "Jeugdhulp per school en schooljaar"),
            (SoortAanlevering.CONTEXT.value, "Cijfers per wijk en jaar"),
        ],
        widget=forms.RadioSelect,
        initial=SoortAanlevering.JEUGDHULP.value,
    )
    bestand = forms.FileField(
        label="Bestand (csv)",
        help_text="Hoogstens 5 MB. Lever echte aantallen aan: dit portaal laat kleine zelf weg. Nooit namen van leerlingen.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )
    proef = forms.BooleanField(label="Alleen controleren, nog niets opslaan", required=False)

    def clean_bestand(self) -> "UploadedFile[Any]":
        bestand: UploadedFile[Any] = self.cleaned_data["bestand"]
        if (bestand.size or 0) > BYTES_MAX:
            raise forms.ValidationError("Dit bestand is groter dan 5 MB. Lever het per schooljaar aan.")
        return bestand
