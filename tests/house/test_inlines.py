"""An inline whose rows may not clash compares them itself: Django leaves out every constraint that names the parent."""

from django.contrib import admin
from django.forms.models import _get_foreign_key

from kern.rijen import RijenFormSet, vergelijkingen


def inlines():
    for model, one in admin.site._registry.items():
        for inline in one.inlines:
            yield inline, _get_foreign_key(model, inline.model, fk_name=inline.fk_name).name


def test_rows_that_may_clash_are_compared():
    found = {inline: vergelijkingen(inline.model, ouder) for inline, ouder in inlines()}
    names = {one.constraint.name for many in found.values() for one in many}
    assert {"contract_geen_overlap", "afwezigheid_geen_overlap", "aanstelling_uniek", "arrangement_naam_per_aanbieder"} <= names
    assert [inline.__name__ for inline, many in found.items() if many and not issubclass(inline.formset, RijenFormSet)] == []
