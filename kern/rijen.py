"""Rows of one parent in a form of beheer, compared with each other as the database will compare them.

Django leaves the parent out when it checks a row of an inline, and with it every constraint that names the parent. What clashes
would be refused by the database alone: an error page, and what was typed is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME

from kern.constraints import DateRange

RUIL = "Deze rij neemt de plaats in van een andere rij, en die weer van deze. Wijzig ze na elkaar: bewaar tussendoor."
DUBBEL = "Deze rij staat er al."


@dataclass(frozen=True, slots=True)
class Dagen:
    """From which field to which; with an open end where that is empty."""

    van: str
    tot: str
    tot_telt_mee: bool

    def shared(self, een: Model, ander: Model) -> bool:
        return self._begins_in(een, ander) and self._begins_in(ander, een)

    def _begins_in(self, een: Model, ander: Model) -> bool:
        """Or before it."""
        begin, end = getattr(een, self.van) or date.min, getattr(ander, self.tot) or date.max
        return bool(begin <= end if self.tot_telt_mee else begin < end)


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """One constraint, as it compares two rows of the same parent: the same key, and days in common where it is about days."""

    constraint: BaseConstraint
    sleutel: tuple[str, ...]
    dagen: Dagen | None = None
    leeg_is_gelijk: bool = False

    @property
    def melding(self) -> str:
        unsaid = self.constraint.violation_error_message == self.constraint.default_violation_error_message
        return DUBBEL if unsaid else str(self.constraint.get_violation_error_message())

    def clash(self, een: Model, ander: Model) -> bool:
        return self._same_key(een, ander) and (self.dagen is None or self.dagen.shared(een, ander))

    def _same_key(self, een: Model, ander: Model) -> bool:
        pairs = [(een.serializable_value(name), ander.serializable_value(name)) for name in self.sleutel]
        return all(one == other and (one is not None or self.leeg_is_gelijk) for one, other in pairs)


def vergelijkingen(model: type[Model], ouder: str) -> list[Vergelijking]:
    """The constraints of a model that name its parent."""
    found = [_read(constraint, ouder) for constraint in model._meta.constraints]  # noqa: SLF001  (how Django names it)
    return [one for one in found if one is not None]


def _read(constraint: BaseConstraint, ouder: str) -> Vergelijking | None:
    if isinstance(constraint, UniqueConstraint) and ouder in constraint.fields:
        parts: Sequence[Any] = constraint.fields
    elif isinstance(constraint, ExclusionConstraint) and ouder in [part for part, _ in constraint.expressions]:
        parts = [part for part, _ in constraint.expressions]
    else:
        return None
    ranges = [part for part in parts if isinstance(part, DateRange)]
    names = tuple(part for part in parts if isinstance(part, str) and part != ouder)
    if constraint.condition is not None or len(names) + len(ranges) + 1 != len(parts):
        raise NotImplementedError(f"{constraint.name}: rows are compared by plain fields and days only")
    dagen = _days(ranges[0]) if ranges else None
    return Vergelijking(constraint, names, dagen, leeg_is_gelijk=getattr(constraint, "nulls_distinct", None) is False)


def _days(found: DateRange) -> Dagen:
    van, tot, grens = found.get_source_expressions()
    return Dagen(van.name, tot.name, tot_telt_mee=grens.upper == "]")


class RijenFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """For an inline whose rows may not clash: says so at the row that was typed, in the words of the constraint.

    Rows that are deleted in the same go do not count; a row that somebody else added meanwhile does. They are saved in the
    order in which the database never sees two rows clash.
    """

    model: type[Model]

    def clean(self) -> None:
        rules = vergelijkingen(self.model, self.fk.name)
        stored = self._stored()
        known = {form.instance.pk for form in self.initial_forms}
        others = [row for pk, row in stored.items() if pk not in known]
        self._compare(rules, others)
        self._changed = self._in_order(rules, stored)
        super().clean()

    def save_existing_objects(self, commit: bool = True) -> list[Model]:  # noqa: FBT001, FBT002  (Django's signature)
        """As Django does it, in another order: what goes makes room first."""
        self.deleted_objects = [form.instance for form in self.initial_forms if form.instance.pk and self._goes(form)]
        for row in self.deleted_objects:
            self.delete_existing(row, commit=commit)
        self.changed_objects = [(form.instance, form.changed_data) for form in self._changed]
        if not commit:
            self.saved_forms += self._changed
        return [self.save_existing(form, form.instance, commit=commit) for form in self._changed]

    def _stored(self) -> dict[Any, Model]:
        """The rows as they are now: those of the forms already hold what was typed."""
        if self.instance.pk is None:
            return {}
        return {row.pk: row for row in self.model._default_manager.filter(**{self.fk.name: self.instance})}  # noqa: SLF001

    def _goes(self, form: Any) -> bool:
        return bool(self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))

    def _staying(self) -> list[Any]:
        """Forms of rows that will be there, and are right in themselves."""
        return [
            form for form in self.forms if not self._goes(form) and (form.instance.pk or form.has_changed()) and not form.errors
        ]

    def _compare(self, rules: Iterable[Vergelijking], others: Iterable[Model]) -> None:
        """What was typed with what stood there, and with what was typed above it."""
        staying = self._staying()
        before = [*others, *(form.instance for form in staying if not form.has_changed())]
        for form in staying:
            if form.has_changed():
                self._say(form, next((rule for rule in rules for row in before if rule.clash(form.instance, row)), None))
                before.append(form.instance)

    def _in_order(self, rules: Iterable[Vergelijking], stored: dict[Any, Model]) -> list[Any]:
        """The changed rows, each after the row whose place it takes."""
        initial = self.initial_forms
        waiting = [form for form in self._staying() if form in initial and form.has_changed()]
        ordered: list[Any] = []
        while waiting:
            blocked = {form: self._blocked_by(form, waiting, rules, stored) for form in waiting}
            free = [form for form in waiting if blocked[form] is None]
            if not free:
                self._say(waiting[0], blocked[waiting[0]], RUIL)
                break
            ordered += free
            waiting = [form for form in waiting if form not in free]
        return ordered

    def _blocked_by(
        self, form: Any, waiting: Iterable[Any], rules: Iterable[Vergelijking], stored: dict[Any, Model]
    ) -> Vergelijking | None:
        places = [stored[other.instance.pk] for other in waiting if other is not form and other.instance.pk in stored]
        return next((rule for rule in rules for place in places if rule.clash(form.instance, place)), None)

    def _say(self, form: Any, rule: Vergelijking | None, melding: str = "") -> None:
        if rule is not None:
            field = rule.constraint.violation_error_code
            form.add_error(field if field in form.fields else None, melding or rule.melding)
