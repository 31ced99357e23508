"""Forms about verzuim: loose hours, whole days, the last day away, and that it was reported to leerplicht."""

import uuid
from typing import Any

from django import forms

from casussen.queries.verzuim import Filter
from kern.klok import today
from portal.forms import DatumInput
from scholen.actions.verzuim import TOELICHTING_MAX, Opgave
from scholen.models import School, Verzuim
from scholen.verzuim.keuzes import PER_UUR, RedenVerzuim, SoortVerzuim, VrijstellingGrond
from scholen.verzuim.rules import UREN_SCHOOLDAG, WEKEN_GRENS

#: The two ways to be away, as the tabs of the screen name them.
UREN, DAGEN = "uren", "dagen"


class ZoekForm(forms.Form):
    """A pupil of the own school. By POST: a name never comes in an address."""

    zoek = forms.CharField(
        label="Naam of leerlingnummer",
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": "Vul een deel van de naam of het nummer in."},
    )

    use_required_attribute = False


class MeldingForm(forms.Form):
    """One report; `vorm` says which questions it has."""

    soort = forms.ChoiceField(label="Wat voor verzuim?", widget=forms.RadioSelect)
    van = forms.DateField(label="Eerste dag", widget=DatumInput)
    tot = forms.DateField(label="Laatste dag", required=False, widget=DatumInput)
    uren = forms.DecimalField(
        label="Aantal uren", min_value=0, max_digits=4, decimal_places=1, widget=forms.NumberInput(attrs={"step": "0.5"})
    )
    reden = forms.ChoiceField(label="Reden", choices=RedenVerzuim.choices, initial=RedenVerzuim.ONBEKEND)
    belastbaar_volgens_plan = forms.BooleanField(
        label="Ziek, maar volgens het plan wel tot iets in staat",
        required=False,
        help_text="Dan tellen de dagen mee als verzuim.",
    )
    vrijstelling_grond = forms.ChoiceField(
        label="Grond van de vrijstelling", required=False, choices=[("", "Geen vrijstelling"), *VrijstellingGrond.choices]
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=TOELICHTING_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen voor uw school. De reden hierboven is voor iedereen met wie de casus is gedeeld.",
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, vorm: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vorm = vorm
        kinds = PER_UUR if vorm == UREN else tuple(SoortVerzuim)
        self._choices("soort", [(soort.value, soort.label) for soort in kinds])
        if vorm == UREN:
            del self.fields["belastbaar_volgens_plan"], self.fields["vrijstelling_grond"]
            self.fields["van"].label = "Dag"
            self.fields["tot"].label = "Tot en met"
            self.fields["uren"].help_text = f"Hoogstens {UREN_SCHOOLDAG} per schooldag."
            self.fields["tot"].help_text = "Leeg: alleen deze dag. Uren van meer dagen kunt u optellen, binnen één week."
        else:
            del self.fields["uren"]
            self.fields["tot"].help_text = "Leeg: de leerling is nog steeds afwezig."
        self.fields["soort"].initial = SoortVerzuim.RELATIEF
        self.fields["van"].initial = today()
        self.fields["sleutel"].initial = uuid.uuid4()

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    @property
    def opgave(self) -> Opgave:
        given = self.cleaned_data
        return Opgave(
            soort=given["soort"],
            van=given["van"],
            tot=given["tot"],
            uren=given.get("uren"),
            reden=given["reden"],
            toelichting=given["toelichting"],
            belastbaar_volgens_plan=given.get("belastbaar_volgens_plan", False),
            vrijstelling_grond=given.get("vrijstelling_grond", ""),
        )


class VerbeterForm(MeldingForm):
    """The same report, better; and why."""

    waarom = forms.CharField(
        label="Waarom klopte de melding niet?",
        max_length=200,
        error_messages={"required": "Schrijf op waarom de melding niet klopte."},
    )

    def __init__(self, *args: Any, verzuim: Verzuim, **kwargs: Any) -> None:
        super().__init__(*args, vorm=DAGEN if verzuim.uren is None else UREN, **kwargs)
        del self.fields["sleutel"]
        for name in self.fields:
            if hasattr(verzuim, name):
                self.fields[name].initial = getattr(verzuim, name)


class VervalForm(forms.Form):
    """The report should not be there at all: the other questions do not matter then."""

    waarom = VerbeterForm.declared_fields["waarom"]


class EindeForm(forms.Form):
    tot = forms.DateField(label="Laatste dag dat de leerling er niet was", widget=DatumInput)

    use_required_attribute = False


class GemeldForm(forms.Form):
    gemeld_op = forms.DateField(label="Op welke dag meldde u het bij leerplicht?", widget=DatumInput)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeld_op"].initial = today()


class FilterForm(forms.Form):
    """What the list of thuiszitters is narrowed to; nothing here is about a person."""

    school = forms.TypedChoiceField(label="School", required=False, coerce=int, empty_value=None)
    weken = forms.TypedChoiceField(
        label="Hoe lang",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Alle"), *((n, f"{n} weken of langer") for n in (WEKEN_GRENS, 8, 12, 26))],
    )
    zonder_casus = forms.ChoiceField(
        label="Casus",
        required=False,
        choices=[("", "Met en zonder"), ("ja", "Zonder casus")],
    )

    use_required_attribute = False

    def __init__(self, *args: Any, scholen: list[School], is_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(scholen) > 1:
            field = self.fields["school"]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (for the type checker)
            field.choices = [("", "Alle scholen"), *((school.pk, school.naam) for school in scholen)]
        else:
            del self.fields["school"]
        if not is_school:
            del self.fields["zonder_casus"]

    @property
    def chosen(self) -> Filter:
        """What does not make sense filters nothing."""
        if not self.is_valid():
            return Filter()
        given = self.cleaned_data
        return Filter(given.get("school"), given["weken"], zonder_casus=given.get("zonder_casus") == "ja")
