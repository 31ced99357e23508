"""How allauth behaves here: accounts are made by functioneel beheer, never by signing up; mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from kern.klok import now
from toegang.actions.accounts import HERSTEL, send_password_link
from toegang.models import User

#: In the words of the portal ('u'), where allauth's own Dutch says 'je'.
MELDINGEN = {
    "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
    "too_many_login_attempts": "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht vijf minuten en probeer het dan opnieuw.",
    "enter_current_password": "Dit is niet uw huidige wachtwoord.",
    "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
    "incorrect_password": "Dit wachtwoord klopt niet.",
    "rate_limited": "U probeert het te vaak. Wacht even en probeer het dan opnieuw.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {**DefaultAccountAdapter.error_messages, **MELDINGEN}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Not to what was typed (`email`) and not with the host of the request: both come from whoever asks."""
        send_password_link(user=user, soort=HERSTEL, by=None, op=now())
