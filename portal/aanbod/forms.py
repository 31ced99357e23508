"""What one can search the aanbodgids by. Everything in it may stand in a URL: it is about help, not about a pupil."""

from collections.abc import Collection
from typing import Any

from django import forms

from gebieden.models import Gemeente
from kern.kijker import Kijker
from portal.aanbod.scholen import homes_of, schools_of
from portal.afspraken.regio import region_of
from scholen.models import School
from zorgaanbod.keuzes import Hulpvorm, SoortAanbieder, Zwaarte
from zorgaanbod.queries import Zoekvraag

ALLES = [("", "Alle")]
#: What a link or a typed address asks for that is no choice.
BESTAAT_NIET = "Deze keuze bestaat niet. Kies er een uit de lijst; nu telt dit filter niet mee."
#: A list of schools longer than this is no choice any more; /aanbod/dekking leads to each of them.
SCHOLEN_TE_KIEZEN = 60


class ZoekForm(forms.Form):
    tekst = forms.CharField(label="Zoekwoord", required=False, max_length=80)
    hulpvorm = forms.ChoiceField(label="Soort hulp", required=False, choices=[*ALLES, *Hulpvorm.choices])
    leeftijd = forms.TypedChoiceField(
        label="Leeftijd",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Alle"), *((str(n), f"{n} jaar") for n in range(28))],
    )
    gemeente = forms.ChoiceField(label="Woont in", required=False)
    school = forms.ChoiceField(label="Voor leerlingen van", required=False)
    wachttijd = forms.TypedChoiceField(
        label="Wachttijd",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Maakt niet uit"), ("0", "Geen"), *((str(n), f"Hoogstens {n} weken") for n in (4, 8, 13, 26))],
    )
    soort = forms.ChoiceField(
        label="Van wie",
        required=False,
        choices=[*ALLES, (SoortAanbieder.VOORVELD, "Vrij toegankelijk"), (SoortAanbieder.JEUGDHULP, "Jeugdhulp")],
    )
    zwaarte = forms.ChoiceField(label="Hoe zwaar", required=False, choices=[*ALLES, *Zwaarte.choices])
    waar = forms.ChoiceField(label="Waar", required=False, choices=[("", "Overal"), ("school", "Op school")])
    let_op = forms.ChoiceField(
        label="Let op",
        required=False,
        choices=[("", "Alles"), ("boven_norm", "Wachttijd boven de norm"), ("oud", "Wachttijd ouder dan 30 dagen")],
    )

    def __init__(self, *args: Any, kijker: Kijker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kijker = kijker
        regio = region_of(kijker)
        gemeenten = Gemeente.objects.filter(regio=regio) if regio else Gemeente.objects.filter(regio__isnull=False)
        codes = list(gemeenten.order_by("naam").values_list("code", "naam"))
        self.fields["gemeente"] = forms.ChoiceField(label="Woont in", required=False, choices=[*ALLES, *codes])
        schools = list(schools_of(kijker).values_list("brin", "naam")[: SCHOLEN_TE_KIEZEN + 1])
        if schools and len(schools) <= SCHOLEN_TE_KIEZEN:
            self.fields["school"] = forms.ChoiceField(
                label="Voor leerlingen van", required=False, choices=[("", "Alle scholen"), *schools]
            )
        else:
            del self.fields["school"]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = BESTAAT_NIET

    @property
    def vraag(self) -> Zoekvraag:
        """What was chosen; what cannot be chosen is left out, and is said at its field."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) for name in self.fields}
        return Zoekvraag(
            tekst=chosen["tekst"] or "",
            hulpvorm=chosen["hulpvorm"] or "",
            zwaarte=chosen["zwaarte"] or "",
            soort=chosen["soort"] or "",
            leeftijd=chosen["leeftijd"],
            gemeente_ids=gemeente_ids(self._kijker, chosen["gemeente"] or "", chosen.get("school") or ""),
            wachttijd=chosen["wachttijd"],
            op_school=chosen["waar"] == "school",
            boven_norm=chosen["let_op"] == "boven_norm",
            oud=chosen["let_op"] == "oud",
        )


def gemeente_ids(kijker: Kijker, gemeente: str, brin: str) -> Collection[int] | None:
    """For somebody who lives there, for pupils of that school, or for both at once; None: for anybody."""
    homes: set[int] | None = None
    if gemeente:
        homes = set(Gemeente.objects.filter(code=gemeente).values_list("pk", flat=True))
    if brin:
        school: School | None = schools_of(kijker).filter(brin=brin).first()
        here = {one.pk for one in homes_of(kijker, [school.pk])[school.pk]} if school else set()
        homes = here if homes is None else homes & here
    return homes
