"""Take in a delivery of figures: all of it or nothing. The same file again changes nothing; what was replaced is kept."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import connection, transaction

from gebieden.models import Gemeente, Wijk
from kern.actions import record_event
from kern.kijker import Kijker
from scholen.aanlevering import jeugdhulp, wijken
from scholen.aanlevering.bestand import Fout, read_csv
from scholen.models import Aanlevering, JeugdhulpCijfer, JeugdhulpOpgave, SoortAanlevering, Vestiging, WijkOpgave

#: One delivery at a time: two at once would each miss what the other replaces.
SLOT = 731_002


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What a delivery did, or would have done, in statements that are new, replaced or as they were. With `fouten`: nothing."""

    soort: SoortAanlevering
    rijen: int
    opgaven: int = 0
    nieuw: int = 0
    vervangen: int = 0
    ongewijzigd: int = 0
    fouten: tuple[Fout, ...] = ()
    aanlevering_id: int | None = None
    proef: bool = False


def import_jeugdhulp(
    *, data: bytes, bestandsnaam: str, by: Kijker, op: datetime, regio_ids: Collection[int] | None = None, proef: bool = False
) -> Uitkomst:
    """Youth help per school and year. With `regio_ids` only of schools that stand there. Raises LeesFout."""
    blad = read_csv(data, jeugdhulp.KOLOMMEN, jeugdhulp.VERPLICHT)
    gemeenten = dict(Gemeente.objects.values_list("code", "pk"))
    lezing, fouten = jeugdhulp.read_jeugdhulp(blad, plekken=_places(regio_ids), gemeenten=gemeenten)
    rijen = len(blad.regels)
    if fouten.gevonden:
        return Uitkomst(SoortAanlevering.JEUGDHULP, rijen, fouten=tuple(fouten.gevonden), proef=proef)
    with transaction.atomic():
        _lock()
        known = _known([opgave.vestiging_id for opgave in lezing])
        changed = [o for o in lezing if _same(known.get((o.vestiging_id, o.schooljaar))) != o.inhoud]
        replaced = [known[o.vestiging_id, o.schooljaar][0] for o in changed if (o.vestiging_id, o.schooljaar) in known]
        uitkomst = _outcome(SoortAanlevering.JEUGDHULP, rijen, len(lezing), len(changed), len(replaced), proef=proef)
        if proef or not changed:
            return uitkomst
        levering = _write_delivery(uitkomst, data, bestandsnaam, by=by, op=op)
        JeugdhulpOpgave.objects.filter(pk__in=replaced).update(vervangen_door=levering)
        made = JeugdhulpOpgave.objects.bulk_create(
            JeugdhulpOpgave(
                aanlevering=levering,
                vestiging_id=o.vestiging_id,
                schooljaar=o.schooljaar,
                leerlingen=o.leerlingen,
                bron=o.bron,
            )
            for o in changed
        )
        JeugdhulpCijfer.objects.bulk_create(
            [
                JeugdhulpCijfer(opgave=row, woongemeente_id=gemeenten.get(gemeente), hulpvorm=vorm, aantal=aantal)
                for row, o in zip(made, changed, strict=True)
                for (gemeente, vorm), aantal in o.cijfers.items()
                if aantal
            ],
            batch_size=5_000,
        )
    return replace(uitkomst, aanlevering_id=levering.pk)


def import_context(
    *, data: bytes, bestandsnaam: str, by: Kijker, op: datetime, regio_ids: Collection[int] | None = None, proef: bool = False
) -> Uitkomst:
    """What is known of each wijk in a year. With `regio_ids` only of wijken that lie there. Raises LeesFout."""
    blad = read_csv(data, wijken.KOLOMMEN, wijken.VERPLICHT)
    rows = list(Gemeente.objects.values_list("code", "pk", "regio_id"))
    ids = {code: pk for code, pk, _ in rows}
    own = {code: regio_ids is None or regio in regio_ids for code, _, regio in rows}
    names = dict(Wijk.objects.order_by("editie__jaar", "editie_id").values_list("code", "naam"))
    lezing, fouten = wijken.read_wijken(blad, gemeenten=own, wijken=names)
    rijen = len(blad.regels)
    if fouten.gevonden:
        return Uitkomst(SoortAanlevering.CONTEXT, rijen, fouten=tuple(fouten.gevonden), proef=proef)
    with transaction.atomic():
        _lock()
        current = WijkOpgave.objects.geldig().filter(wijkcode__in={o.wijkcode for o in lezing}).select_related("gemeente")
        known = {(row.wijkcode, row.jaar): row for row in current}
        changed = [o for o in lezing if _wijk_of(known.get((o.wijkcode, o.jaar))) != o]
        replaced = [known[o.wijkcode, o.jaar].pk for o in changed if (o.wijkcode, o.jaar) in known]
        uitkomst = _outcome(SoortAanlevering.CONTEXT, rijen, len(lezing), len(changed), len(replaced), proef=proef)
        if proef or not changed:
            return uitkomst
        levering = _write_delivery(uitkomst, data, bestandsnaam, by=by, op=op)
        WijkOpgave.objects.filter(pk__in=replaced).update(vervangen_door=levering)
        WijkOpgave.objects.bulk_create(
            WijkOpgave(
                aanlevering=levering,
                gemeente_id=ids[o.gemeente],
                **{f.name: getattr(o, f.name) for f in fields(o) if f.name != "gemeente"},
            )
            for o in changed
        )
    return replace(uitkomst, aanlevering_id=levering.pk)


def _places(regio_ids: Collection[int] | None) -> dict[str, list[jeugdhulp.Plek]]:
    found: dict[str, list[jeugdhulp.Plek]] = {}
    for pk, brin, regio in Vestiging.objects.values_list("pk", "brin", "gemeente__regio_id"):
        plek = jeugdhulp.Plek(pk, regio_ids is None or regio in regio_ids)
        found[brin] = [plek]
        found.setdefault(brin[:4], []).append(plek)
    return found


Bekend = tuple[int, tuple[int | None, str, frozenset[tuple[tuple[str, str], int]]]]


def _known(vestiging_ids: Collection[int]) -> dict[tuple[int, int], Bekend]:
    """What holds now of these locations: the id of each statement, and what it says."""
    statements = JeugdhulpOpgave.objects.geldig().filter(vestiging_id__in=vestiging_ids)
    cells = JeugdhulpCijfer.objects.filter(opgave__in=statements)
    per: dict[int, set[tuple[tuple[str, str], int]]] = {}
    for opgave_id, code, vorm, aantal in cells.values_list("opgave_id", "woongemeente__code", "hulpvorm", "aantal"):
        per.setdefault(opgave_id, set()).add(((code or "", vorm), aantal))
    return {
        (row.vestiging_id, row.schooljaar): (row.pk, (row.leerlingen, row.bron, frozenset(per.get(row.pk, ()))))
        for row in statements
    }


def _same(known: Bekend | None) -> object:
    return known[1] if known else None


def _wijk_of(row: WijkOpgave | None) -> wijken.Opgave | None:
    if row is None:
        return None
    own = {f.name: getattr(row, f.name) for f in fields(wijken.Opgave) if f.name != "gemeente"}
    return wijken.Opgave(gemeente=row.gemeente.code, **own)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])


def _outcome(soort: SoortAanlevering, rijen: int, opgaven: int, changed: int, replaced: int, *, proef: bool) -> Uitkomst:
    return Uitkomst(soort, rijen, opgaven, changed - replaced, replaced, opgaven - changed, proef=proef)


def _write_delivery(uitkomst: Uitkomst, data: bytes, naam: str, *, by: Kijker, op: datetime) -> Aanlevering:
    counts = {"nieuw": uitkomst.nieuw, "vervangen": uitkomst.vervangen, "ongewijzigd": uitkomst.ongewijzigd}
    levering = Aanlevering.objects.create(
        soort=uitkomst.soort,
        bestandsnaam=naam[:200],
        vingerafdruk=hashlib.sha256(data).hexdigest(),
        op=op,
        door_id=by.user_id,
        door_naam=by.naam[:120],
        rijen=uitkomst.rijen,
        **counts,
    )
    record_event(
        soort=f"aanlevering_{uitkomst.soort}",
        onderwerp_soort="aanlevering",
        onderwerp_id=levering.pk,
        by=by,
        op=op,
        gegevens=dict(counts),
    )
    return levering
