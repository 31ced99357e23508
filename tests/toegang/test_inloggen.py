"""Signing in by e-mail address, its limits, and a forgotten password; nobody learns which addresses have an account."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from kern.models import Melding
from tests.factories.toegang import WACHTWOORD, Cast, UserFactory, client_of, make_cast, with_password
from toegang.models import User

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/account/login", "/account/password/reset"


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    cast = make_cast()
    with_password(cast.leeg)
    return cast


def sign_in(client, email="leeg@test.example", password=WACHTWOORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_in(client) -> bool:
    return bool(client.get("/geen-rol").status_code == 200)


@pytest.mark.usefixtures("cast")
class TestSignIn:
    def test_right(self, client):
        response = sign_in(client)
        assert (response.status_code, response["Location"]) == (302, "/")
        assert is_in(client)

    def test_capitals_in_the_address_do_not_matter(self, client):
        sign_in(client, "LEEG@Test.Example")
        assert is_in(client)

    def test_it_goes_on_to_where_someone_wanted_to_be(self, client):
        assert sign_in(client, next="/privacy")["Location"] == "/privacy"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
    def test_it_never_goes_elsewhere(self, client, elsewhere):
        assert sign_in(client, next=elsewhere)["Location"] == "/"

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            ("leeg@test.example", "fout"),
            ("niemand@test.example", WACHTWOORD),
            ("leeg@test.example", ""),
            ("leeg@test.example", "x" * 10_000),
            ("' OR 1=1 --", "x"),
            ("<script>alert(1)</script>@x.example", "x"),
            ("leeg@test.example\x00", WACHTWOORD),
            ("", ""),
        ],
    )
    def test_wrong(self, client, email, password):
        response = sign_in(client, email, password)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
        assert not is_in(client)

    def test_unknown_address_and_wrong_password_look_the_same(self, client):
        pages = [
            sign_in(client, email, "fout-wachtwoord").content.decode() for email in ("leeg@test.example", "xxxx@test.example")
        ]
        wrong, unknown = (re.sub(r'value="[^"]*"|content="[^"]*"|nonce-\S+', "", page) for page in pages)
        assert wrong == unknown

    def test_a_closed_account_does_not_get_in(self, cast, client):
        User.objects.filter(pk=cast.leeg.pk).update(is_active=False)
        assert sign_in(client)["Location"] == "/account/inactive"
        assert not is_in(client)

    def test_too_many_wrong_passwords_for_one_account(self, client):
        for _ in range(5):
            sign_in(client, password="fout")
        sign_in(client)
        assert not is_in(client), "also not with the right one, for a while"

    def test_one_account_under_attack_does_not_lock_out_another(self, client):
        for _ in range(6):
            sign_in(client, "zoe@test.example", "fout")
        sign_in(client)
        assert is_in(client)

    def test_too_many_tries_from_one_address(self, client):
        statuses = {sign_in(client, f"iemand{n}@test.example", "fout").status_code for n in range(121)}
        assert 429 in statuses
        assert "Even wachten" in sign_in(client).content.decode()

    def test_nobody_signs_up(self, client):
        assert client.get("/account/signup").status_code == 404
        assert client.get("/account/signup/").status_code == 404

    def test_signing_out_is_a_post(self, cast):
        client = client_of(cast.leeg)
        client.get("/account/logout")
        assert is_in(client)
        assert client.post("/account/logout")["Location"] == LOGIN
        assert not is_in(client)

    def test_a_stranger_is_sent_to_sign_in_and_back(self, client):
        assert client.get("/geen-rol?x=1")["Location"] == "/account/login?next=/geen-rol%3Fx%3D1"


@pytest.mark.usefixtures("cast")
class TestForgottenPassword:
    def ask(self, client, email):
        response = client.post(RESET, {"email": email})
        assert (response.status_code, response["Location"]) == (302, reverse("account_reset_password_done"))
        return client.get(response["Location"]).content

    def link(self) -> str:
        melding = Melding.objects.get(soort="wachtwoord_herstel")
        return str(melding.gegevens["pad"])

    def test_the_answer_is_the_same_for_known_and_unknown(self, client):
        def neutral(page):
            return re.sub(rb'content="[^"]*"', b"", page)

        assert neutral(self.ask(client, "leeg@test.example")) == neutral(self.ask(client, "niemand@test.example"))
        assert Melding.objects.count() == 1
        assert Melding.objects.get().adres == "leeg@test.example"

    def test_no_mail_to_a_closed_account(self, cast, client):
        User.objects.filter(pk=cast.leeg.pk).update(is_active=False)
        self.ask(client, "leeg@test.example")
        assert not Melding.objects.exists()

    def test_the_link_works_once(self, client):
        self.ask(client, "leeg@test.example")
        path = self.link()
        page = client.get(path, follow=True)
        assert page.status_code == 200
        form = page.redirect_chain[-1][0]
        assert path not in page.content.decode(), "the key is not on the page that could leak it"
        new = "nieuw-wachtwoord-voor-lea"
        response = client.post(form, {"password1": new, "password2": new})
        assert response["Location"] == reverse("account_reset_password_from_key_done")
        assert not is_in(client), "a new password is no sign-in"
        sign_in(client, password=new)
        assert is_in(client)
        again = client_of().get(path)
        assert again.status_code == 200
        assert 'name="password1"' not in again.content.decode()

    @pytest.mark.parametrize("password", ["kort", "qwerty123456", "leeg@test.example", "84203948230498"])
    def test_a_weak_password_is_refused(self, cast, client, password):
        self.ask(client, "leeg@test.example")
        form = client.get(self.link(), follow=True).redirect_chain[-1][0]
        response = client.post(form, {"password1": password, "password2": password})
        assert response.status_code == 200
        cast.leeg.refresh_from_db()
        assert cast.leeg.check_password(WACHTWOORD)

    def test_a_made_up_link_opens_nothing(self, client):
        page = client.get("/account/password/reset/key/1-abc-123")
        assert page.status_code == 200
        assert 'name="password1"' not in page.content.decode()

    def test_too_many_requests_for_one_address(self, client):
        for _ in range(3):
            self.ask(client, "leeg@test.example")
        assert client.post(RESET, {"email": "leeg@test.example"}).status_code == 429
        assert Melding.objects.count() == 3

    def test_the_host_header_does_not_get_into_the_mail(self, client, settings):
        settings.ALLOWED_HOSTS = ["*"]
        client.post(RESET, {"email": "leeg@test.example"}, headers={"host": "evil.example"})
        assert "evil.example" not in str(Melding.objects.values_list("gegevens", flat=True))


def test_a_user_made_without_password_cannot_sign_in(client):
    UserFactory.create(email="zonder@test.example")
    sign_in(client, "zonder@test.example", "!")
    assert not is_in(client)
