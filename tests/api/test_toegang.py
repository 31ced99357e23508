"""Signing in to the API: a token that holds, or a session with CSRF. Whatever fails is 401, with the way in named."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kern.klok import now, today
from tests.api.conftest import check_problem
from tests.factories.toegang import client_of, token_of
from toegang.models import ApiToken
from toegang.models.token import hash_token

pytestmark = pytest.mark.django_db
VRAAG = {"postcode": "2037RB", "huisnummer": 12}


def get(path="gemeenten", **headers):
    return Client(raise_request_exception=False).get(f"/api/v1/{path}", headers=headers)


def test_401_for_a_stranger(cast, subtests):
    for path in ["gemeenten", "gemeenten/GM0392", "wijkteams", "wijkteams/1", "scholen", "scholen/99AB"]:
        with subtests.test(path=str(path)[:40]):
            response = get(path)
            assert response.status_code == 401
            check_problem(response)
            assert response["WWW-Authenticate"] == 'Bearer realm="Aanspreekpunt"'


def test_401_for_a_stranger_also_with_a_bad_body(cast, api_of):
    assert api_of(None).post("routeringen", b"{").status_code == 401


def test_401_for_a_token_that_is_none(cast, subtests):
    for header in [
        "Bearer x",
        "Bearer",
        "Bearer ",
        "bearer asp_abc",
        "Bearer é",
        "Bearer a b c",
        "Bearer " + "x" * 100_000,
        "Bearer asp_\t",
    ]:
        with subtests.test(header=str(header)[:40]):
            response = get(Authorization=header)
            assert response.status_code == 401
            check_problem(response)


def test_200_with_a_token(cast, subtests):
    for scheme in ["Bearer", "bearer", "BEARER"]:
        with subtests.test(scheme=str(scheme)[:40]):
            assert get(Authorization=f"{scheme} {token_of(cast.zoe)}").status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        lambda _: ApiToken.objects.update(ingetrokken_op=now()),
        lambda _: ApiToken.objects.update(verloopt_op=now()),
        lambda cast: cast.zoe.aanstellingen.update(tot=today()),
        lambda cast: cast.zoe.aanstellingen.update(van=today() + timedelta(days=1)),
        lambda cast: type(cast.zoe).objects.filter(pk=cast.zoe.pk).update(is_active=False),
        lambda _: ApiToken.objects.all().delete(),
    ],
    ids=["withdrawn", "expired", "appointment over", "appointment not begun", "account closed", "deleted"],
)
def test_a_token_ends_at_once(cast, end):
    token = token_of(cast.zoe)
    assert get(Authorization=f"Bearer {token}").status_code == 200
    end(cast)
    response = get(Authorization=f"Bearer {token}")
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_the_stored_hash_is_no_token(cast):
    assert get(Authorization=f"Bearer {hash_token(token_of(cast.zoe))}").status_code == 401


def test_use_is_written_down_by_the_hour(cast, django_assert_num_queries):
    token = token_of(cast.zoe)
    get(Authorization=f"Bearer {token}")
    first = ApiToken.objects.get().laatst_gebruikt
    assert first is not None
    with django_assert_num_queries(2):  # the token with its person, the gemeenten
        get(Authorization=f"Bearer {token}")
    assert ApiToken.objects.get().laatst_gebruikt == first


def test_403_for_an_account_without_appointment(cast):
    response = client_of(cast.leeg).get("/api/v1/gemeenten")
    assert response.status_code == 403
    check_problem(response)


class TestSession:
    def post(self, client, **headers):
        return client.post("/api/v1/routeringen", json.dumps(VRAAG), content_type="application/json", headers=headers)

    def test_reading(self, cast):
        assert client_of(cast.zoe).get("/api/v1/gemeenten").status_code == 200

    def test_writing_needs_the_csrf_token(self, cast):
        client = client_of(cast.zoe, enforce_csrf_checks=True)
        client.get("/geen-rol")
        response = self.post(client)
        assert response.status_code == 403
        check_problem(response)
        assert self.post(client, **{"X-CSRFToken": client.cookies["csrftoken"].value}).status_code == 200

    def test_a_page_elsewhere_cannot_use_the_session(self, cast):
        client = client_of(cast.zoe, enforce_csrf_checks=True)
        client.get("/geen-rol")
        csrf = client.cookies["csrftoken"].value
        assert self.post(client, **{"X-CSRFToken": csrf, "Origin": "https://evil.example"}).status_code == 403
        assert "Access-Control-Allow-Origin" not in self.post(client, Origin="https://evil.example").headers

    def test_a_token_needs_none(self, cast):
        client = Client(enforce_csrf_checks=True)
        assert self.post(client, Authorization=f"Bearer {token_of(cast.zoe)}").status_code == 200

    def test_a_bad_token_is_not_saved_by_a_session(self, cast):
        assert client_of(cast.zoe).get("/api/v1/gemeenten", headers={"Authorization": "Bearer x"}).status_code == 401

    def test_the_token_decides_who_looks(self, cast):
        """With a token and a session at once, the token counts: it may hold less."""
        client = client_of(cast.zoe)
        cast.otto.aanstellingen.update(tot=None)
        response: Any = client.get("/api/v1/gemeenten", headers={"Authorization": f"Bearer {token_of(cast.otto)}"})
        assert response.status_code == 200
        assert response.wsgi_request.kijker.user_id == cast.otto.pk


def test_429_for_a_loop_that_ran_wild(cast, api_of, settings):
    settings.API_PER_MINUUT = 3
    api, other = api_of(cast.zoe), api_of(cast.otto)
    assert [api.get("gemeenten").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = api.get("gemeenten")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert other.get("gemeenten").status_code == 200, "only for the one who did it"
