from django.conf import settings
from django.db import models


class Inzage(models.Model):
    """One row of the access log (after NEN 7513): who looked at or changed what, in which role, with what outcome. Ids only.

    Append-only: the roles of web and task processes may not change or delete it.
    """

    op = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(max_length=40, blank=True)
    aanstelling_id = models.BigIntegerField(null=True, blank=True)
    actie = models.CharField(max_length=60, help_text="bekijken, of de naam van de actie")
    uitkomst = models.CharField(max_length=20, default="gelukt", help_text="gelukt of geweigerd")
    doel = models.CharField(max_length=200, blank=True)
    object_soort = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True, blank=True)
    relatie = models.CharField(max_length=40, blank=True, help_text="waarom mocht het: eigen school, eigen team, behandelaar, …")
    verzoek_id = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = "inzage"
        verbose_name_plural = "inzagelog"
        ordering = ["-op", "-id"]
        indexes = [
            models.Index(fields=["object_soort", "object_id", "-op"], name="inzage_object"),
            models.Index(fields=["user", "-op"], name="inzage_user"),
        ]

    def __str__(self) -> str:
        return f"{self.actie} {self.object_soort} {self.object_id}"
