"""Rules that live in the database too, each violated on purpose; and what web processes may not change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import Model

from casussen.keuzes import Status
from casussen.models import (
    Casus,
    CasusRoute,
    Herinnering,
    Ontvangstlink,
    Overgang,
    Statusperiode,
    Termijn,
    TermijnInstelling,
    Terugkoppeling,
    Vraag,
)
from scholen.models import Leerling
from tests.factories.casussen import NU, Wereld

Breuk = Callable[[Wereld, Casus], Any]


def change(**values: Any) -> Breuk:
    return lambda _wereld, casus: Casus.objects.filter(pk=casus.pk).update(**values)


def again(model: type[Model], **values: Any) -> Breuk:
    """Write the casus's own row of this model once more."""

    def copy(wereld: Wereld, casus: Casus) -> Any:
        row = model._default_manager.filter(casus=casus).order_by("-pk")[0]
        row.pk = None
        for name, value in values.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return copy


def end(**values: Any) -> Breuk:
    return lambda _wereld, casus: Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).update(**values)


def new_question(wereld: Wereld, casus: Casus) -> Any:
    ask = {"casus": casus, "gesteld_door": wereld.cast.wim, "gesteld_op": NU}
    return [Vraag.objects.create(tekst=f"vraag {n}", **ask) for n in range(2)]


def remind_twice(wereld: Wereld, casus: Casus) -> Any:
    termijn = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True)[0]
    step = {"termijn": termijn, "stand": 1, "stap": 1, "verschuldigd_op": NU, "gemaakt_op": NU}
    return [Herinnering.objects.create(**step) for _ in range(2)]


BREUKEN: list[tuple[str, Breuk]] = [
    ("casus_status_bekend", change(status="verdwenen")),
    ("casus_aangemeld_heeft_t0", change(t0=None)),
    ("casus_aangemeld_heeft_wijkteam", change(wijkteam=None)),
    ("casus_behandeld_heeft_behandelaar", change(behandelaar=None)),
    ("casus_veiligheid_heeft_grond", change(veiligheid=True)),
    ("casus_veiligheid_heeft_grond", change(veiligheid=True, veiligheid_grond="meldcode", veiligheid_op=NU)),
    ("casus_afgesloten_heeft_datum", change(status=Status.AFGESLOTEN)),
    ("casus_afgesloten_heeft_datum", change(afgesloten_op=NU)),
    ("casussen_casus_nummer", lambda w, c: change(nummer=w.concept().nummer)(w, c)),
    ("overgang_een_per_versie", again(Overgang)),
    ("statusperiode_een_open", again(Statusperiode)),
    ("statusperiode_volgorde", lambda _w, c: Statusperiode.objects.filter(casus=c).update(tot="2000-01-01T00:00Z")),
    ("vraag_een_open", new_question),
    ("vraag_heeft_tekst", lambda w, c: Vraag.objects.create(casus=c, tekst="", gesteld_door=w.cast.wim, gesteld_op=NU)),
    ("vraag_antwoord_heeft_tekst", lambda w, c: Vraag.objects.create(
        casus=c, tekst="x", gesteld_door=w.cast.wim, gesteld_op=NU, beantwoord_op=NU)),
    ("terugkoppeling_heeft_tekst", lambda w, c: Terugkoppeling.objects.create(casus=c, aan=w.cast.zoe, gedaan="", op=NU)),
    ("route_keuze_heeft_reden", lambda _w, c: CasusRoute.objects.create(
        casus=c, uitkomst="meerdere", peildatum=NU.date(), document={}, gekozen=True, op=NU)),
    ("termijn_een_open_per_soort", again(Termijn)),
    ("termijn_gesloten_herinnert_niet", end(gesloten_op=NU, gesloten_om="gehaald")),
    ("termijn_gesloten_herinnert_niet", end(gesloten_op=NU, gesloten_om="", volgende_op=None)),
    ("termijn_volgorde", end(vervalt_op="2000-01-01T00:00Z")),
    ("termijn_wijkteam_bekend", end(eigenaar_wijkteam=None)),
    ("herinnering_eenmaal", remind_twice),
    ("termijninstelling_positief", lambda w, _c: TermijnInstelling.objects.create(
        regio=w.net.regio, soort="ontvangen", aantal=0, eenheid="dagen")),
    ("casussen_ontvangstlink_hash", again(Ontvangstlink)),
    ("leerling_nummer_per_vestiging", lambda _w, c: Leerling.objects.create(
        vestiging=c.vestiging, leerlingnummer="A1001", voornaam="x", achternaam="y", sector="vo")),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "breuk"), BREUKEN)
def test_the_database_refuses(wereld: Wereld, constraint: str, breuk: Breuk) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        breuk(wereld, casus)


@pytest.mark.parametrize("model", [Overgang, CasusRoute])
def test_a_step_and_a_route_are_never_changed_by_a_web_process(wereld: Wereld, model: type[Model]) -> None:
    wereld.casus(Status.ONTVANGEN)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model._default_manager.update(op=NU)
