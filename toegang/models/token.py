import hashlib
import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

PREFIX = "asp_"


def hash_token(token: str) -> str:
    """SHA-256 of a token, in hex. A random token of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A fresh token; only its hash is ever stored."""
    return PREFIX + secrets.token_urlsafe(32)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self, moment: datetime) -> Self:
        """Tokens that open something at this moment, with the appointment and the person they stand for: one query."""
        return (
            self.select_related("aanstelling__user")
            .filter(ingetrokken_op__isnull=True, aanstelling__user__is_active=True)
            .filter(Q(verloopt_op__isnull=True) | Q(verloopt_op__gt=moment))
        )


class ApiToken(models.Model):
    """A key to the API, bound to one Aanstelling: it can never do more than that, and ends when that ends."""

    aanstelling = models.ForeignKey("toegang.Aanstelling", on_delete=models.CASCADE, related_name="tokens")
    hash = models.CharField(max_length=64, unique=True)
    naam = models.CharField(max_length=120, blank=True)
    aangemaakt = models.DateTimeField()
    verloopt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    laatst_gebruikt = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API-token"
        verbose_name_plural = "API-tokens"

    def __str__(self) -> str:
        return self.naam or f"token {self.pk}"
