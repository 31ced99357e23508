"""The facts of a casus that rules decide on, read from the database: three queries."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from casussen.keuzes import MdoStatus, Status, Vlag
from casussen.ladder import REGIO
from casussen.models import (
    Aanvraag,
    Casus,
    Contactmoment,
    Deling,
    Doelversie,
    Herinnering,
    Instemming,
    Inzet,
    Mdo,
    MdoDeelnemer,
    Nazorg,
    Overgang,
    Ozaplaatsing,
    Plan,
    Taak,
    Toestemming,
)
from casussen.rules import DossierFeiten, Feiten, GegevenToestemming
from kern.klok import local_date, now
from kern.sql import VasteVraag

BUITEN_OVERDRAGEN = "buiten_overdragen"
WEER_BEREIKBAAR, THUISZITTER_MELDEN = "weer_bereikbaar", "thuiszitter_melden"
#: Steps that leave a contact, one each.
CONTACT = frozenset({"starten", "contact_vastleggen"})
_TEXT = TextField()


def facts_of(casus: Casus, *, op: date, moment: datetime | None = None) -> Feiten:
    """The facts on a day. `casus.leerling` is best fetched along with the casus.

    `moment`: the moment on that day, for what is told from an hour on; without it that is now.
    """
    steps = list(
        Overgang.objects.filter(casus=casus, ronde=casus.ronde)
        .order_by("op", "id")
        .values_list("actie", "van_status", "naar_status")
    )
    arrived = [van for _, van, naar in steps if naar == casus.status != van]
    leerling = casus.leerling
    dossier, pogingen = (
        (DossierFeiten(), ())
        if casus.status == Status.CONCEPT
        else _dossier_of(casus, op=op, moment=moment or now(), steps=[actie for actie, _, _ in steps])
    )
    return Feiten(
        op=op,
        status=Status(casus.status),
        school_id=casus.school_id,
        regio_id=casus.regio_id,
        wijkteam_id=casus.wijkteam_id,
        behandelaar_id=casus.behandelaar_id,
        geboortedatum=leerling.geboortedatum if leerling else None,
        geopend_op=local_date(casus.aangemaakt),
        aangemeld_op=local_date(casus.t0 or casus.aangemaakt),
        heeft_adres=bool(leerling and leerling.postcode and leerling.huisnummer),
        veiligheid=casus.veiligheid,
        toestemmingen=tuple(
            GegevenToestemming(gever, wijkteam_id, ook_ander)
            for gever, wijkteam_id, ook_ander in Toestemming.objects.filter(casus=casus, ingetrokken_op__isnull=True).values_list(
                "gever", "wijkteam_id", "ook_ander_wijkteam"
            )
        ),
        keren=Counter(actie for actie, _, _ in steps),
        vorige=Status(arrived[-1]) if arrived else None,
        afgesloten_op=local_date(casus.afgesloten_op) if casus.afgesloten_op else None,
        elders=casus.status == Status.TE_ROUTEREN and _is_elders(steps),
        ladder_voorbij=casus.status == Status.EVALUATIE and not casus.school_reageerde and _ladder_ran_out(casus),
        school_reageerde=casus.school_reageerde,
        vlaggen=frozenset(vlag.value for vlag in Vlag if getattr(casus, vlag.value)),
        pogingen=pogingen,
        dossier=dossier,
    )


def _is_elders(steps: list[tuple[str, str, str]]) -> bool:
    """A desk outside the region has it: since the last step that brought the casus where it is."""
    arrivals = (actie for actie, van, naar in reversed(steps) if van != naar or actie == BUITEN_OVERDRAGEN)
    return next(arrivals, "") == BUITEN_OVERDRAGEN


def _ladder_ran_out(casus: Casus) -> bool:
    """The school's reaction was asked for up to the regiocoördinator."""
    return Herinnering.objects.filter(
        termijn__casus=casus, termijn__soort=Status.AFGESLOTEN, termijn__gesloten_op__isnull=True, stap__gte=REGIO
    ).exists()


# --- What belongs to it: one query ------------------------------------------------------------------------------
def _own(rows: QuerySet[Any], *parts: Any) -> ArraySubquery:
    """Of the rows of the casus, in the order in which they were made."""
    return _texts(rows.filter(casus=OuterRef("pk")).order_by("pk"), *parts)


def _texts(rows: QuerySet[Any], *parts: Any) -> ArraySubquery:
    """For each row one text: its parts, each with ':' after it."""
    text = [piece for part in parts for piece in (Cast(part, _TEXT), Value(":", output_field=_TEXT))]
    return ArraySubquery(rows.annotate(samen=Concat(*text)).values("samen"))


def _asked() -> dict[str, ArraySubquery]:
    """What is asked of a casus, on every page and in every step."""
    here = {"ronde": OuterRef("ronde")}
    newest = Plan.objects.filter(casus=OuterRef(OuterRef("pk")), ronde=OuterRef(OuterRef("ronde"))).order_by("-versie")
    return {
        "mdos": _own(Mdo.objects.filter(**here), F("status"), F("begint_op")),
        "invited": ArraySubquery(
            MdoDeelnemer.objects.filter(mdo__casus=OuterRef("pk"), mdo__status=MdoStatus.GEPLAND).order_by("pk").values("pk")
        ),
        "goals": _texts(
            Doelversie.objects.filter(plan=newest.values("pk")[:1]).order_by("doel__nummer"),
            F("doel_id"),
            F("doel__aangemaakt_op__date"),
            F("terugkeer_op"),
        ),
        "help": _own(Inzet.objects.open(), F("pk"), F("status"), F("arrangement__aanbieder_id")),
        "taken": ArraySubquery(Taak.objects.open().filter(casus=OuterRef("pk")).order_by("pk").values("pk")),
        "shared": _own(Deling.objects.living(), F("pk"), F("met"), F("aanbieder_id")),
        "agreed": ArraySubquery(Instemming.objects.filter(casus=OuterRef("pk"), ingetrokken_op__isnull=True).values("soort")),
        "places": ArraySubquery(Ozaplaatsing.objects.filter(casus=OuterRef("pk"), tot__isnull=True).values("arrangement__naam")),
        "asked": ArraySubquery(Aanvraag.objects.filter(casus=OuterRef("pk"), besluit="").values("ontvangen_op")),
        "after": ArraySubquery(Nazorg.objects.filter(casus=OuterRef("pk"), gedaan_op__isnull=True, **here).values("datum")),
        "home": ArraySubquery(
            Overgang.objects.filter(casus=OuterRef("pk"), actie=THUISZITTER_MELDEN).order_by("-op", "-id").values("dag")[:1]
        ),
        "contacts": _own(Contactmoment.objects.all(), F("soort"), F("gelukt")),
    }


_DOSSIER = VasteVraag(Casus, _asked)


def _dossier_of(casus: Casus, *, op: date, moment: datetime, steps: list[str]) -> tuple[DossierFeiten, tuple[str, ...]]:
    """Ids and how they stand of all that belongs to a casus, and the attempts to reach the family since it was reached."""
    found: dict[str, list[Any]] = _DOSSIER.of(casus.pk)
    mdos = [text.removesuffix(":").split(":", 1) for text in found["mdos"]]
    begint = next((datetime.fromisoformat(at) for status, at in mdos if status == MdoStatus.GEPLAND), None)
    help_ = [_parts(text) for text in found["help"]]
    shared = [_parts(text) for text in found["shared"]]
    goals = [_parts(text) for text in found["goals"]]
    dossier = DossierFeiten(
        mdo_gepland=local_date(begint) if begint else None,
        mdo_begonnen=begint is not None and (local_date(begint) < op or (local_date(begint) == op and begint <= moment)),
        uitgenodigd=tuple(found["invited"]),
        mdo_gehouden=any(status == MdoStatus.GEHOUDEN for status, _ in mdos),
        doelen=tuple(int(pk) for pk, _, _ in goals),
        doel_sinds={int(pk): date.fromisoformat(day) for pk, day, _ in goals},
        terugkeer={int(pk): date.fromisoformat(back) for pk, _, back in goals if back},
        inzetten={int(pk): status for pk, status, _ in help_},
        aanbieder_van={int(pk): int(aanbieder) for pk, _, aanbieder in help_},
        taken=tuple(found["taken"]),
        aanbieders=frozenset(int(aanbieder) for _, met, aanbieder in shared if met == "aanbieder"),
        delingen=tuple(int(pk) for pk, _, _ in shared),
        instemmingen=frozenset(found["agreed"]),
        aanvraag_open=next(iter(found["asked"]), None),
        plaats=next(iter(found["places"]), ""),
        nazorg_open=next(iter(found["after"]), None),
        thuis_sinds=next(iter(found["home"]), None),
    )
    return dossier, _attempts(_counting([_parts(text) for text in found["contacts"]], steps, casus.ronde))


def _parts(text: str) -> list[str]:
    return text.removesuffix(":").split(":")


def _counting(contacts: list[list[str]], steps: list[str], ronde: int) -> list[list[str]]:
    """The contacts of this ronde, since somebody last said how the family can be reached: as many as there were steps for."""
    lifted = WEER_BEREIKBAAR in steps
    if ronde == 1 and not lifted:
        return contacts
    after = steps[len(steps) - steps[::-1].index(WEER_BEREIKBAAR) :] if lifted else steps
    since = sum(actie in CONTACT for actie in after)
    return contacts[max(len(contacts) - since, 0) :]


def _attempts(contacts: list[list[str]]) -> tuple[str, ...]:
    """The ways in which the family was sought in vain since the last contact that worked. They count anew after that, and after
    somebody told how the family can be reached, and in a next ronde (`_counting`)."""
    failed: list[str] = []
    for soort, gelukt in contacts:
        failed = [] if gelukt in {"t", "true"} else [*failed, soort]
    return tuple(failed)
