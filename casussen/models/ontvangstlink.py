from django.db import models


class Ontvangstlink(models.Model):
    """One signed link in one mail to one contact, with which receipt can be confirmed once, without signing in.

    `hash` is that of a nonce which is kept nowhere. The token is this id and hash, signed with the secret key of the portal:
    whoever reads the table cannot make one (`casussen.actions.ontvangst`). It shows nothing but the casusnummer.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="ontvangstlinks")
    contactpersoon = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    aangemaakt = models.DateTimeField()
    verloopt_op = models.DateTimeField()
    gebruikt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "ontvangstlink"
        verbose_name_plural = "ontvangstlinks"

    def __str__(self) -> str:
        return f"ontvangstlink {self.pk}"
