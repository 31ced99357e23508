"""Somebody leaves: all that is theirs on one screen, and who takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.actions.overdragen import casussen_of_person, closed_of_person, consulten_of_person
from casussen.keuzes import EigenaarSoort
from casussen.kringen import in_words
from casussen.models import Casus, Consult, Termijn
from casussen.queries import next_step_of
from casussen.views.tonen import what_of
from kern.kijker import Kijker
from kern.klok import now, today
from portal.forms import Dag
from portal.netwerk.acties import Vertrek, person_leaves
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.forms import GEEN_COLLEGA, Opvolger, name_of_successor, people_of
from portal.netwerk.schermen.mensen import person_crumbs
from portal.netwerk.werk import work_of_departure
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.overdragen import punten_of, vervangingen, vervangt
from wijkteams.models import Aanspreekpunt, Contactpersoon

#: Nobody in particular: the successor of everything takes this over too.
ZELFDE = "opvolger"


class Overnemer(forms.ChoiceField):
    """Who takes one thing over; left alone it is the successor."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid_choice": GEEN_COLLEGA}

    def clean(self, value: Any) -> Any:
        return super().clean(value or ZELFDE)


@dataclass(frozen=True, slots=True)
class Werkvoorraad:
    """All that somebody has in hand and is to give away."""

    punten: list[Aanspreekpunt]
    casussen: list[Casus]
    nazorg: list[Casus]
    consulten: list[Consult]

    @property
    def in_woorden(self) -> str:
        """'1 aanspreekpunt, 2 open casussen en 1 anoniem overleg'; '' when there is nothing."""
        counts = (
            (self.punten, "aanspreekpunt", "aanspreekpunten"),
            (self.casussen, "open casus", "open casussen"),
            (self.nazorg, "casus met nazorg", "casussen met nazorg"),
            (self.consulten, "anoniem overleg", "anonieme overleggen"),
        )
        return in_words([f"{len(rows)} {one if len(rows) == 1 else more}" for rows, one, more in counts if rows])


class VertrekForm(forms.Form):
    """The last day, one successor for everything, and per aanspreekpunt or casus someone else where that fits better."""

    in_dienst_tot = Dag(label="Eerste dag waarop deze persoon er niet meer werkt")
    opvolger = Opvolger(
        label="Wie neemt alles over?",
        queryset=Contactpersoon.objects.none(),
        required=False,
        empty_label="Kies…",
        help_text="Iemand zonder account kan het portaal niet lezen. Dan krijgt ook de coördinator of de postbus bericht.",
    )

    def __init__(self, *args: Any, collegas: QuerySet[Contactpersoon], werk: Werkvoorraad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opvolger"].queryset = collegas  # type: ignore[attr-defined]
        keuzes = [(ZELFDE, "de opvolger hierboven"), *((str(wie.pk), name_of_successor(wie)) for wie in collegas)]
        self._mensen = {str(wie.pk): wie for wie in collegas}
        self.fields["opvolger"].required = bool(werk.in_woorden)
        self.fields["opvolger"].error_messages["required"] = f"Er is nog werk: {werk.in_woorden}. Kies wie dat overneemt."
        for punt in werk.punten:
            self.fields[f"punt_{punt.pk}"] = Overnemer(label=f"Aanspreekpunt voor {scope_of(punt)}", choices=keuzes)
        for label, casussen in (("Wie neemt casus {} over?", werk.casussen), ("Wie doet de nazorg van casus {}?", werk.nazorg)):
            for casus in casussen:
                self.fields[f"casus_{casus.nummer}"] = Overnemer(label=label.format(casus.nummer), choices=keuzes)
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
    werk = Werkvoorraad(
        punten=list(punten_of(found, day)),
        casussen=list(casussen_of_person(found).select_related("vestiging", "leerling", "wijkteam")),
        nazorg=list(closed_of_person(found).select_related("vestiging", "leerling", "wijkteam")),
        consulten=list(consulten_of_person(found)),
    )
    stands_in = [*vervangt(found, day)], [*vervangingen(found, day)]
    form = VertrekForm(
        request.POST if request.method == "POST" else None,
        # Also who leaves before the last day: that they cannot take over is said at the field.
        collegas=people_of(found.wijkteam, op, behalve=pk).select_related("user"),
        werk=werk,
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
        werk=lambda v: work_of_departure(
            found,
            form.vertrek(v),
            casussen=werk.casussen,
            nazorg=werk.nazorg,
            consulten=werk.consulten,
            punten=[(punt, scope_of(punt)) for punt in werk.punten],
            vervangingen=sum(len(rows) for rows in stands_in),
            dag=max(v["in_dienst_tot"], op),
        ),
    )
    regels = {regel.casus.pk: regel for regel in _lines([*werk.casussen, *werk.nazorg], blik.kijker, op)}

    def fields_of(casussen: list[Casus]) -> list[tuple[Regel, forms.BoundField, forms.BoundField]]:
        return [(regels[c.pk], form[f"casus_{c.nummer}"], form[f"notitie_{c.nummer}"]) for c in casussen]

    return change_page(
        request,
        wijziging,
        template="netwerk/vertrek.html",
        persoon=found,
        collegas=form.fields["opvolger"].queryset.exists(),  # type: ignore[attr-defined]
        punt_velden=[(punt, form[f"punt_{punt.pk}"]) for punt in werk.punten],
        casus_velden=fields_of(werk.casussen),
        nazorg_velden=fields_of(werk.nazorg),
        consulten=werk.consulten,
        vervangt=stands_in[0],
        vervangingen=stands_in[1],
    )


def _day(request: HttpRequest, op: date) -> date:
    """From which day on things are theirs to give away: the day that was filled in, or today."""
    try:
        return max(date.fromisoformat(request.POST.get("in_dienst_tot", "")), op)
    except ValueError:
        return op
