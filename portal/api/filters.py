"""Filters in the query string, and nothing else there."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

PAGINATION = frozenset({"cursor", "page_size"})


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # django-filter has no types
    """An unknown filter is refused: a mistyped one would otherwise silently answer everything."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset_class = self.get_filterset_class(view, queryset)
        known = set(filterset_class.base_filters) if filterset_class else set()
        unknown = set(request.query_params) - known - PAGINATION
        if unknown:
            text = f"Dit filter bestaat niet. Bekend: {', '.join(sorted(known)) or 'geen'}."
            raise ValidationError({_shown(name): [text] for name in sorted(unknown)[:10]})
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


def _shown(name: str) -> str:
    """The name of a parameter as far as it looks like one: what somebody typed is not repeated."""
    return name if name.isascii() and name.isidentifier() and len(name) <= 40 else "?"
