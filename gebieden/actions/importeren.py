"""Import one yearly release of the CBS table as a new, inactive editie; make it active when asked and nothing speaks against it.

The order matters when something breaks halfway. Reading touches no row. Then an editie with status 'laden' is committed, so that
a process killed from there on leaves something recognisable; table and status 'geladen' follow in one transaction, and the
activation in a third. The next import takes away what was left behind. One import at a time, held by an advisory lock.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from gebieden.actions.activeren import Activatie, activate_editie
from gebieden.actions.laden import copy_names, copy_register
from gebieden.cbs.bron import Bron, open_bron
from gebieden.cbs.keuring import BUURT, GEMEENTE, WIJK, Code
from gebieden.cbs.namen import Namen, read_names
from gebieden.cbs.rapport import Rapport, write_report
from gebieden.cbs.tabel import Ingelezen, read_table
from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, Wijk
from gebieden.rules import Bevinding, assess_import, editie_label, may_activate
from kern.actions import record_event
from kern.kijker import Kijker

_SLOT = (0x6765, 2)
_WACHT_OP_SLOT = 3.0


class ImportBezigError(Exception):
    """Another import is running in this database."""


class Voortgang(Protocol):
    """Hears how far a step is; `totaal` in the same unit as `erbij`."""

    def __call__(self, stap: str, erbij: int, totaal: int) -> None: ...


def _silent(stap: str, erbij: int, totaal: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Importuitkomst:
    """What an import did. `editie_id` is None after a dry run; `opmerkingen` are the first rejects, in words."""

    editie: str
    editie_id: int | None
    rijen: int
    adressen: int
    geweigerd: int
    rapport: Path | None
    bevindingen: tuple[Bevinding, ...]
    opmerkingen: tuple[str, ...]
    activatie: Activatie | None

    @property
    def geactiveerd(self) -> bool:
        return self.activatie is not None


@dataclass(frozen=True, slots=True)
class _Gelezen:
    label: str
    bron: Bron
    namen: Namen
    tabel: Ingelezen
    codes: Mapping[str, Sequence[str]]
    bevindingen: tuple[Bevinding, ...]
    rapport: Path | None
    opmerkingen: tuple[str, ...]


def import_editie(
    *,
    pad: Path,
    by: Kijker,
    op: datetime,
    jaar: int | None = None,
    activeer: bool = False,
    reden: str = "",
    proef: bool = False,
    voortgang: Voortgang = _silent,
) -> Importuitkomst:
    """Import the table in this zip, folder or csv. `reden` lets it become active in spite of findings; `proef` writes nothing.

    Raises OnleesbaarError when the input cannot be read (nothing was changed then), ImportBezigError when another import runs.
    """
    with nullcontext() if proef else _one_at_a_time():
        gelezen = _read(pad, jaar, op, proef=proef, voortgang=voortgang)
        tabel = gelezen.tabel
        editie = None if proef else _load(gelezen, reden=reden, by=by, op=op, voortgang=voortgang)
        activatie = None
        if editie and activeer and may_activate(gelezen.bevindingen, reden):
            activatie = activate_editie(editie_id=editie.pk, by=by, op=op)
        return Importuitkomst(
            editie=gelezen.label,
            editie_id=editie.pk if editie else None,
            rijen=tabel.rijen,
            adressen=tabel.adressen,
            geweigerd=tabel.geweigerd,
            rapport=gelezen.rapport,
            bevindingen=gelezen.bevindingen,
            opmerkingen=gelezen.opmerkingen,
            activatie=activatie,
        )


def clean_unfinished() -> int:
    """Take away edities that were never finished; answers how many. Only for whoever holds the import lock."""
    _, aantal = Editie.objects.exclude(status=EditieStatus.GELADEN).delete()
    return aantal.get("gebieden.Editie", 0)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the import lock. A process that was just killed may hold it a moment longer, so wait a little before saying no."""
    einde = time.monotonic() + _WACHT_OP_SLOT
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _SLOT)
            if cursor.fetchone()[0]:
                break
            if time.monotonic() > einde:
                raise ImportBezigError("Er loopt al een andere import. Wacht tot die klaar is.")
            time.sleep(0.1)
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _SLOT)


def _read(pad: Path, jaar: int | None, op: datetime, *, proef: bool, voortgang: Voortgang) -> _Gelezen:
    """Everything that happens without writing to the database."""
    with open_bron(pad, jaar) as bron:
        namen = read_names(bron.namen)
        label = editie_label(bron.jaar, _next_version(bron.jaar))
        rapport_pad = None if proef else _report_path(label, op)
        with write_report(rapport_pad) as rapport, bron.tabel.stream() as stroom:
            tabel = read_table(
                stroom,
                bron.tabel.naam,
                layout=bron.layout,
                weiger=rapport.refuse,
                gelezen=lambda erbij: voortgang("Lezen", erbij, bron.tabel.grootte),
            )
            codes = _codes(tabel)
            onbekend = {soort: _unknown(codes[soort.kolom], namen.of_kind(soort)) for soort in (GEMEENTE, WIJK, BUURT)}
            _report_findings(rapport, onbekend, tabel)
    actief = Editie.objects.filter(actief=True).values_list("adressen", flat=True).first()
    bevindingen = assess_import(
        geweigerd=tabel.geweigerd,
        adressen=tabel.adressen,
        dubbel=tabel.dubbel.height,
        zonder_namen=namen.missing_kinds,
        onbekend={soort.kolom: codes for soort, codes in onbekend.items()},
        actief_adressen=actief,
    )
    return _Gelezen(label, bron, namen, tabel, codes, bevindingen, rapport_pad, tuple(rapport.eerste))


def _next_version(jaar: int) -> int:
    hoogste = Editie.objects.filter(jaar=jaar, status=EditieStatus.GELADEN).aggregate(hoogste=Max("versie"))["hoogste"]
    return (hoogste or 0) + 1


def _report_path(label: str, op: datetime) -> Path:
    """A new name in var/import: the editie, the moment, and a number should that be taken."""
    map_ = Path(settings.VAR_DIR) / "import"
    naam = f"{label}_{op:%Y%m%d-%H%M%S}"
    paden = (map_ / f"{naam}{f'-{n}' if n else ''}.csv" for n in range(10_000))
    return next(pad for pad in paden if not pad.exists())


def _codes(tabel: Ingelezen) -> dict[str, list[str]]:
    """Per kind of area every code in the table, with prefix."""
    buurten = tabel.regels["buurt"].unique().sort()
    return {
        soort.kolom: (soort.prefix + buurten.str.slice(0, soort.lengte)).unique().sort().to_list()
        for soort in (GEMEENTE, WIJK, BUURT)
    }


def _unknown(codes: Sequence[str], namen: Mapping[str, str]) -> list[str]:
    """Codes without a name; none when there was no name file at all, since that is a finding of its own."""
    return [code for code in codes if code not in namen] if namen else []


def _report_findings(rapport: Rapport, onbekend: Mapping[Code, Sequence[str]], tabel: Ingelezen) -> None:
    for soort, codes in onbekend.items():
        for code in codes:
            rapport.note(None, soort.kolom, code, "staat niet in de naambestanden")
    for postcode, nummer, buurten in tabel.dubbel.iter_rows():
        welke = " en ".join(BUURT.prefix + buurt for buurt in buurten)
        rapport.note(None, "postcode en huisnummer", f"{postcode} {nummer}", f"ligt in {welke}")


def _load(gelezen: _Gelezen, *, reden: str, by: Kijker, op: datetime, voortgang: Voortgang) -> Editie:
    """Write what was read as a new inactive editie."""
    clean_unfinished()
    bron, tabel = gelezen.bron, gelezen.tabel
    editie = Editie.objects.create(
        jaar=bron.jaar,
        versie=_next_version(bron.jaar),
        geladen_op=op,
        rijen=tabel.rijen,
        geweigerd=tabel.geweigerd,
        bevindingen=[bevinding.as_json() for bevinding in gelezen.bevindingen],
        geforceerd_om=reden[:300] if gelezen.bevindingen else "",
        bron=bron.naam[:200],
        gemeenten=_names_of(GEMEENTE, gelezen),
    )
    try:
        with transaction.atomic():
            copy_names(editie, wijken=_names_of(WIJK, gelezen), buurten=_names_of(BUURT, gelezen))
            copy_register(editie, tabel.regels, lambda erbij: voortgang("Laden", erbij, tabel.regels.height))
            editie.adressen = tabel.adressen
            editie.status = EditieStatus.GELADEN
            editie.save(update_fields=["adressen", "status"])
            record_event(
                soort="editie_geladen",
                onderwerp_soort="editie",
                onderwerp_id=editie.pk,
                by=by,
                op=op,
                gegevens={"editie": editie.label, "adressen": tabel.adressen, "geweigerd": tabel.geweigerd},
            )
    except BaseException:
        if connection.is_usable():
            Editie.objects.filter(pk=editie.pk).update(status=EditieStatus.MISLUKT)
        raise
    return editie


def _names_of(soort: Code, gelezen: _Gelezen) -> dict[str, str]:
    """A name for every area of this kind: from the name files, else as it was called in an earlier editie, else its code."""
    namen = dict(gelezen.namen.of_kind(soort))
    zonder = [code for code in gelezen.codes[soort.kolom] if code not in namen]
    if zonder:
        namen |= {code: code for code in zonder} | _earlier_names(soort, zonder)
    return namen


def _earlier_names(soort: Code, codes: Sequence[str]) -> dict[str, str]:
    if soort is GEMEENTE:
        return dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam"))
    objects = Wijk.objects if soort is WIJK else Buurt.objects
    ouder = objects.filter(code__in=codes, editie__status=EditieStatus.GELADEN).order_by("editie__jaar", "editie__versie")
    return dict(ouder.values_list("code", "naam"))
