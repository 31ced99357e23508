from django.db import models


class Hartslag(models.Model):
    """When a background process last showed that it lives: 'worker', 'beat'."""

    naam = models.CharField(max_length=40, primary_key=True)
    op = models.DateTimeField()

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self) -> str:
        return self.naam
