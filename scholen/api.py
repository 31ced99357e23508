"""Schools and their locations: public facts, by BRIN."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from gebieden.api import GebiedSerializer
from kern.api import kijker_of
from scholen.models import School, Vestiging
from scholen.sectoren import Sector


class VestigingSerializer(serializers.ModelSerializer[Vestiging]):
    sectoren = serializers.ListField(child=serializers.ChoiceField(choices=Sector.choices))
    gemeente = GebiedSerializer(allow_null=True)
    samenwerkingsverband = GebiedSerializer(allow_null=True, help_text="Null: het mbo heeft er geen.")

    class Meta:
        model = Vestiging
        fields = ["brin", "naam", "sectoren", "plaats", "telefoon", "gemeente", "samenwerkingsverband", "vakantieregio"]


class SchoolSerializer(serializers.ModelSerializer[School]):
    vestigingen = VestigingSerializer(many=True)

    class Meta:
        model = School
        fields = ["brin", "naam", "vestigingen"]


class SchoolFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    sector = filters.ChoiceFilter(choices=Sector.choices, method="filter_sector", help_text="Scholen met deze sector.")
    gemeente = filters.CharFilter(method="filter_gemeente", help_text="Scholen met een vestiging in deze gemeente (GM0392).")

    class Meta:
        model = School
        fields: list[str] = []

    def filter_sector(self, queryset: QuerySet[School], name: str, value: str) -> QuerySet[School]:  # noqa: ARG002
        return queryset.filter(pk__in=Vestiging.objects.filter(sectoren__contains=[value]).values("school_id"))

    def filter_gemeente(self, queryset: QuerySet[School], name: str, value: str) -> QuerySet[School]:  # noqa: ARG002
        return queryset.filter(pk__in=Vestiging.objects.filter(gemeente__code=value).values("school_id"))


class SchoolViewSet(viewsets.ReadOnlyModelViewSet[School]):
    """Scholen op BRIN (4 tekens), met hun vestigingen."""

    queryset = School.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = SchoolSerializer
    filterset_class = SchoolFilter
    lookup_field = "brin"
    ordering = "brin"

    def get_queryset(self) -> QuerySet[School]:
        return School.objects.visible_to(kijker_of(self.request)).prefetch_related(
            "vestigingen__gemeente", "vestigingen__samenwerkingsverband"
        )
