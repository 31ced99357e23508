"""
The order of a list is one order. With equal times or equal names PostgreSQL gives rows as it finds them: which of two
terugkoppelingen of one minute is the newest would differ from page to page, and a list could show one row twice and one never.
"""

import pytest
from django.apps import apps
from django.db.models import Model, UniqueConstraint

OWN = {"casussen", "gebieden", "kern", "scholen", "toegang", "wijkteams", "zorgaanbod"}
ORDERED = [model for model in apps.get_models() if model._meta.app_label in OWN and model._meta.ordering]


def decides(model: type[Model]) -> bool:
    """Whether two rows can never be equal in all fields of the ordering."""
    fields = {str(field).lstrip("-") for field in model._meta.ordering or ()}
    meta = model._meta
    if "pk" in fields or any(field.unique for field in meta.concrete_fields if field.name in fields):
        return True
    whole = [one for one in meta.constraints if isinstance(one, UniqueConstraint) and one.condition is None and one.fields]
    nullable = {field.name for field in meta.concrete_fields if field.null}
    return any(set(one.fields) <= fields - nullable for one in whole)


def test_there_are_lists_to_look_at() -> None:
    assert len(ORDERED) > 60


@pytest.mark.parametrize("model", ORDERED, ids=lambda model: model._meta.label)
def test_equal_rows_have_one_order(model: type[Model]) -> None:
    assert decides(model), (
        f"{model._meta.label}.ordering = {list(model._meta.ordering or ())} leaves equal rows in any order: end it with 'id'"
    )
