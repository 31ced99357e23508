"""Casussen by API: the same visibility, the same steps and the same access log as the screens."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from casussen.actions import missing_in, perform, save_concept
from casussen.api_problemen import as_problem
from casussen.blik import blik_of
from casussen.fouten import CasusError, OnjuisteStatus, Ontbreekt
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.queries import available_actions, escalation_of, next_step_of, te_routeren
from casussen.queries.detail import detail_of
from casussen.queries.hulp import help_of
from casussen.queries.lijsten import with_clock
from casussen.serializers import (
    TRANSITIE,
    TRANSITIES,
    Blad,
    CasusRegelSerializer,
    CasusSerializer,
    ConceptInSerializer,
    Rij,
    WelkeActieSerializer,
)
from casussen.serializers_zoeken import UitslagSerializer, ZoekInSerializer, as_answer
from casussen.views.keuzes import Keuzelijst
from casussen.views.zicht import casus_or_404, relation_of, seen_or_404
from casussen.views.zoeken import search
from kern.api import JA_NEE, Probleem, kijker_of
from kern.kijker import Kijker
from kern.klok import local_date, now
from toegang.actions.inzage import log_inzage

_ETAG = re.compile(r'(?:W/)?"(?P<versie>[0-9]{1,9})"')
IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description='De ETag van de casus, bijvoorbeeld "3".')


class CasusFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Status, organisations and clock; never anything about a person, since a URL is written down in many places."""

    status = filters.ChoiceFilter(choices=Status.choices)
    school = filters.CharFilter(field_name="school__brin", help_text="BRIN van de school.")
    wijkteam = filters.NumberFilter(field_name="wijkteam_id", min_value=1, max_value=2**63 - 1, help_text="Id van het wijkteam.")
    te_laat = filters.ChoiceFilter(choices=JA_NEE, method="filter_te_laat", help_text="Met een termijn die voorbij is.")

    class Meta:
        model = Casus
        fields: list[str] = []

    def filter_te_laat(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(klok__lt=now()) if value == "true" else queryset.exclude(klok__lt=now())


class CasusViewSet(viewsets.GenericViewSet[Any]):
    """Casussen die u mag zien: met inhoud, of (als regiocoördinator, of als aanbieder die meehelpt) alleen status en klok."""

    queryset = Casus.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head", "post"]
    serializer_class = CasusRegelSerializer
    filterset_class = CasusFilter
    lookup_field = "nummer"
    ordering = "-id"

    def get_queryset(self) -> QuerySet[Casus]:
        kijker = kijker_of(self.request)
        content = Casus.objects.visible_to(kijker)
        seen = with_clock(Casus.objects.in_zicht_van(kijker))
        return seen.annotate(inhoud=Exists(content.filter(pk=OuterRef("pk"))))

    def list(self, request: Request) -> Response:  # noqa: ARG002  (DRF's signature)
        op = now()
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        rows = [
            Rij(casus, next_step_of(casus, termijnen=casus.open_termijnen, op=local_date(op)), op, casus.inhoud)  # type: ignore[attr-defined]
            for casus in page
        ]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=ConceptInSerializer, responses={201: CasusSerializer})
    def create(self, request: Request) -> Response:
        """Maakt een concept. Er is weinig voor nodig; wat voor aanmelden nog ontbreekt staat in `concept`."""
        kijker = kijker_of(request)
        given = ConceptInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        gegevens = dict(given.validated_data)
        key = gegevens.pop("verzoek_sleutel", None)
        try:
            concept = save_concept(by=kijker, op=now(), gegevens=gegevens, verzoek_sleutel=key)
        except CasusError as fout:
            raise as_problem(fout) from fout
        response = self._one(kijker, concept.casus.nummer, fouten=concept.fouten, ontbreekt=concept.ontbreekt, status=201)
        response["Location"] = reverse("api-casus", kwargs={"nummer": concept.casus.nummer})
        return response

    @extend_schema(responses={200: CasusSerializer})
    def retrieve(self, request: Request, nummer: str) -> Response:
        """Eén casus, met wat u er nu mee kunt doen. Elke keer kijken wordt vastgelegd."""
        return self._one(kijker_of(request), nummer)

    @extend_schema(
        operation_id="casussen_transities_create",
        request=TRANSITIE,
        responses={200: CasusRegelSerializer},
        parameters=[IF_MATCH],
    )
    def transities(self, request: Request, nummer: str) -> Response:
        """Zet een stap. Met `versie` (of If-Match) alleen als niemand anders intussen iets deed."""
        kijker = kijker_of(request)
        casus = casus_or_404(kijker, nummer)
        which = WelkeActieSerializer(data=request.data)
        which.is_valid(raise_exception=True)
        actie = which.validated_data["actie"]
        given = TRANSITIES[actie](data=request.data)
        given.is_valid(raise_exception=True)
        gegevens = {naam: value for naam, value in given.validated_data.items() if naam not in {"actie", "versie"}}
        versie = _expected_version(request, given.validated_data.get("versie"))
        op = now()
        try:
            casus = perform(actie, casus=casus, by=kijker, op=op, versie=versie, gegevens=gegevens)
        except OnjuisteStatus as fout:
            raise _conflict(fout, casus, kijker) from fout
        except CasusError as fout:
            raise as_problem(fout) from fout
        row = Rij(casus, next_step_of(casus, op=local_date(op)), op, blik_of(casus, kijker).reads)
        return Response(CasusRegelSerializer(row).data, headers=_etag(casus))

    @extend_schema(operation_id="casussen_zoeken", request=ZoekInSerializer, responses={200: UitslagSerializer})
    def zoeken(self, request: Request) -> Response:
        """Zoekt op naam, casusnummer, school of wijkteam in wat u mag zien. De zoekvraag wordt niet bewaard; dat u zocht wel."""
        asked = ZoekInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = search(kijker_of(request), asked.validated_data["zoek"])
        return Response(UitslagSerializer(as_answer(found)).data)

    def _one(
        self,
        kijker: Kijker,
        nummer: str,
        *,
        fouten: Sequence[Ontbreekt] | None = None,
        ontbreekt: Sequence[Ontbreekt] | None = None,
        status: int = 200,
    ) -> Response:
        op = now()
        casus, blik = seen_or_404(kijker, nummer)
        content = blik.reads
        log_inzage(
            kijker=kijker,
            actie="bekijken",
            object_soort="casus",
            object_id=casus.pk,
            relatie=relation_of(kijker, casus, content=content),
            op=op,
        )
        detail = detail_of(casus, kijker, blik, op=op) if content else None
        waiting = te_routeren(kijker, op=op) if casus.status == Status.TE_ROUTEREN and not content else []
        acties = detail.acties if detail else available_actions(casus, kijker, op=local_date(op))
        blad = Blad(
            casus=casus,
            stap=detail.stap if detail else next_step_of(casus, op=local_date(op)),
            op=op,
            inhoud=content,
            acties=Keuzelijst(casus, kijker, local_date(op)).fill(acties),
            detail=detail,
            eigen_hulp=help_of(casus, op=local_date(op), blik=blik) if blik.aanbieders and not content else None,
            te_routeren=next((item for item in waiting if item.id == casus.pk), None),
            escalatie=escalation_of(casus) if blik.regio else None,
            fouten=(fouten or []) if casus.status == Status.CONCEPT else None,
            ontbreekt=(missing_in(casus, op=op) if ontbreekt is None else ontbreekt) if casus.status == Status.CONCEPT else None,
        )
        return Response(CasusSerializer(blad).data, status=status, headers=_etag(casus))


def _etag(casus: Casus) -> dict[str, str]:
    return {"ETag": f'"{casus.versie}"'}


def _expected_version(request: Request, in_body: int | None) -> int | None:
    """The version the caller was looking at: from the body or from If-Match. Two that differ are a mistake."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return in_body
    match = _ETAG.fullmatch(header)
    if match is None or (in_body is not None and in_body != int(match["versie"])):
        raise Probleem(400, fouten=[{"veld": "If-Match", "melding": 'Geef de versie als "3", dezelfde als in het veld versie.'}])
    return int(match["versie"])


def _conflict(fout: OnjuisteStatus, casus: Casus, kijker: Kijker) -> Probleem:
    """Who was first and what they did; and where the casus is now, for whoever may still see it."""
    seen = Casus.objects.in_zicht_van(kijker).filter(pk=casus.pk)
    now_is = seen.values("nummer", "status", "versie").first()
    return Probleem(409, fout.melding, door=fout.wie or None, gedaan=fout.wat or None, casus=now_is)
