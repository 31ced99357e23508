"""Accounts: made by functioneel beheer; their owners choose the password themselves, by a link in a mail."""

from datetime import datetime
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from kern.actions import enqueue_melding, record_event
from kern.kijker import Kijker
from toegang.models import User

HERSTEL, WELKOM = "wachtwoord_herstel", "account_welkom"


def password_path(user: User) -> str:
    """Where this person can choose a password, once, within PASSWORD_RESET_TIMEOUT. Whoever has it can sign in as them."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    key = f"{user_pk_to_url_str(user)}-{token}"
    return reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}).replace("UID-KEY", quote(key))


def send_password_link(*, user: User, soort: str, by: Kijker | None, op: datetime) -> None:
    """Mail someone a link to choose a password: to the address of the account, with the portal's own host in it.

    Through the outbox, like all mail: nobody waits for a mail server, and a failure is tried again and seen by beheer. `by` is
    None when someone asks it for themselves, not signed in.
    """
    with transaction.atomic():
        enqueue_melding(
            soort=soort,
            gebeurtenis=None,
            onderwerp_soort="user",
            onderwerp_id=user.pk,
            gegevens={"pad": password_path(user)},
            adres=user.email,
            op=op,
        )
        if by is not None:
            record_event(soort=soort, onderwerp_soort="user", onderwerp_id=user.pk, by=by, op=op)
