"""Reading JSON strictly: what is ambiguous or cannot be stored is refused with a 400, never guessed and never a crash."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

#: Nothing here is nested more than a few levels.
DIEPST = 20


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 without NaN, doubled keys, half surrogates or deep nesting. How large it may be is Django's to guard."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  (DRF's signature)
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        try:
            value = json.loads(stream.read().decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object)
        except UnicodeDecodeError as fout:
            raise ParseError("De tekst is geen UTF-8.") from fout
        except RecursionError as fout:
            raise ParseError(f"De JSON is dieper dan {DIEPST} lagen.") from fout
        except json.JSONDecodeError as fout:
            raise ParseError(f"Dit is geen geldige JSON (regel {fout.lineno}, teken {fout.colno}).") from fout
        except ValueError as fout:  # a number of thousands of digits, or one of our own below
            raise ParseError(str(fout) if isinstance(fout, _GeweigerdeJSONError) else "Dit is geen geldige JSON.") from fout
        _check(value, 0)
        return value


class _GeweigerdeJSONError(ValueError):
    """JSON that is well-formed, and refused all the same."""


def _no_constant(name: str) -> NoReturn:
    raise _GeweigerdeJSONError(f"{name} is geen JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _GeweigerdeJSONError("Een veld komt twee keer voor.")
    return found


def _check(value: Any, depth: int) -> None:
    """No nesting beyond DIEPST, and no text that is no text: half a surrogate pair cannot be stored or sent."""
    if depth > DIEPST:
        raise ParseError(f"De JSON is dieper dan {DIEPST} lagen.")
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise ParseError("De tekst is geen geldige Unicode.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth)
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
