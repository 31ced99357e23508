"""Reading the thread and the documents of a casus. The rule of who reads what is `GeplaatstQuerySet`."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casussen.blik import Blik
from casussen.models import Bericht, Berichtgelezen, Casus, Document
from kern.kijker import Kijker


def thread_of(casus: Casus, kijker: Kijker) -> QuerySet[Bericht]:
    """What this viewer reads of the thread, the newest first."""
    return Bericht.objects.filter(casus=casus).readable_by(kijker).select_related("wijkteam").order_by("-pk")


def documents_for(casus: Casus, kijker: Kijker) -> QuerySet[Document]:
    """What this viewer sees of the documents, those that were taken away included; the newest first."""
    return Document.objects.filter(casus=casus).readable_by(kijker).select_related("wijkteam").order_by("-pk")


def documents_of(casus: Casus, blik: Blik) -> list[Document]:
    """The documents that are there, as read with these eyes, the oldest first: for an export. One query."""
    rows = Document.objects.filter(casus=casus, verwijderd_op__isnull=True).as_read_by(blik)
    return list(rows.select_related("wijkteam").order_by("pk"))


def messages_of(casus: Casus, blik: Blik) -> list[Bericht]:
    """The whole thread as read with these eyes, the oldest first: for an export. One query."""
    return list(Bericht.objects.filter(casus=casus).as_read_by(blik).select_related("wijkteam").order_by("pk"))


def by_message(documenten: Iterable[Document]) -> dict[int | None, list[Document]]:
    found: dict[int | None, list[Document]] = defaultdict(list)
    for document in documenten:
        found[document.bericht_id].append(document)
    return found


def unread_counts(kijker: Kijker, casus_ids: Collection[int]) -> dict[int, int]:
    """Per casus how many messages of others this person has not seen; casussen with none are not in it. One query."""
    if kijker.user_id is None or not casus_ids:
        return {}
    read = Berichtgelezen.objects.filter(user_id=kijker.user_id, casus=OuterRef("casus_id")).values("tot_en_met_id")
    waiting = (
        Bericht.objects.filter(casus_id__in=casus_ids, ingetrokken_op__isnull=True)
        .readable_by(kijker)
        .exclude(door_id=kijker.user_id)
        .annotate(gelezen=Coalesce(Subquery(read), 0))
        .filter(pk__gt=F("gelezen"))
    )
    return dict(waiting.order_by().values_list("casus_id").annotate(aantal=Count("pk")))
