"""A viewer holds what their appointments of that day say, no more and no longer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from casussen.models import Casus
from gebieden.models import Gemeente, Regio
from kern.kijker import niemand
from kern.klok import now, today
from scholen.models import Leerling, School, Vestiging
from tests.factories.netwerk import LeerlingFactory, SamenwerkingsverbandFactory, VestigingFactory
from tests.factories.toegang import AanstellingFactory, Cast, UserFactory, appoint, kijker_of, make_cast, token_of
from toegang.kijkers import kijker_for_token, kijker_for_user
from toegang.middleware import KijkerMiddleware
from toegang.models import Aanstelling, ApiToken
from toegang.models.token import hash_token
from toegang.rollen import ROLLEN, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import kijker_of as kijker_of_request
from wijkteams.models import Wijkteam

pytestmark = pytest.mark.django_db
DAG = date(2026, 3, 2)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_it_makes_one_query(cast, django_assert_num_queries):
    appoint(cast.zoe, ZORGCOORDINATOR, cast.school_b)
    with django_assert_num_queries(1):
        kijker = kijker_for_user(cast.zoe, DAG)
    assert kijker.ids(ZORGCOORDINATOR) == {cast.school_a.pk, cast.school_b.pk}


@pytest.mark.parametrize(
    ("van", "tot", "holds"),
    [
        (DAG, None, True),
        (DAG - timedelta(days=1), DAG + timedelta(days=1), True),
        (DAG, DAG + timedelta(days=1), True),
        (DAG + timedelta(days=1), None, False),  # not yet
        (DAG - timedelta(days=9), DAG, False),  # `tot` is the first day without
        (DAG - timedelta(days=9), DAG - timedelta(days=1), False),
    ],
)
def test_an_appointment_holds_from_van_up_to_tot(cast, van, tot, holds):
    user = UserFactory.create()
    appointment = appoint(user, WIJKTEAMLID, cast.team_a, van=van, tot=tot)
    assert kijker_for_user(user, DAG).heeft(WIJKTEAMLID) is holds
    assert appointment.holds_on(DAG) is holds
    assert Aanstelling.objects.filter(pk=appointment.pk).on(DAG).exists() is holds


def test_setting_tot_to_today_ends_access_today(cast):
    assert kijker_of(cast.wim).heeft(WIJKTEAMLID)
    cast.wim.aanstellingen.update(tot=today())
    assert kijker_of(cast.wim).houdt == frozenset()


def test_without_appointment_everything_is_empty(cast):
    LeerlingFactory.create(vestiging=VestigingFactory.create(school=cast.school_a))
    kijker = kijker_of(cast.leeg)
    assert kijker.user_id == cast.leeg.pk
    for model in (Casus, Gemeente, Regio, School, Vestiging, Leerling, Wijkteam):
        assert model.objects.visible_to(kijker).count() == 0, model


def test_a_stranger_and_a_closed_account_are_nobody(cast):
    assert kijker_for_user(AnonymousUser(), DAG) == niemand(DAG)
    cast.zoe.is_active = False
    assert kijker_for_user(cast.zoe, DAG) == niemand(DAG)


def test_roles_of_others_do_not_leak(cast):
    """Two schools, two people: neither holds anything for the other's."""
    assert kijker_of(cast.zoe).ids(ZORGCOORDINATOR) == {cast.school_a.pk}
    assert kijker_of(cast.otto).ids(ZORGCOORDINATOR) == {cast.school_b.pk}


class TestToken:
    def test_it_holds_only_its_own_appointment(self, cast):
        appoint(cast.zoe, ZORGCOORDINATOR, cast.school_b)
        key = token_of(cast.zoe)
        token = ApiToken.objects.usable(now()).get(hash=hash_token(key))
        assert kijker_for_token(token, today()).ids(ZORGCOORDINATOR) == {cast.school_a.pk}

    def test_it_needs_no_query_more(self, cast, django_assert_num_queries):
        key = token_of(cast.zoe)
        with django_assert_num_queries(1):
            token = ApiToken.objects.usable(now()).get(hash=hash_token(key))
            kijker_for_token(token, today())

    def test_it_is_nobody_once_the_appointment_is_over(self, cast):
        key = token_of(cast.zoe)
        cast.zoe.aanstellingen.update(tot=today())
        token = ApiToken.objects.usable(now()).get(hash=hash_token(key))
        assert kijker_for_token(token, today()) == niemand(today())

    def test_only_its_hash_is_stored(self, cast):
        key = token_of(cast.zoe)
        stored = ApiToken.objects.values().get()
        assert key not in map(str, stored.values())


class TestRequest:
    def test_it_is_asked_once_and_only_when_someone_looks(self, cast, django_assert_num_queries):
        request: Any = RequestFactory().get("/")
        request.user = cast.zoe
        with django_assert_num_queries(0):
            KijkerMiddleware(lambda _: HttpResponse())(request)
        with django_assert_num_queries(1):
            assert request.kijker.user_id == cast.zoe.pk
            assert kijker_of_request(request) == request.kijker
            assert kijker_of_request(request) is kijker_of_request(request)


class TestConstraints:
    @pytest.mark.parametrize("role", ROLLEN.values(), ids=str)
    def test_exactly_the_organisation_of_the_role(self, cast, role):
        organisations = {
            "school": cast.school_a,
            "wijkteam": cast.team_a,
            "gemeente": cast.gemeente,
            "regio": cast.regio,
            "samenwerkingsverband": SamenwerkingsverbandFactory.create(),
            "aanbieder": cast.aanbieder,
        }
        right = {role.soort: organisations[role.soort]} if role.soort else {}
        AanstellingFactory.create(rol=role.sleutel, **right)
        for extra in organisations.keys() - {role.soort}:
            with pytest.raises(IntegrityError, match="aanstelling_past_bij_rol"), transaction.atomic():
                AanstellingFactory.create(rol=role.sleutel, **right, **{extra: organisations[extra]})
        if role.soort:
            with pytest.raises(IntegrityError, match="aanstelling_past_bij_rol"), transaction.atomic():
                AanstellingFactory.create(rol=role.sleutel)

    def test_no_unknown_role(self):
        with pytest.raises(IntegrityError, match="aanstelling_past_bij_rol"), transaction.atomic():
            AanstellingFactory.create(rol="keizer")

    def test_tot_after_van(self):
        with pytest.raises(IntegrityError, match="aanstelling_datums"), transaction.atomic():
            AanstellingFactory.create(van=DAG, tot=DAG)

    def test_not_the_same_twice(self, cast):
        with pytest.raises(IntegrityError, match="aanstelling_uniek"), transaction.atomic():
            appoint(cast.zoe, ZORGCOORDINATOR, cast.school_a)

    def test_one_account_per_address_whatever_its_capitals(self):
        make_cast()
        with pytest.raises(IntegrityError, match="user_email_hoofdletterongevoelig"), transaction.atomic():
            UserFactory.create(email="ZOE@test.example")
