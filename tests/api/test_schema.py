"""The description of the API is public, valid, whole, and in step with the URL map."""

import json
import re

import pytest
from django.test import Client
from django.urls import URLPattern
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from portal.api.schema import document
from portal.api.urls import urlpatterns
from tests.api.conftest import description


def test_it_is_public_and_json(db):
    response = Client().get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["API-Version"] == response.json()["info"]["version"]
    assert response.json() == description()


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html", "application/vnd.oai.openapi+json"])
def test_every_tool_gets_it(db, accept):
    assert Client().get("/api/v1/openapi.json", headers={"Accept": accept}).status_code == 200


def test_it_is_valid_openapi():
    validate_schema(description())


def test_making_it_gives_no_warning():
    GENERATOR_STATS.reset()
    document.__wrapped__()
    assert not GENERATOR_STATS


def test_every_address_of_the_api_is_in_it():
    """Whoever adds a path describes it: the catch-all and the description itself are the exceptions."""
    routes = set()
    for pattern in urlpatterns:
        if isinstance(pattern, URLPattern) and pattern.name not in {"api-onbekend", "api-openapi"}:
            route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", str(pattern.pattern)).strip("^$").replace("\\", "")
            routes.add(re.sub(r"\{pk\}", "{id}", f"/api/{route}"))
    assert routes == set(description()["paths"])


def test_every_reference_leads_somewhere():
    text = json.dumps(description())
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        node = description()
        for part in reference.split("/"):
            node = node[part]


def test_every_operation_but_none_is_public():
    for path, item in description()["paths"].items():
        for operation in item.values():
            assert {"token": []} in operation["security"], path
            assert {"401", "403", "500"} <= operation["responses"].keys(), path


def test_no_example_holds_a_person():
    assert "@" not in json.dumps([op.get("requestBody") for item in description()["paths"].values() for op in item.values()])
