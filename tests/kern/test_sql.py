"""A question of which the SQL is written once answers as the ORM does, for each row again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Value
from django.db.models.functions import Upper

from gebieden.models import Gemeente, Regio
from kern.sql import VasteVraag
from toegang.models import User

pytestmark = pytest.mark.django_db


def questions() -> dict[str, Any]:
    gemeenten = Gemeente.objects.filter(regio=OuterRef("pk")).order_by("code")
    codes = ArraySubquery(gemeenten.values("code"))
    return {"groot": Upper("naam"), "codes": codes, "hoeveel": Count("gemeenten"), "vast": Value(7)}


@pytest.fixture
def regios() -> list[Regio]:
    found = [Regio.objects.create(naam=naam) for naam in ("Duinen", "Zee")]
    for nummer, regio in enumerate([found[0], found[0], found[1]]):
        Gemeente.objects.create(code=f"GM900{nummer}", naam=f"Gemeente {nummer}", regio=regio)
    return found


def test_it_answers_as_the_orm_does_for_each_row(regios):
    vraag = VasteVraag(Regio, questions)
    for regio in regios:
        by_orm: Any = Regio.objects.filter(pk=regio.pk).values(**questions()).get()
        assert vraag.of(regio.pk) == by_orm
    assert vraag.of(regios[0].pk)["codes"] == ["GM9000", "GM9001"]


def test_it_is_one_query_and_the_expressions_are_made_once(regios, django_assert_num_queries):
    made = []

    def counted() -> dict[str, Any]:
        made.append(1)
        return questions()

    vraag = VasteVraag(Regio, counted)
    assert made == []
    with django_assert_num_queries(2):
        vraag.of(regios[0].pk)
        vraag.of(regios[1].pk)
    assert made == [1]


def test_a_moment_comes_back_as_the_orm_gives_it():
    user = User.objects.create(email="iemand@school.example", naam="Iemand", last_login=datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert VasteVraag(User, lambda: {"op": F("last_login")}).of(user.pk) == {"op": user.last_login}


def test_a_row_that_is_not_there_is_told_as_the_orm_tells_it():
    with pytest.raises(Regio.DoesNotExist):
        VasteVraag(Regio, questions).of(0)
