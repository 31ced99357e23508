"""Forms of the loop, made from the same list of fields that the API and the machine read (`casussen.velden`).

A form asks; it does not judge twice. Reading and its messages are `velden.clean`; what is missing for a step is said by the
machine (`Onvolledig`) and comes back at the field through `add_refusals`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict

from casussen import velden as v
from casussen.fouten import Ontbreekt
from casussen.velden import Soort, Veld

ARTIKELEN = ("de ", "het ", "uw ")
#: Choices as radio buttons up to this many; more becomes a list.
HOOGSTENS_RADIO = 4
#: Fields that say '(niet verplicht)' on screen. The others are needed, if not now then when the step is taken.
OPTIONEEL = frozenset(
    {
        "klas",
        "contact_gezin",
        "huisletter",
        "toevoeging",
        "geprobeerd",
        "contact_notitie",
        "terugkoppeling_vervolg",
        "terugkoppeling_nodig",
        "opvolgen_op",
    }
)
Keuzes = Iterable[tuple[Any, Any]]


def heading(label: str) -> str:
    """'de hulpvraag' as a label above a field: 'Hulpvraag'."""
    for artikel in ARTIKELEN:
        label = label.removeprefix(artikel)
    return label[:1].upper() + label[1:]


class DatumInput(forms.DateInput):
    """The date field of the browser; what was typed and cannot be read is shown again as it was typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OngelezenField(forms.Field):
    """Takes what was typed as it is; `velden.clean` reads it. `required` only decides whether '(niet verplicht)' is shown."""

    def clean(self, value: Any) -> Any:
        return value


def _widget(veld: Veld, keuzes: list[tuple[Any, Any]]) -> forms.Widget:
    match veld.soort:
        case Soort.TEKST:
            return forms.Textarea(attrs={"rows": 4, "maxlength": veld.max_lengte})
        case Soort.DATUM:
            return DatumInput()
        case Soort.JA_NEE:
            return forms.CheckboxInput()
        case soort if soort in v.TE_KIEZEN:
            if len(keuzes) <= HOOGSTENS_RADIO and all(not isinstance(label, (list, tuple)) for _, label in keuzes):
                return forms.RadioSelect(choices=keuzes)
            return forms.Select(choices=[("", "Kies …"), *keuzes])
        case _:
            return forms.TextInput(attrs={"maxlength": veld.max_lengte, "autocomplete": "off"})


class VeldenForm(forms.Form):
    """A form over a list of Veld. `keuzes` gives the choices of fields that point to a row (teams, people, locations)."""

    use_required_attribute = False  # the server says what is missing, in Dutch, and keeps what was typed

    def __init__(
        self,
        velden: Iterable[Veld],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        keuzes: Mapping[str, Keuzes] | None = None,
    ) -> None:
        self.velden = tuple(velden)
        super().__init__(data=cast("MultiValueDict[str, Any] | None", data), initial=dict(initial or {}))
        for veld in self.velden:
            options = list((keuzes or {}).get(veld.naam, veld.keuzes))
            self.fields[veld.naam] = OngelezenField(
                required=veld.naam not in OPTIONEEL,
                label=heading(veld.label),
                help_text=veld.hulp,
                widget=_widget(veld, options),
            )

    @property
    def gegevens(self) -> dict[str, Any]:
        """What was typed, as typed, of the fields of this form only. An unticked box is False."""
        values: dict[str, Any] = {}
        for veld in self.velden:
            raw = self.data.get(veld.naam) if self.is_bound else self.initial.get(veld.naam)
            values[veld.naam] = bool(raw) if veld.soort is Soort.JA_NEE else (raw if raw is not None else "")
        return values

    def clean(self) -> dict[str, Any]:
        values, refused = v.clean(self.velden, self.gegevens)
        self.add_refusals(refused)
        return values

    def add_refusals(self, ontbreekt: Iterable[Ontbreekt]) -> None:
        """Put each refusal at its field; one for a field that is not here goes on top."""
        for item in ontbreekt:
            veld = item["veld"] if item["veld"] in self.fields else None
            if item["melding"] not in (self.errors.get(veld or "__all__") or []):
                self.add_error(veld, item["melding"])
