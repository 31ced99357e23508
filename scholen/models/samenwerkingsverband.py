from django.core.validators import RegexValidator
from django.db import models


class Samenwerkingsverband(models.Model):
    """A samenwerkingsverband passend onderwijs (po or vo); mbo schools have none."""

    code = models.CharField(max_length=6, unique=True, validators=[RegexValidator(r"^(PO|VO)\d{4}$", "Een code als VO2705.")])
    naam = models.CharField(max_length=120)

    class Meta:
        verbose_name = "samenwerkingsverband"
        verbose_name_plural = "samenwerkingsverbanden"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.naam
