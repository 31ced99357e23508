from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kern.constraints import ErrorsAtField


class Momentopname(models.Model):
    """The figures of one region over one fixed period, as they were published: made once, never changed afterwards.

    `blad` is one cut of them (by home, by school, by sector, by team). `inhoud` holds what may be shown and nothing else: hidden
    counts are null. `geteld` are the exact counts of a quarter, kept only until the school year of that quarter is published, so
    that the year is the sum of what its quarters were; nothing that is shown reads it (docs/adr: figures over time).
    """

    class Soort(models.TextChoices):
        WEEK = "week", "stand aan het begin van een week"
        KWARTAAL = "kwartaal", "kwartaal"
        SCHOOLJAAR = "schooljaar", "schooljaar"

    regio = models.ForeignKey("gebieden.Regio", on_delete=models.PROTECT, related_name="momentopnamen")
    soort = models.CharField(max_length=10, choices=Soort.choices)
    periode = models.CharField(max_length=12, help_text="2025-2026, 2025-2026-k1, of de maandag van een week: 2026-11-16.")
    blad = models.CharField(max_length=12, help_text="wonen, school, sector of team.")
    van = models.DateField()
    tot = models.DateField(help_text="De eerste dag erna; bij een stand de dag zelf.")
    gemaakt_op = models.DateTimeField()
    inhoud = models.JSONField()
    geteld = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "momentopname"
        verbose_name_plural = "momentopnamen"
        ordering = ["regio", "-van", "blad", "id"]
        constraints = [
            models.UniqueConstraint(name="momentopname_eenmaal", fields=["regio", "soort", "periode", "blad"]),
            models.CheckConstraint(name="momentopname_soort", condition=Q(soort__in=["week", "kwartaal", "schooljaar"])),
            models.CheckConstraint(name="momentopname_volgorde", condition=Q(van__lte=F("tot"))),
            models.CheckConstraint(name="momentopname_telling_van_kwartaal", condition=Q(geteld=None) | Q(soort="kwartaal")),
        ]
        indexes = [models.Index(fields=["regio", "blad", "soort", "-van"], name="momentopname_recent")]

    def __str__(self) -> str:
        return f"{self.blad} {self.periode} ({self.regio})"


class Indicator(models.TextChoices):
    """What a region can set a target for. A share is a percentage, a time is in working days or calendar days."""

    REACTIE_OP_TIJD = "reactie_op_tijd", "Eerste reactie op tijd (%)"
    REACTIE_MEDIAAN = "reactie_mediaan", "Eerste reactie: de helft binnen (werkdagen)"
    HULP_OP_TIJD = "hulp_op_tijd", "Hulp op tijd gestart (%)"
    HULP_MEDIAAN = "hulp_mediaan", "Start van de hulp: de helft binnen (dagen)"
    TE_LAAT = "te_laat", "Deel van de open casussen dat te laat is (%)"
    DOORGEZET = "doorgezet", "Deel dat is doorgezet (%)"


#: Indicators of which less is better.
LAGER_IS_BETER = frozenset({Indicator.REACTIE_MEDIAAN, Indicator.HULP_MEDIAAN, Indicator.TE_LAAT, Indicator.DOORGEZET})


class Streefwaarde(ErrorsAtField):
    """What a region aims for: one value per indicator, from a day on. The last one that began holds."""

    regio = models.ForeignKey("gebieden.Regio", on_delete=models.CASCADE, related_name="streefwaarden")
    indicator = models.CharField(max_length=20, choices=Indicator.choices)
    waarde = models.DecimalField(
        max_digits=5, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(999)], help_text="Bijvoorbeeld 90."
    )
    vanaf = models.DateField("vanaf")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        ordering = ["indicator", "-vanaf", "id"]
        constraints = [
            models.UniqueConstraint(
                name="streefwaarde_een_per_dag",
                fields=["regio", "indicator", "vanaf"],
                violation_error_message="Voor deze dag is er al een streefwaarde. Kies een andere dag.",
                violation_error_code="vanaf",
            ),
            models.CheckConstraint(name="streefwaarde_indicator_bekend", condition=Q(indicator__in=[i.value for i in Indicator])),
            models.CheckConstraint(
                name="streefwaarde_niet_negatief",
                condition=Q(waarde__gte=0),
                violation_error_message="Een streefwaarde is 0 of meer.",
                violation_error_code="waarde",
            ),
            models.CheckConstraint(
                name="streefwaarde_procent",
                condition=Q(waarde__lte=100) | Q(indicator__in=["reactie_mediaan", "hulp_mediaan"]),
                violation_error_message="Een percentage is hoogstens 100.",
                violation_error_code="waarde",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}: {self.waarde} vanaf {self.vanaf:%d-%m-%Y}"
