from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from kern.klok import today
from kern.rollen import FUNCTIONEEL_BEHEER


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """For `manage.py createsuperuser`: the first account of a portal, with the role functioneel beheer."""
        user = self.create_user(email, password, **fields)
        apps.get_model("toegang", "Aanstelling").objects.create(user=user, rol=FUNCTIONEEL_BEHEER.sleutel, van=today())
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who can sign in. The e-mail address is the name; what they may do follows from their Aanstellingen."""

    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField(max_length=120)
    telefoon = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField("actief", default=True)
    date_joined = models.DateTimeField("aangemaakt", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    objects = UserManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_hoofdletterongevoelig")]

    def __str__(self) -> str:
        return self.naam or self.email

    def get_full_name(self) -> str:
        return self.naam

    def get_short_name(self) -> str:
        return self.naam

    # What Django's admin asks of a user. There are no per-model permissions here: functioneel beheer may do what the admin
    # offers, nobody else anything; what the admin offers (accounts and settings, no content) is decided by what is registered.

    @cached_property
    def is_staff(self) -> bool:
        """May this person come into beheer? By appointment, today; asked once per request."""
        return self.is_active and self.aanstellingen.filter(rol=FUNCTIONEEL_BEHEER.sleutel).on(today()).exists()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:  # noqa: ARG002  (Django's signature)
        return self.is_staff

    def has_perms(self, perm_list: Iterable[str], obj: models.Model | None = None) -> bool:  # noqa: ARG002  (Django's signature)
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002  (Django's signature)
        return self.is_staff
