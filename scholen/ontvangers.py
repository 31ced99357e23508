"""Who at a school is told something. Asked of the user model of the installation: this room knows no accounts."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Q

from scholen.rollen import ZORGCOORDINATOR


def zorgcoordinatoren_of(school_ids: Collection[int], dag: date) -> dict[int, list[int]]:
    """The ids of the zorgcoördinatoren of each of these schools on a day. One query."""
    found: dict[int, list[int]] = {school_id: [] for school_id in school_ids}
    holds = (Q(aanstellingen__tot__isnull=True) | Q(aanstellingen__tot__gt=dag)) & Q(aanstellingen__van__lte=dag)
    users = get_user_model()._default_manager.filter(  # noqa: SLF001  (the manager that every user model has)
        holds, aanstellingen__rol=ZORGCOORDINATOR.sleutel, aanstellingen__school_id__in=found, is_active=True
    )
    for user_id, school_id in sorted(users.values_list("pk", "aanstellingen__school_id").distinct()):
        found[school_id].append(user_id)
    return found
