"""The arrangementen of the API, with the one filter that needs schools: for pupils of a school of the viewer."""

from typing import Any

from django.core.validators import RegexValidator
from django_filters import rest_framework as filters

from kern.api import kijker_of
from kern.klok import today
from portal.aanbod.forms import gemeente_ids
from zorgaanbod.api import ArrangementFilter, ArrangementViewSet


class SchoolFilter(ArrangementFilter):
    school = filters.CharFilter(
        validators=[RegexValidator(r"^[0-9A-Z]{4}$", "Een BRIN van 4 tekens, zoals 12AB.")],
        method="filter_school",
        help_text="Voor leerlingen van deze school (BRIN), naar waar zij wonen. Alleen een school die u mag zien.",
    )

    class Meta(ArrangementFilter.Meta):
        pass

    def filter_school(self, queryset: Any, name: str, value: str) -> Any:  # noqa: ARG002  (django-filter's signature)
        return queryset.available_in(gemeente_ids(kijker_of(self.request), "", value), today())


class GidsViewSet(ArrangementViewSet):
    """Hulp die vandaag te vragen is, met voor wie, hoe en hoe lang het wachten is."""

    filterset_class = SchoolFilter
