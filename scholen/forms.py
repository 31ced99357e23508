"""Forms of beheer for schools: a BRIN and a postcode as people type them, stored exactly."""

from typing import Any

from django import forms

from gebieden.adres import Fout, parse_postcode
from scholen.models import School, Vestiging
from scholen.queries import exact_brin
from scholen.sectoren import Sector


class BrinField(forms.CharField):
    """'12 ab 00' becomes '12AB00'; what is no BRIN is left for the model to refuse."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        return exact_brin(typed) or typed


class PostcodeField(forms.CharField):
    """'2011 ab' becomes '2011AB'; what is no Dutch postcode is told as everywhere in the portal."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        postcode = parse_postcode(typed) if typed else ""
        if isinstance(postcode, Fout):
            raise forms.ValidationError(postcode.melding)
        return postcode


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]
    brin = BrinField(label="BRIN", help_text="Vier tekens, zoals 12AB.")

    class Meta:
        model = School
        fields = ["brin", "naam"]


class VestigingForm(forms.ModelForm):  # type: ignore[type-arg]
    brin = BrinField(label="BRIN vestiging", help_text="Zes tekens, zoals 12AB00.")
    postcode = PostcodeField(required=False)
    sectoren = forms.MultipleChoiceField(choices=Sector.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Vestiging
        fields = [
            "brin",
            "naam",
            "sectoren",
            "straat",
            "huisnummer",
            "postcode",
            "plaats",
            "telefoon",
            "gemeente",
            "samenwerkingsverband",
            "vakantieregio",
        ]
