from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import EigenaarSoort


class Termijn(models.Model):
    """A deadline with an owner: the latest moment to reach `doel` (a state), or to leave a side state.

    `volgende_op` is when the next step of the ladder is due: what beat asks for. Moving a deadline raises `stand`, which arms the
    ladder again. A closed termijn has no `volgende_op` and can never remind.

    `los`: not tied to the state of the casus (an action, feedback that is due): no step of the loop ends it by itself. One that
    belongs to a Taak is the clock of that alone, so that a casus may have many.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="termijnen")
    ronde = models.PositiveSmallIntegerField()
    soort = models.CharField(max_length=30, help_text="Sleutel uit de workflowtabel, bijvoorbeeld ontvangen.")
    eigenaar_soort = models.CharField(max_length=10, choices=EigenaarSoort.choices)
    eigenaar_wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    eigenaar_contactpersoon = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    eigenaar_user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    eigenaar_aanbieder = models.ForeignKey(
        "zorgaanbod.Aanbieder", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taak = models.ForeignKey("casussen.Taak", null=True, blank=True, on_delete=models.CASCADE, related_name="termijnen")
    inzet = models.ForeignKey("casussen.Inzet", null=True, blank=True, on_delete=models.CASCADE, related_name="termijnen")
    los = models.BooleanField(default=False, db_default=False)
    begint_op = models.DateTimeField()
    vervalt_op = models.DateTimeField()
    stand = models.PositiveSmallIntegerField(default=1)
    volgende_stap = models.SmallIntegerField(null=True, blank=True)
    volgende_op = models.DateTimeField(null=True, blank=True)
    gesloten_op = models.DateTimeField(null=True, blank=True)
    gesloten_om = models.CharField(max_length=40, blank=True, help_text="gehaald, te laat gehaald, vervallen, of een reden.")

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        ordering = ["vervalt_op", "id"]
        indexes = [
            models.Index(fields=["volgende_op", "id"], name="termijn_aan_de_beurt", condition=Q(gesloten_op__isnull=True)),
            models.Index(fields=["casus", "vervalt_op"], name="termijn_open", condition=Q(gesloten_op__isnull=True)),
            models.Index(fields=["eigenaar_user", "vervalt_op"], name="termijn_eigenaar", condition=Q(gesloten_op__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="termijn_een_open_per_soort",
                fields=["casus", "soort"],
                condition=Q(gesloten_op__isnull=True, taak__isnull=True, inzet__isnull=True),
            ),
            models.UniqueConstraint(
                name="termijn_een_open_per_taak", fields=["taak"], condition=Q(gesloten_op__isnull=True, taak__isnull=False)
            ),
            models.UniqueConstraint(
                name="termijn_een_open_per_inzet", fields=["inzet"], condition=Q(gesloten_op__isnull=True, inzet__isnull=False)
            ),
            models.CheckConstraint(name="termijn_van_taak_is_los", condition=Q(taak__isnull=True) | Q(los=True)),
            models.CheckConstraint(
                name="termijn_aanbieder_bekend", condition=~Q(eigenaar_soort="aanbieder") | Q(eigenaar_aanbieder__isnull=False)
            ),
            models.CheckConstraint(
                name="termijn_gesloten_herinnert_niet",
                condition=Q(gesloten_op__isnull=True) | (Q(volgende_op__isnull=True) & ~Q(gesloten_om="")),
            ),
            models.CheckConstraint(name="termijn_volgorde", condition=Q(begint_op__lte=F("vervalt_op"))),
            models.CheckConstraint(
                name="termijn_wijkteam_bekend", condition=~Q(eigenaar_soort="wijkteam") | Q(eigenaar_wijkteam__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} uiterlijk {self.vervalt_op:%d-%m-%Y}"


class Herinnering(models.Model):
    """A step of the ladder that was due on a termijn. Unique per (termijn, stand, stap): the ledger that makes 'once' true.

    `stap` is in working days relative to the deadline: −1, 0, 1, 3, 8, 13, …
    """

    termijn = models.ForeignKey(Termijn, on_delete=models.CASCADE, related_name="herinneringen")
    stand = models.PositiveSmallIntegerField()
    stap = models.SmallIntegerField()
    verschuldigd_op = models.DateTimeField()
    gemaakt_op = models.DateTimeField()

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["verschuldigd_op", "id"]
        constraints = [models.UniqueConstraint(name="herinnering_eenmaal", fields=["termijn", "stand", "stap"])]

    def __str__(self) -> str:
        return f"{self.termijn} stap {self.stap:+d}"


class TermijnInstelling(models.Model):
    """A region's own length for a termijn, instead of the default of the workflow table."""

    regio = models.ForeignKey("gebieden.Regio", on_delete=models.CASCADE, related_name="termijninstellingen")
    soort = models.CharField(max_length=30)
    aantal = models.PositiveSmallIntegerField()
    eenheid = models.CharField(max_length=9, choices=[("werkdagen", "werkdagen"), ("dagen", "dagen"), ("weken", "weken")])

    class Meta:
        verbose_name = "termijninstelling"
        verbose_name_plural = "termijninstellingen"
        constraints = [
            models.UniqueConstraint(name="termijninstelling_uniek", fields=["regio", "soort"]),
            models.CheckConstraint(name="termijninstelling_positief", condition=Q(aantal__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.soort}: {self.aantal} {self.eenheid} ({self.regio})"
