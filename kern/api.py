"""What every room's `api.py` stands on: who looks, and input that is read to the letter."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from kern.kijker import Kijker

#: A filter that is on or off: anything else is refused (a BooleanFilter would ignore it).
JA_NEE = [("true", "ja"), ("false", "nee")]

#: REST framework says this in words that are half English ('Verwacht een dictionary, kreeg een list'); so for every serializer.
GEEN_OBJECT = "Stuur één object, geen lijst."
serializers.Serializer.default_error_messages["invalid"] = GEEN_OBJECT


def kijker_of(request: Request) -> Kijker:
    """Who looks, for an API view."""
    return kijker_of_request(request._request)  # noqa: SLF001  (what DRF wraps)


def kijker_of_request(request: HttpRequest) -> Kijker:
    """Who looks: put on the request by the room of access (`toegang.middleware`, `toegang.authentication`)."""
    return cast("Kijker", request.kijker)  # type: ignore[attr-defined]


class Probleem(exceptions.APIException):
    """An error with members of its own beside those of RFC 9457: `Probleem(409, "…", door="Wim Jansen")`."""

    def __init__(self, status: int, detail: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.status_code = status
        self.melding = detail
        self.members = members


class StrictSerializer(serializers.Serializer[Any]):
    """Input in which every field is known: a mistyped field is refused, not ignored."""

    default_error_messages = {"onbekend": "Dit veld bestaat niet.", "invalid": GEEN_OBJECT}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields or self.fields[name].read_only]
            if unknown:
                text = str(self.error_messages["onbekend"])
                raise serializers.ValidationError({_shown(name): [text] for name in sorted(unknown)[:10]})
        return super().to_internal_value(data)


def _shown(name: str) -> str:
    """The name of a field as far as it looks like one: what somebody typed is not repeated."""
    return name if name.isascii() and name.isidentifier() and len(name) <= 40 else "?"


class Tekst(serializers.CharField):
    """Text, and only text: a number or a boolean is a wrong type, not something to turn into text. Blank is allowed."""

    default_error_messages = {"invalid": "Dit is geen tekst."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": True, "trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class JaNee(serializers.BooleanField):
    """true or false: not 1, "ja" or "false"."""

    default_error_messages = {"invalid": "Kies true of false."}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data
