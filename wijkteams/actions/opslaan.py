"""Saving a row of the network: every rule of the model at its field, what it clashes with by name, and a lost race in words."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from kern.klok import local_date
from wijkteams.botsingen import describe_clash

M = TypeVar("M", bound=models.Model)
#: The field at which a clash of each model is told.
VELD = {"Werkgebied": "gebied", "Aanspreekpunt": "van", "Afwezigheid": "van", "Wijkteam": "naam"}


def save_checked(row: M) -> M:
    """Check and save. Two people who save what clashes at the same moment: the database decides, the second is told."""
    try:
        row.full_clean()
    except ValidationError as problem:
        raise _with_clash(row, problem) from problem
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        veld = VELD.get(type(row).__name__, "")
        tekst = describe_clash(row) or "Iemand anders heeft hier net iets veranderd. Kijk het na en probeer het opnieuw."
        raise ValidationError({veld: tekst} if veld else tekst) from problem
    return row


def _with_clash(row: models.Model, problem: ValidationError) -> ValidationError:
    """The same problem, with the name of what is in the way."""
    veld = VELD.get(type(row).__name__, "")
    errors: dict[str, Any] = dict(problem.error_dict)
    if veld in errors and (clash := describe_clash(row)):
        errors[veld] = [*errors[veld], clash]
    return ValidationError(errors)


def not_before_today(veld: str, dag: date | None, vandaag: date, wat: str) -> None:
    """What has been cannot be agreed anew."""
    if dag is not None and dag < vandaag:
        raise ValidationError({veld: f"{wat} kan niet met terugwerkende kracht. Kies vandaag of later."})


def day_of(op: Any) -> date:
    """The Dutch day of a moment."""
    day: date = local_date(op)
    return day


def locked(model: type[M], pk: int, *, check: Callable[[M], None] | None = None) -> M:
    """The row as it is now, held until the end of the transaction. Also against rows that begin to point at it."""
    row = model._default_manager.select_for_update(of=("self",)).get(pk=pk)  # noqa: SLF001  (the manager that every model has)
    if check is not None:
        check(row)
    return row
