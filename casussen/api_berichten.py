"""Messages and documents of a casus by API: the same circles, the same refusals, and the same access log as the screens."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from casussen.actions.documenten import NieuwBestand, is_available
from casussen.actions.gesprek import mark_thread_read, place_bericht
from casussen.api_problemen import as_problem
from casussen.documenten.herkennen import GROOTSTE
from casussen.documenten.upload import Begrensd, too_large
from casussen.fouten import CasusError
from casussen.keuzes import Kring, ScanStatus
from casussen.models import Bericht, Casus, Document
from casussen.queries.berichten import documents_for, thread_of
from casussen.views.berichten import TAB
from casussen.views.documenten import find_document, hand_out
from casussen.views.dossier import Dossier, open_dossier
from casussen.views.zicht import relation_of
from kern.api import Probleem, StrictSerializer, Tekst
from kern.kijker import Kijker
from kern.klok import now
from toegang.actions.inzage import log_inzage


class DocumentSerializer(serializers.Serializer[Document]):
    id = serializers.UUIDField(source="sleutel")
    naam = serializers.CharField(help_text="Om te tonen; geen pad.")
    mime = serializers.CharField(source="soort_mime")
    grootte = serializers.IntegerField()
    sha256 = serializers.CharField()
    voor = serializers.ChoiceField(choices=Kring.choices)
    door = serializers.CharField(source="door_naam")
    rol = serializers.CharField(source="door_rol")
    op = serializers.DateTimeField()
    scan_status = serializers.ChoiceField(choices=ScanStatus.choices)
    verwijderd_op = serializers.DateTimeField(allow_null=True)
    verwijderd_om = serializers.CharField()
    url = serializers.SerializerMethodField()

    def get_url(self, document: Document) -> str | None:
        """Where the bytes are; null while they cannot be had."""
        if not is_available(document):
            return None
        return reverse("api-document", kwargs={"nummer": self.context["nummer"], "document": str(document.sleutel)})


class BerichtSerializer(serializers.Serializer[Bericht]):
    id = serializers.IntegerField(source="pk")
    tekst = serializers.CharField(help_text="Leeg als het bericht is ingetrokken.")
    voor = serializers.ChoiceField(choices=Kring.choices)
    door = serializers.CharField(source="door_naam")
    rol = serializers.CharField(source="door_rol")
    organisatie = serializers.CharField(source="door_organisatie")
    op = serializers.DateTimeField()
    ingetrokken_op = serializers.DateTimeField(allow_null=True)
    documenten = DocumentSerializer(many=True, source="documenten.all")


class BerichtInSerializer(StrictSerializer):
    tekst = Tekst(max_length=10_000)
    voor = serializers.ChoiceField(choices=Kring.choices, required=False, help_text="Wie het leest; anders school en wijkteam.")
    verzoek_sleutel = serializers.UUIDField(required=False, help_text="Dezelfde sleutel nog eens geeft hetzelfde bericht.")


class DocumentInSerializer(StrictSerializer):
    bestand = serializers.FileField(help_text="pdf, docx, xlsx, odt, jpg, png of txt; hoogstens 10 MB.")
    tekst = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    voor = serializers.ChoiceField(choices=Kring.choices, required=False, help_text="Wie het leest; anders school en wijkteam.")
    verzoek_sleutel = serializers.UUIDField(required=False, help_text="Dezelfde sleutel nog eens geeft hetzelfde bericht.")


class CasusDeelViewSet(viewsets.GenericViewSet[Any]):
    """A part of one casus: found, refused and logged as its page is."""

    lookup_field = "nummer"
    filter_backends: list[Any] = []
    ordering = "-id"

    def find(self, request: Request, nummer: str) -> Dossier:
        return open_dossier(request._request, nummer, TAB, log=False)  # noqa: SLF001  (what DRF wraps)

    def log(self, dossier: Dossier) -> None:
        casus, kijker = dossier.casus, dossier.kijker
        relatie = relation_of(kijker, casus, content=dossier.blik.reads)
        log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=casus.pk, relatie=relatie, op=now())

    def answer_page(self, rows: QuerySet[Any], nummer: str) -> Response:
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(self.get_serializer(page, many=True, context={"nummer": nummer}).data)

    def place(self, casus: Casus, kijker: Kijker, values: dict[str, Any], bestanden: list[NieuwBestand]) -> Response:
        try:
            bericht = place_bericht(
                casus=casus,
                by=kijker,
                op=now(),
                tekst=values.get("tekst", ""),
                voor=values.get("voor", ""),
                bestanden=bestanden,
                sleutel=values.get("verzoek_sleutel"),
            )
        except CasusError as fout:
            raise as_problem(fout) from fout
        return Response(BerichtSerializer(bericht, context={"nummer": casus.nummer}).data, status=201)


class BerichtViewSet(CasusDeelViewSet):
    """De berichten van een casus die u mag lezen, de nieuwste eerst. Lezen markeert ze als gelezen."""

    queryset = Bericht.objects.none()
    http_method_names = ["get", "head", "post"]
    serializer_class = BerichtSerializer

    @extend_schema(operation_id="casussen_berichten_list")
    def list(self, request: Request, nummer: str) -> Response:
        dossier = self.find(request, nummer)
        casus, kijker = dossier.casus, dossier.kijker
        self.log(dossier)
        response = self.answer_page(thread_of(casus, kijker).prefetch_related("documenten"), nummer)
        if shown := response.data["results"]:
            mark_thread_read(kijker=kijker, casus=casus, tot_en_met_id=max(row["id"] for row in shown), op=now())
        return response

    @extend_schema(operation_id="casussen_berichten_create", request=BerichtInSerializer, responses={201: BerichtSerializer})
    def create(self, request: Request, nummer: str) -> Response:
        """Plaatst een bericht. Wijzigen kan niet."""
        dossier = self.find(request, nummer)
        given = BerichtInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self.place(dossier.casus, dossier.kijker, given.validated_data, [])


class DocumentViewSet(CasusDeelViewSet):
    """De documenten van een casus die u mag zien, de nieuwste eerst; ook die verwijderd zijn, met de reden."""

    queryset = Document.objects.none()
    http_method_names = ["get", "head", "post"]
    serializer_class = DocumentSerializer
    parser_classes = [MultiPartParser]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Before anything reads the body: what is too large is not kept."""
        request.upload_handlers = [Begrensd(request)]
        return super().initialize_request(request, *args, **kwargs)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002  (DRF's signature)
        """A document is what it is, whatever was asked for; everything else is JSON."""
        return super().perform_content_negotiation(request, force=force or self.action == "retrieve")

    @extend_schema(operation_id="casussen_documenten_list")
    def list(self, request: Request, nummer: str) -> Response:
        dossier = self.find(request, nummer)
        casus, kijker = dossier.casus, dossier.kijker
        self.log(dossier)
        return self.answer_page(documents_for(casus, kijker), nummer)

    @extend_schema(
        operation_id="casussen_documenten_create",
        request={"multipart/form-data": DocumentInSerializer},
        responses={201: BerichtSerializer},
    )
    def create(self, request: Request, nummer: str) -> Response:
        """Plaatst één document met een bericht. Wat het is, blijkt uit de inhoud; een foto wordt zonder locatie bewaard."""
        dossier = self.find(request, nummer)
        if too_large(request._request):  # noqa: SLF001  (what DRF wraps)
            raise Probleem(413)
        given = DocumentInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        file: UploadedFile[bytes] = values.pop("bestand")
        return self.place(dossier.casus, dossier.kijker, values, [NieuwBestand(file.name or "", file.read(GROOTSTE + 1))])

    @extend_schema(
        operation_id="casussen_documenten_retrieve",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def retrieve(self, request: Request, nummer: str, document: str) -> HttpResponseBase:
        """De inhoud van een document, als download. Elke keer openen wordt vastgelegd."""
        dossier = self.find(request, nummer)
        casus, kijker = dossier.casus, dossier.kijker
        found = find_document(casus, kijker, UUID(document))
        return hand_out(casus, kijker, found, content=dossier.blik.reads)
