"""What must be looked at since another editie became active: derived from the edities themselves, until somebody did so."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from gebieden.models import Editie
from gebieden.queries import Verschil, compare_edities
from kern.klok import local_date
from kern.models import Gebeurtenis
from wijkteams.models import Werkgebied
from wijkteams.queries import touched_werkgebieden, why_touched


@dataclass(frozen=True, slots=True)
class OpenPunt:
    """A rule whose area vanished, changed its border or its name, and why it is here. Vanished: it can never win."""

    werkgebied: Werkgebied
    reden: str
    vervallen: bool


def open_points(regio_ids: Collection[int]) -> list[OpenPunt]:
    """The rules of these regions that stood when the active editie came, were touched by it, and were not looked at since.

    Resolved is: ended, replaced, or found still right (`mark_checked`). A rule for an area that vanished cannot be right.
    """
    editie = Editie.objects.filter(actief=True).first()
    verschil = last_difference(editie) if editie else Verschil()
    if editie is None or editie.geactiveerd_op is None or not verschil.geraakt:
        return []
    dag = local_date(editie.geactiveerd_op)
    regels = touched_werkgebieden(verschil).filter(wijkteam__gemeente__regio_id__in=regio_ids, van__lt=dag)
    gezien = set(regels.filter(nazichten__editie=editie).values_list("pk", flat=True))
    return [
        OpenPunt(regel, why_touched(regel.gebied, verschil), regel.gebied in verschil.vervallen)
        for regel in regels.select_related("school", "vestiging")
        if regel.pk not in gezien or regel.gebied in verschil.vervallen
    ]


def last_difference(editie: Editie) -> Verschil:
    """What changed when this editie took the place of the one before it. Edities do not change, so it is worked out once."""
    soort = Gebeurtenis.objects.filter(soort="editie_geactiveerd", onderwerp_soort="editie", onderwerp_id=editie.pk)
    laatste = soort.order_by("-op", "-pk").values_list("gegevens", flat=True).first()
    vorige_id: int | None = (laatste or {}).get("vorige")
    vorige = Editie.objects.filter(pk=vorige_id).first() if vorige_id is not None else None
    return difference(vorige, editie) if vorige is not None else Verschil()


def difference(oud: Editie, nieuw: Editie) -> Verschil:
    sleutel = f"verschil-{oud.pk}-{nieuw.pk}"
    gevonden = cache.get(sleutel)
    if not isinstance(gevonden, Verschil):
        with transaction.atomic():
            gevonden = compare_edities(oud, nieuw)
        cache.set(sleutel, gevonden, None)
    return gevonden
