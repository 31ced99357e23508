"""A session that ends while someone types: what was typed goes on, through signing in again, to where it was meant for."""

import base64
import re
import time
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.crypto import salted_hmac

from tests.factories.toegang import WACHTWOORD, Cast, client_of, make_cast, with_password
from toegang import hervatten
from toegang.hervatten import Bewaard, seal, unseal
from toegang.rollen import WIJKTEAMLID
from toegang.toelating import ingelogd, voor

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
TEKST = 'Moeder zei: "het gaat niet".\r\n\r\n  <b>Zorgen</b> & meer — ✨'
VELDEN = {"hulpvraag": TEKST, "sector": ["vo", "mbo"], "leeg": ""}
received: list[dict[str, list[str]]] = []


@ingelogd
def form_view(request: HttpRequest, nummer: int) -> HttpResponse:
    """Stands for any screen with a form."""
    if request.method == "POST":
        received.append({key: values for key, values in request.POST.lists() if key != "csrfmiddlewaretoken"})
    return HttpResponse("ontvangen")


urlpatterns = [
    path("formulier/<int:nummer>", form_view),
    path("alleen-team", voor(WIJKTEAMLID)(form_view), {"nummer": 1}),
    path("", include("portal.urls")),
]


@pytest.fixture(autouse=True)
def _empty():
    received.clear()


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    with_password(cast.zoe)
    with_password(cast.otto)
    return cast


@pytest.fixture
def browser(cast) -> Client:
    """Zoë's browser, in which her session has just ended. CSRF is checked, as in real life."""
    client = client_of(cast.zoe, enforce_csrf_checks=True)
    client.get("/geen-rol")
    client.session.delete()
    return client


def token(client: Client) -> str:
    return client.cookies["csrftoken"].value


def post(client: Client, url: str, data: dict[str, Any], **headers: str):
    return client.post(url, {"csrfmiddlewaretoken": token(client), **data}, headers={"origin": "http://testserver", **headers})


def hidden(response, name: str) -> str:
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return str(value)


def sign_in_again(client: Client, response, email: str = "zoe@test.example", password: str = WACHTWOORD):
    return post(client, "/account/hervat", {"bewaard": hidden(response, "bewaard"), "login": email, "password": password})


def fields_on(response) -> list[tuple[str, str]]:
    """The hidden fields as a browser reads them: the first newline after <textarea> is not part of the value."""
    import html

    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    found = [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]
    found += re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', page, flags=re.DOTALL)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def test_the_whole_way(browser):
    out = post(browser, "/formulier/7?tab=2", VELDEN)
    assert out.status_code == 403
    assert "U bent uitgelogd" in out.content.decode()
    assert received == []
    back = sign_in_again(browser, out)
    assert (back.status_code, back["Location"]) == (302, "/account/hervat/verder")
    page = browser.get(back["Location"])
    assert 'action="/formulier/7?tab=2"' in page.content.decode()
    assert '<input type="hidden" name="sector" value="vo">' in page.content.decode(), "een keuze is geen tekst om te lezen"
    again: dict[str, list[str]] = {}
    for name, value in fields_on(page):
        again.setdefault(name, []).append(value)
    assert post(browser, "/formulier/7?tab=2", again).content == b"ontvangen"
    assert received == [{"hulpvraag": [TEKST], "sector": ["vo", "mbo"], "leeg": [""]}]


def test_what_was_typed_is_unreadable_and_not_to_be_cached(browser):
    out = post(browser, "/formulier/7", {"hulpvraag": "Jantje Geheim"})
    assert "Geheim" not in out.content.decode()
    sealed = hidden(out, "bewaard").encode()
    assert b"Geheim" not in base64.urlsafe_b64decode(sealed)
    assert out["Cache-Control"] == "no-store"


def test_a_wrong_password_keeps_it(browser):
    out = post(browser, "/formulier/7", VELDEN)
    wrong = sign_in_again(browser, out, password="fout")
    assert wrong.status_code == 403
    assert hidden(wrong, "bewaard") == hidden(out, "bewaard")
    assert sign_in_again(browser, wrong)["Location"] == "/account/hervat/verder"


def test_someone_else_does_not_get_it(browser):
    out = post(browser, "/formulier/7", {"hulpvraag": "Jantje Geheim"})
    back = sign_in_again(browser, out, email="otto@test.example")
    page = browser.get(back["Location"])
    assert page.status_code == 403
    assert "Geheim" not in page.content.decode()
    assert browser.get("/account/hervat/verder").status_code == 302, "and it is gone"


def test_a_browser_nobody_was_signed_in_on_keeps_nothing(cast):
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login")
    out = post(client, "/formulier/7", VELDEN)
    assert out.status_code == 403
    assert hidden(out, "bewaard") == ""


def test_a_forged_owner_is_nobody(browser, cast):
    browser.cookies["wie"] = f"{cast.otto.pk}:abc:def"
    assert hidden(post(browser, "/formulier/7", VELDEN), "bewaard") == ""


def test_the_role_still_counts(browser):
    """Zoë is no wijkteamlid: what she sends on is refused as ever."""
    out = post(browser, "/alleen-team", VELDEN)
    page = browser.get(sign_in_again(browser, out)["Location"])
    assert 'action="/alleen-team"' in page.content.decode()
    assert post(browser, "/alleen-team", dict(fields_on(page))).status_code == 403
    assert received == []


@pytest.mark.parametrize("made_up", ["", "x", "gAAAAABo", "é" * 50, "a" * 100_000])
def test_a_made_up_seal_leads_nowhere(browser, made_up):
    back = post(browser, "/account/hervat", {"bewaard": made_up, "login": "zoe@test.example", "password": WACHTWOORD})
    assert browser.get(back["Location"])["Location"] == "/"


def test_a_seal_of_another_key_is_refused():
    digest = salted_hmac("toegang.hervatten", "sleutel", secret="een andere sleutel", algorithm="sha256").digest()
    assert unseal(Fernet(base64.urlsafe_b64encode(digest)).encrypt(b"x").decode()) is None


def test_a_seal_is_good_for_twelve_hours(monkeypatch):
    sealed = seal(Bewaard(user_id=1, pad="/x", velden=(("a", "b"),)))
    assert unseal(sealed) == Bewaard(user_id=1, pad="/x", velden=(("a", "b"),))
    real = time.time
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: real() + hervatten.HOUDBAAR + 1)
    assert unseal(sealed) is None


def test_a_seal_survives_a_change_of_secret_key(settings):
    sealed = seal(Bewaard(user_id=1, pad="/x", velden=()))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een nieuwe sleutel van minstens veertig tekens lang"
    assert unseal(sealed) is not None


def test_a_password_is_never_kept(browser):
    out = post(browser, "/formulier/7", {"naam": "x", "password1": "geheim-123", "nieuw_wachtwoord": "geheim-456"})
    kept = unseal(hidden(out, "bewaard"))
    assert kept is not None
    assert kept.velden == (("naam", "x"),)


def test_a_file_or_a_huge_form_is_not_kept_and_it_says_so(browser):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for data in ({"bijlage": SimpleUploadedFile("a.txt", b"x")}, {"tekst": "x" * (hervatten.GROOTSTE + 1)}):
        out = post(browser, "/formulier/7", data)
        assert hidden(out, "bewaard") == ""
        assert "kon niet bewaard worden" in out.content.decode()


def test_who_signed_in_again_in_another_tab_can_send_on(browser, cast):
    """The form still has the CSRF token of the old session."""
    old = token(browser)
    browser.force_login(cast.zoe)
    browser.cookies["csrftoken"] = "b" * 32
    page = browser.post("/formulier/7", {"csrfmiddlewaretoken": old, **VELDEN}, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert ("hulpvraag", TEKST) in fields_on(page)
    again: dict[str, list[str]] = {}
    for name, value in fields_on(page):
        again.setdefault(name, []).append(value)
    assert post(browser, "/formulier/7", again).content == b"ontvangen"
    assert received[0]["hulpvraag"] == [TEKST]


def test_signing_in_on_the_page_after_doing_so_in_another_tab(browser, cast):
    out = post(browser, "/formulier/7", VELDEN)
    sealed = hidden(out, "bewaard")
    browser.force_login(cast.zoe)
    back = post(browser, "/account/hervat", {"bewaard": sealed, "login": "", "password": ""})
    assert back["Location"] == "/account/hervat/verder"
    assert ("hulpvraag", TEKST) in fields_on(browser.get(back["Location"]))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_a_form_from_elsewhere_is_dropped(cast, origin):
    """A cross-site post is never offered to be sent on, neither signed in nor signed out."""
    for client in (client_of(cast.zoe, enforce_csrf_checks=True), Client(enforce_csrf_checks=True)):
        client.get("/geen-rol")
        headers = {"origin": origin} if origin else {}
        out = client.post("/formulier/7", {"hulpvraag": "van de aanvaller"}, headers=headers)
        assert out.status_code == 403
        assert "aanvaller" not in out.content.decode()
        assert 'name="bewaard"' not in out.content.decode()
    assert received == []


def test_an_htmx_request_leaves_the_page_as_it_stands(browser):
    out = post(browser, "/formulier/7", VELDEN, **{"HX-Request": "true"})
    assert out.status_code == 200
    assert out["HX-Retarget"] == "#meldingen"
    assert "HX-Refresh" not in out.headers
    assert "HX-Redirect" not in out.headers
    assert "U bent uitgelogd" in out.content.decode()
    assert received == []


def test_an_htmx_request_with_an_old_token_says_what_to_do(browser, cast):
    browser.force_login(cast.zoe)
    out = browser.post(
        "/formulier/7", VELDEN, headers={"origin": "http://testserver", "HX-Request": "true", "X-CSRFToken": "c" * 64}
    )
    assert (out.status_code, out["HX-Retarget"]) == (200, "#meldingen")
    assert received == []


def test_signing_in_twice_at_once_is_no_error(cast):
    """Two sign-in pages in two tabs: the second one has an old token; it just starts afresh."""
    client = client_of(cast.zoe, enforce_csrf_checks=True)
    out = client.post("/account/login", {"login": "zoe@test.example"}, headers={"origin": "http://testserver"})
    assert (out.status_code, out["Location"]) == (302, "/account/login")
