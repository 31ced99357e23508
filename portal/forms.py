"""How forms look: set as FORM_RENDERER, so `{{ form }}` and `{{ field.as_field_group }}` come out in Utrecht style everywhere."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from casussen.velden.lezen import EERSTE_JAAR, LAATSTE_JAAR


class Renderer(TemplatesSetting):
    """Label, help, error, input; and above the whole form a summary of what is wrong that links to the fields."""

    form_template_name = "components/formulier.html"
    field_template_name = "components/veld.html"


class DatumInput(forms.DateInput):
    """The date field of the browser; a value always travels as ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class Dag(forms.DateField):
    """A day of a year that can be, in the browser's own date field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DatumInput, **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not EERSTE_JAAR <= day.year <= LAATSTE_JAAR:
            raise forms.ValidationError(f"Het jaar {day.year} kan niet kloppen.")
        return day


def use_plain_words() -> None:
    """What a form says when something is missing: plain Dutch instead of 'Dit veld is vereist.'. Called when the app is ready."""
    forms.Field.default_error_messages["required"] = "Vul dit in."
    forms.BooleanField.default_error_messages = {"required": "Vink dit aan om verder te gaan."}
    forms.ChoiceField.default_error_messages["required"] = "Maak een keuze."
    forms.ModelChoiceField.default_error_messages["required"] = "Maak een keuze."
