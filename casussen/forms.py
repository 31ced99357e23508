"""Forms of the loop, made from the same list of fields that the API and the machine read (`casussen.velden`).

A form asks; it does not judge twice. Reading and its messages are `velden.clean`; what is missing for a step is said by the
machine (`Onvolledig`) and comes back at the field through `add_refusals`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst

from casussen import velden as v
from casussen.fouten import Ontbreekt
from casussen.velden import Soort, Veld

ARTIKELEN = ("de ", "het ", "uw ")
#: Choices as radio buttons up to this many; more becomes a list.
HOOGSTENS_RADIO = 4
Keuzes = Iterable[tuple[Any, Any]]
#: In a line of a list these name the row the line is about: they go along unseen, and give the line its title.
AANGEWEZEN = frozenset({Soort.DOEL, Soort.DEELNEMER, Soort.INZET})


def heading(label: str) -> str:
    """'de hulpvraag' as a label above a field: 'Hulpvraag'. For what names something, not for a sentence."""
    for artikel in ARTIKELEN:
        label = label.removeprefix(artikel)
    return capfirst(label)


class DatumInput(forms.DateInput):
    """The date field of the browser; what was typed and cannot be read is shown again as it was typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OngelezenField(forms.Field):
    """Takes what was typed as it is; `velden.clean` reads it. `required` only decides whether '(niet verplicht)' is shown."""

    def clean(self, value: Any) -> Any:
        return value


_WIDGETS: dict[Soort, Callable[[Veld], forms.Widget]] = {
    Soort.TEKST: lambda veld: forms.Textarea(attrs={"rows": 4, "maxlength": veld.max_lengte}),
    Soort.DATUM: lambda _: DatumInput(),
    Soort.TIJD: lambda _: forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    Soort.GETAL: lambda veld: forms.NumberInput(attrs={"min": veld.van, "max": veld.tot, "inputmode": "numeric"}),
    Soort.JA_NEE: lambda _: forms.CheckboxInput(),
}


def _widget(veld: Veld, keuzes: list[tuple[Any, Any]]) -> forms.Widget:
    if veld.soort not in v.TE_KIEZEN:
        plain = _WIDGETS.get(veld.soort)
        return plain(veld) if plain else forms.TextInput(attrs={"maxlength": veld.max_lengte, "autocomplete": "off"})
    if len(keuzes) <= HOOGSTENS_RADIO and all(not isinstance(label, (list, tuple)) for _, label in keuzes):
        return forms.RadioSelect(choices=keuzes)
    return forms.Select(choices=[("", "Kies …"), *keuzes])


@dataclass(frozen=True)
class Regels:
    """A field that is a list, as lines of a form each. `titels`: what a line is about, when it is about a row there is."""

    veld: Veld
    regels: "list[VeldenForm]"
    titels: list[str]
    fouten: list[str]
    #: The last line was just asked for: that is where the reader goes on.
    erbij: bool = False

    is_lijst = True

    @property
    def label(self) -> str:
        return heading(self.veld.label)

    @property
    def lijn(self) -> list[tuple[str, "VeldenForm"]]:
        return list(zip(self.titels, self.regels, strict=True))

    @property
    def aantal(self) -> int:
        return len(self.regels)

    @property
    def kan_erbij(self) -> bool:
        return not self.veld.vast and self.aantal < self.veld.hoogstens

    @property
    def id(self) -> str:
        return f"id_{self.veld.naam}"


class VeldenForm(forms.Form):
    """A form over a list of Veld. `keuzes` gives the choices of fields that point to a row (teams, people, locations).

    A field that is a list stands there as lines, each a form of its own ('doelen-0-tekst'). A blank line is no line. Asking for
    one more (`erbij`) keeps all that was typed.
    """

    use_required_attribute = False  # the server says what is missing, in Dutch, and keeps what was typed
    template_name = "casussen/delen/velden.html"

    def __init__(
        self,
        velden: Iterable[Veld],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        keuzes: Mapping[str, Keuzes] | None = None,
        prefix: str | None = None,
        erbij: str = "",
    ) -> None:
        self.velden = tuple(velden)
        self.erbij = erbij
        self.keuzes = dict(keuzes or {})
        super().__init__(data=cast("MultiValueDict[str, Any] | None", data), initial=dict(initial or {}), prefix=prefix)
        self.lijsten: dict[str, Regels] = {}
        for veld in self.velden:
            if veld.soort is Soort.LIJST:
                self.lijsten[veld.naam] = self._lines(veld, one_more=veld.naam == erbij)
                continue
            options = list(self.keuzes.get(veld.naam, veld.keuzes))
            self.fields[veld.naam] = OngelezenField(
                required=not veld.optioneel,
                label=capfirst(veld.label) if veld.soort is Soort.JA_NEE else heading(veld.label),
                help_text=veld.hulp,
                widget=forms.HiddenInput() if prefix and veld.soort in AANGEWEZEN else _widget(veld, options),
            )

    # --- Lines --------------------------------------------------------------------------------------------------
    def _lines(self, veld: Veld, *, one_more: bool) -> Regels:
        known = list(self.initial.get(veld.naam) or [])
        if self.is_bound:
            sent = str(self.data.get(f"{veld.naam}-aantal", ""))
            count = min(int(sent), veld.hoogstens) if sent.isascii() and sent.isdigit() and len(sent) < 4 else len(known)
            count += one_more and count < veld.hoogstens
        else:
            count = len(known) if veld.vast else min(len(known) + veld.regels, veld.hoogstens)
        lines = [
            VeldenForm(
                veld.kolommen,
                self.data if self.is_bound else None,
                initial=known[n] if n < len(known) else {},
                keuzes=self.keuzes,
                prefix=f"{veld.naam}-{n}",
            )
            for n in range(count)
        ]
        return Regels(veld, lines, [self._title(veld, n, line) for n, line in enumerate(lines, 1)], [], erbij=one_more)

    def _title(self, veld: Veld, number: int, line: "VeldenForm") -> str:
        """What a line is about: the goal or the person it names, or else 'Doel 3'."""
        for kolom in veld.kolommen:
            value = line.gegevens.get(kolom.naam)
            if kolom.soort in AANGEWEZEN and value:
                return str({str(key): label for key, label in self.keuzes.get(kolom.naam, ())}.get(str(value), ""))
        return f"{capfirst(veld.ding)} {number}"

    @property
    def onderdelen(self) -> list[Any]:
        """Fields and lists in the order of the table; what only a refusal asks for, once it did. Of a list that cannot be
        added to (goals, running help) nothing is asked when it has no lines."""
        return [self.lijsten.get(veld.naam) or self[veld.naam] for veld in self.velden if self._is_shown(veld)]

    def _is_shown(self, veld: Veld) -> bool:
        if veld.vast and not self.lijsten[veld.naam].regels and not self.lijsten[veld.naam].fouten:
            return False
        return not veld.na_weigering or veld.naam in self.errors or bool(self.gegevens[veld.naam])

    @property
    def foutenlijst(self) -> list[tuple[str, str, str]]:
        """Everything that is wrong, for the summary on top: (id to go to, label, message)."""
        found: list[tuple[str, str, str]] = [("", "", str(fout)) for fout in self.non_field_errors()]
        for deel in self.onderdelen:
            if isinstance(deel, Regels):
                found += [(deel.id, deel.label, fout) for fout in deel.fouten]
                for titel, line in deel.lijn:
                    found += [(doel, f"{titel}, {label.lower()}", fout) for doel, label, fout in line.foutenlijst]
            else:
                found += [(deel.id_for_label or f"{deel.auto_id}_0", str(deel.label), fout) for fout in deel.errors]
        return found

    @property
    def regelfouten(self) -> list[str]:
        """What is wrong with a line as a whole."""
        return [str(fout) for fout in self.non_field_errors()] if self.prefix else []

    # --- Reading ------------------------------------------------------------------------------------------------
    @property
    def gegevens(self) -> dict[str, Any]:
        """What was typed, as typed, of the fields of this form only. An unticked box is False."""
        values: dict[str, Any] = {}
        for veld in self.velden:
            if veld.soort is Soort.LIJST:
                values[veld.naam] = [line.gegevens for line in self.lijsten[veld.naam].regels]
                continue
            raw = self.data.get(self.add_prefix(veld.naam)) if self.is_bound else self.initial.get(veld.naam)
            values[veld.naam] = bool(raw) if veld.soort is Soort.JA_NEE else (raw if raw is not None else "")
        return values

    def clean(self) -> dict[str, Any]:
        if self.prefix or self.erbij:
            return {}  # a line is read with its list; who asks for one more is not done yet
        values, refused = v.clean(self.velden, self.gegevens)
        self.add_refusals(refused)
        return values

    def add_refusals(self, ontbreekt: Iterable[Ontbreekt]) -> None:
        """Put each refusal at its field ('doelen.0.tekst' at that line); one for a field that is not here goes on top."""
        for item in ontbreekt:
            naam, _, rest = item["veld"].partition(".")
            place, _, kolom = rest.partition(".")
            if naam in self.lijsten:
                self._refuse_in_list(self.lijsten[naam], place, kolom, item["melding"])
            else:
                self._refuse(naam if naam in self.fields else None, item["melding"])

    def _refuse_in_list(self, lijst: Regels, place: str, kolom: str, melding: str) -> None:
        if place.isdigit() and int(place) < lijst.aantal:
            line = lijst.regels[int(place)]
            shown = kolom in line.fields and not isinstance(line.fields[kolom].widget, forms.HiddenInput)
            line.is_valid()
            line._refuse(kolom if shown else None, melding)  # noqa: SLF001  (a line of this form)
        elif melding not in lijst.fouten:
            lijst.fouten.append(melding)
        if not self.errors:
            self.add_error(None, "Kijk de regels hieronder nog even na.")

    def _refuse(self, veld: str | None, melding: str) -> None:
        if melding not in (self.errors.get(veld or "__all__") or []):
            self.add_error(veld, melding)
