import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Kanaal(models.TextChoices):
    MAIL = "mail", "e-mail"
    PORTAAL = "portaal", "in het portaal"


class MeldingStatus(models.TextChoices):
    WACHT = "wacht", "wacht op verzending"
    GECLAIMD = "geclaimd", "wordt verzonden"
    VERZONDEN = "verzonden", "verzonden"
    MISLUKT = "mislukt", "mislukt"
    VERVALLEN = "vervallen", "vervallen"


class Melding(models.Model):
    """A notification to one person on one channel: the outbox.

    Written in the transaction of the event that caused it. A worker claims it (`lease_tot`), sends, and marks it. The Message-ID
    follows from `sleutel`, so a repeat after a crash can be recognised. `gegevens` never holds personal data of a pupil: a
    casusnummer, a path in the portal, dates and names of organisations.
    """

    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField(max_length=60)
    kanaal = models.CharField(max_length=10, choices=Kanaal.choices)
    ontvanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="meldingen"
    )
    adres = models.EmailField(blank=True)
    onderwerp_soort = models.CharField(max_length=40, blank=True)
    onderwerp_id = models.BigIntegerField(null=True, blank=True)
    gebeurtenis = models.ForeignKey(
        "kern.Gebeurtenis", null=True, blank=True, on_delete=models.PROTECT, related_name="meldingen", db_index=False
    )
    gegevens = models.JSONField(default=dict, blank=True)
    #: What makes a second identical melding impossible ('herinnering:12:3:mail:jan@…'); empty when nothing needs to.
    ontdubbeling = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001  (NULL: no key)
    status = models.CharField(max_length=10, choices=MeldingStatus.choices, default=MeldingStatus.WACHT)
    pogingen = models.PositiveSmallIntegerField(default=0)
    niet_voor = models.DateTimeField()
    lease_tot = models.DateTimeField(null=True, blank=True)
    aangemaakt = models.DateTimeField()
    verzonden_op = models.DateTimeField(null=True, blank=True)
    gelezen_op = models.DateTimeField(null=True, blank=True)
    fout = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ["-aangemaakt", "-id"]
        constraints = [
            # Not unique=True, which makes a second index for LIKE: every index counts when thousands are written in a second.
            models.UniqueConstraint(name="melding_eenmaal", fields=["ontdubbeling"]),
            models.CheckConstraint(
                name="melding_mail_heeft_adres",
                condition=~Q(kanaal="mail") | ~Q(adres=""),
            ),
            models.CheckConstraint(
                name="melding_portaal_heeft_ontvanger",
                condition=~Q(kanaal="portaal") | Q(ontvanger__isnull=False),
            ),
            models.CheckConstraint(
                name="melding_verzonden_heeft_tijd",
                condition=~Q(status="verzonden") | Q(verzonden_op__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["niet_voor", "id"], name="melding_te_doen", condition=Q(status__in=["wacht", "geclaimd"])),
            models.Index(fields=["ontvanger", "-aangemaakt"], name="melding_postvak", condition=Q(kanaal="portaal")),
            models.Index(fields=["onderwerp_soort", "onderwerp_id"], name="melding_onderwerp"),
            models.Index(fields=["aangemaakt"], name="melding_mislukt", condition=Q(status="mislukt")),
        ]

    def __str__(self) -> str:
        return f"{self.soort} ({self.get_kanaal_display()})"

    @property
    def message_id(self) -> str:
        """The Message-ID of the mail: the same at every attempt (RFC 5322 §3.6.4)."""
        return f"<{self.sleutel}@aanspreekpunt>"
