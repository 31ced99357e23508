"""Constraints that say in plain Dutch what is wrong, at the field where it belongs.

A rule that matters lives in the database. Its constraint carries `violation_error_message` and, as `violation_error_code`, the
name of the field: a form (beheer's, or a screen's) then shows the message there, without a second copy of the rule.
"""

from collections.abc import Collection

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router


class DateRange(models.Func):
    """SQL daterange(van, tot, '[)'): an open end where a date is null."""

    function = "daterange"
    output_field = DateRangeField()


class ErrorsAtField(models.Model):
    """A model whose constraints name the field of their message by `violation_error_code`."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Rows are compared with each other last, and only a row that is right in itself: a range that ends before it begins
        cannot be compared at all."""
        excluded = set(exclude or ())
        using = router.db_for_write(type(self), instance=self)
        errors: dict[str, list[ValidationError]] = {}
        for model, constraints in self.get_constraints():
            for constraint in sorted(constraints, key=lambda constraint: isinstance(constraint, ExclusionConstraint)):
                if errors and isinstance(constraint, ExclusionConstraint):
                    break
                try:
                    constraint.validate(model, self, exclude=excluded, using=using)
                except ValidationError as problem:
                    errors.setdefault(self._field_of(problem, excluded), []).append(problem)
        if errors:
            raise ValidationError(errors)

    def _field_of(self, problem: ValidationError, excluded: Collection[str]) -> str:
        code = str(getattr(problem, "code", ""))
        return code if code in {field.name for field in self._meta.fields} - set(excluded) else NON_FIELD_ERRORS
