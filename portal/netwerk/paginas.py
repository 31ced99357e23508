"""A list of the network by the page: `pagina` in the URL says which."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGINA = 50


def paging(request: HttpRequest, rows: Any, per_pagina: int = PER_PAGINA) -> dict[str, Any]:
    """For the context of a template: `page`, as components/pagina.html reads it."""
    page: Page[Any] = Paginator(rows, per_pagina).get_page(request.GET.get("pagina"))
    return {"page": page}
