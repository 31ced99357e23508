"""Wijkteams, and routing: from an address to a team and a person. Routing stores nothing."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from gebieden.api import GebiedSerializer
from kern.api import JaNee, StrictSerializer, Tekst, kijker_of
from wijkteams.models import SoortWijkteam, Wijkteam
from wijkteams.routering import Uitkomst, route_address


class WijkteamSerializer(serializers.ModelSerializer[Wijkteam]):
    gemeente = GebiedSerializer()

    class Meta:
        model = Wijkteam
        fields = [
            "id",
            "naam",
            "soort",
            "gemeente",
            "telefoon",
            "email",
            "bereikbaar",
            "adres",
            "geldig_van",
            "geldig_tot",
        ]


class WijkteamFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    gemeente = filters.CharFilter(field_name="gemeente__code", help_text="Teams van deze gemeente (GM0392).")
    soort = filters.ChoiceFilter(choices=SoortWijkteam.choices)

    class Meta:
        model = Wijkteam
        fields: list[str] = []


class WijkteamViewSet(viewsets.ReadOnlyModelViewSet[Wijkteam]):
    """Wijkteams met hun bereikbaarheid."""

    queryset = Wijkteam.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = WijkteamSerializer
    filterset_class = WijkteamFilter
    ordering = "id"

    def get_queryset(self) -> QuerySet[Wijkteam]:
        return Wijkteam.objects.visible_to(kijker_of(self.request)).select_related("gemeente")


# --- Routing -----------------------------------------------------------------------------------------------------------


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "integer"}]})
class Huisnummer(serializers.Field[Any, Any, Any, Any]):
    """A number, or text as people write it ('12b'). What it means is for routing to say; here only the type counts."""

    default_error_messages = {"invalid": "Dit is geen tekst en geen geheel getal."}

    def to_internal_value(self, data: Any) -> str | int:
        if isinstance(data, bool) or not isinstance(data, str | int):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class Getypt(Tekst):
    """Text as it was typed, whatever it is: routing says what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = []


class VraagSerializer(StrictSerializer):
    """The question. Only types are checked here: an address that is no address is an answer (`ongeldig`), not an error."""

    postcode = Getypt(help_text="Zoals getypt: '2011 aa' mag.")
    huisnummer = Huisnummer(help_text="Een getal, of tekst zoals '12-B'.")
    huisletter = Getypt(required=False, allow_null=True)
    toevoeging = Getypt(required=False, allow_null=True)
    sector = Getypt(required=False, allow_null=True, help_text="po, so, vo, vso, pro of mbo.")
    school = Getypt(required=False, allow_null=True, help_text="BRIN: 4 tekens voor alle vestigingen, 6 voor één.")
    geboortedatum = Getypt(required=False, allow_null=True, help_text="jjjj-mm-dd.")
    peildatum = Getypt(required=False, allow_null=True, help_text="jjjj-mm-dd; standaard vandaag.")
    geheim = JaNee(required=False, help_text="Geheim adres: het antwoord noemt adres, wijk en buurt niet.")


class TeamSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    naam = serializers.CharField()
    soort = serializers.ChoiceField(choices=SoortWijkteam.choices)
    telefoon = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)


class PersoonSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    naam = serializers.CharField()
    functie = serializers.CharField(allow_null=True)
    telefoon = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)
    afwezig_tot = serializers.DateField(allow_null=True)


class AdresSerializer(serializers.Serializer[Any]):
    postcode = serializers.CharField()
    huisnummer = serializers.IntegerField()
    huisletter = serializers.CharField(allow_null=True)
    toevoeging = serializers.CharField(allow_null=True)


class KandidaatSerializer(serializers.Serializer[Any]):
    buurt = GebiedSerializer(allow_null=True)
    wijkteam = TeamSerializer(allow_null=True)
    aanspreekpunt = PersoonSerializer(allow_null=True)
    reden = serializers.CharField()


class StapSerializer(serializers.Serializer[Any]):
    stap = serializers.CharField()
    tekst = serializers.CharField()
    bron = serializers.CharField(allow_null=True)


class FoutSerializer(serializers.Serializer[Any]):
    veld = serializers.CharField()
    melding = serializers.CharField()


class RouteSerializer(serializers.Serializer[Any]):
    """Describes the answer of `Route.as_json` (which is what is sent)."""

    uitkomst = serializers.ChoiceField(choices=[(uitkomst.value, uitkomst.value) for uitkomst in Uitkomst])
    afgeleid = serializers.BooleanField(help_text="Het nummer zelf is onbekend, maar de hele postcode hoort bij één team.")
    peildatum = serializers.DateField()
    editie = serializers.CharField(allow_null=True)
    adres = AdresSerializer(allow_null=True)
    gemeente = GebiedSerializer(allow_null=True)
    wijk = GebiedSerializer(allow_null=True)
    buurt = GebiedSerializer(allow_null=True)
    wijkteam = TeamSerializer(allow_null=True)
    aanspreekpunt = PersoonSerializer(allow_null=True)
    vervanger = PersoonSerializer(allow_null=True)
    kandidaten = KandidaatSerializer(many=True)
    uitleg = StapSerializer(many=True)
    fouten = FoutSerializer(many=True)


#: One instance for all: reading a question changes nothing in it, and making one costs as much as the reading.
VRAAG = VraagSerializer()
VRAAG.fields  # noqa: B018  (made now, once, and not by two first requests at a time)


class RouteringViewSet(viewsets.GenericViewSet[Any]):
    """Van huisadres naar wijkteam en aanspreekpunt."""

    http_method_names = ["post"]
    serializer_class = VraagSerializer
    filter_backends = []
    pagination_class = None

    @extend_schema(
        operation_id="routeringen_create",
        description="Zoekt op wie er is voor een leerling die hier woont. Bewaart niets. Elke uitkomst is een 200.",
        request=VraagSerializer,
        responses={200: RouteSerializer},
        examples=[
            OpenApiExample("Een adres", value={"postcode": "2037 RB", "huisnummer": "12b", "sector": "vo"}, request_only=True)
        ],
    )
    def create(self, request: Request) -> Response:
        return Response(route_address(**VRAAG.run_validation(request.data)).as_json())
