from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import NamensWie, SoortContact


class Overgang(models.Model):
    """One taken step of the workflow: who, when, from where to where, and why. Never changed afterwards."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="overgangen")
    ronde = models.PositiveSmallIntegerField()
    actie = models.CharField(max_length=30)
    van_status = models.CharField(max_length=20)
    naar_status = models.CharField(max_length=20)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200, blank=True)
    door_rol = models.CharField(max_length=40, blank=True)
    op = models.DateTimeField()
    van_wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    naar_wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reden = models.CharField(max_length=40, blank=True, help_text="Vaste reden, bijvoorbeeld niet_ons_gebied.")
    #: On whose behalf, where the step asks that: who withdraws, who wants to stop sharing.
    namens = models.CharField(max_length=8, choices=NamensWie.choices, blank=True, default="", db_default="")
    #: The day that the step is about, where no row of its own keeps it: since when a pupil sits at home or is back, when help is
    #: expected.
    dag = models.DateField(null=True, blank=True)
    toelichting = models.TextField(blank=True)
    advies = models.TextField(blank=True)
    alternatief = models.TextField(blank=True)
    #: The `Casus.versie` this step made. Two steps can never make the same one.
    versie = models.PositiveIntegerField(null=True, blank=True)
    #: A keyed fingerprint of what was sent, by which a form that is sent twice is recognised.
    afdruk = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "overgang"
        verbose_name_plural = "overgangen"
        ordering = ["op", "id"]
        indexes = [
            models.Index(fields=["casus", "op"], name="overgang_casus"),
            models.Index(fields=["reden", "op"], name="overgang_reden", condition=~Q(reden="")),
            # What was sent on or returned in a period: few among all steps, and what every dashboard counts.
            models.Index(fields=["op"], name="overgang_zijstap", condition=Q(actie__in=["doorzetten", "terugleggen"])),
        ]
        constraints = [models.UniqueConstraint(name="overgang_een_per_versie", fields=["casus", "versie"])]

    def __str__(self) -> str:
        return f"{self.actie} ({self.van_status} → {self.naar_status})"


class Statusperiode(models.Model):
    """How long a casus was in one state. Together without gaps: waiting time plus active time is total time."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="statusperiodes")
    ronde = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20)
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "statusperiode"
        verbose_name_plural = "statusperiodes"
        ordering = ["van", "id"]
        constraints = [
            models.UniqueConstraint(name="statusperiode_een_open", fields=["casus"], condition=Q(tot__isnull=True)),
            models.CheckConstraint(name="statusperiode_volgorde", condition=Q(tot__isnull=True) | Q(tot__gte=F("van"))),
        ]

    def __str__(self) -> str:
        return f"{self.status} vanaf {self.van}"


class Vraag(models.Model):
    """A concrete question of the wijkteam to the zorgcoördinator, and its answer."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="vragen")
    tekst = models.TextField()
    gesteld_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gesteld_op = models.DateTimeField()
    antwoord = models.TextField(blank=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    #: The casus went on (returned, withdrawn, sent on) before there was an answer.
    vervallen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["gesteld_op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="vraag_een_open", fields=["casus"], condition=Q(beantwoord_op__isnull=True, vervallen_op__isnull=True)
            ),
            models.CheckConstraint(name="vraag_heeft_tekst", condition=~Q(tekst="")),
            models.CheckConstraint(name="vraag_antwoord_heeft_tekst", condition=Q(beantwoord_op__isnull=True) | ~Q(antwoord="")),
        ]

    def __str__(self) -> str:
        return f"vraag van {self.gesteld_op:%d-%m-%Y}"


class Contactmoment(models.Model):
    """A contact of the wijkteam with the family. `notitie` is the own note of `wijkteam`: no school and no other team sees it."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="contactmomenten")
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=12, choices=SoortContact.choices)
    met = models.CharField(max_length=120, blank=True, help_text="Met wie: ouders, leerling, allebei.")
    datum = models.DateField()
    gelukt = models.BooleanField(default=True)
    notitie = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["datum", "id"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} op {self.datum:%d-%m-%Y}"


class Terugkoppeling(models.Model):
    """Feedback, always addressed: what was done, what comes next, what is needed from the school."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="terugkoppelingen")
    overgang = models.ForeignKey(Overgang, null=True, blank=True, on_delete=models.CASCADE, related_name="terugkoppelingen")
    aan = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ontvangen_terugkoppelingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gedaan = models.TextField()
    vervolg = models.TextField(blank=True)
    nodig_van_school = models.TextField(blank=True)
    op = models.DateTimeField()
    gelezen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ["op", "id"]
        constraints = [models.CheckConstraint(name="terugkoppeling_heeft_tekst", condition=~Q(gedaan=""))]

    def __str__(self) -> str:
        return f"terugkoppeling van {self.op:%d-%m-%Y}"
