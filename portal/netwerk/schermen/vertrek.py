"""Somebody leaves: all that is theirs on one screen, and who takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.actions.overdragen import casussen_of_person, closed_of_person
from casussen.keuzes import EigenaarSoort
from casussen.models import Casus, Termijn
from casussen.queries import next_step_of
from casussen.views.tonen import what_of
from kern.kijker import Kijker
from kern.klok import now, today
from portal.forms import Dag
from portal.netwerk.acties import Vertrek, person_leaves
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.forms import Mens, people_of
from portal.netwerk.schermen.mensen import person_crumbs
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.overdragen import punten_of, vervangingen, vervangt
from wijkteams.models import Aanspreekpunt, Contactpersoon

#: Nobody in particular: the successor of everything takes this over too.
ZELFDE = "opvolger"


class Overnemer(forms.ChoiceField):
    """Who takes one thing over; left alone it is the successor."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or ZELFDE)


class VertrekForm(forms.Form):
    """The last day, one successor for everything, and per aanspreekpunt or casus someone else where that fits better."""

    in_dienst_tot = Dag(label="Eerste dag waarop deze persoon er niet meer werkt")
    opvolger = Mens(label="Wie neemt alles over?", queryset=Contactpersoon.objects.none(), required=False, empty_label="Kies…")

    def __init__(
        self, *args: Any, collegas: QuerySet[Contactpersoon], punten: list[Aanspreekpunt], casussen: list[Casus], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opvolger"].queryset = collegas  # type: ignore[attr-defined]
        keuzes = [(ZELFDE, "de opvolger hierboven"), *((str(wie.pk), wie.naam) for wie in collegas)]
        self._mensen = {str(wie.pk): wie for wie in collegas}
        counts = ((len(punten), "aanspreekpunt", "aanspreekpunten"), (len(casussen), "open casus", "open casussen"))
        work = " en ".join(f"{count} {one if count == 1 else more}" for count, one, more in counts if count)
        self.fields["opvolger"].required = bool(work)
        self.fields["opvolger"].error_messages["required"] = f"Er is nog werk: {work}. Kies wie dat overneemt."
        for punt in punten:
            self.fields[f"punt_{punt.pk}"] = Overnemer(label=f"Aanspreekpunt voor {scope_of(punt)}", choices=keuzes)
        for casus in casussen:
            self.fields[f"casus_{casus.nummer}"] = Overnemer(label=f"Wie neemt casus {casus.nummer} over?", choices=keuzes)
            self.fields[f"notitie_{casus.nummer}"] = forms.CharField(
                label=f"Wat moet de opvolger weten over casus {casus.nummer}?",
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def vertrek(self, values: Mapping[str, Any]) -> Vertrek:
        chosen = {
            naam: self._mensen[value]
            for naam, value in values.items()
            if naam.startswith(("punt_", "casus_")) and value != ZELFDE
        }
        return Vertrek(
            in_dienst_tot=values["in_dienst_tot"],
            opvolger=values["opvolger"],
            per_punt={int(naam.removeprefix("punt_")): wie for naam, wie in chosen.items() if naam.startswith("punt_")},
            per_casus={naam.removeprefix("casus_"): wie for naam, wie in chosen.items() if naam.startswith("casus_")},
            notities={
                naam.removeprefix("notitie_"): value for naam, value in values.items() if naam.startswith("notitie_") and value
            },
        )


def scope_of(punt: Aanspreekpunt) -> str:
    return str(punt.vestiging or punt.school or punt.get_sector_display() or "het hele team")


@dataclass(frozen=True, slots=True)
class Regel:
    """A casus that changes hands, so that a note can be written about it: whose it is only for who may read it."""

    casus: Casus
    leerling: str
    stap: str
    klokken: list[dict[str, Any]]


def _lines(casussen: list[Casus], kijker: Kijker, op: date) -> list[Regel]:
    """Two queries, however many casussen."""
    ids = [casus.pk for casus in casussen]
    readable = set(Casus.objects.visible_to(kijker).filter(pk__in=ids).values_list("pk", flat=True))
    per_casus: dict[int, list[Termijn]] = {}
    for termijn in Termijn.objects.filter(casus__in=ids, gesloten_op__isnull=True).order_by("vervalt_op", "id"):
        per_casus.setdefault(termijn.casus_id, []).append(termijn)
    return [
        Regel(
            casus=casus,
            leerling=str(casus.leerling or "") if casus.pk in readable else "",
            stap=next_step_of(casus, termijnen=clocks, op=op, met_persoon=False).zonder_namen,
            klokken=[
                {"vervalt_op": t.vervalt_op, "wat": what_of(t.soort)}
                for t in clocks
                if t.eigenaar_soort == EigenaarSoort.WIJKTEAM
            ],
        )
        for casus in casussen
        for clocks in [per_casus.get(casus.pk, [])]
    ]


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def vertrek(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.mensen, pk=pk)
    day = _day(request, op)
    punten = list(punten_of(found, day))
    casussen = list(casussen_of_person(found).select_related("vestiging", "leerling", "wijkteam"))
    nazorg = list(closed_of_person(found).select_related("vestiging", "leerling"))
    form = VertrekForm(
        request.POST if request.method == "POST" else None,
        collegas=people_of(found.wijkteam, day, behalve=pk),
        punten=punten,
        casussen=casussen,
        initial={"in_dienst_tot": found.in_dienst_tot or op},
    )
    wijziging = Wijziging(
        titel=f"{found.naam} vertrekt",
        inleiding="Kies wie het overneemt. De scholen en de opvolger krijgen bericht, zonder gegevens van leerlingen.",
        form=form,
        uitvoeren=lambda v: person_leaves(persoon=found, vertrek=form.vertrek(v), by=blik.kijker, op=now()),
        ingaat=lambda v: max(v["in_dienst_tot"], op),
        regio=blik.regio_of(found.wijkteam),
        kijker=blik.kijker,
        kruimels=person_crumbs(found),
        terug_url=reverse("netwerk-persoon", args=[pk]),
        gedaan=f"Vastgelegd. Wat van {found.naam} was, heeft een nieuwe eigenaar; wie het moet weten, krijgt bericht.",
        vertelt=False,
    )
    regels = {regel.casus.pk: regel for regel in _lines([*casussen, *nazorg], blik.kijker, op)}
    return change_page(
        request,
        wijziging,
        template="netwerk/vertrek.html",
        persoon=found,
        collegas=form.fields["opvolger"].queryset.exists(),  # type: ignore[attr-defined]
        punt_velden=[(punt, form[f"punt_{punt.pk}"]) for punt in punten],
        casus_velden=[(regels[casus.pk], form[f"casus_{casus.nummer}"], form[f"notitie_{casus.nummer}"]) for casus in casussen],
        nazorg=[regels[casus.pk] for casus in nazorg],
        vervangt=list(vervangt(found, day)),
        vervangingen=list(vervangingen(found, day)),
    )


def _day(request: HttpRequest, op: date) -> date:
    """From which day on things are theirs to give away: the day that was filled in, or today."""
    try:
        return max(date.fromisoformat(request.POST.get("in_dienst_tot", "")), op)
    except ValueError:
        return op
