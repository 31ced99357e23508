from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Overdracht(models.Model):
    """A casus went from one professional of a team to another. `notitie` is the warm hand-over: what the one knew and the other
    should. It is the team's own, like the note of a contact: no school and no other team reads it. Never changed afterwards.

    `vertrek`: the one who had it leaves the team. `hele_casus`: the casus itself went along, not only an action or a seat in it.
    """

    #: The step that a hand-over of an open casus is written down as, at the same moment.
    ACTIE = "behandelaar_wijzigen"

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="overdrachten")
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", on_delete=models.PROTECT, related_name="+")
    van = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.PROTECT, related_name="+")
    naar = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.PROTECT, related_name="+")
    notitie = models.TextField(blank=True)
    vertrek = models.BooleanField(default=False, db_default=False)
    hele_casus = models.BooleanField(default=True, db_default=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        ordering = ["op", "id"]
        constraints = [models.CheckConstraint(name="overdracht_aan_ander", condition=~Q(van=F("naar")))]

    def __str__(self) -> str:
        return f"overdracht van {self.van} aan {self.naar}"
