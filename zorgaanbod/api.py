"""The aanbodgids as facts: aanbieders, and what each offers, for whom, with the newest waiting time."""

from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from gebieden.api import GebiedSerializer
from gebieden.models import Gemeente
from kern.api import JA_NEE, kijker_of
from kern.klok import today
from zorgaanbod.keuzes import Hulpvorm, SoortAanbieder, Zwaarte
from zorgaanbod.models import Aanbieder, Arrangement, Contract
from zorgaanbod.queries import places_on, wacht_of


class AanbiederKortSerializer(serializers.ModelSerializer[Aanbieder]):
    class Meta:
        model = Aanbieder
        fields = ["id", "naam", "soort"]


class AanbiederSerializer(serializers.ModelSerializer[Aanbieder]):
    """`gemeenten`: where the voorveld works; of youth help the contracts of each arrangement say so."""

    telefoon = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    website = serializers.CharField(allow_blank=True)
    gemeenten = GebiedSerializer(many=True)

    class Meta:
        model = Aanbieder
        fields = ["id", "naam", "soort", "omschrijving", "telefoon", "email", "website", "gemeenten"]


class WachttijdSerializer(serializers.Serializer[Any]):
    weken = serializers.IntegerField()
    gemeten_op = serializers.DateField(help_text="Op welke dag de aanbieder dit opgaf.")
    dagen_oud = serializers.IntegerField()
    oud = serializers.BooleanField(help_text="Ouder dan 30 dagen.")
    boven_norm = serializers.BooleanField()


class ArrangementSerializer(serializers.ModelSerializer[Arrangement]):
    """`gemeenten`: for whoever lives there. `leeftijd_tot` is the last age. `wachttijd` null: never measured."""

    aanbieder = AanbiederKortSerializer()
    gemeenten = serializers.SerializerMethodField()
    wachttijd = serializers.SerializerMethodField()

    class Meta:
        model = Arrangement
        fields = [
            "id", "naam", "aanbieder", "hulpvorm", "zwaarte", "omschrijving", "leeftijd_van", "leeftijd_tot", "op_school",
            "zo_vraagt_u_aan", "capaciteit", "wachttijd_norm", "wachttijd", "gemeenten",
        ]  # fmt: skip

    @extend_schema_field(GebiedSerializer(many=True))
    def get_gemeenten(self, arrangement: Arrangement) -> Any:
        contracts: list[Contract] = getattr(arrangement, "geldige_contracten", [])
        places = {contract.gemeente for contract in contracts}
        if arrangement.aanbieder.soort == SoortAanbieder.VOORVELD:
            places |= set(arrangement.aanbieder.gemeenten.all())
        return GebiedSerializer(sorted(places, key=lambda gemeente: gemeente.code), many=True).data

    @extend_schema_field(WachttijdSerializer(allow_null=True))
    def get_wachttijd(self, arrangement: Arrangement) -> Any:
        wacht = wacht_of(arrangement, today())
        return None if wacht.weken is None else WachttijdSerializer(wacht).data


def _gemeente_filter(**kwargs: Any) -> filters.CharFilter:
    form = RegexValidator(r"^GM[0-9]{4}$", "Een code als GM0392.")
    return filters.CharFilter(validators=[form], method="filter_gemeente", **kwargs)


def _ids_of(code: str) -> list[int]:
    return list(Gemeente.objects.filter(code=code).values_list("pk", flat=True))


class AanbiederFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    soort = filters.ChoiceFilter(choices=SoortAanbieder.choices, help_text="Jeugdhulp, of het vrij toegankelijke voorveld.")
    hulpvorm = filters.ChoiceFilter(choices=Hulpvorm.choices, method="filter_hulpvorm", help_text="Die deze hulp nu biedt.")
    gemeente = _gemeente_filter(help_text="Die nu hulp biedt aan wie in deze gemeente (GM0392) woont.")

    class Meta:
        model = Aanbieder
        fields: list[str] = []

    def filter_hulpvorm(self, queryset: QuerySet[Aanbieder], name: str, value: str) -> QuerySet[Aanbieder]:  # noqa: ARG002
        return queryset.filter(pk__in=Arrangement.objects.offered(today()).filter(hulpvorm=value).values("aanbieder_id"))

    def filter_gemeente(self, queryset: QuerySet[Aanbieder], name: str, value: str) -> QuerySet[Aanbieder]:  # noqa: ARG002
        there = Arrangement.objects.offered(today()).available_in(_ids_of(value), today())
        return queryset.filter(pk__in=there.values("aanbieder_id"))


class ArrangementFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    hulpvorm = filters.ChoiceFilter(choices=Hulpvorm.choices)
    zwaarte = filters.ChoiceFilter(choices=Zwaarte.choices)
    soort = filters.ChoiceFilter(
        field_name="aanbieder__soort", choices=SoortAanbieder.choices, help_text="Van wat voor aanbieder."
    )
    aanbieder = filters.NumberFilter(field_name="aanbieder_id", help_text="Van deze aanbieder.")
    gemeente = _gemeente_filter(help_text="Voor wie in deze gemeente (GM0392) woont: met contract, of voorveld dat er werkt.")
    leeftijd = filters.NumberFilter(method="filter_leeftijd", min_value=0, max_value=27, help_text="Voor deze leeftijd.")
    wachttijd = filters.NumberFilter(
        field_name="wacht_weken", lookup_expr="lte", min_value=0, max_value=260, help_text="Hoogstens zoveel weken wachten."
    )
    op_school = filters.ChoiceFilter(choices=JA_NEE, method="filter_op_school", help_text="Hulp die (niet) op school kan.")
    oud = filters.ChoiceFilter(choices=JA_NEE, method="filter_oud", help_text="true: wachttijd onbekend of ouder dan 30 dagen.")
    boven_norm = filters.ChoiceFilter(choices=JA_NEE, method="filter_boven_norm", help_text="true: wachttijd boven de norm.")

    class Meta:
        model = Arrangement
        fields: list[str] = []

    def filter_gemeente(self, queryset: Any, name: str, value: str) -> Any:  # noqa: ARG002  (django-filter's signature)
        return queryset.available_in(_ids_of(value), today())

    def filter_leeftijd(self, queryset: Any, name: str, value: Any) -> Any:  # noqa: ARG002
        return queryset.filter(leeftijd_van__lte=value, leeftijd_tot__gte=value)

    def filter_op_school(self, queryset: Any, name: str, value: str) -> Any:  # noqa: ARG002
        return queryset.filter(op_school=value == "true")

    def filter_oud(self, queryset: Any, name: str, value: str) -> Any:  # noqa: ARG002
        old = Arrangement.objects.with_wachttijd().stale(today()).values("pk")
        return queryset.filter(pk__in=old) if value == "true" else queryset.exclude(pk__in=old)

    def filter_boven_norm(self, queryset: Any, name: str, value: str) -> Any:  # noqa: ARG002
        above = Arrangement.objects.with_wachttijd().above_norm().values("pk")
        return queryset.filter(pk__in=above) if value == "true" else queryset.exclude(pk__in=above)


class AanbiederViewSet(viewsets.ReadOnlyModelViewSet[Aanbieder]):
    """Aanbieders van jeugdhulp en het voorveld, die er vandaag zijn."""

    queryset = Aanbieder.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = AanbiederSerializer
    filterset_class = AanbiederFilter
    ordering = "id"

    def get_queryset(self) -> QuerySet[Aanbieder]:
        return Aanbieder.objects.visible_to(kijker_of(self.request)).active(today()).prefetch_related("gemeenten")


class ArrangementViewSet(viewsets.ReadOnlyModelViewSet[Arrangement]):
    """Hulp die vandaag te vragen is, met voor wie, hoe en hoe lang het wachten is."""

    queryset = Arrangement.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = ArrangementSerializer
    filterset_class = ArrangementFilter
    ordering = "id"

    def get_queryset(self) -> QuerySet[Arrangement]:
        op: date = today()
        seen = Arrangement.objects.visible_to(kijker_of(self.request)).offered(op).with_wachttijd()
        return seen.select_related("aanbieder").prefetch_related(*places_on(op))
