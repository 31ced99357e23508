"""Forms of a school about its network."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from kern.kijker import Kijker
from kern.klok import today
from portal.forms import DatumInput
from scholen.models import Vestiging
from scholen.rollen import ZORGCOORDINATOR
from scholen.sectoren import Sector
from wijkteams.models import SoortKennismaking


class KlassenlijstForm(forms.Form):
    """The file, and where its pupils go when the list itself does not say."""

    bestand = forms.FileField(
        label="Klassenlijst",
        help_text="Een bestand uit uw leerlingadministratie: .csv of .xlsx, hoogstens 5 MB en 10.000 leerlingen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    vestiging = forms.ChoiceField(label="Vestiging", help_text="Van leerlingen bij wie de lijst geen vestiging noemt.")
    sector = forms.ChoiceField(label="Sector", required=False, help_text="Alleen nodig als een vestiging meer sectoren heeft.")
    sleutel = forms.UUIDField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, kijker: Kijker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Vestiging.objects.filter(school_id__in=kijker.ids(ZORGCOORDINATOR)).order_by("naam")
        self.vestigingen = {str(vestiging.pk): vestiging for vestiging in own}
        sectoren = sorted({sector for vestiging in own for sector in vestiging.sectoren}, key=Sector.values.index)
        self._choices("vestiging", [(key, vestiging.naam) for key, vestiging in self.vestigingen.items()])
        self._choices("sector", [("", "Staat in de lijst"), *((sector, Sector(sector).label) for sector in sectoren)])
        if len(self.vestigingen) == 1:
            self.fields["vestiging"].initial = next(iter(self.vestigingen))
        if all(len(vestiging.sectoren) == 1 for vestiging in own):
            del self.fields["sector"]
        self.fields["sleutel"].initial = uuid.uuid4()

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        field.choices = choices

    @property
    def gekozen(self) -> Vestiging:
        return self.vestigingen[self.cleaned_data["vestiging"]]


class KennismakingForm(forms.Form):
    """Who met whom, when and how."""

    contactpersoon = forms.ChoiceField(label="Wie van het wijkteam")
    medewerker = forms.ChoiceField(label="Wie van de school")
    datum = forms.DateField(label="Datum", widget=DatumInput)
    soort = forms.ChoiceField(label="Hoe", choices=SoortKennismaking.choices, initial=SoortKennismaking.SCHOOL)

    use_required_attribute = False

    def __init__(
        self, *args: Any, contactpersonen: Sequence[tuple[str, Any]], medewerkers: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("contactpersoon", contactpersonen), ("medewerker", medewerkers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
            field.choices = choices if len(choices) == 1 else [("", "Kies iemand"), *choices]
        self.fields["datum"].initial = today()
