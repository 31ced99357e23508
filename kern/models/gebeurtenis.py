from django.conf import settings
from django.db import models


class Gebeurtenis(models.Model):
    """Something that happened, written in the same transaction as the change itself. Never changed afterwards.

    `onderwerp_soort` and `onderwerp_id` name what it is about ('casus', 12) without a foreign key: kern knows no casussen.
    `gegevens` holds ids, keys and dates; free text a person typed stays with the record it belongs to.
    """

    soort = models.CharField(max_length=60)
    onderwerp_soort = models.CharField(max_length=40)
    onderwerp_id = models.BigIntegerField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200, blank=True)
    door_rol = models.CharField(max_length=40, blank=True)
    op = models.DateTimeField()
    gegevens = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["op", "id"]
        indexes = [models.Index(fields=["onderwerp_soort", "onderwerp_id", "op"], name="gebeurtenis_onderwerp")]

    def __str__(self) -> str:
        return f"{self.soort} ({self.onderwerp_soort} {self.onderwerp_id})"
