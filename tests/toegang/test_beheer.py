"""Beheer: who gets in, what it may do to accounts, and what nobody may do alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kern.klok import now, today
from kern.models import Gebeurtenis, Melding
from kern.models.melding import MeldingStatus
from tests.factories.netwerk import LeerlingFactory, VestigingFactory
from tests.factories.toegang import (
    WACHTWOORD,
    Cast,
    client_of,
    kijker_of,
    make_cast,
    token_of,
    user_with,
    with_password,
)
from toegang.actions.inzage import log_inzage
from toegang.models import ApiToken, Inzage, User
from toegang.rollen import AANBIEDER, FUNCTIONEEL_BEHEER, ZORGCOORDINATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def beheer(cast) -> Client:
    return client_of(cast.fenna)


def management(rows: int, initial: int = 0) -> dict[str, object]:
    return {"aanstellingen-TOTAL_FORMS": rows, "aanstellingen-INITIAL_FORMS": initial, "_save": "1"}


def account(email: str = "nieuw@test.example", naam: str = "Nieuwe Collega") -> dict[str, object]:
    return {"email": email, "naam": naam, "telefoon": "", "is_active": "on"}


def row(number: int = 0, **fields: Any) -> dict[str, object]:
    given = {"rol": "", "school": "", "wijkteam": "", "gemeente": "", "regio": "", "van": "01-01-2026", "tot": "", **fields}
    return {f"aanstellingen-{number}-{name}": value for name, value in given.items()}


def errors(response) -> str:
    return " ".join(re.findall(r'class="errorlist.*?</ul>', response.content.decode(), flags=re.DOTALL))


class TestAccounts:
    def add(self, beheer, **fields: Any):
        return beheer.post("/beheer/toegang/user/add/", {**account(), **management(1), **row(**fields)})

    def test_a_new_account_gets_a_link_and_no_password(self, cast, beheer):
        response = self.add(beheer, rol="zorgcoordinator", school=cast.school_a.pk)
        assert response.status_code == 302, errors(response)
        user = User.objects.get(email="nieuw@test.example")
        assert not user.has_usable_password()
        assert kijker_of(user).ids(ZORGCOORDINATOR) == {cast.school_a.pk}
        melding = Melding.objects.get(soort="account_welkom")
        assert melding.adres == user.email
        page = Client().get(melding.gegevens["pad"], follow=True)
        new = "zelf-gekozen-wachtwoord"
        form = page.redirect_chain[-1][0]
        browser = Client()
        browser.get(melding.gegevens["pad"])
        browser.post(form, {"password1": new, "password2": new})
        user.refresh_from_db()
        assert user.check_password(new)
        assert Gebeurtenis.objects.filter(soort="account_welkom", onderwerp_id=user.pk, door=cast.fenna).exists()
        assert LogEntry.objects.filter(user=cast.fenna, object_id=str(user.pk)).exists()

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"rol": "zorgcoordinator"}, "Kies hier waarvoor iemand zorgcoördinator is"),
            ({"rol": "functioneel_beheer", "school": "A"}, "dat hoort niet bij de rol"),
            ({"rol": "wijkteamlid", "school": "A"}, "Kies hier waarvoor iemand wijkteamlid is"),
            ({"rol": "zorgcoordinator", "school": "A", "tot": "01-01-2026"}, "na de begindatum"),
            ({"rol": "aanbieder"}, "Kies hier waarvoor iemand medewerker van de aanbieder is"),
            ({"rol": "keizer"}, "geldige keuze"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(self, cast, beheer, fields, message):
        if "school" in fields:
            fields = {**fields, "school": cast.school_a.pk}
        response = self.add(beheer, **fields)
        assert response.status_code == 200
        assert message in errors(response)
        assert not User.objects.filter(email="nieuw@test.example").exists()

    def test_an_address_is_used_once_whatever_its_capitals(self, beheer):
        response = beheer.post("/beheer/toegang/user/add/", {**account("ZOE@Test.example"), **management(0)})
        assert "al een account met dit e-mailadres" in errors(response)

    def test_nobody_appoints_themselves(self, cast, beheer):
        """Beheer sees no content; who could appoint themselves would."""
        url = f"/beheer/toegang/user/{cast.fenna.pk}/change/"
        assert 'name="aanstellingen-0-rol"' not in beheer.get(url).content.decode()
        beheer.post(url, {**account(cast.fenna.email), **management(1), **row(rol="zorgcoordinator", school=cast.school_a.pk)})
        assert kijker_of(cast.fenna).rollen == {FUNCTIONEEL_BEHEER.sleutel}

    def test_another_may(self, cast, beheer):
        url = f"/beheer/toegang/user/{cast.leeg.pk}/change/"
        assert 'name="aanstellingen-__prefix__-rol"' in beheer.get(url).content.decode()
        given = {**account(cast.leeg.email), **management(1), **row(rol="wijkteamlid", wijkteam=cast.team_a.pk)}
        assert beheer.post(url, given).status_code == 302
        assert kijker_of(cast.leeg).rollen == {"wijkteamlid"}

    def test_whoever_works_for_an_aanbieder_is_appointed_there(self, cast, beheer):
        url = f"/beheer/toegang/user/{cast.leeg.pk}/change/"
        given = {**account(cast.leeg.email), **management(1), **row(rol="aanbieder", aanbieder=cast.aanbieder.pk)}
        assert beheer.post(url, given).status_code == 302
        assert kijker_of(cast.leeg).ids(AANBIEDER) == {cast.aanbieder.pk}

    def test_the_same_role_twice_is_told_at_the_row(self, cast, beheer):
        url = f"/beheer/toegang/user/{cast.leeg.pk}/change/"
        twice = {**row(0, rol="wijkteamlid", wijkteam=cast.team_a.pk), **row(1, rol="wijkteamlid", wijkteam=cast.team_a.pk)}
        response = beheer.post(url, {**account(cast.leeg.email), **management(2), **twice})
        assert response.context["inline_admin_formsets"][0].formset.errors == [{}, {"__all__": ["Deze rij staat er al."]}]
        twice["aanstellingen-1-van"] = "01-01-2027"
        assert beheer.post(url, {**account(cast.leeg.email), **management(2), **twice}).status_code == 302

    def test_an_account_is_closed_never_removed(self, cast, beheer):
        assert beheer.post(f"/beheer/toegang/user/{cast.zoe.pk}/delete/", {"post": "yes"}).status_code == 403
        given = {**account(cast.zoe.email), **management(0)}
        given.pop("is_active")
        beheer.post(f"/beheer/toegang/user/{cast.zoe.pk}/change/", given)
        cast.zoe.refresh_from_db()
        assert not cast.zoe.is_active
        assert client_of(cast.zoe).get("/geen-rol").status_code == 302

    def test_the_page_shows_no_password(self, cast, beheer):
        with_password(cast.zoe)
        page = beheer.get(f"/beheer/toegang/user/{cast.zoe.pk}/change/").content.decode()
        assert cast.zoe.password not in page
        assert 'name="password"' not in page

    def test_a_link_on_request(self, cast, beheer):
        User.objects.filter(pk=cast.wim.pk).update(is_active=False)
        chosen = {"action": "mail_wachtwoordlink", "_selected_action": [cast.zoe.pk, cast.wim.pk]}
        beheer.post("/beheer/toegang/user/", chosen)
        assert [melding.adres for melding in Melding.objects.all()] == [cast.zoe.email], "not to a closed account"

    def test_the_number_of_queries_of_the_list_does_not_grow(self, cast, beheer):
        counts = []
        for _ in range(2):
            beheer.get("/beheer/toegang/user/")
            with CaptureQueriesContext(connection) as captured:
                beheer.get("/beheer/toegang/user/")
            counts.append(len(captured))
            for _ in range(8):
                user_with(ZORGCOORDINATOR, cast.school_a)
        assert counts[0] == counts[1]


class TestTokens:
    def test_withdrawing(self, cast, beheer):
        key = token_of(cast.zoe)
        token = ApiToken.objects.get()
        headers = {"Authorization": f"Bearer {key}"}
        assert Client().get("/api/v1/gemeenten", headers=headers).status_code == 200
        beheer.post("/beheer/toegang/apitoken/", {"action": "intrekken", "_selected_action": [token.pk]})
        assert Client().get("/api/v1/gemeenten", headers=headers).status_code == 401

    def test_nothing_of_the_token_is_shown(self, cast, beheer):
        token_of(cast.zoe)
        token = ApiToken.objects.get()
        for url in ("/beheer/toegang/apitoken/", f"/beheer/toegang/apitoken/{token.pk}/change/"):
            assert token.hash not in beheer.get(url).content.decode()
        assert beheer.get("/beheer/toegang/apitoken/add/").status_code == 403


class TestReading:
    def test_the_access_log_is_to_read(self, cast, beheer):
        entry = log_inzage(kijker=kijker_of(cast.zoe), actie="bekijken", object_soort="casus", object_id=7)
        assert "Zoë Zorg" in beheer.get("/beheer/toegang/inzage/?q=7").content.decode()
        assert beheer.get(f"/beheer/toegang/inzage/{entry.pk}/change/").status_code == 200
        for url in (f"{entry.pk}/change/", f"{entry.pk}/delete/", "add/"):
            assert beheer.post(f"/beheer/toegang/inzage/{url}", {"post": "yes", "actie": "x"}).status_code == 403
        assert Inzage.objects.get(pk=entry.pk).actie == "bekijken"

    def melding(self, **fields: object) -> Melding:
        op = now()
        given = {"soort": "account_welkom", "kanaal": "mail", "adres": "a@test.example", "niet_voor": op, "aangemaakt": op}
        return Melding.objects.create(**{**given, "gegevens": {"pad": "/geheime-link"}, **fields})

    def test_mail_that_failed_is_seen_and_tried_again(self, cast, beheer):
        failed = self.melding(status=MeldingStatus.MISLUKT, pogingen=8, fout="SMTPRecipientsRefused: 550")
        fine = self.melding(adres="b@test.example")
        opened = beheer.get("/beheer/kern/melding/", follow=True)
        page = opened.content.decode()
        assert "550" in page
        assert "b@test.example" not in page, "opens at what failed"
        assert "geheime-link" not in page
        assert "geheime-link" not in beheer.get(f"/beheer/kern/melding/{failed.pk}/change/").content.decode()
        beheer.post("/beheer/kern/melding/", {"action": "opnieuw", "_selected_action": [failed.pk, fine.pk]})
        failed.refresh_from_db()
        assert failed.status == MeldingStatus.WACHT
        assert failed.niet_voor <= now() + timedelta(minutes=1)
        assert Gebeurtenis.objects.filter(soort="melding_opnieuw", onderwerp_id=failed.pk, door=cast.fenna).exists()

    def test_what_hangs_on_a_school_is_counted_not_named(self, cast, beheer):
        LeerlingFactory.create(vestiging=VestigingFactory.create(school=cast.school_a), achternaam="Nietnoemen")
        for url in (f"/beheer/scholen/school/{cast.school_a.pk}/delete/",):
            page = beheer.get(url).content.decode()
            assert "Nietnoemen" not in page
            assert "Zoë Zorg" not in page
            assert "1 × vestiging" in page
        chosen = {"action": "delete_selected", "_selected_action": [cast.school_a.pk]}
        assert "Nietnoemen" not in beheer.post("/beheer/scholen/school/", chosen).content.decode()


class TestDoor:
    def test_there_is_one_sign_in(self, cast, beheer):
        assert Client().get("/beheer/")["Location"] == "/account/login?next=/beheer/"
        assert Client().get("/beheer/login/")["Location"] == "/account/login"
        assert beheer.get("/beheer/login/")["Location"] == "/beheer/"
        assert Client().get("/beheer")["Location"] == "/beheer/"
        assert client_of(cast.zoe).get("/beheer/").status_code == 403

    def test_leaving(self, beheer):
        assert beheer.get("/beheer/logout/").status_code == 405
        assert beheer.post("/beheer/logout/")["Location"] == "/account/login"
        assert beheer.get("/beheer/").status_code == 302

    def test_the_role_ends_the_same_day(self, cast, beheer):
        assert beheer.get("/beheer/").status_code == 200
        cast.fenna.aanstellingen.update(tot=today())
        assert beheer.get("/beheer/").status_code == 403

    def test_a_session_that_ends_while_typing_keeps_what_was_typed(self, beheer):
        beheer.get("/geen-rol")
        beheer.session.delete()
        response = beheer.post("/beheer/toegang/user/add/", {**account(), **management(0)})
        assert response.status_code == 403
        assert re.search(r'name="bewaard" value="gAAAA', response.content.decode())

    def test_the_content_security_policy_is_the_strict_one(self, beheer):
        policy = beheer.get("/beheer/")["Content-Security-Policy"]
        assert "unsafe" not in policy
        page = beheer.get("/beheer/toegang/user/add/").content.decode()
        assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
        assert not re.findall(r"\sstyle=|\son\w+=", page)


def test_createsuperuser_makes_the_first_account(settings, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", WACHTWOORD)
    call_command("createsuperuser", "--noinput", "--email=Eerste@test.example", "--naam=Eerste Beheerder", verbosity=0)
    user = User.objects.get()
    assert user.email == "eerste@test.example"
    assert kijker_of(user).rollen == {FUNCTIONEEL_BEHEER.sleutel}
    client = Client()
    assert client.post("/account/login", {"login": user.email, "password": WACHTWOORD}).status_code == 302
    assert client.get("/beheer/").status_code == 200
