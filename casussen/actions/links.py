"""The secret of a link in a mail with which receipt can be confirmed: made, and recognised.

It is made of an id and a nonce hash from the table, signed with the secret key of the portal: neither the table nor the outbox
holds enough to make one.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from casussen.models import Casus, Ontvangstlink
from wijkteams.models import Contactpersoon

GELDIG = timedelta(days=14)
_SALT = "casussen.ontvangst"
_KENMERK = 24


def make_ontvangstlink(*, casus: Casus, contactpersoon: Contactpersoon, op: datetime) -> Ontvangstlink:
    """A new link for one person; `token_of` makes the secret from it."""
    nonce_hash = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
    return Ontvangstlink.objects.create(
        casus=casus, contactpersoon=contactpersoon, hash=nonce_hash, aangemaakt=op, verloopt_op=op + GELDIG
    )


def token_of(link_id: int, nonce_hash: str) -> str:
    """The secret of a link, for the mail only: '12.9f86d0…:signature'."""
    return Signer(salt=_SALT).sign(f"{link_id}.{nonce_hash[:_KENMERK]}")


def find_link(token: str, *, lock: bool = False) -> Ontvangstlink | None:
    """The link of this secret, or None for anything the portal did not sign."""
    try:
        number, kenmerk = Signer(salt=_SALT).unsign(token).split(".")
        link_id = int(number)
    except (BadSignature, ValueError):
        return None
    links = Ontvangstlink.objects.select_related("casus", "contactpersoon__user")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(pk=link_id).first()
    return link if link is not None and secrets.compare_digest(link.hash[:_KENMERK], kenmerk) else None
