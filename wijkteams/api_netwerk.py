"""The network as facts: who is aanspreekpunt for what, and which team serves which area. Both as of a day, today by default."""

from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets

from gebieden.api import GebiedSerializer
from gebieden.models import RegisterRegel
from kern.api import kijker_of
from kern.klok import today
from scholen.sectoren import Sector
from wijkteams.models import Aanspreekpunt, Contactpersoon, SoortGebied, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import BEGIN, EINDE, ELKE_SECTOR, LEEFTIJD_MAX

GELDIG = "Wat op deze dag geldt (jjjj-mm-dd); standaard vandaag."


class TeamKortSerializer(serializers.ModelSerializer[Wijkteam]):
    gemeente = GebiedSerializer()

    class Meta:
        model = Wijkteam
        fields = ["id", "naam", "soort", "gemeente"]


class MensSerializer(serializers.ModelSerializer[Contactpersoon]):
    """Where a professional can be reached at work."""

    class Meta:
        model = Contactpersoon
        fields = ["id", "naam", "functie", "expertise", "telefoon", "email", "bereikbaar", "geverifieerd_op"]


class PlekSerializer(serializers.Serializer[Any]):
    brin = serializers.CharField()
    naam = serializers.CharField()


class AanspreekpuntSerializer(serializers.ModelSerializer[Aanspreekpunt]):
    """`school`, `vestiging` and `sector` say for what; all null or empty is: for the whole team."""

    wijkteam = TeamKortSerializer()
    contactpersoon = MensSerializer()
    vervanger = MensSerializer(allow_null=True)
    school = PlekSerializer(allow_null=True)
    vestiging = PlekSerializer(allow_null=True)

    class Meta:
        model = Aanspreekpunt
        fields = ["id", "wijkteam", "contactpersoon", "vervanger", "school", "vestiging", "sector", "van", "tot"]


class _OpEenDag(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """Rows of one day; without a day, of today."""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        dag: date = self.form.cleaned_data.get("geldig_op") or today()
        filtered: QuerySet[Any] = super().filter_queryset(queryset.filter(Q(tot__isnull=True) | Q(tot__gt=dag), van__lte=dag))
        return filtered

    def ignore(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:  # noqa: ARG002  (django-filter's signature)
        return queryset


class AanspreekpuntFilter(_OpEenDag):
    gemeente = filters.CharFilter(field_name="wijkteam__gemeente__code", help_text="Van teams in deze gemeente (GM0392).")
    wijkteam = filters.NumberFilter(field_name="wijkteam_id", help_text="Van dit team.")
    school = filters.CharFilter(method="filter_school", help_text="Voor deze school of vestiging: BRIN van 4 of 6 tekens.")
    sector = filters.ChoiceFilter(choices=Sector.choices, help_text="Voor deze sector.")
    geldig_op = filters.DateFilter(method="ignore", help_text=GELDIG)

    class Meta:
        model = Aanspreekpunt
        fields: list[str] = []

    def filter_school(self, queryset: QuerySet[Aanspreekpunt], name: str, value: str) -> QuerySet[Aanspreekpunt]:  # noqa: ARG002
        return queryset.filter(Q(school__brin=value) | Q(vestiging__brin=value) | Q(vestiging__school__brin=value))


class AanspreekpuntViewSet(viewsets.ReadOnlyModelViewSet[Aanspreekpunt]):
    """Wie het vaste aanspreekpunt is van welk team, voor wie, en wie vervangt."""

    queryset = Aanspreekpunt.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = AanspreekpuntSerializer
    filterset_class = AanspreekpuntFilter
    ordering = "id"

    def get_queryset(self) -> QuerySet[Aanspreekpunt]:
        teams = Wijkteam.objects.visible_to(kijker_of(self.request))
        related = ("wijkteam__gemeente", "contactpersoon", "vervanger", "school", "vestiging")
        return Aanspreekpunt.objects.filter(wijkteam__in=teams).select_related(*related)

    def filter_queryset(self, queryset: Any) -> Any:
        """One aanspreekpunt is found by its id on any day."""
        return queryset if self.action == "retrieve" else super().filter_queryset(queryset)


# --- Werkgebieden -----------------------------------------------------------------------------------------------------
class WerkgebiedSerializer(serializers.ModelSerializer[Werkgebied]):
    """A rule. Of two that hold for one pupil the one with the lower `rang` wins; absent is null."""

    wijkteam = TeamKortSerializer()
    soort = serializers.ChoiceField(choices=SoortGebied.choices)
    sector = serializers.SerializerMethodField(help_text="Null: elke sector.")
    school = PlekSerializer(allow_null=True)
    vestiging = PlekSerializer(allow_null=True)
    nummers = serializers.SerializerMethodField(help_text="Alleen bij huisnummers: van, tot_en_met, zijde.")
    leeftijd_tot = serializers.SerializerMethodField(help_text="Tot deze verjaardag; null: geen grens.")
    van = serializers.SerializerMethodField(help_text="Null: altijd al.")
    tot = serializers.SerializerMethodField(help_text="De eerste dag waarop de regel niet meer geldt; null: onbepaald.")

    class Meta:
        model = Werkgebied
        fields = [
            "id", "wijkteam", "soort", "gebied", "sector", "school", "vestiging", "nummers", "leeftijd_van", "leeftijd_tot",
            "van", "tot", "rang",
        ]  # fmt: skip

    def get_sector(self, regel: Werkgebied) -> str | None:
        return None if regel.sector == ELKE_SECTOR else regel.sector

    def get_nummers(self, regel: Werkgebied) -> dict[str, Any] | None:
        if regel.soort != SoortGebied.NUMMERS:
            return None
        return {"van": regel.nummer_van, "tot_en_met": regel.nummer_tot_en_met, "zijde": regel.zijde}

    def get_leeftijd_tot(self, regel: Werkgebied) -> int | None:
        return None if regel.leeftijd_tot >= LEEFTIJD_MAX else regel.leeftijd_tot

    def get_van(self, regel: Werkgebied) -> date | None:
        return None if regel.van == BEGIN else regel.van

    def get_tot(self, regel: Werkgebied) -> date | None:
        return None if regel.tot == EINDE else regel.tot


def within(cijfers: str) -> Q:
    """Rules for areas inside a gemeente or wijk, given its digits ('0392', '039205'): wijken, buurten, and postcodes that lie
    there at least in part according to the active editie."""
    here = RegisterRegel.objects.filter(editie__actief=True, buurt_code__startswith=f"BU{cijfers}")
    pc6 = Q(soort__in=[SoortGebied.PC6, SoortGebied.NUMMERS]) & Exists(here.filter(postcode=OuterRef("gebied")))
    first, last = Concat(OuterRef("gebied"), Value("AA")), Concat(OuterRef("gebied"), Value("ZZ"))
    pc4 = Q(soort=SoortGebied.PC4) & Exists(here.filter(postcode__gte=first, postcode__lte=last))
    return Q(gebied__startswith=f"WK{cijfers}") | Q(gebied__startswith=f"BU{cijfers}") | pc6 | pc4


class WerkgebiedFilter(_OpEenDag):
    gemeente = filters.CharFilter(
        validators=[RegexValidator(r"^GM[0-9]{4}$", "Een code als GM0392.")],
        method="filter_gemeente",
        help_text="Regels voor deze gemeente (GM0392) en voor gebieden daarbinnen.",
    )
    wijk = filters.CharFilter(
        validators=[RegexValidator(r"^WK[0-9]{4}[0-9A-Z]{2}$", "Een code als WK039205.")],
        method="filter_wijk",
        help_text="Regels voor deze wijk (WK039205) en voor buurten en postcodes daarbinnen; niet die voor de hele gemeente.",
    )
    team = filters.NumberFilter(field_name="wijkteam_id", help_text="Regels van dit wijkteam.")
    sector = filters.ChoiceFilter(
        choices=Sector.choices, method="filter_sector", help_text="Regels die voor deze sector gelden, ook die voor elke sector."
    )
    geldig_op = filters.DateFilter(method="ignore", help_text=GELDIG)

    class Meta:
        model = Werkgebied
        fields: list[str] = []

    def filter_gemeente(self, queryset: QuerySet[Werkgebied], name: str, value: str) -> QuerySet[Werkgebied]:  # noqa: ARG002
        return queryset.filter(Q(gebied=value) | within(value[2:]))

    def filter_wijk(self, queryset: QuerySet[Werkgebied], name: str, value: str) -> QuerySet[Werkgebied]:  # noqa: ARG002
        return queryset.filter(within(value[2:]))

    def filter_sector(self, queryset: QuerySet[Werkgebied], name: str, value: str) -> QuerySet[Werkgebied]:  # noqa: ARG002
        return queryset.filter(sector__in=[value, ELKE_SECTOR])


class WerkgebiedViewSet(viewsets.ReadOnlyModelViewSet[Werkgebied]):
    """Welk wijkteam welk gebied bedient, voor welke sectoren, leeftijden en dagen."""

    queryset = Werkgebied.objects.none()  # names the model; what is seen is in get_queryset
    http_method_names = ["get", "head"]
    serializer_class = WerkgebiedSerializer
    filterset_class = WerkgebiedFilter
    ordering = "id"

    def get_queryset(self) -> QuerySet[Werkgebied]:
        teams = Wijkteam.objects.visible_to(kijker_of(self.request))
        return Werkgebied.objects.filter(wijkteam__in=teams).select_related("wijkteam__gemeente", "school", "vestiging")
