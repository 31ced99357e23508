"""Confirming receipt from the mail: one click, once, for the person it was sent to, and nothing but the casusnummer."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import override_settings

from casussen.actions import confirm_ontvangst, read_ontvangstlink
from casussen.actions.links import GELDIG, make_ontvangstlink, token_of
from casussen.actions.ontvangst import Ontvangst, Uitkomst
from casussen.keuzes import Status
from casussen.models import Casus, Ontvangstlink, Overgang, Toestemming
from kern.bericht import compose
from kern.models import Melding
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, Wereld, make_wereld
from tests.factories.netwerk import ContactpersoonFactory

LATER = NU + timedelta(hours=2)


def token_in_mail(casus: Casus) -> str:
    """The secret as the contact gets it: out of the mail itself."""
    melding = Melding.objects.get(soort="casus_aangemeld", kanaal="mail", onderwerp_id=casus.pk)
    found = re.search(r"/ontvangst/(\S+)", str(compose(melding).body))
    assert found
    return found[1]


def test_the_link_in_the_mail_receives_the_casus_for_the_person_it_was_sent_to(wereld: Wereld) -> None:
    casus = wereld.casus()
    token = token_in_mail(casus)
    assert confirm_ontvangst(token, LATER) == Ontvangst(Uitkomst.BEVESTIGD, casus.nummer)
    casus.refresh_from_db()
    assert (casus.status, casus.behandelaar, casus.eerste_reactie_op) == (Status.ONTVANGEN, wereld.wim, LATER)
    step = Overgang.objects.get(casus=casus, actie="ontvangen")
    assert (step.door, step.door_naam, step.door_rol) == (wereld.cast.wim, "Wim Wijkteam", "wijkteamlid")
    told = Melding.objects.filter(soort="casus_ontvangen", onderwerp_id=casus.pk, ontvanger=wereld.cast.zoe)
    assert told.count() == 2  # mail and portal
    assert not Melding.objects.filter(soort="casus_voor_u").exists()


def test_someone_without_an_account_can_confirm_too(wereld: Wereld) -> None:
    wereld.wim.user = None
    wereld.wim.save()
    casus = wereld.casus()
    assert confirm_ontvangst(token_in_mail(casus), LATER).bevestigd
    step = Overgang.objects.get(casus=casus, actie="ontvangen")
    assert (step.door, step.door_naam) == (None, "Wim Wijkteam")
    assert not Melding.objects.filter(soort="casus_voor_u").exists()


def test_looking_changes_nothing(wereld: Wereld) -> None:
    casus = wereld.casus()
    token = token_in_mail(casus)
    for _ in range(3):
        assert read_ontvangstlink(token, LATER) == Ontvangst(Uitkomst.GELDIG, casus.nummer)
    assert Casus.objects.get(pk=casus.pk).status == Status.AANGEMELD
    assert Ontvangstlink.objects.get().gebruikt_op is None


def test_it_works_once(wereld: Wereld) -> None:
    token = token_in_mail(wereld.casus())
    assert confirm_ontvangst(token, LATER).uitkomst is Uitkomst.BEVESTIGD
    assert confirm_ontvangst(token, LATER).uitkomst is Uitkomst.GEBRUIKT
    assert read_ontvangstlink(token, LATER).uitkomst is Uitkomst.GEBRUIKT
    assert Overgang.objects.filter(actie="ontvangen").count() == 1


def test_it_expires(wereld: Wereld) -> None:
    token = token_in_mail(wereld.casus())
    assert confirm_ontvangst(token, NU + GELDIG).uitkomst is Uitkomst.VERLOPEN
    assert confirm_ontvangst(token, NU + GELDIG - timedelta(seconds=1)).uitkomst is Uitkomst.BEVESTIGD


def take(wereld: Wereld, casus: Casus) -> Any:
    return wereld.do("ontvangen", casus, "cora")


def send_on(wereld: Wereld, casus: Casus) -> Any:
    return wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)


def withdraw(wereld: Wereld, casus: Casus) -> Any:
    return wereld.do("intrekken", casus, "zoe", **INTREKKEN)


def leave(wereld: Wereld, casus: Casus) -> Any:
    wereld.wim.in_dienst_tot = NU.date()
    wereld.wim.save()


def lose_consent(wereld: Wereld, casus: Casus) -> Any:
    return Toestemming.objects.update(ingetrokken_op=NU)


@pytest.mark.parametrize(
    ("meanwhile", "uitkomst"),
    [
        (take, Uitkomst.AL_ONTVANGEN),
        (send_on, Uitkomst.DOORGESTUURD),
        (withdraw, Uitkomst.INGETROKKEN),
        (leave, Uitkomst.DOORGESTUURD),
        (lose_consent, Uitkomst.DOORGESTUURD),
    ],
)
def test_what_happened_meanwhile_is_said_and_nothing_is_done(wereld: Wereld, meanwhile: Any, uitkomst: Uitkomst) -> None:
    casus = wereld.casus()
    token = token_in_mail(casus)
    meanwhile(wereld, casus)
    before = Casus.objects.filter(pk=casus.pk).values().get()
    assert confirm_ontvangst(token, LATER) == Ontvangst(uitkomst, casus.nummer)
    assert Casus.objects.filter(pk=casus.pk).values().get() == before
    assert Ontvangstlink.objects.filter(gebruikt_op__isnull=False).count() == 0


# --- The secret -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("token", ["", "x", "1.abc", "1.abc:sig", "🙂", "x" * 10_000, "1" * 40 + ".a:b", "\x00", "../../etc"])
def test_what_the_portal_did_not_sign_is_no_link(db: None, token: str) -> None:
    assert read_ontvangstlink(token, NU) == Ontvangst(Uitkomst.ONGELDIG)
    assert confirm_ontvangst(token, NU) == Ontvangst(Uitkomst.ONGELDIG)


def test_a_signature_of_something_else_is_no_link(wereld: Wereld) -> None:
    casus = wereld.casus()
    link = Ontvangstlink.objects.get(casus=casus)
    other = make_ontvangstlink(casus=casus, contactpersoon=wereld.cora, op=NU)
    for value in (f"{link.pk}.{link.hash[:23]}x", f"{link.pk}.{other.hash[:24]}", f"{link.pk}.", "x.y", "9" * 30 + ".a"):
        assert confirm_ontvangst(Signer(salt="casussen.ontvangst").sign(value), NU).uitkomst is Uitkomst.ONGELDIG
    assert confirm_ontvangst(Signer(salt="iets.anders").sign(f"{link.pk}.{link.hash[:24]}"), NU).uitkomst is Uitkomst.ONGELDIG


def test_neither_the_table_nor_the_outbox_holds_the_secret(wereld: Wereld) -> None:
    casus = wereld.casus()
    token = token_in_mail(casus)
    signature = token.rsplit(":", 1)[1]
    stored = [str(row) for row in (*Ontvangstlink.objects.values(), *Melding.objects.values())]
    assert not [row for row in stored if signature in row or token in row]
    with override_settings(SECRET_KEY="een-heel-andere-sleutel-dan-die-van-het-portaal", SECRET_KEY_FALLBACKS=[]):
        assert read_ontvangstlink(token, LATER).uitkomst is Uitkomst.ONGELDIG


def test_a_new_secret_key_keeps_old_links_while_the_old_key_is_known(wereld: Wereld, settings: Any) -> None:
    token = token_in_mail(wereld.casus())
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="een-heel-andere-sleutel-dan-die-van-het-portaal", SECRET_KEY_FALLBACKS=[old]):
        assert read_ontvangstlink(token, LATER).uitkomst is Uitkomst.GELDIG


def test_the_same_mail_sent_again_has_the_same_link(wereld: Wereld) -> None:
    casus = wereld.casus()
    assert token_in_mail(casus) == token_in_mail(casus)
    link = Ontvangstlink.objects.get(casus=casus)
    assert token_of(link.pk, link.hash) == token_in_mail(casus)


def test_every_person_has_a_link_of_their_own(wereld: Wereld) -> None:
    casus = wereld.casus()
    vera = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Vera Vervanger")
    link = make_ontvangstlink(casus=casus, contactpersoon=vera, op=NU)
    assert confirm_ontvangst(token_of(link.pk, link.hash), LATER).bevestigd
    casus.refresh_from_db()
    assert casus.behandelaar == vera
    assert confirm_ontvangst(token_in_mail(casus), LATER).uitkomst is Uitkomst.AL_ONTVANGEN


@pytest.mark.django_db(transaction=True)
def test_the_same_link_clicked_at_the_same_moment_is_one_receipt() -> None:
    wereld = make_wereld()
    token = token_in_mail(wereld.casus())
    start, answers = threading.Barrier(5), []

    def click() -> None:
        try:
            start.wait()
            answers.append(confirm_ontvangst(token, LATER).uitkomst)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [Uitkomst.BEVESTIGD, *[Uitkomst.GEBRUIKT] * 4]
    assert Overgang.objects.filter(actie="ontvangen").count() == 1
