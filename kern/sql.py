"""Questions whose SQL is written once: what every page asks of one row is not put together again for each of them."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

#: Stands for the key while the SQL is written; no row has it.
_SLEUTEL = -(2**40)
K = TypeVar("K")


class VasteVraag(Generic[K]):
    """Expressions about one row of a model, asked by its key in one query.

    `uitdrukkingen` is called once, at the first question, so that models may still be loading when this is made. Values come as
    psycopg gives them: right for text, numbers, dates, moments, booleans and arrays of those, not for a field that Django
    converts. Nothing in the expressions may depend on the moment at which they are written.
    """

    def __init__(self, model: type[Model], uitdrukkingen: Callable[[], Mapping[K, Any]]) -> None:
        self._model = model
        self._uitdrukkingen = uitdrukkingen

    @cached_property
    def _written(self) -> tuple[tuple[K, ...], str, tuple[Any, ...]]:
        named = self._uitdrukkingen()
        rows = self._model._base_manager.order_by().filter(pk=_SLEUTEL).values_list(*named.values())  # noqa: SLF001
        sql, params = rows.query.sql_with_params()
        if list(params).count(_SLEUTEL) != 1:
            raise ValueError("The key must occur once in the question.")
        return tuple(named), sql, tuple(params)

    def of(self, pk: int) -> dict[K, Any]:
        """The values by the names of their expressions. Raises the model's DoesNotExist."""
        names, sql, params = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk if param == _SLEUTEL else param for param in params])
            row = cursor.fetchone()
        if row is None:
            raise self._model.DoesNotExist  # type: ignore[attr-defined]
        return dict(zip(names, row, strict=True))
