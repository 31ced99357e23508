from django.conf import settings
from django.db import models
from django.db.models import Q


class CasusRoute(models.Model):
    """The recorded outcome of routing for a casus: stored for good when the casus is submitted, and at each assignment after.

    `document` is the JSON of design §4 as it was then. For a secret address its `adres` is left out.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="routes")
    uitkomst = models.CharField(max_length=20)
    afgeleid = models.BooleanField(default=False)
    peildatum = models.DateField()
    editie = models.ForeignKey("gebieden.Editie", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contactpersoon = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gekozen = models.BooleanField(default=False, help_text="Gekozen uit kandidaten, of toegewezen door de regiocoördinator.")
    reden = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "route"
        verbose_name_plural = "routes"
        ordering = ["op", "id"]
        constraints = [models.CheckConstraint(name="route_keuze_heeft_reden", condition=Q(gekozen=False) | ~Q(reden=""))]

    def __str__(self) -> str:
        return f"{self.uitkomst} op {self.peildatum}"
