"""Forms of an onderwijs-zorgarrangement. What may not be is decided by the actions, and told at the field."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from casussen.actions.oza import Samen
from casussen.keuzes import RedenUitstroom
from casussen.models import Casus
from portal.forms import Dag
from scholen.models import Vestiging
from zorgaanbod.models import Aanbieder

MEESTE_DOELEN = 12


def _dag(label: str, **kwargs: Any) -> forms.DateField:
    return Dag(label=label, error_messages={"invalid": "Vul een dag in."}, **kwargs)


class DoelenField(forms.CharField):
    """A list, one goal on each line."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [line.strip(" -•\t") for line in (super().to_python(value) or "").splitlines() if line.strip(" -•\t")]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        if not value:
            raise forms.ValidationError("Schrijf minstens één doel op.")
        if len(value) > MEESTE_DOELEN or any(len(line) > 300 for line in value):
            raise forms.ValidationError(f"Hoogstens {MEESTE_DOELEN} doelen, elk van hoogstens 300 tekens.")

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)


class OnderwijszorgForm(forms.Form):
    use_required_attribute = False

    naam = forms.CharField(label="Naam", max_length=120, help_text="Zoals school en aanbieder het noemen.")
    visie = forms.CharField(
        label="Gedeelde visie",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Wat willen school en aanbieder samen voor deze leerlingen?",
    )
    doelen = DoelenField(
        label="Gezamenlijke doelen", widget=forms.Textarea(attrs={"rows": 4}), help_text="Elk doel op een eigen regel."
    )
    plaatsen = forms.IntegerField(label="Aantal plaatsen", min_value=1, max_value=200)
    duur_weken = forms.IntegerField(label="Hoe lang duurt het meestal? (weken)", min_value=1, max_value=208)
    mdo_elke_weken = forms.IntegerField(label="Samen overleggen elke … weken", min_value=1, max_value=26)
    mdo_volgende = _dag("Volgend gezamenlijk overleg", required=False)
    van = _dag("Begint op")
    tot = _dag("Eerste dag waarop het er niet meer is", required=False, help_text="Leeg betekent: het loopt door.")


class WijzigForm(OnderwijszorgForm):
    """`versie`: what this person was looking at when they opened it."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_147_483_647)

    def look_again(self, versie: int) -> None:
        """From now on this person has seen that version: what they typed stays, and saving it once more is their choice."""
        self.data = {name: self.data.get(name) for name in self.data} | {"versie": str(versie)}


class NieuwForm(OnderwijszorgForm):
    vestiging = forms.ModelChoiceField(label="Vestiging", queryset=Vestiging.objects.none(), empty_label=None)
    aanbieder = forms.ModelChoiceField(label="Aanbieder", queryset=Aanbieder.objects.none(), empty_label="Kies een aanbieder")

    field_order = ("vestiging", "aanbieder")

    def __init__(self, *args: Any, vestigingen: QuerySet[Vestiging], aanbieders: QuerySet[Aanbieder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vestiging"].queryset = vestigingen  # type: ignore[attr-defined]
        self.fields["aanbieder"].queryset = aanbieders  # type: ignore[attr-defined]


class MdoForm(forms.Form):
    use_required_attribute = False

    gehouden_op = _dag("Op welke dag was het overleg?")


class SamenForm(forms.Form):
    """What every decision about a place needs: it is taken by school and aanbieder together."""

    use_required_attribute = False

    namens_school = forms.CharField(label="Wie besloot dit namens de school?", max_length=160)
    namens_aanbieder = forms.CharField(label="Wie besloot dit namens de aanbieder?", max_length=160)
    reden = forms.CharField(label="Waarom?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def samen(self) -> Samen:
        return Samen(**{name: self.cleaned_data[name] for name in ("namens_school", "namens_aanbieder", "reden")})


class InstroomForm(SamenForm):
    casus = forms.ModelChoiceField(label="Leerling", queryset=Casus.objects.none(), empty_label="Kies een leerling")
    van = _dag("Vanaf welke dag?")

    field_order = ("casus", "van")

    def __init__(self, *args: Any, casussen: QuerySet[Casus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["casus"]
        field.queryset = casussen
        field.label_from_instance = lambda casus: f"{casus.leerling or 'Leerling'} (casus {casus.nummer})"


class DoorstroomForm(SamenForm):
    verwacht_tot = _dag("Tot wanneer gaat de leerling hier door?")

    field_order = ("verwacht_tot",)


class UitstroomForm(SamenForm):
    tot = _dag("Eerste dag waarop de leerling hier niet meer is")
    reden_uitstroom = forms.ChoiceField(label="Reden", choices=[("", "Kies een reden"), *RedenUitstroom.choices])
    waarheen = forms.CharField(label="Waar gaat de leerling heen?", max_length=200)

    field_order = ("tot", "reden_uitstroom", "waarheen")
