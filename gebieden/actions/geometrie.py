"""Keep the shapes of areas of one editie: all of a file, or nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gebieden.geometrie import Vlak, simplify_to
from gebieden.geometrie.vereenvoudigen import as_geometry
from gebieden.models import Editie, Gebiedsvlak, Gemeente
from kern.actions import record_event
from kern.kijker import Kijker

#: A map of one region stays under a megabyte, with the names and codes that go with the shapes.
PER_REGIO = 850_000


@transaction.atomic
def store_shapes(*, editie: Editie, vlakken: Sequence[Vlak], by: Kijker, op: datetime) -> int:
    """Replace the shapes of this editie of the kinds in the file. Answers how many there are now."""
    Editie.objects.select_for_update().get(pk=editie.pk)
    regio_van = dict(Gemeente.objects.values_list("code", "regio_id"))
    groepen: dict[tuple[str, int | None], list[Vlak]] = defaultdict(list)
    for vlak in vlakken:
        groepen[vlak.soort, regio_van.get(vlak.gemeente_code)].append(vlak)
    rijen = []
    for groep in groepen.values():
        vormen = simplify_to(groep, hoogstens=PER_REGIO)
        rijen += [
            Gebiedsvlak(
                editie=editie,
                soort=vlak.soort,
                code=vlak.code,
                naam=vlak.naam,
                gemeente_code=vlak.gemeente_code,
                vorm=as_geometry(vormen[vlak.code]),
            )
            for vlak in groep
        ]
    Gebiedsvlak.objects.filter(editie=editie, soort__in={vlak.soort for vlak in vlakken}).delete()
    Gebiedsvlak.objects.bulk_create(rijen, batch_size=500)
    record_event(
        soort="geometrie_geladen",
        onderwerp_soort="editie",
        onderwerp_id=editie.pk,
        by=by,
        op=op,
        gegevens={"vlakken": len(rijen)},
    )
    return len(rijen)
