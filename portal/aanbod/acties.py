"""Waiting times that say little any more, or too much: the aanbieder is asked, the region is told. Each at most once a week."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gebieden.models import Gemeente, Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.klok import local_date
from toegang.models import Aanstelling
from zorgaanbod.models import Arrangement, Contract
from zorgaanbod.rollen import AANBIEDER
from zorgaanbod.rules import HERINNER_NA_DAGEN, NORM_NA_DAGEN

OUD, BOVEN_NORM = "wachttijd_oud", "wachttijd_boven_norm"


@transaction.atomic
def remind_aanbieders(*, now: datetime) -> int:
    """Ask for a new waiting time where it is older than 30 days. Answers of how many arrangementen it was asked.

    Being asked is written on the arrangement in the same transaction: a second worker, or a second turn of beat, finds it done.
    """
    dag = local_date(now)
    asked = Q(herinnerd_op__isnull=True) | Q(herinnerd_op__lte=dag - timedelta(days=HERINNER_NA_DAGEN))
    due = Arrangement.objects.offered(dag).with_wachttijd().stale(dag).filter(asked)
    rows = list(due.select_related("aanbieder").select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    users = _holders(AANBIEDER.sleutel, "aanbieder_id", {row.aanbieder_id for row in rows}, dag)
    told = []
    for row in rows:
        gegevens = {"aanbieder": row.aanbieder.naam, "arrangement": row.naam, "pad": f"/mijn-aanbod/{row.pk}/wachttijd"}
        for user_id, adres in users.get(row.aanbieder_id) or _mailbox(row.aanbieder.email):
            told.append(
                NieuweMelding(
                    soort=OUD,
                    gegevens=gegevens,
                    onderwerp_soort="arrangement",
                    onderwerp_id=row.pk,
                    ontvanger_id=user_id,
                    adres=adres,
                )
            )
    Arrangement.objects.filter(pk__in=[row.pk for row in rows]).update(herinnerd_op=dag)
    enqueue_meldingen(told, op=now)
    return len(rows)


@transaction.atomic
def signal_above_norm(*, now: datetime) -> int:
    """Tell each region how many waiting times are above their norm that it was not told of lately: one melding per person."""
    dag = local_date(now)
    told = Q(norm_gemeld_op__isnull=True) | Q(norm_gemeld_op__lte=dag - timedelta(days=NORM_NA_DAGEN))
    due = Arrangement.objects.offered(dag).with_wachttijd().above_norm().filter(told)
    rows = list(due.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    per_regio = _per_region(rows, dag)
    users = _holders(REGIOCOORDINATOR.sleutel, "regio_id", per_regio.keys(), dag)
    mailboxes = dict(Regio.objects.filter(pk__in=per_regio.keys()).values_list("pk", "email"))
    enqueue_meldingen(
        [
            NieuweMelding(
                soort=BOVEN_NORM,
                gegevens={"aantal": len(ids), "pad": "/aanbod?let_op=boven_norm"},
                ontvanger_id=user_id,
                adres=adres,
            )
            for regio_id, ids in sorted(per_regio.items())
            for user_id, adres in users.get(regio_id) or _mailbox(mailboxes.get(regio_id, ""))
        ],
        op=now,
    )
    Arrangement.objects.filter(pk__in=[row.pk for row in rows]).update(norm_gemeld_op=dag)
    return len(rows)


def _per_region(rows: Collection[Arrangement], dag: date) -> dict[int, set[int]]:
    """Which of these each region is waiting for: by its contracts, and by where the voorveld works."""
    found: dict[int, set[int]] = defaultdict(set)
    ids = [row.pk for row in rows]
    bought = Contract.objects.on(dag).filter(arrangement_id__in=ids, gemeente__regio__isnull=False)
    working = Gemeente.objects.filter(voorveld__arrangementen__in=ids, voorveld__soort="voorveld", regio__isnull=False)
    for regio_id, arrangement_id in (
        *bought.values_list("gemeente__regio_id", "arrangement_id"),
        *working.values_list("regio_id", "voorveld__arrangementen"),
    ):
        if arrangement_id in ids:
            found[regio_id].add(arrangement_id)
    return found


def _holders(rol: str, veld: str, ids: Iterable[int], dag: date) -> dict[int, list[tuple[int | None, str]]]:
    """Who holds a role for each of these organisations on a day, with an account that is open."""
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    rows = Aanstelling.objects.on(dag).filter(rol=rol, user__is_active=True, **{f"{veld}__in": list(ids)})
    for organisatie_id, user_id in sorted(set(rows.values_list(veld, "user_id"))):
        found[organisatie_id].append((user_id, ""))
    return found


def _mailbox(adres: str) -> list[tuple[int | None, str]]:
    return [(None, adres)] if adres else []
