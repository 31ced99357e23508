"""Gemeenten: which take part, and where youth help is asked in each."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from gebieden.models import Gemeente
from kern.api import JA_NEE, kijker_of


class GebiedSerializer(serializers.Serializer[Any]):
    """A gemeente, wijk, buurt or samenwerkingsverband, named by its code."""

    code = serializers.CharField(help_text="Met CBS-voorvoegsel: GM0392, WK039201, BU03920101.")
    naam = serializers.CharField()


class RegioSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    naam = serializers.CharField()


class LoketSerializer(serializers.Serializer[Gemeente]):
    """The desk of the gemeente itself; absent is null."""

    naam = serializers.SerializerMethodField()
    telefoon = serializers.SerializerMethodField()
    email = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    def get_naam(self, gemeente: Gemeente) -> str | None:
        return gemeente.loket_naam or None

    def get_telefoon(self, gemeente: Gemeente) -> str | None:
        return gemeente.loket_telefoon or None

    def get_email(self, gemeente: Gemeente) -> str | None:
        return gemeente.loket_email or None

    def get_url(self, gemeente: Gemeente) -> str | None:
        return gemeente.loket_url or None


class GemeenteSerializer(serializers.ModelSerializer[Gemeente]):
    regio = RegioSerializer(allow_null=True, help_text="Null: doet niet mee in deze regio.")
    loket = LoketSerializer(source="*")

    class Meta:
        model = Gemeente
        fields = ["code", "naam", "regio", "loket"]


class GemeenteFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    in_regio = filters.ChoiceFilter(choices=JA_NEE, method="filter_in_regio", help_text="Alleen gemeenten die (niet) meedoen.")

    class Meta:
        model = Gemeente
        fields: list[str] = []

    def filter_in_regio(self, queryset: QuerySet[Gemeente], name: str, value: str) -> QuerySet[Gemeente]:  # noqa: ARG002
        return queryset.filter(regio__isnull=value == "false")


class GemeenteViewSet(viewsets.ReadOnlyModelViewSet[Gemeente]):
    """Gemeenten op CBS-code (GM0392)."""

    queryset = Gemeente.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = GemeenteSerializer
    filterset_class = GemeenteFilter
    lookup_field = "code"
    ordering = "code"

    def get_queryset(self) -> QuerySet[Gemeente]:
        return Gemeente.objects.visible_to(kijker_of(self.request)).select_related("regio")
