"""Tokens for the API. The token itself is answered once and never stored; only its hash is."""

from datetime import datetime, timedelta

from django.db import transaction

from kern.actions import record_event
from kern.kijker import Kijker
from toegang.models import Aanstelling, ApiToken
from toegang.models.token import hash_token, new_token


@transaction.atomic
def create_token(*, aanstelling: Aanstelling, naam: str, dagen: int, by: Kijker, op: datetime) -> str:
    """A new token that does what this appointment may do, for `dagen` days."""
    key = new_token()
    token = ApiToken.objects.create(
        aanstelling=aanstelling, hash=hash_token(key), naam=naam, aangemaakt=op, verloopt_op=op + timedelta(days=dagen)
    )
    record_event(soort="token_gemaakt", onderwerp_soort="apitoken", onderwerp_id=token.pk, by=by, op=op)
    return key


@transaction.atomic
def withdraw_token(*, token: ApiToken, by: Kijker, op: datetime) -> None:
    """From this moment the token opens nothing. A token already withdrawn keeps its first moment."""
    changed = ApiToken.objects.filter(pk=token.pk, ingetrokken_op__isnull=True).update(ingetrokken_op=op)
    if changed:
        record_event(soort="token_ingetrokken", onderwerp_soort="apitoken", onderwerp_id=token.pk, by=by, op=op)
