"""How forms look: set as FORM_RENDERER, so `{{ form }}` and `{{ field.as_field_group }}` come out in Utrecht style everywhere."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Label, help, error, input; and above the whole form a summary of what is wrong that links to the fields."""

    form_template_name = "components/formulier.html"
    field_template_name = "components/veld.html"


class DatumInput(forms.DateInput):
    """The date field of the browser; a value always travels as ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def use_plain_words() -> None:
    """What a form says when something is missing: plain Dutch instead of 'Dit veld is vereist.'. Called when the app is ready."""
    forms.Field.default_error_messages["required"] = "Vul dit in."
    forms.BooleanField.default_error_messages = {"required": "Vink dit aan om verder te gaan."}
    forms.ChoiceField.default_error_messages["required"] = "Maak een keuze."
    forms.ModelChoiceField.default_error_messages["required"] = "Maak een keuze."
