"""Anonymous consult by API: the same visibility, the same check on what is typed, and the same access log as the screens.

What is found in a text is told by kind and place in it: the text itself is not repeated in an answer that says no.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from casussen.actions.consulten import MAX_TEKST, Vraag, ask_consult, relation_of, reply_consult
from casussen.api_problemen import as_problem
from casussen.fouten import CasusError
from casussen.keuzes import ConsultStatus, Leeftijdsgroep, VanConsult
from casussen.models import Casus, Consult, ConsultBericht
from casussen.serializers import GROOTSTE_ID, OrganisatieSerializer, TeamRefSerializer
from casussen.views.consulten import consult_or_404
from kern.api import JaNee, StrictSerializer, Tekst, kijker_of
from kern.kijker import Kijker
from kern.klok import now
from scholen.sectoren import Sector
from toegang.actions.inzage import log_inzage

NAGEKEKEN = "Ik heb gecontroleerd dat niemand uit de tekst kan opmaken om wie het gaat; helpt niet bij wat geweigerd wordt."


# --- In -----------------------------------------------------------------------------------------------------------------
class ConsultInSerializer(StrictSerializer):
    """A question: there is no field for a person, an address or a birth date, and an unknown field is refused."""

    vraag = Tekst(max_length=MAX_TEKST)
    wat_al_gedaan = Tekst(max_length=MAX_TEKST, required=False, default="")
    vestiging = serializers.CharField(max_length=6, required=False, default="", allow_blank=True, help_text="BRIN, 6 tekens.")
    sector = serializers.ChoiceField(choices=Sector.choices, required=False, default="", allow_blank=True)
    leeftijd = serializers.ChoiceField(choices=Leeftijdsgroep.choices, required=False, default="", allow_blank=True)
    wijkteam = serializers.IntegerField(
        min_value=1, max_value=GROOTSTE_ID, required=False, allow_null=True, default=None, help_text="Leeg: de regiocoördinator."
    )
    nagekeken = JaNee(required=False, default=False, help_text=NAGEKEKEN)
    verzoek_sleutel = serializers.UUIDField(required=False, allow_null=True, default=None)


class ConsultBerichtInSerializer(StrictSerializer):
    tekst = Tekst(max_length=MAX_TEKST)
    nagekeken = JaNee(required=False, default=False, help_text=NAGEKEKEN)
    verzoek_sleutel = serializers.UUIDField(required=False, allow_null=True, default=None)


# --- Out ----------------------------------------------------------------------------------------------------------------
class ConsultBerichtSerializer(serializers.Serializer[ConsultBericht]):
    van = serializers.ChoiceField(choices=VanConsult.choices)
    door = serializers.CharField(help_text="De professional die dit schreef.")
    op = serializers.DateTimeField()
    tekst = serializers.CharField()


class ConsultRegelSerializer(serializers.Serializer[Consult]):
    nummer = serializers.CharField()
    status = serializers.ChoiceField(choices=ConsultStatus.choices)
    school = OrganisatieSerializer()
    wijkteam = TeamRefSerializer(allow_null=True)
    gevraagd_op = serializers.DateTimeField()
    antwoord_uiterlijk = serializers.DateTimeField()
    beantwoord_op = serializers.DateTimeField(allow_null=True)


class ConsultSerializer(ConsultRegelSerializer):
    sector = serializers.ChoiceField(choices=Sector.choices, allow_blank=True)
    leeftijd = serializers.ChoiceField(choices=Leeftijdsgroep.choices, allow_blank=True)
    vraag = serializers.CharField()
    wat_al_gedaan = serializers.CharField()
    berichten = ConsultBerichtSerializer(source="gesprek", many=True)
    casus = serializers.CharField(source="casusnummer", allow_null=True, help_text="Wat het werd, voor wie die casus mag zien.")


class ConsultFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    status = filters.ChoiceFilter(choices=ConsultStatus.choices)

    class Meta:
        model = Consult
        fields: list[str] = []


class ConsultViewSet(viewsets.GenericViewSet[Any]):
    """Anonieme overleggen van uw school of team."""

    queryset = Consult.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head", "post"]
    serializer_class = ConsultRegelSerializer
    filterset_class = ConsultFilter
    lookup_field = "nummer"
    lookup_url_kwarg = "consult"
    ordering = "-id"

    def get_queryset(self) -> QuerySet[Consult]:
        return Consult.objects.visible_to(kijker_of(self.request)).select_related("school", "wijkteam")

    def list(self, request: Request) -> Response:  # noqa: ARG002  (DRF's signature)
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(request=ConsultInSerializer, responses={201: ConsultSerializer})
    def create(self, request: Request) -> Response:
        """Vraagt advies zonder te zeggen om wie het gaat. Wat daar toch op wijst, geeft 422 met de plaats in de tekst."""
        kijker = kijker_of(request)
        given = ConsultInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        key, team = values.pop("verzoek_sleutel"), values.pop("wijkteam")
        try:
            made = ask_consult(vraag=Vraag(**values, wijkteam_id=team), by=kijker, op=now(), verzoek_sleutel=key)
        except CasusError as fout:
            raise as_problem(fout) from fout
        response = Response(ConsultSerializer(_whole(made.nummer, kijker)).data, status=201)
        response["Location"] = reverse("api-consult", kwargs={"consult": made.nummer})
        return response

    @extend_schema(responses={200: ConsultSerializer})
    def retrieve(self, request: Request, consult: str) -> Response:
        """Eén overleg, met het hele gesprek. Elke keer kijken wordt vastgelegd."""
        kijker = kijker_of(request)
        found = consult_or_404(kijker, consult)
        relatie = relation_of(found, kijker)
        log_inzage(kijker=kijker, actie="bekijken", object_soort="consult", object_id=found.pk, relatie=relatie, op=now())
        return Response(ConsultSerializer(_whole(consult, kijker)).data)

    @extend_schema(
        operation_id="consulten_berichten_create", request=ConsultBerichtInSerializer, responses={201: ConsultSerializer}
    )
    def berichten(self, request: Request, consult: str) -> Response:
        """Antwoordt (wijkteam, regiocoördinator) of vraagt door (school)."""
        kijker = kijker_of(request)
        found = consult_or_404(kijker, consult)
        given = ConsultBerichtInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            reply_consult(consult=found, by=kijker, op=now(), **given.validated_data)
        except CasusError as fout:
            raise as_problem(fout) from fout
        return Response(ConsultSerializer(_whole(consult, kijker)).data, status=201)


def _whole(nummer: str, kijker: Kijker) -> Consult:
    """A consult with its conversation; the number of its casus only for who may open that."""
    thread = Prefetch("berichten", ConsultBericht.objects.select_related("door"), to_attr="gesprek")
    seen = Consult.objects.visible_to(kijker).select_related("school", "wijkteam").prefetch_related(thread)
    found = seen.filter(nummer=nummer).first()
    if found is None:
        raise Http404
    becomes = Casus.objects.visible_to(kijker).filter(consulten=found)
    casus = becomes.values_list("nummer", flat=True).first()
    found.casusnummer = casus  # type: ignore[attr-defined]
    return found
