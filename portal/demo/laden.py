"""Load the demo region: one transaction, so that a killed load leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from casussen.models import Casus
from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, Regio, RegisterRegel, Wijk
from kern.kalender import Werkkalender, end_of_office_day
from portal.demo import DEMO_DOMEIN, EDITIE_JAAR, REGIO_NAAM
from portal.demo.accounts import AANBIEDER_DEMO
from portal.demo.afspraken import write_agreements
from portal.demo.berichten import write_messages
from portal.demo.casussen.inhoud import write_dossiers
from portal.demo.casussen.schrijven import write_casussen
from portal.demo.cijfers import publish_figures
from portal.demo.consulten import write_consulten
from portal.demo.gebied import Gebieden, gebieden
from portal.demo.hulp import write_figures
from portal.demo.kopie import Kopie
from portal.demo.landelijk.land import Landregio, landregios, plan_of
from portal.demo.landelijk.netwerk import write_gemeenten, write_region
from portal.demo.netwerk import write_network
from portal.demo.register import Regel, build_register
from portal.demo.school import write_school
from portal.demo.verzuim import write_verzuim
from portal.demo.voorstel import write_voorstel
from portal.demo.zorgaanbod import write_onderwijszorg, write_zorgaanbod
from scholen.models import School
from wijkteams.models import Wijkteam

Melder = Callable[[str], None]
#: Of the demo region; with fewer not every gemeente has homes.
ADRESSEN_MIN = 20_000


class DemoGeweigerd(Exception):  # noqa: N818  (the words of the house)
    """The demo region may not, or cannot, be loaded here. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What there is in the database."""

    adressen: int
    wijkteams: int
    scholen: int
    mensen: int
    casussen: int

    def __str__(self) -> str:
        parts = (
            (self.adressen, "adressen"),
            (self.wijkteams, "wijkteams"),
            (self.scholen, "scholen"),
            (self.mensen, "mensen"),
            (self.casussen, "casussen"),
        )
        return ", ".join(f"{count:,} {what}".replace(",", ".") for count, what in parts)


def contents() -> Inhoud:
    active = Editie.objects.filter(actief=True).first()
    return Inhoud(
        adressen=active.adressen if active else 0,
        wijkteams=Wijkteam.objects.count(),
        scholen=School.objects.count(),
        mensen=get_user_model().objects.count(),
        casussen=Casus.objects.count(),
    )


def is_loaded() -> bool:
    """The demo region is in this database."""
    return (
        Regio.objects.filter(naam=REGIO_NAAM).exists()
        and get_user_model().objects.filter(email__iendswith=f"@{DEMO_DOMEIN}").exists()
    )


def refuse_unless_possible() -> None:
    """Only in demo and test mode, and never into a database that holds anything else."""
    if settings.MODUS not in {"demo", "test"}:
        raise DemoGeweigerd("De demo-regio kan alleen met MODUS=demo of MODUS=test. In productie bestaan deze accounts nooit.")
    for model in (Gemeente, Editie, School, Wijkteam, Casus):
        if model._default_manager.exists():  # noqa: SLF001  (the manager that every model has)
            raise DemoGeweigerd(
                f"Deze database bevat al gegevens ({model._meta.verbose_name_plural}), maar niet de hele demo-regio. "  # noqa: SLF001
                "De demo laadt alleen in een lege database: maak een nieuwe, of verwijder de oude."
            )


def last_office_moment(op: date) -> datetime:
    """The end of the last working day before `op`: nothing in the demo happened after it."""
    return end_of_office_day(Werkkalender().add_werkdagen(op, -1))


@transaction.atomic
def load(*, adressen: int, casussen: int, seed: int, op: date, meld: Melder) -> Inhoud:
    """Fill an empty database. `op` is the day that counts as today; the same seed and day give the same region."""
    plan = plan_of(adressen, casussen)
    if plan.landelijk and plan.adressen < ADRESSEN_MIN:
        raise DemoGeweigerd(f"Voor zoveel casussen zijn minstens {2 * ADRESSEN_MIN} adressen nodig (--addresses).")
    refuse_unless_possible()
    with connection.cursor() as cursor:
        # Foreign keys are checked batch by batch: left to the commit, a million casussen would fill the memory of the server.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    moment = last_office_moment(op)
    meld("Gemeenten, scholen, mensen en wijkteams")
    network = write_network(seed=seed, op=op, moment=moment)
    aanbieders = write_zorgaanbod(network, moment=moment)
    meld(f"Adressen ({adressen})")
    editie = _open_editie(moment)
    register = _write_areas(editie, gebieden(), plan.adressen, seed)
    regions = list(landregios(plan))
    for land in regions:
        meld(f"Adressen van {land.naam} ({land.adressen})")
        _write_areas(editie, land.gebieden, land.adressen, seed)
    _activate(editie)
    _analyze("gebieden", "scholen", "wijkteams")
    write_casussen(network, register, aantal=plan.casussen, seed=seed, moment=moment, meld=meld, dagen=plan.dagen)
    _analyze("scholen", "casussen")  # what follows reads them
    write_school(network, register, seed=seed, moment=moment)
    write_onderwijszorg(network, aanbieders, moment=moment)
    write_verzuim(network, seed=seed, moment=moment)
    write_dossiers(network, eigen=aanbieders[AANBIEDER_DEMO], seed=seed, moment=moment)
    write_agreements(network, moment=moment)
    write_consulten(network, moment=moment)
    write_messages(moment=moment)
    register.clear()
    meld("Cijfers van scholen en wijken")
    write_figures(seed=seed, op=op, moment=moment)
    write_voorstel(op=op, moment=moment)
    for land in regions:
        _write_region(land, seed=seed, op=op, moment=moment, meld=meld)
    _analyze("toegang", "gebieden", "scholen", "zorgaanbod", "wijkteams", "casussen", "kern")
    meld("Gepubliceerde cijfers van de regio's")
    publish_figures(network, op=op)
    return contents()


def _open_editie(moment: datetime) -> Editie:
    return Editie.objects.create(
        jaar=EDITIE_JAAR,
        status=EditieStatus.LADEN,
        geladen_op=moment - timedelta(days=30),
        bron="demo-regio: verzonnen adressen",
    )


def _write_areas(editie: Editie, areas: Gebieden, adressen: int, seed: int) -> dict[str, list[Regel]]:
    """Wijken, buurten and addresses of one region, in the same rows as an import makes. Answers its rows per PC4."""
    Wijk.objects.bulk_create([Wijk(editie=editie, code=code, naam=naam) for code, naam in areas.wijken.items()])
    Buurt.objects.bulk_create(
        [Buurt(editie=editie, code=code, naam=naam) for own in areas.buurten.values() for code, naam in own]
    )
    copy = Kopie(RegisterRegel)
    per_pc4: dict[str, list[Regel]] = {}
    for regel in build_register(adressen, seed, areas):
        copy.add(editie_id=editie.pk, postcode=regel.postcode, buurt_code=regel.buurt, huisnummers=regel.nummers)
        editie.adressen += len(regel.nummers)
        per_pc4.setdefault(regel.postcode[:4], []).append(regel)
    copy.flush()
    return per_pc4


def _activate(editie: Editie) -> None:
    editie.status, editie.actief, editie.geactiveerd_op = EditieStatus.GELADEN, True, editie.geladen_op
    editie.rijen = editie.adressen
    editie.save()


def _write_region(land: Landregio, *, seed: int, op: date, moment: datetime, meld: Melder) -> None:
    """One of the regions around: nobody of it when there are no casussen to write, so that only addresses were asked for."""
    if not land.casussen:
        write_gemeenten(land)
        return
    meld(f"{land.naam}: scholen, wijkteams en mensen")
    network = write_region(land, seed=seed, op=op, moment=moment)
    _analyze("toegang", "scholen", "wijkteams")
    register: dict[str, list[Regel]] = {}
    for regel in build_register(land.adressen, seed, land.gebieden):
        register.setdefault(regel.postcode[:4], []).append(regel)
    write_casussen(
        network, register, aantal=land.casussen, seed=seed, moment=moment, meld=meld, dagen=land.dagen, regio=land.naam
    )


def _analyze(*apps_met_rijen: str) -> None:
    """Let the planner know what there is now. A role that does not own the tables skips this with a warning of the server."""
    tables = [model._meta.db_table for app in apps_met_rijen for model in apps.get_app_config(app).get_models()]  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(f'"{table}"' for table in tables))
