import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import Aanwezigheid, Deelnemer, MdoStatus, Plek


class Mdo(models.Model):
    """A multidisciplinair overleg with the family at the table. `uid` and `volgnummer` are those of the invitation (iCalendar,
    RFC 5545: UID and SEQUENCE), so that a moved overleg replaces the earlier one in everybody's calendar.

    `mening_ouders` and `mening_jongere` are what they say themselves, beside the report and never mixed into it. Decisions with
    an owner and a day are Taken.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="mdos")
    ronde = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=MdoStatus.choices, default=MdoStatus.GEPLAND)
    begint_op = models.DateTimeField()
    eindigt_op = models.DateTimeField()
    plek = models.CharField(max_length=8, choices=Plek.choices, default=Plek.SCHOOL)
    adres = models.CharField(max_length=200, blank=True, help_text="Zaal, adres of link. Nooit het huisadres van het gezin.")
    agenda = models.TextField(blank=True)
    reden_zonder_gezin = models.TextField(blank=True, help_text="Waarom ouders of leerling niet zijn uitgenodigd.")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    volgnummer = models.PositiveSmallIntegerField(default=0)
    gepland_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gepland_op = models.DateTimeField()
    verslag = models.TextField(blank=True)
    mening_ouders = models.TextField(blank=True)
    mening_jongere = models.TextField(blank=True)
    gehouden_op = models.DateTimeField(null=True, blank=True, help_text="Wanneer het verslag is vastgelegd.")
    verslag_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    afgezegd_op = models.DateTimeField(null=True, blank=True)
    afgezegd_om = models.TextField(blank=True)

    class Meta:
        verbose_name = "mdo"
        verbose_name_plural = "mdo's"
        ordering = ["begint_op", "id"]
        indexes = [models.Index(fields=["begint_op"], name="mdo_gepland", condition=Q(status="gepland"))]
        constraints = [
            models.CheckConstraint(name="mdo_status_bekend", condition=Q(status__in=MdoStatus.values)),
            models.CheckConstraint(name="mdo_volgorde", condition=Q(begint_op__lt=F("eindigt_op"))),
            models.UniqueConstraint(name="mdo_een_gepland", fields=["casus"], condition=Q(status="gepland")),
            models.CheckConstraint(
                name="mdo_gehouden_heeft_verslag",
                condition=~Q(status="gehouden") | (~Q(verslag="") & Q(gehouden_op__isnull=False)),
            ),
            models.CheckConstraint(
                name="mdo_afgezegd_heeft_reden",
                condition=~Q(status="afgezegd") | (~Q(afgezegd_om="") & Q(afgezegd_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"mdo op {self.begint_op:%d-%m-%Y}"


class MdoAanvulling(models.Model):
    """What was added to a report that lay there already, beside it: the report itself stays as people have read it. A decision
    that was forgotten is a Taak of the overleg, and needs no row here. Never changed nor removed (a trigger holds it)."""

    mdo = models.ForeignKey(Mdo, on_delete=models.CASCADE, related_name="aanvullingen")
    tekst = models.TextField(blank=True)
    mening_ouders = models.TextField(blank=True)
    mening_jongere = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "aanvulling op een verslag"
        verbose_name_plural = "aanvullingen op een verslag"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="mdoaanvulling_zegt_iets", condition=~Q(tekst="", mening_ouders="", mening_jongere="")),
        ]

    def __str__(self) -> str:
        return f"aanvulling op {self.op:%d-%m-%Y}"


class Genodigden(models.Manager["MdoDeelnemer"]):
    """Who is invited now. Whoever gave their seat to a colleague is not asked, told or counted any more."""

    def get_queryset(self) -> models.QuerySet["MdoDeelnemer"]:
        return super().get_queryset().filter(vervangen_op__isnull=True)


class MdoDeelnemer(models.Model):
    """Someone who is invited. With an account or a card of a team they are told in the portal; else by mail, without a word about
    whom it concerns. A parent without a mail address is invited by the school, by word of mouth.

    Whoever hands over their work keeps their row, with when (`vervangen_op`) and by whom (`vervangen_door`, another row of the
    same overleg): so the time line still says who was invited first. `objects`, also as `mdo.deelnemers`, leaves them out; `alle`
    has everybody.
    """

    mdo = models.ForeignKey(Mdo, on_delete=models.CASCADE, related_name="deelnemers")
    partij = models.CharField(max_length=10, choices=Deelnemer.choices)
    naam = models.CharField(max_length=120)
    functie = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contactpersoon = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="mdo_deelnames"
    )
    aanbieder = models.ForeignKey("zorgaanbod.Aanbieder", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    uitgenodigd_op = models.DateTimeField(null=True, blank=True)
    aanwezig = models.CharField(max_length=8, choices=Aanwezigheid.choices, blank=True, default=Aanwezigheid.ONBEKEND)
    vervangen_op = models.DateTimeField(null=True, blank=True)
    vervangen_door = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = Genodigden()
    alle = models.Manager["MdoDeelnemer"]()

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="mdodeelnemer_heeft_naam", condition=~Q(naam="")),
            models.CheckConstraint(name="mdodeelnemer_partij_bekend", condition=Q(partij__in=Deelnemer.values)),
            models.UniqueConstraint(
                name="mdodeelnemer_eenmaal",
                fields=["mdo", "user"],
                condition=Q(user__isnull=False, vervangen_op__isnull=True),
            ),
            models.CheckConstraint(
                name="mdodeelnemer_vervangen_door_iemand",
                condition=Q(vervangen_op__isnull=True, vervangen_door__isnull=True)
                | Q(vervangen_op__isnull=False, vervangen_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.naam
