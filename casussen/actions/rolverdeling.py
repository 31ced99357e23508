"""Versions of who does what: a draft copied from the last, changed step by step, and published from a day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from casussen.keuzes import Partij
from casussen.models import Rolregel, Rolverdeling
from casussen.rollen import STAPPEN, Matrix, Vak, from_workflow, without_doer
from gebieden.models import Gemeente, Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import local_date


class Vastgelegd(Exception):  # noqa: N818  (the words of the house)
    """This version was published: it is what it is."""


def matrix_of(version: Rolverdeling | None) -> dict[tuple[str, str], Vak]:
    """The cells of a version. One query."""
    if version is None:
        return {}
    rows = Rolregel.objects.filter(rolverdeling=version).values_list("stap", "partij", "rollen", "tekst")
    return {(stap, partij): (tuple(rollen), tekst) for stap, partij, rollen, tekst in rows}


def before(version: Rolverdeling) -> Rolverdeling | None:
    """The version that this one follows, of the same gemeente or region; a gemeente's first follows the region's."""
    same = Rolverdeling.objects.of(regio_id=version.regio_id, gemeente_id=version.gemeente_id)
    own = same.published().filter(versie__lt=version.versie).order_by("-versie").first()
    if own is not None or version.gemeente_id is None:
        return own
    return Rolverdeling.objects.in_force(regio_id=version.regio_id, gemeente_id=None, op=local_date(version.gemaakt_op))


@transaction.atomic
def create_rolverdeling(*, regio: Regio, gemeente: Gemeente | None, by: Kijker, op: datetime) -> Rolverdeling:
    """A draft: a copy of the last version; the draft there is, when there is one already."""
    _may(regio.pk, by)
    Regio.objects.select_for_update(of=("self",)).get(pk=regio.pk)  # two clicks make one draft
    if gemeente is not None and gemeente.regio_id != regio.pk:
        raise ValidationError({"gemeente": "Kies een gemeente van deze regio."})
    own = Rolverdeling.objects.filter(regio=regio, gemeente=gemeente)
    if draft := own.filter(geldig_van__isnull=True).first():
        return draft
    version = Rolverdeling.objects.create(
        regio=regio,
        gemeente=gemeente,
        versie=(own.aggregate(laatste=Max("versie"))["laatste"] or 0) + 1,
        gemaakt_op=op,
        gemaakt_door=by.naam,
    )
    _write(version, matrix_of(before(version)) or from_workflow())
    return version


@transaction.atomic
def edit_step(*, rolverdeling: Rolverdeling, stap: str, vakken: Mapping[str, Vak], by: Kijker) -> Rolverdeling:
    """What each party does in this step of a draft."""
    version = _draft(rolverdeling, by)
    if stap not in {s.value for s in STAPPEN}:
        raise ValidationError("Deze stap bestaat niet.")
    Rolregel.objects.filter(rolverdeling=version, stap=stap).delete()
    _write(version, {(stap, partij.value): vakken.get(partij.value, ((), "")) for partij in Partij})
    return version


@transaction.atomic
def publish_rolverdeling(
    *, rolverdeling: Rolverdeling, geldig_van: date, toelichting: str, by: Kijker, op: datetime
) -> Rolverdeling:
    """From this day on it holds; the version before it until then. After this nobody changes it."""
    version = _draft(rolverdeling, by)
    if open_steps := without_doer(matrix_of(version)):
        names = ", ".join(stap.label for stap in open_steps)
        raise ValidationError({"geldig_van": f"Bij deze stappen doet nog niemand iets: {names}. Vul dat eerst in."})
    if geldig_van < local_date(op):
        raise ValidationError({"geldig_van": "Een rolverdeling gaat niet met terugwerkende kracht in. Kies vandaag of later."})
    later = Rolverdeling.objects.of(regio_id=version.regio_id, gemeente_id=version.gemeente_id)
    if last := later.filter(geldig_van__gte=geldig_van).order_by("-geldig_van").first():
        raise ValidationError(
            {"geldig_van": f"Versie {last.versie} gaat al in op {last.geldig_van:%d-%m-%Y}. Kies een latere dag."}
        )
    version.geldig_van, version.toelichting = geldig_van, toelichting
    version.gepubliceerd_op, version.gepubliceerd_door = op, by.naam
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as problem:
        raise ValidationError({"geldig_van": "Er is net een andere versie gepubliceerd. Kijk die eerst na."}) from problem
    record_event(
        soort="rolverdeling_gepubliceerd",
        onderwerp_soort="rolverdeling",
        onderwerp_id=version.pk,
        by=by,
        op=op,
        gegevens={"versie": version.versie, "geldig_van": geldig_van.isoformat(), "gemeente": version.gemeente_id},
    )
    return version


@transaction.atomic
def discard_rolverdeling(*, rolverdeling: Rolverdeling, by: Kijker) -> None:
    _draft(rolverdeling, by).delete()


def _may(regio_id: int, by: Kijker) -> None:
    if not by.heeft_voor(REGIOCOORDINATOR, regio_id):
        raise PermissionDenied


def _draft(rolverdeling: Rolverdeling, by: Kijker) -> Rolverdeling:
    version = Rolverdeling.objects.select_for_update(of=("self",)).filter(pk=rolverdeling.pk).first()
    if version is None or not version.is_concept:
        raise Vastgelegd
    _may(version.regio_id, by)
    return version


def _write(version: Rolverdeling, matrix: Matrix) -> None:
    rows = [
        Rolregel(rolverdeling=version, stap=stap, partij=partij, rollen=list(rollen), tekst=tekst)
        for (stap, partij), (rollen, tekst) in matrix.items()
        if rollen or tekst
    ]
    Rolregel.objects.bulk_create(rows)
