import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.kijker import Kijker


class BulkStatus(models.TextChoices):
    WACHT = "wacht", "wacht"
    BEZIG = "bezig", "bezig"
    KLAAR = "klaar", "klaar"
    MISLUKT = "mislukt", "mislukt"


class BulkrouteringQuerySet(models.QuerySet["Bulkroutering"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Addresses are in it: only who made it, and a regiocoördinator no more than anybody else."""
        return self.filter(door_id=kijker.user_id) if kijker.user_id is not None and kijker.houdt else self.none()

    def alive(self, now: datetime) -> Self:
        return self.filter(verloopt_op__gt=now)


class Bulkroutering(models.Model):
    """Many addresses to route as one job: a row here is the truth, a message on the broker only a hint to begin.

    A worker holds it by a lease with a `houder` of its own; who is killed loses it when the lease ends, and another goes on with
    the first part that has no answer. After `verloopt_op` the whole job is deleted, addresses and all.
    """

    sleutel = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=BulkStatus.choices, default=BulkStatus.WACHT)
    peildatum = models.DateField()
    rijen = models.PositiveIntegerField()
    klaar = models.PositiveIntegerField(default=0)
    aangemaakt = models.DateTimeField()
    gestart_op = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    verloopt_op = models.DateTimeField()
    houder = models.UUIDField(null=True, blank=True)
    lease_tot = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)

    objects = BulkrouteringQuerySet.as_manager()

    class Meta:
        verbose_name = "bulkroutering"
        verbose_name_plural = "bulkrouteringen"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], name="bulkroutering_open", condition=Q(status__in=["wacht", "bezig"])),
            models.Index(fields=["verloopt_op"], name="bulkroutering_verloopt"),
        ]
        constraints = [
            models.CheckConstraint(name="bulkroutering_voortgang", condition=Q(klaar__lte=F("rijen"))),
            models.CheckConstraint(name="bulkroutering_klaar_is_alles", condition=~Q(status="klaar") | Q(klaar=F("rijen"))),
            models.CheckConstraint(
                name="bulkroutering_bezig_heeft_lease",
                condition=(Q(status="bezig") & Q(houder__isnull=False, lease_tot__isnull=False))
                | (~Q(status="bezig") & Q(houder__isnull=True, lease_tot__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.sleutel)


class Bulkdeel(models.Model):
    """Some thousands of rows of a job, answered in one go: a part has its whole answer or none."""

    bulkroutering = models.ForeignKey(Bulkroutering, on_delete=models.CASCADE, related_name="delen")
    nummer = models.PositiveIntegerField()
    rijen = models.PositiveIntegerField()
    #: Arrow tables (IPC) of the rows as they came, and of the rows with their answer; the first goes when the second is there.
    invoer = models.BinaryField()
    uitvoer = models.BinaryField(null=True)

    class Meta:
        verbose_name = "deel van een bulkroutering"
        verbose_name_plural = "delen van een bulkroutering"
        ordering = ["nummer", "id"]
        constraints = [models.UniqueConstraint(name="bulkdeel_eenmaal", fields=["bulkroutering", "nummer"])]

    def __str__(self) -> str:
        return f"deel {self.nummer}"
