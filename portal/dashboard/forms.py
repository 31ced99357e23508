"""The form for a target of the region."""

from typing import Any, ClassVar

from django import forms

from casussen.models import Indicator, Streefwaarde
from gebieden.models import Regio
from portal.forms import DatumInput


class StreefwaardeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An indicator, what the region aims for, and from when. What the database refuses is said at its field."""

    class Meta:
        model = Streefwaarde
        fields: ClassVar[list[str]] = ["indicator", "waarde", "vanaf"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"vanaf": DatumInput()}
        labels: ClassVar[dict[str, str]] = {"indicator": "Waarvoor", "waarde": "Streefwaarde", "vanaf": "Geldt vanaf"}
        help_texts: ClassVar[dict[str, str]] = {
            "waarde": "Een percentage van 0 tot en met 100, of een aantal dagen.",
            "vanaf": "Eerdere periodes houden de streefwaarde die toen gold.",
        }

    def __init__(self, *args: Any, regio: Regio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.regio = regio
        self.fields["indicator"].widget.choices = [("", "Kies een indicator"), *Indicator.choices]
        self.fields["waarde"].localize = True
        self.fields["waarde"].widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
        self.fields["waarde"].widget.is_localized = True

    def _get_validation_exclusions(self) -> set[str]:
        """The region is no field here, but two targets of one region on one day are still refused."""
        return super()._get_validation_exclusions() - {"regio"}  # type: ignore[misc,no-any-return]
