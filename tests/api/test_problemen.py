"""Whatever goes wrong under /api is answered in problem details, with the version; nothing is repeated of what was sent."""

import json

import pytest
from django.test import Client

from tests.api.conftest import PROBLEM, Api, check_problem
from tests.factories.toegang import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def raw() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_what_is_not_there_is_404_and_never_a_redirect(raw, subtests):
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/gemeenten",
        "/api/v1/bestaat-niet",
        "/api/v1/gemeenten/",
        "/api/v1/routeringen/",
        "/api/v1/casussen/",
        "/api/v1/openapi.json/",
        "/api/v1//gemeenten",
        "/api/v1/gemeenten/GM0392/",
        "/api/v1/gemeenten/gm0392",
        "/api/v1/gemeenten/GM03921",
        "/api/v1/gemeenten/%00",
        "/api/v1/wijkteams/99999999999999999999",
        "/api/v1/wijkteams/-1",
        "/api/v1/wijkteams/1%0a",
        "/api/v1/wijkteams/١",
        "/api/v1/scholen/99ABC",
        "/api/v1/%ff%fe",
        "/api/v1/../../etc/passwd",
        "/api/v1/gemeenten.json",
    ]:
        for method in ["get", "post", "put", "delete", "head"]:
            with subtests.test(path=str(path)[:40], method=str(method)[:40]):
                response = getattr(raw, method)(path)
                assert response.status_code == 404
                assert response["API-Version"] == "1.0.0"
                assert response["Content-Type"] == PROBLEM
                if method != "head":
                    check_problem(response)
                    assert "passwd" not in response.content.decode()


def test_only_what_is_under_api_is_the_api(raw, subtests):
    for path in ["/apiv1/gemeenten", "/apix", "/api-docs"]:
        with subtests.test(path=str(path)[:40]):
            response = raw.get(path)
            assert response.status_code == 404
            assert "API-Version" not in response


def test_405_names_what_is_allowed(cast, api_of, subtests):
    for method, path, allow in [
        ("get", "routeringen", {"POST"}),
        ("put", "routeringen", {"POST"}),
        ("options", "routeringen", {"POST"}),
        ("post", "gemeenten", {"GET", "HEAD"}),
        ("delete", "gemeenten/GM0392", {"GET", "HEAD"}),
        ("patch", "wijkteams", {"GET", "HEAD"}),
        ("post", "openapi.json", {"GET", "HEAD"}),
        ("trace", "gemeenten", {"GET", "HEAD"}),
    ]:
        with subtests.test(method=str(method)[:40], path=str(path)[:40], allow=str(allow)[:40]):
            api = api_of(cast.zoe)
            response = getattr(api.client, method)(f"/api/v1/{path}", headers={"Authorization": f"Bearer {api.token}"})
            assert response.status_code == 405
            check_problem(response)
            assert set(response["Allow"].split(", ")) == allow


def test_415_for_what_is_not_json(cast, api_of, subtests):
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "",
        "multipart/form-data; boundary=x",
    ]:
        with subtests.test(content_type=str(content_type)[:40]):
            response = api_of(cast.zoe).post("routeringen", b'{"postcode":"2037RB","huisnummer":1}', content_type=content_type)
            assert response.status_code == 415


def test_406_for_who_cannot_read_json(cast, api_of, subtests):
    for accept in ["text/html", "application/xml", "image/png"]:
        with subtests.test(accept=str(accept)[:40]):
            assert api_of(cast.zoe).get("gemeenten", Accept=accept).status_code == 406


def test_400_for_what_is_no_good_json(cast, api_of, subtests):
    for body in [
        b"",
        b"{",
        b"not json",
        b'{"postcode": "2037RB", "huisnummer": NaN}',
        b'{"postcode": "2037RB", "huisnummer": Infinity}',
        b'{"postcode": "2037RB", "huisnummer": -Infinity}',
        b'{"postcode": "2037RB", "postcode": "2011AA", "huisnummer": 1}',
        b'{"postcode": "2037RB", "huisnummer": 1,}',
        b"{'postcode': '2037RB'}",
        b'{"postcode": "\xff\xfe", "huisnummer": 1}',
        b'{"postcode": "\\ud800", "huisnummer": 1}',
        b'{"\\udfff": 1}',
        b"[" * 100_000,
        b"[" * 30 + b"]" * 30,
        b'{"a":' * 100_000,
        b'{"postcode": "2037RB", "huisnummer": ' + b"9" * 5_000 + b"}",
        '{"postcode": "2037RB", "huisnummer": 1}'.encode("utf-16"),
    ]:
        with subtests.test(body=str(body)[:40]):
            response = api_of(cast.zoe).post("routeringen", body)
            assert response.status_code == 400
            assert "2037RB" not in response.content.decode()


def test_400_for_what_is_no_object(cast, api_of, subtests):
    for body in [[], "tekst", 1, 1.5, True, None, [{"postcode": "2037RB", "huisnummer": 1}]]:
        with subtests.test(body=str(body)[:40]):
            assert api_of(cast.zoe).post("routeringen", body).status_code == 400


def test_413_for_what_is_too_large(cast, api_of, settings):
    api = api_of(cast.zoe)
    huge = json.dumps({"postcode": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "huisnummer": 1}).encode()
    assert api.post("routeringen", huge).status_code == 413


def test_a_byte_order_mark_is_no_error(cast, api_of):
    body = b"\xef\xbb\xbf" + b'{"postcode": "2037RB", "huisnummer": 1}'
    assert api_of(cast.zoe).post("routeringen", body).status_code == 200


def test_500_says_nothing_of_what_happened(cast, api_of, monkeypatch):
    def boom(**kwargs: object) -> None:
        raise ValueError("geheim: Jantje, 2037RB")

    monkeypatch.setattr("wijkteams.api.route_address", boom)
    response = api_of(cast.zoe).post("routeringen", {"postcode": "2037RB", "huisnummer": 1})
    assert response.status_code == 500
    assert "Jantje" not in response.content.decode()


def test_a_wrong_host_is_a_problem_too(raw):
    response = raw.get("/api/v1/gemeenten", headers={"host": "evil.example"})
    assert response.status_code == 400
    check_problem(response)


def test_400_for_an_unknown_or_wrong_filter(cast, api_of, subtests):
    for query in [
        "naam=Jantje",
        "format=xml",
        "in_regio=misschien",
        "page_size=0",
        "page_size=201",
        "page_size=x",
        "page_size=٣",
        "cursor=x",
    ]:
        with subtests.test(query=str(query)[:40]):
            response = api_of(cast.zoe).get(f"gemeenten?{query}")
            assert response.status_code == 400
            (fout,) = response.json()["fouten"]
            assert fout["veld"] == query.split("=")[0]
            assert "Jantje" not in response.content.decode()


def test_the_name_of_an_odd_parameter_is_not_repeated(cast, api_of):
    response = api_of(cast.zoe).get("gemeenten?Jantje%20Smit=1")
    assert response.status_code == 400
    assert "Smit" not in response.content.decode()


def test_no_filter_breaks_it(cast, api_of, subtests):
    for query in ["gemeente=%00", "gemeente=%ff", "gemeente=%ed%a0%80", "soort=" + "x" * 5000]:
        with subtests.test(query=str(query)[:40]):
            assert api_of(cast.zoe).get(f"wijkteams?{query}").status_code in {200, 400}


def test_answers_are_not_kept_by_anyone(cast, api_of):
    response = api_of(cast.zoe).get("gemeenten")
    assert response["Cache-Control"] == "no-store"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))


def test_a_list_where_one_object_belongs_is_refused_in_dutch(cast):
    for path in ("casussen", "routeringen", "consulten"):
        text = Api(token_of(cast.zoe), Client()).post(path, []).content.decode()
        assert "dictionary" not in text
        assert "Stuur één object, geen lijst." in text
