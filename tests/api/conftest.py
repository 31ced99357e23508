"""A client that talks to the API as a program does: JSON in and out, a token in a header, and every answer held to the schema."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from portal.api import throttling
from portal.api.schema import document
from tests.factories.netwerk import KleinNetwerk, klein_netwerk
from tests.factories.toegang import Cast, make_cast, token_of
from toegang.models import User

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def _fresh_counts():
    throttling.forget_counts()


@pytest.fixture
def netwerk() -> KleinNetwerk:
    return klein_netwerk()


@pytest.fixture
def cast(netwerk) -> Cast:
    return make_cast(school=netwerk.school, team=netwerk.schalkwijk)


@cache
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document())
    return found


@cache
def _closed() -> dict[str, Any]:
    """The description with every object closed: an answer may hold nothing that is not described."""

    def close(node: Any) -> Any:
        if isinstance(node, dict):
            node = {key: close(value) for key, value in node.items()}
            if node.get("type") == "object" and "properties" in node:
                node.setdefault("additionalProperties", False)
            return node
        return [close(item) for item in node] if isinstance(node, list) else node

    closed: dict[str, Any] = close(description())
    return closed


def schema_of(path: str, method: str, status: int, media_type: str) -> dict[str, Any]:
    """The schema of this answer, by the template of the path; an answer that is not described fails the test."""
    operation = description()["paths"][path][method]
    answer = operation["responses"][str(status)]
    if "$ref" in answer:
        answer = description()["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    assert "API-Version" in answer["headers"]
    schema: dict[str, Any] = answer["content"][media_type]["schema"]
    return schema


def hold_to_schema(body: Any, schema: dict[str, Any]) -> None:
    whole = {**schema, "components": _closed()["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(body)


@dataclass
class Api:
    """`api.get("gemeenten")`, `api.post("routeringen", {...})`: the answer, after checks that hold for every answer."""

    token: str | None
    client: Client

    def get(self, path: str, template: str | None = None, **headers: str) -> Any:
        return self._checked("get", path, template, self.client.get(f"/api/v1/{path}", headers=self._headers(headers)))

    def post(self, path: str, body: Any, template: str | None = None, **headers: str) -> Any:
        """`body`: bytes go as they are, anything else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        content_type = headers.pop("content_type", "application/json")
        response = self.client.post(f"/api/v1/{path}", data=data, content_type=content_type, headers=self._headers(headers))
        return self._checked("post", path, template, response)

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **headers}

    def _checked(self, method: str, path: str, template: str | None, response: Any) -> Any:
        assert response["API-Version"] == "1.0.0"
        if response.status_code >= 400:
            check_problem(response)
        template = f"/api/v1/{template or path.split('?', maxsplit=1)[0]}"
        if template in description()["paths"]:
            media_type = response["Content-Type"]
            hold_to_schema(response.json(), schema_of(template, method, response.status_code, media_type))
        return response


def check_problem(response: Any) -> None:
    """RFC 9457, without `instance`; `status` as in the answer itself."""
    assert response["Content-Type"] == PROBLEM
    body = response.json()
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["status"] == response.status_code
    assert body["type"].startswith("urn:aanspreekpunt:probleem:")
    assert "instance" not in body


@pytest.fixture
def api_of():
    """`api_of(user)` speaks with a token of this person, `api_of(None)` without."""

    def make(user: User | None) -> Api:
        return Api(token=token_of(user) if user else None, client=Client(raise_request_exception=False))

    return make
