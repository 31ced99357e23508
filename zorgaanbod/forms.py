"""Forms of the aanbieder's own entry; the actions check the rows as a whole. And a waiting time as beheer adds it."""

from datetime import date
from typing import Any

from django import forms

from kern.klok import today
from zorgaanbod.models import Aanbieder, Arrangement, Wachttijd
from zorgaanbod.rules import MEESTE_WEKEN, MOET_NOG_KOMEN


class _EigenForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    def _post_clean(self) -> None:
        """Nothing: the action checks, and says so at the field."""


class AanbiederForm(_EigenForm):
    website = forms.URLField(label="Website", required=False, assume_scheme="https")

    class Meta:
        model = Aanbieder
        fields = ["omschrijving", "telefoon", "email", "website"]
        labels = {"omschrijving": "Wie u bent en wat u doet", "telefoon": "Telefoon", "email": "E-mailadres"}
        help_texts = {"email": "Hier komen ook berichten van het portaal, als er niemand van u een account heeft."}
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 5})}


class ArrangementForm(_EigenForm):
    class Meta:
        model = Arrangement
        fields = ["omschrijving", "zo_vraagt_u_aan", "capaciteit"]
        labels = {
            "omschrijving": "Wat deze hulp is en voor wie",
            "zo_vraagt_u_aan": "Zo vraagt een school of wijkteam deze hulp aan",
            "capaciteit": "Aantal plaatsen",
        }
        help_texts = {"capaciteit": "Leeg betekent: er is geen vast aantal."}
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 5}), "zo_vraagt_u_aan": forms.Textarea(attrs={"rows": 2})}


class WachttijdForm(forms.Form):
    """How long somebody waits who asks now."""

    use_required_attribute = False

    weken = forms.IntegerField(
        label="Wachttijd in weken",
        min_value=0,
        max_value=MEESTE_WEKEN,
        help_text="Hoe lang wacht iemand die vandaag vraagt? Geen wachttijd: vul 0 in.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Vul een aantal hele weken in.",
            "min_value": "Vul 0 of meer weken in.",
            "max_value": "Een wachttijd is hoogstens %(limit_value)s weken.",
        },
    )
    gemeten_op = forms.DateField(label="Op welke dag is dat bepaald?", error_messages={"invalid": "Vul een dag in."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeten_op"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WachttijdRegelForm(forms.ModelForm):  # type: ignore[type-arg]
    """A measurement that beheer adds: of today, or of a day before."""

    class Meta:
        model = Wachttijd
        fields = ["weken", "gemeten_op"]

    def clean_gemeten_op(self) -> date:
        gemeten_op: date = self.cleaned_data["gemeten_op"]
        if gemeten_op > today():
            raise forms.ValidationError(MOET_NOG_KOMEN)
        return gemeten_op
