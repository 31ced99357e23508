"""Who is not at school in the demo region: thuiszitters, some of them shared, and hours that add up to a signal."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from casussen.keuzes import EINDSTATUSSEN, DelingMet, Gever, Status
from casussen.models import Casus, Deling
from casussen.rules import LEEFTIJD_ALLEEN, LEEFTIJD_SAMEN, age_on
from kern.actions import record_events
from kern.kijker import systeem
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from portal.demo.accounts import GEMEENTE, SCHOOL, VERBAND
from portal.demo.gebied import dice
from portal.demo.netwerk import Netwerk
from scholen.actions.verzuimsignalen import MELDING, renew_signals
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.vakanties import vakanties_of
from scholen.verzuim.keuzes import RedenVerzuim, SoortVerzuim
from scholen.verzuim.rules import Schoolkalender, is_of_age
from toegang.models import User

THUISZITTERS, GEDEELD = 14, 5
#: Weeks at home on the calendar; holidays make it fewer weeks of school.
WEKEN = (7, 9, 6, 13, 22, 8, 11, 7, 30, 10, 17, 6, 8, 12)
SOORTEN: tuple[tuple[SoortVerzuim, RedenVerzuim], ...] = (
    (SoortVerzuim.RELATIEF, RedenVerzuim.KAN_NIET),
    (SoortVerzuim.RELATIEF, RedenVerzuim.WACHT_HULP),
    (SoortVerzuim.ZIEK, RedenVerzuim.ZIEKTE),
    (SoortVerzuim.RELATIEF, RedenVerzuim.THUIS),
    (SoortVerzuim.GEOORLOOFD, RedenVerzuim.WACHT_PLEK),
    (SoortVerzuim.ABSOLUUT, RedenVerzuim.WACHT_PLEK),
    (SoortVerzuim.RELATIEF, RedenVerzuim.WIL_NIET),
)
#: Of pupils of the school of the accounts, without a casus: loose hours per schoolweek, the last week last.
UREN: tuple[tuple[int, ...], ...] = (
    (4, 3, 5, 6),
    (0, 6, 5, 7),
    (8, 2, 4, 3),
    (0, 0, 3, 2),
    (0, 2, 0, 1),
    (5, 0, 4, 0),
    (0, 0, 0, 4),
)
ZONDER_CASUS = (6, 9)
DOEL = "Samen zorgen dat de leerling weer naar school gaat: leerplicht, school en wijkteam stemmen dat af."


def write_verzuim(net: Netwerk, *, seed: int, moment: datetime) -> None:
    """After the casussen. Whoever is at home is so since before the casus began, by the zorgcoördinator who submitted it."""
    rng = dice(seed, "verzuim")
    chosen = _chosen(net, moment.date())
    rows = [
        _days(casus.leerling_id or 0, casus.aangevraagd_door_id, weken, n, moment)
        for n, (casus, weken) in enumerate(zip(chosen, WEKEN, strict=False))
    ]
    zc = net.zcs[SCHOOL][0]
    pupils = _others(net)
    rows += [_days(pk, zc.pk, weken, n, moment) for n, (pk, weken) in enumerate(zip(pupils, ZONDER_CASUS, strict=False))]
    rows += _hours(pupils[len(ZONDER_CASUS) :], zc, moment, rng)
    made = Verzuim.objects.bulk_create(rows)
    record_events(
        soort="verzuim_gemeld",
        onderwerp_soort="verzuim",
        onderwerpen=[(row.pk, {}) for row in made],
        by=systeem(moment.date()),
        op=moment,
    )
    _share(chosen, moment)
    _signal(net, moment)


def _chosen(net: Netwerk, op: date) -> list[Casus]:
    """Casussen that run, of a pupil said to be at home: first those of the accounts, then of Haarlem, then of everywhere."""
    flagged = Casus.objects.filter(regio=net.regio, thuiszitter=True, leerling__isnull=False)
    flagged = flagged.exclude(status__in=[*EINDSTATUSSEN, Status.CONCEPT]).select_related(
        "leerling", "school", "woongemeente", "vestiging__samenwerkingsverband"
    )
    of_age = [casus for casus in flagged.order_by("pk") if casus.leerling and is_of_age(casus.leerling.geboortedatum, op)]
    return sorted(of_age, key=lambda casus: (casus.school.brin != SCHOOL, not _in_haarlem(casus), casus.pk))[:THUISZITTERS]


def _in_haarlem(casus: Casus) -> bool:
    return casus.woongemeente is not None and casus.woongemeente.code == GEMEENTE


def _days(leerling_id: int, door_id: int, weken: int, n: int, moment: datetime) -> Verzuim:
    soort, reden = SOORTEN[n % len(SOORTEN)]
    van = moment.date() - timedelta(weeks=weken, days=moment.date().weekday())
    return Verzuim(
        leerling_id=leerling_id,
        soort=soort.value,
        reden=reden.value,
        van=van,
        belastbaar_volgens_plan=soort == SoortVerzuim.ZIEK,
        door_id=door_id,
        op=min(moment, moment - timedelta(weeks=weken - 1)),
    )


def _others(net: Netwerk) -> list[int]:
    """Pupils of the class list of the accounts' school, who have no casus and are of age."""
    own = Leerling.objects.filter(vestiging__in=net.vestigingen[SCHOOL], leerlingnummer__startswith="K", casussen__isnull=True)
    young = own.filter(geboortedatum__gt=net.op - timedelta(days=365 * 17))
    return list(young.order_by("leerlingnummer").values_list("pk", flat=True)[: len(ZONDER_CASUS) + len(UREN)])


def _hours(pupils: Sequence[int], zc: User, moment: datetime, rng: Random) -> Iterator[Verzuim]:
    kalender = Schoolkalender(vakanties_of("noord"))
    weken = kalender.laatste_schoolweken(moment.date() - timedelta(days=1))
    for pk, per_week in zip(pupils, UREN, strict=False):
        for maandag, uren in zip(weken, per_week, strict=True):
            lesdagen = [dag for n in range(5) if kalender.is_lesdag(dag := maandag + timedelta(days=n)) and dag <= moment.date()]
            if not uren or not lesdagen:
                continue
            dag = rng.choice(lesdagen)
            yield Verzuim(
                leerling_id=pk,
                soort=SoortVerzuim.RELATIEF.value,
                reden=rng.choice((RedenVerzuim.ONBEKEND, RedenVerzuim.WIL_NIET, RedenVerzuim.THUIS)).value,
                van=dag,
                tot=dag,
                uren=Decimal(uren),
                door=zc,
                op=moment,
            )


def _share(chosen: Sequence[Casus], moment: datetime) -> None:
    """Some with leerplicht of Haarlem, some with the samenwerkingsverband; one with both."""
    haarlem = [casus for casus in chosen if _in_haarlem(casus)][:GEDEELD]
    verband = [casus for casus in chosen if (own := casus.vestiging.samenwerkingsverband) and own.code == VERBAND][-GEDEELD + 1 :]
    rows = [_deling(casus, DelingMet.LEERPLICHT, moment, gemeente_id=casus.woongemeente_id) for casus in haarlem]
    rows += [
        _deling(casus, DelingMet.VERBAND, moment, verband_id=casus.vestiging.samenwerkingsverband_id)
        for casus in dict.fromkeys([*verband, *haarlem[:1]])
        if casus.vestiging.samenwerkingsverband and casus.vestiging.samenwerkingsverband.code == VERBAND
    ]
    Deling.objects.bulk_create(rows)


def _deling(casus: Casus, met: DelingMet, moment: datetime, **partij: int | None) -> Deling:
    geboren = casus.leerling.geboortedatum if casus.leerling else None
    age = age_on(geboren, moment.date()) if geboren else LEEFTIJD_ALLEEN
    gever = Gever.OUDERS if age < LEEFTIJD_SAMEN else Gever.OUDERS_EN_JONGERE if age < LEEFTIJD_ALLEEN else Gever.JONGERE
    op = max(casus.aangemaakt, moment - timedelta(days=9))
    return Deling(
        casus=casus,
        met=met.value,
        gever=gever.value,
        gegeven_op=op.date(),
        doel=DOEL,
        door_id=casus.aangevraagd_door_id,
        op=op,
        **partij,
    )


def _signal(net: Netwerk, moment: datetime) -> None:
    """As reporting and the nights would have: made and mailed. Others told leerplicht; for the accounts work waits."""
    away = Verzuim.objects.living().values("leerling_id")
    # With the hours of today: whoever reported them was told at once.
    renew_signals(list(Leerling.objects.filter(pk__in=away).select_related("vestiging").order_by("pk")), op=moment)
    Melding.objects.filter(soort=MELDING, kanaal=Kanaal.MAIL, status=MeldingStatus.WACHT).update(
        status=MeldingStatus.VERZONDEN, verzonden_op=moment
    )
    by_others = Verzuimsignaal.objects.exclude(leerling__vestiging__in=net.vestigingen[SCHOOL])
    for signaal in by_others.select_related("leerling__vestiging__school"):
        signaal.gemeld_bij_leerplicht_op = min(moment.date(), signaal.venster_van + timedelta(days=30))
        signaal.gemeld_door, signaal.gemeld_vastgelegd_op = net.zcs[signaal.leerling.vestiging.school.brin][0], moment
        signaal.save()
