"""Names that are nearly what somebody typed: the same folding and the same trigrams as the search for a casus.

The database folds (`zoek_vouw`, migration 0006 of scholen): one immutable function, the same for what is stored and for what is
asked.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import FloatField, Func, TextField, Value
from django.db.models.functions import Greatest, Least

#: How much a word must be alike to be the same one, typed wrong. For where nothing was found as it was typed.
BIJNA = 0.4


class Vouw(Func):
    """The folded form of an expression, made by the database."""

    function = "zoek_vouw"
    arity = 1
    output_field = TextField()


class Gelijk(Func):
    """How much the first is like some words of the second, from 0 to 1."""

    function = "word_similarity"
    arity = 2
    output_field = FloatField()


def likeness(words: Sequence[str], *velden: str) -> Any:
    """How well the word fits that fits worst, in whichever of these columns it fits best."""
    each: list[Any] = []
    for word in words:
        alike = [Gelijk(Vouw(Value(word)), Vouw(veld)) for veld in velden]
        each.append(Greatest(*alike) if len(alike) > 1 else alike[0])
    return Least(*each) if len(each) > 1 else each[0]
