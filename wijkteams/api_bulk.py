"""Bulk routing over the API: send many addresses, ask how far it is, fetch the answers within a day."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

import polars as pl
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from gebieden.adres import Fout
from kern.api import Probleem, StrictSerializer, kijker_of
from kern.klok import now, today
from wijkteams.actions.bulkroutering import MAX_PER_PERSOON, MAX_RIJEN, TeVeel, create_bulkroutering, results_of
from wijkteams.api import Getypt, Huisnummer
from wijkteams.models import Bulkroutering, BulkStatus
from wijkteams.routering import Uitkomst
from wijkteams.routering.bulk_csv import KOLOMMEN, CsvError, blanks_as_null, parse_csv
from wijkteams.routering.invoer import read_date

#: A hundred thousand rows of an ordinary length, and then some.
MAX_BYTES = 16_000_000
RIJEN = f"{MAX_RIJEN:,}".replace(",", ".")


def read_limited(stream: IO[Any]) -> bytes:
    """The whole body, or a 413; never more in memory than is allowed."""
    data: bytes = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Probleem(413, f"Stuur hoogstens {MAX_BYTES // 1_000_000} MB tegelijk.")
    return data


class CsvParser(BaseParser):
    """A CSV file as body, as forgiving as the command `route_bulk`."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  (DRF's signature)
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        try:
            return parse_csv(read_limited(stream)).frame
        except CsvError as fout:
            raise Probleem(422, ontbreekt=[{"veld": "rijen", "melding": str(fout)}]) from fout


class CsvRenderer(JSONRenderer):
    """Lets a client ask for text/csv. The rows are streamed; an error stays a problem in JSON."""

    media_type = "text/csv"
    format = "csv"


# --- In ---------------------------------------------------------------------------------------------------------------
class BulkRijSerializer(StrictSerializer):
    """One row. Nothing is refused for what it says: an address that is no address gets the uitkomst `ongeldig`."""

    id = Getypt(required=False, allow_null=True, help_text="Eigen kenmerk; komt ongewijzigd terug. Geen BSN of naam.")
    postcode = Getypt(required=False, allow_null=True)
    huisnummer = Huisnummer(required=False, allow_null=True)
    toevoeging = Getypt(required=False, allow_null=True)
    sector = Getypt(required=False, allow_null=True)
    school = Getypt(required=False, allow_null=True)
    geboortedatum = Getypt(required=False, allow_null=True)


class BulkVraagSerializer(StrictSerializer):
    """Describes the JSON that is sent; reading it is done below, since a serializer per row costs too much."""

    peildatum = Getypt(required=False, allow_null=True, help_text="jjjj-mm-dd; standaard vandaag.")
    rijen = BulkRijSerializer(many=True, help_text=f"Hoogstens {RIJEN}.")


def _rows(data: Any) -> pl.DataFrame:
    """The rows of a JSON body as a frame. What is not a row is named by its place."""
    rijen = data.get("rijen") if isinstance(data, dict) else None
    if not isinstance(rijen, list):
        raise Probleem(422, ontbreekt=[{"veld": "rijen", "melding": "Stuur een JSON-object met een lijst rijen."}])
    unknown = set(data) - {"rijen", "peildatum"}
    if unknown:
        raise Probleem(422, ontbreekt=[{"veld": "", "melding": "Alleen rijen en peildatum horen hier."}])
    if len(rijen) > MAX_RIJEN:
        raise Probleem(413, _too_many(len(rijen)))
    velden = []
    for nummer, rij in enumerate(rijen, 1):
        if not isinstance(rij, dict) or not set(rij) <= set(KOLOMMEN) or not all(_is_plain(value) for value in rij.values()):
            melding = f"Rij {nummer}: gebruik alleen {', '.join(KOLOMMEN)}, met tekst, een geheel getal of null."
            raise Probleem(422, ontbreekt=[{"veld": f"rijen[{nummer - 1}]", "melding": melding}])
        velden.append(["" if rij.get(naam) is None else str(rij[naam]) for naam in KOLOMMEN])
    frame = pl.DataFrame(velden, schema=dict.fromkeys(KOLOMMEN, pl.String), orient="row")
    return frame.with_columns(te_lang=pl.lit(value=False))


def _is_plain(value: Any) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def _too_many(count: int) -> str:
    return f"{count:,} rijen is te veel. Stuur hoogstens {RIJEN} rijen tegelijk.".replace(",", ".")


# --- Out --------------------------------------------------------------------------------------------------------------
class BulkSerializer(serializers.Serializer[Bulkroutering]):
    id = serializers.UUIDField(source="sleutel")
    status = serializers.ChoiceField(choices=BulkStatus.choices)
    rijen = serializers.IntegerField()
    klaar = serializers.IntegerField(help_text="Hoeveel rijen een antwoord hebben.")
    voortgang = serializers.SerializerMethodField(help_text="In procenten.")
    peildatum = serializers.DateField()
    aangemaakt = serializers.DateTimeField()
    klaar_op = serializers.DateTimeField(allow_null=True)
    verloopt_op = serializers.DateTimeField(help_text="Daarna is alles weg: adressen en antwoorden.")
    url = serializers.SerializerMethodField()
    resultaat = serializers.SerializerMethodField(help_text="Null tot de status klaar is.")

    def get_voortgang(self, job: Bulkroutering) -> int:
        return job.klaar * 100 // job.rijen

    def get_url(self, job: Bulkroutering) -> str:
        return reverse("api-bulkroutering", kwargs={"sleutel": job.sleutel})

    def get_resultaat(self, job: Bulkroutering) -> str | None:
        return reverse("api-bulkresultaat", kwargs={"sleutel": job.sleutel}) if job.status == BulkStatus.KLAAR else None


class BulkAntwoordSerializer(serializers.Serializer[Any]):
    """A row as it came, and its answer; what is absent is null."""

    id = serializers.CharField(allow_null=True)
    postcode = serializers.CharField(allow_null=True)
    huisnummer = serializers.CharField(allow_null=True)
    toevoeging = serializers.CharField(allow_null=True)
    sector = serializers.CharField(allow_null=True)
    school = serializers.CharField(allow_null=True)
    geboortedatum = serializers.CharField(allow_null=True)
    uitkomst = serializers.ChoiceField(choices=[(uitkomst.value, uitkomst.value) for uitkomst in Uitkomst])
    gemeentecode = serializers.CharField(allow_null=True)
    wijkcode = serializers.CharField(allow_null=True)
    buurtcode = serializers.CharField(allow_null=True)
    wijkteam = serializers.CharField(allow_null=True)
    aanspreekpunt = serializers.CharField(allow_null=True)


class BulkResultaatSerializer(serializers.Serializer[Any]):
    rijen = BulkAntwoordSerializer(many=True)


class BulkRouteringViewSet(viewsets.GenericViewSet[Bulkroutering]):
    """Veel adressen in één keer, als een taak met voortgang. Alleen wie de taak maakte, ziet haar."""

    queryset = Bulkroutering.objects.none()  # names the model; what is seen is in _job
    http_method_names = ["get", "head", "post"]
    serializer_class = BulkSerializer
    filter_backends = []
    pagination_class = None
    lookup_field = "sleutel"

    @extend_schema(
        operation_id="routeringen_bulk_create",
        description=(
            f"Zet hoogstens {RIJEN} adressen klaar om op te zoeken, als JSON of als CSV met dezelfde kolommen. Het antwoord "
            "noemt het adres van de taak; vraag daar de voortgang. Alles wordt na een dag gewist."
        ),
        request={"application/json": BulkVraagSerializer, "text/csv": OpenApiTypes.STR},
        responses={202: BulkSerializer},
        parameters=[OpenApiParameter("peildatum", OpenApiTypes.DATE, description="Bij CSV; standaard vandaag.")],
    )
    def create(self, request: Request) -> Response:
        data: Any = request.data
        frame = data if isinstance(data, pl.DataFrame) else _rows(data)
        peildatum = request.query_params.get("peildatum") if data is frame else data.get("peildatum")
        op = read_date(peildatum, "peildatum")
        if isinstance(op, Fout):
            raise Probleem(422, ontbreekt=[{"veld": "peildatum", "melding": op.melding}])
        if frame.height > MAX_RIJEN:
            raise Probleem(413, _too_many(frame.height))
        if frame.is_empty():
            raise Probleem(422, ontbreekt=[{"veld": "rijen", "melding": "Stuur minstens één rij."}])
        try:
            job = create_bulkroutering(frame=frame, peildatum=op or today(), by=kijker_of(request), op=now())
        except TeVeel as fout:
            raise Probleem(429, f"U hebt al {MAX_PER_PERSOON} taken. Elke taak wordt na een dag gewist.") from fout
        body = BulkSerializer(job).data
        return Response(body, status=202, headers={"Location": body["url"], "Retry-After": "2"})

    @extend_schema(operation_id="routeringen_bulk_retrieve", description="Hoe ver de taak is.", responses={200: BulkSerializer})
    def retrieve(self, request: Request, sleutel: str) -> Response:
        return Response(BulkSerializer(self._job(request, sleutel)).data)

    @extend_schema(
        operation_id="routeringen_bulk_resultaat",
        description="De antwoorden, in de volgorde waarin de rijen kwamen. Vraag CSV met Accept: text/csv.",
        responses={
            (200, "application/json"): BulkResultaatSerializer,
            (200, "text/csv"): OpenApiResponse(OpenApiTypes.STR),
        },
    )
    def resultaat(self, request: Request, sleutel: str) -> HttpResponseBase:
        job = self._job(request, sleutel)
        if job.status == BulkStatus.MISLUKT:
            raise Probleem(409, "Deze taak is mislukt. Stuur de rijen opnieuw; blijft het misgaan, meld het dan bij ons.")
        if job.status != BulkStatus.KLAAR:
            raise Probleem(409, f"Deze taak is nog niet klaar: {job.klaar} van {job.rijen} rijen hebben een antwoord.")
        csv = request.accepted_renderer.format == "csv"
        rows = _as_csv(job) if csv else _as_json(job)
        content_type = "text/csv; charset=utf-8" if csv else "application/json"
        return StreamingHttpResponse(rows, content_type=content_type)

    def _job(self, request: Request, sleutel: str) -> Bulkroutering:
        job = Bulkroutering.objects.visible_to(kijker_of(request)).alive(now()).filter(sleutel=sleutel).first()
        if job is None:
            raise Http404
        return job


def _as_json(job: Bulkroutering) -> Iterator[bytes]:
    yield b'{"rijen":['
    comma = ""
    for frame in results_of(job):
        rows = blanks_as_null(frame).to_dicts()
        yield (comma + ",".join(json.dumps(row, ensure_ascii=False) for row in rows)).encode()
        comma = ","
    yield b"]}"


def _as_csv(job: Bulkroutering) -> Iterator[bytes]:
    for nummer, frame in enumerate(results_of(job)):
        buffer = io.BytesIO()
        blanks_as_null(frame).write_csv(buffer, include_header=nummer == 0, quote_style="necessary")
        yield buffer.getvalue()
