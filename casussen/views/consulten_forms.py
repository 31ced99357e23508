"""Forms of an anonymous consult. There is no field for a person, and what is typed is checked by the action."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict

from casussen.actions.consulten import MAX_TEKST, Vraag
from casussen.contacten import teams_of_region
from casussen.fouten import Herleidbaar, Ontbreekt
from casussen.keuzes import Leeftijdsgroep
from casussen.privacy import Bevinding, segments
from casussen.views.keuzes import Keuze
from scholen.models import Vestiging
from scholen.sectoren import Sector

NIET_GEWETEN = ("", "Ik weet het niet: de regiocoördinator kiest")


def team_options(regio_id: int | None, *, op: date, eerst: Iterable[int] = ()) -> list[Keuze]:
    """The teams of the region by gemeente; those the finder came up with first."""
    teams = teams_of_region(regio_id, op=op) if regio_id is not None else []
    first = set(eerst)
    likely = [(str(team.pk), team.naam) for team in teams if team.pk in first]
    teams.sort(key=lambda team: (team.gemeente.naam, team.naam))
    rest = groupby((team for team in teams if team.pk not in first), key=lambda team: team.gemeente.naam)
    groups: list[Keuze] = [(gemeente, [(str(team.pk), team.naam) for team in group]) for gemeente, group in rest]
    return [*([("Bij dit adres", likely)] if likely else []), *groups]


class Nagekeken(forms.Form):
    """'Ik heb gecontroleerd …': asked once something was found, and only about what was shown."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(cast("MultiValueDict[str, Any] | None", data), **kwargs)
        self.gevonden: list[dict[str, Any]] = []

    @property
    def confirmed(self) -> frozenset[str]:
        """The findings the sender says to have looked at."""
        if not self.data.get("nagekeken"):
            return frozenset()
        return frozenset(str(self.data.get("gezien", "")).split(",")[:500])

    def has_seen(self, fout: Herleidbaar) -> bool:
        """Was everything that was found now on the screen when the box was ticked?"""
        found = {b.kenmerk for items in fout.bevindingen.values() for b in items}
        return not fout.geweigerd and found <= self.confirmed

    def show(self, fout: Herleidbaar) -> None:
        """Mark what was found, say what to write instead, and ask to confirm what is only likely."""
        for veld, found in fout.bevindingen.items():
            self.gevonden.append({"label": self.fields[veld].label, "delen": self._parts(veld, found), "regels": _lines(found)})
        self.add_refusals(fout.ontbreekt)
        if not fout.geweigerd:
            seen = ",".join(sorted({b.kenmerk for items in fout.bevindingen.values() for b in items}))
            self.fields["gezien"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.fields["nagekeken"] = forms.BooleanField(
                label="Ik heb gecontroleerd dat niemand uit deze tekst kan opmaken om wie het gaat.", required=False
            )
            self.data = cast("MultiValueDict[str, Any]", {**self._typed(), "gezien": seen})

    def _typed(self) -> dict[str, Any]:
        """What was typed stays as it was; the tick does not: it was about something else."""
        return {name: self.data.get(name, "") for name in self.fields if name not in {"gezien", "nagekeken"}}

    def _parts(self, veld: str, found: list[Bevinding]) -> list[tuple[str, Bevinding | None]]:
        return segments(str(self.data.get(veld, "")), found)

    def add_refusals(self, ontbreekt: Iterable[Ontbreekt]) -> None:
        had = set(self.errors)  # 'Dit veld is verplicht.' and 'Schrijf uw vraag op.' say the same
        for item in ontbreekt:
            if item["veld"] in had:
                continue
            self.add_error(item["veld"] if item["veld"] in self.fields else None, item["melding"])


def _lines(found: Iterable[Bevinding]) -> list[Bevinding]:
    """Each word once, in order."""
    return list({b.kenmerk: b for b in found}.values())


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": MAX_TEKST})


class ConsultForm(Nagekeken):
    """A new question."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        vestigingen: list[Vestiging],
        teams: list[Keuze],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        sectoren = [s for s in Sector.values if any(s in vestiging.sectoren for vestiging in vestigingen)]
        self.fields["wijkteam"] = forms.ChoiceField(
            label="Aan wie vraagt u het?", required=False, choices=[NIET_GEWETEN, *teams], widget=forms.Select
        )
        if len(vestigingen) > 1:
            self.fields["vestiging"] = forms.ChoiceField(
                label="School", choices=[("", "Kies een school"), *((v.brin, v.naam) for v in vestigingen)]
            )
        if len(sectoren) > 1:
            labels = [("", "Maakt niet uit"), *((s, Sector(s).label) for s in sectoren)]
            self.fields["sector"] = forms.ChoiceField(label="Onderwijs", required=False, choices=labels)
        self.fields["leeftijd"] = forms.ChoiceField(
            label="Leeftijd",
            required=False,
            choices=[("", "Zeg ik liever niet"), *Leeftijdsgroep.choices],
            help_text="Alleen een groep. Een geboortedatum is niet nodig.",
        )
        self.fields["vraag"] = forms.CharField(
            label="Wat is uw vraag?",
            widget=_area(7),
            help_text="Zonder naam, adres, nummer of geboortedatum: 'een leerling van 14 komt al drie weken niet'.",
        )
        self.fields["wat_al_gedaan"] = forms.CharField(label="Wat hebt u al gedaan?", required=False, widget=_area(4))

    @property
    def vraag(self) -> Vraag:
        team = str(self.data.get("wijkteam", ""))
        return Vraag(
            vraag=str(self.data.get("vraag", "")),
            wat_al_gedaan=str(self.data.get("wat_al_gedaan", "")),
            vestiging=str(self.data.get("vestiging", "")) if "vestiging" in self.fields else "",
            sector=str(self.data.get("sector", "")) if "sector" in self.fields else "",
            leeftijd=str(self.data.get("leeftijd", "")),
            wijkteam_id=int(team) if team.isascii() and team.isdecimal() and len(team) < 19 else None,
        )


class BerichtForm(Nagekeken):
    """One more message in a consult."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, label: str) -> None:
        super().__init__(data)
        self.fields["tekst"] = forms.CharField(
            label=label, widget=_area(5), help_text="Ook hier: geen namen en niets waaraan iemand te herkennen is."
        )
