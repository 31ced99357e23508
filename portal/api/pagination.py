"""Pages by cursor: stable while rows come and go, and the same cost on the last page as on the first."""

from typing import Any

from rest_framework import pagination
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

GROOTSTE = 200


class CursorPagination(pagination.CursorPagination):
    """`{next, previous, results}`. `?page_size=` from 1 to 200; a view says by which unique column it is sorted."""

    ordering = "id"
    page_size_query_param = "page_size"
    max_page_size = GROOTSTE

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:  # noqa: ARG002  (DRF's signature)
        ordering: str = getattr(view, "ordering", self.ordering)
        return (ordering,)

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size or GROOTSTE
        if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:4]) <= GROOTSTE and len(asked) <= 3):
            raise ValidationError({self.page_size_query_param: [f"Een getal van 1 tot en met {GROOTSTE}."]})
        return int(asked)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {
            "next": {**link, "description": "Het adres van de volgende pagina; null op de laatste."},
            "previous": {**link, "description": "Het adres van de vorige pagina; null op de eerste."},
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:  # noqa: ARG002  (DRF's signature)
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "required": False,
                "description": "Waar de pagina begint: neem over uit next of previous.",
                "schema": {"type": "string"},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "required": False,
                "description": "Hoeveel per pagina.",
                "schema": {"type": "integer", "minimum": 1, "maximum": GROOTSTE, "default": self.page_size},
            },
        ]

    def decode_cursor(self, request: Request) -> Any:
        try:
            return super().decode_cursor(request)
        except NotFound as fout:
            raise ValidationError(
                {self.cursor_query_param: ["Deze cursor is niet geldig. Begin bij de eerste pagina."]}
            ) from fout
