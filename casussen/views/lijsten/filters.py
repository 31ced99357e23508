"""What stands above a list: its tabs, the filters somebody keeps, and the form that narrows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import FILTERS_MAX, Casus, Opgeslagenfilter
from casussen.queries import Filters, count_each
from casussen.queries.lijstfilter import AAN_ZET, VINKJES, as_query, read_filters
from kern.kijker import Kijker
from scholen.sectoren import Sector

IN_LUS = [(s.value, s.label) for s in Status if s not in {Status.CONCEPT, Status.AFGESLOTEN, Status.INGETROKKEN}]
ALLE_STATUSSEN = [(s.value, s.label) for s in Status]
Keuzes = Iterable[tuple[Any, str]]
#: Belongs to a list without being a field of its form: what its tabs and its headings choose.
_ALTIJD = {"wie", "te_laat", "sorteer"}
#: All of them: what was chosen before is not put on by itself.
_ALLE = ("", "Alle")
_LABELS = {"te_laat": "Te laat", "spoed": "Spoed", "thuiszitter": "Zit thuis", "wacht_op_school": "Wacht op de school"}


class FilterForm(forms.Form):
    """What a list can be narrowed to; never something about a person. The first fields are in sight, the rest under 'Meer'."""

    data: QueryDict

    def __init__(self, data: QueryDict, *, statussen: Keuzes = (), vinkjes: Iterable[str] = VINKJES, **keuzes: Keuzes) -> None:
        super().__init__(data)
        chosen = {"wie": "Behandelaar", "school": "School", "wijkteam": "Wijkteam", "sector": "Onderwijs", "aan_zet": "Aan zet"}
        for naam, label in chosen.items():
            options = list(keuzes.get(naam, ()))
            if len(options) > 1:
                self.fields[naam] = forms.ChoiceField(label=label, required=False, choices=[_ALLE, *options])
        self.fields["nummer"] = forms.CharField(label="Casusnummer", required=False, max_length=12)
        if shown := list(statussen):
            boxes = forms.CheckboxSelectMultiple()
            self.fields["status"] = forms.MultipleChoiceField(label="Status", required=False, choices=shown, widget=boxes)
        for naam in vinkjes:
            self.fields[naam] = forms.BooleanField(
                label=_LABELS[naam], required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
            )

    @property
    def kort(self) -> list[forms.BoundField]:
        return [self[naam] for naam in self.fields if naam not in {"status", *VINKJES}]

    @property
    def meer(self) -> list[forms.BoundField]:
        return [self[naam] for naam in self.fields if naam in {"status", *VINKJES}]

    def read(self) -> Filters:
        """The filters that this list has and that exist; anything else in the URL is left out."""
        self.is_valid()
        filters = read_filters(self.data)
        known = (set(self.fields) | _ALTIJD) - set(self.errors)
        blank = Filters()
        return replace(filters, **{f.name: getattr(blank, f.name) for f in fields(Filters) if f.name not in known})


@dataclass(frozen=True, slots=True)
class Tabblad:
    """One tab of a list: its words, its filter, and the key under which the number is told ('' : none)."""

    sleutel: str
    label: str
    query: str
    huidig: bool


class Kop:
    """The head of one list for one viewer."""

    def __init__(self, request: HttpRequest, kijker: Kijker, lijst: str, form: FilterForm) -> None:
        self.lijst, self.kijker, self.form = lijst, kijker, form
        self.filters = form.read()
        self._query = as_query(self.filters)
        self._bare = not request.GET
        self.bewaard = list(Opgeslagenfilter.objects.of(kijker).filter(lijst=lijst))

    def opens_with(self) -> HttpResponseBase | None:
        """The filter this list opens with, when somebody comes without any."""
        own = next((item for item in self.bewaard if item.standaard), None)
        return redirect(f"{reverse(self.lijst)}?{own.query}") if own is not None and self._bare else None

    def count(self, casussen: QuerySet[Casus], views: Mapping[str, Filters], *, op: datetime) -> dict[str, int]:
        """How many each tab and each kept filter leaves, in one query."""
        kept = {f"bewaard_{item.pk}": read_filters(QueryDict(item.query)) for item in self.bewaard}
        return count_each(casussen, {**views, **kept}, self.kijker, op=op)

    def context(self, counts: Mapping[str, int], tabs: Iterable[Tabblad]) -> dict[str, Any]:
        everything = f"{reverse(self.lijst)}{'?alles=1' if any(item.standaard for item in self.bewaard) else ''}"
        here = next((item for item in self.bewaard if item.query == self._query), None)
        extra = sum(bool(getattr(self.filters, naam)) for naam in VINKJES) + len(self.filters.status)
        hidden = [("wie", self.filters.wie), ("te_laat", "1" if self.filters.te_laat else "")]
        return {
            "tabs": [
                (t.label, f"?{t.query}" if t.query else everything, counts.get(t.sleutel), t.huidig and here is None)
                for t in tabs
            ],
            "filter_form": self.form,
            "vast": [(naam, value) for naam, value in hidden if value and naam not in self.form.fields],
            "sortering": self.filters.sorteer,
            "meer_gekozen": extra,
            "bewaarde": [(item.naam, f"?{item.query}", counts.get(f"bewaard_{item.pk}"), item is here) for item in self.bewaard],
            "bewaard_hier": here,
            "kan_bewaren": bool(self._query) and here is None and len(self.bewaard) < FILTERS_MAX,
            "filters_vol": len(self.bewaard) >= FILTERS_MAX,
            "filter_query": self._query,
            "filter_lijst": self.lijst,
        }


def sector_choices() -> Keuzes:
    return [(sector.value, sector.label) for sector in Sector]


__all__ = ["AAN_ZET", "ALLE_STATUSSEN", "IN_LUS", "FilterForm", "Kop", "Tabblad", "sector_choices"]
