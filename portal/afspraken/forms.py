"""Forms of what was agreed: mandates, who does what, and the desks outside the region."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from casussen.keuzes import Partij, RolInStap
from casussen.rollen import LEEG, Matrix, Vak
from gebieden.models import Gemeente
from portal.forms import Dag, DatumInput
from scholen.models import School
from toegang.models import User


class MandaatForm(forms.Form):
    """`tot_en_met` is the last day, as people write it; stored is the first day on which it no longer holds."""

    use_required_attribute = False

    school = forms.ModelChoiceField(label="School", queryset=School.objects.none())
    gemeenten = forms.ModelMultipleChoiceField(
        label="Voor leerlingen uit",
        queryset=Gemeente.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Het mandaat geldt alleen voor leerlingen die in deze gemeenten wonen.",
    )
    hulp = forms.CharField(
        label="Welke hulp mag de school inzetten?",
        max_length=300,
        help_text="Bijvoorbeeld: jeugdhulpadviseur, korte gezinsbegeleiding.",
    )
    maximum = forms.CharField(
        label="Hoeveel en hoe lang?",
        max_length=200,
        help_text="Bijvoorbeeld: hoogstens 10 gesprekken per leerling per schooljaar.",
    )
    van = Dag(label="Geldt vanaf")
    #: People write 31-12-9999 for a mandate without an end: any year will do here.
    tot_en_met = forms.DateField(
        widget=DatumInput, label="Geldt tot en met", required=False, help_text="Leeg betekent: tot het wordt beëindigd."
    )
    gegeven_door = forms.CharField(
        label="Gegeven door", max_length=160, help_text="Wie het besluit nam, bijvoorbeeld: college van B en W van Haarlem."
    )
    document = forms.CharField(
        label="Besluit of document", max_length=200, help_text="Nummer of vindplaats, zodat iedereen het kan nalezen."
    )
    toelichting = forms.CharField(label="Toelichting", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, gemeenten: QuerySet[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.order_by("naam")  # type: ignore[attr-defined]
        self.fields["gemeenten"].queryset = gemeenten  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        van, tot_en_met = values.get("van"), values.get("tot_en_met")
        if van and tot_en_met and tot_en_met < van:
            self.add_error("tot_en_met", "De laatste dag ligt voor de eerste.")
        return values

    @property
    def gegevens(self) -> dict[str, Any]:
        """The fields of the mandate itself."""
        names = ("school", "hulp", "maximum", "van", "gegeven_door", "document", "toelichting")
        values = {naam: self.cleaned_data[naam] for naam in names}
        return {**values, "tot": day_after(self.cleaned_data["tot_en_met"])}


def day_after(dag: date | None) -> date | None:
    """The first day that is too late; after the last day of the calendar there is none, which is 'until it is ended'."""
    return dag + timedelta(days=1) if dag is not None and dag != date.max else None


class EindeForm(forms.Form):
    use_required_attribute = False

    tot = Dag(label="Eerste dag waarop het niet meer geldt")
    reden = forms.CharField(label="Waarom stopt het?", max_length=300)


class MandaatFilter(forms.Form):
    toestand = forms.ChoiceField(
        label="Toestand",
        required=False,
        choices=[("", "Nu geldig"), ("komt", "Gaat nog in"), ("voorbij", "Voorbij"), ("alle", "Alle")],
    )
    gemeente = forms.ChoiceField(label="Gemeente", required=False)

    def __init__(self, *args: Any, gemeenten: QuerySet[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(gemeenten.values_list("code", "naam"))
        self.fields["gemeente"] = forms.ChoiceField(label="Gemeente", required=False, choices=[("", "Alle"), *choices])


class LoketForm(forms.ModelForm):  # type: ignore[type-arg]
    """The desk of a gemeente outside the region. The action checks the row as a whole."""

    use_required_attribute = False
    loket_url = forms.URLField(label="Website van het loket", required=False, assume_scheme="https")
    volger = forms.ModelChoiceField(
        label="Wie van onze regio volgt het?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Niemand vast: de regiocoördinatoren samen",
        help_text="Staat als eerste klaar zodra een casus naar dit loket gaat.",
    )

    class Meta:
        model = Gemeente
        fields = ["loket_naam", "loket_telefoon", "loket_email", "loket_url", "wie_betaalt", "volger"]
        labels = {
            "loket_naam": "Naam van het loket",
            "loket_telefoon": "Telefoon",
            "loket_email": "E-mailadres",
            "wie_betaalt": "Wie betaalt de hulp?",
        }
        help_texts = {"wie_betaalt": "Alleen als deze gemeente iets anders afspreekt. Leeg betekent: het woonplaatsbeginsel."}
        widgets = {"wie_betaalt": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, volgers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volger"].queryset = volgers  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Nothing: the action checks, and says so at the field."""


class StapForm(forms.Form):
    """What each party does in one step: its roles, and in words."""

    use_required_attribute = False

    def __init__(self, stap: str, matrix: Matrix, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        for partij in Partij:
            rollen, tekst = matrix.get((stap, partij.value), LEEG)
            initial |= {f"{partij.value}_rollen": list(rollen), f"{partij.value}_tekst": tekst}
        super().__init__(data, initial=initial)
        for partij in Partij:
            self.fields[f"{partij.value}_rollen"] = forms.MultipleChoiceField(
                label=partij.label.capitalize(), choices=RolInStap.choices, widget=forms.CheckboxSelectMultiple, required=False
            )
            self.fields[f"{partij.value}_tekst"] = forms.CharField(
                label=f"{partij.label.capitalize()}: in woorden", max_length=300, required=False
            )

    @property
    def vakken(self) -> Mapping[str, Vak]:
        values = self.cleaned_data
        return {p.value: (tuple(values[f"{p.value}_rollen"]), values[f"{p.value}_tekst"].strip()) for p in Partij}


class PubliceerForm(forms.Form):
    use_required_attribute = False

    geldig_van = Dag(label="Geldt vanaf")
    toelichting = forms.CharField(label="Wat is er anders?", max_length=300, help_text="Eén zin voor wie dit later naleest.")
