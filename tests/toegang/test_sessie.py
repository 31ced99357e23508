"""A session nobody uses ends, and so does one that lasted a working day."""

import time

import pytest
from django.contrib.sessions.models import Session

from tests.factories.toegang import client_of, make_cast

pytestmark = pytest.mark.django_db
PAGE = "/geen-rol"  # any page for who is signed in


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    real = time.time
    monkeypatch.setattr("toegang.middleware.time.time", lambda: real() + seconds)


def is_in(client) -> bool:
    response = client.get(PAGE)
    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert response["Location"] == f"/account/login?next={PAGE}"
    return bool(response.status_code == 200)


def test_an_idle_session_ends(settings, monkeypatch):
    client = client_of(make_cast().leeg)
    assert is_in(client)
    key = client.session.session_key
    later(monkeypatch, settings.SESSIE_INACTIEF + 1)
    assert not is_in(client)
    assert not Session.objects.filter(session_key=key).exists(), "what it held is gone, not just hidden"


def test_a_used_session_goes_on(settings, monkeypatch):
    client = client_of(make_cast().leeg)
    for minutes in range(0, 5 * 60, 50):
        later(monkeypatch, minutes * 60)
        assert is_in(client)
        monkeypatch.undo()


def test_a_session_lasts_no_longer_than_a_working_day(settings, monkeypatch):
    client = client_of(make_cast().leeg)
    for seconds in range(0, settings.SESSION_COOKIE_AGE, settings.SESSIE_INACTIEF - 60):
        later(monkeypatch, seconds)
        assert is_in(client)
        monkeypatch.undo()
    later(monkeypatch, settings.SESSION_COOKIE_AGE + 1)
    assert not is_in(client)


def test_being_there_is_written_down_once_a_minute(monkeypatch, django_assert_max_num_queries):
    client = client_of(make_cast().leeg)
    assert is_in(client)
    seen = client.session["gezien"]
    assert is_in(client)
    assert client.session["gezien"] == seen
    later(monkeypatch, 61)
    assert is_in(client)
    assert client.session["gezien"] > seen


def test_a_new_password_ends_every_other_session():
    cast = make_cast()
    client = client_of(cast.leeg)
    assert is_in(client)
    cast.leeg.set_password("een-heel-ander-wachtwoord")
    cast.leeg.save()
    assert not is_in(client)


def test_a_closed_account_is_out_at_once():
    cast = make_cast()
    client = client_of(cast.leeg)
    assert is_in(client)
    cast.leeg.is_active = False
    cast.leeg.save()
    assert not is_in(client)


def test_the_cookies_are_no_business_of_scripts_or_other_sites(settings):
    cast = make_cast()
    client = client_of(cast.leeg)
    client.get(PAGE)
    for name in ("sessionid", "wie"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
    assert str(cast.leeg.pk) == client.cookies["wie"].value.split(":")[0]
