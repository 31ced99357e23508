"""The thread of a casus: what was said, by whom, for whom; the documents beside it; and writing something new."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from casussen.actions.documenten import is_available, may_remove
from casussen.actions.gesprek import mark_thread_read, may_withdraw, place_bericht, withdraw_bericht
from casussen.documenten.upload import AANTAL_MAX, too_large, with_files
from casussen.forms_berichten import BerichtForm
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import ScanStatus
from casussen.kringen import Gesprek, conversation_of, in_words, read_by
from casussen.models import Bericht, Document
from casussen.queries.berichten import by_message, documents_for, thread_of
from casussen.views.dossier import LEZERS, MEEKIJKERS, Dossier, open_dossier
from kern.klok import local_date, now
from scholen.sectoren import woorden
from toegang.rollen import ROLLEN, ZORGCOORDINATOR
from toegang.toelating import voor

PER_PAGINA = 50
TAB = "casus-berichten"


@voor(*LEZERS, *MEEKIJKERS)
@with_files
@require_http_methods(["GET", "POST"])
def berichten(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """The newest page of the thread first; a look marks it as read."""
    dossier = open_dossier(request, nummer, TAB)
    gesprek = conversation_of(dossier.casus)
    form = _form(gesprek, dossier, request)
    if request.method == "POST":
        return _place(request, dossier, gesprek, form)
    return _page(request, dossier, gesprek, form)


def _form(gesprek: Gesprek, dossier: Dossier, request: HttpRequest) -> BerichtForm | None:
    writer = gesprek.writer(dossier.kijker)
    kringen = gesprek.circles(writer) if writer is not None else []
    if not kringen:
        return None
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return BerichtForm(*data, kringen=kringen)


def _place(request: HttpRequest, dossier: Dossier, gesprek: Gesprek, form: BerichtForm | None) -> HttpResponseBase:
    if form is None:
        return _refused(request, dossier, "U kunt bij deze casus nu geen berichten plaatsen.", request.POST.get("tekst", ""), 403)
    if too_large(request):
        form.add_error("bestanden", f"Samen zijn deze bestanden te groot. Kies er hoogstens {AANTAL_MAX} van 10 MB.")
    if form.is_valid():
        values = form.cleaned_data
        try:
            place_bericht(
                casus=dossier.casus,
                by=dossier.kijker,
                op=now(),
                tekst=values["tekst"],
                voor=values["voor"],
                bestanden=form.new_files(),
                sleutel=values["sleutel"],
            )
        except Onvolledig as fout:
            form.add_refusals(fout.ontbreekt)
        except NietBevoegd as fout:
            return _refused(request, dossier, fout.melding, values["tekst"], 403)
        else:
            messages.success(request, "Uw bericht is geplaatst. Wie het leest, krijgt een melding zonder inhoud.")
            return redirect(reverse(TAB, args=[dossier.casus.nummer]) + "#nieuwste")
    if request.FILES and not form.errors.get("bestanden"):
        form.add_error("bestanden", "Kies uw bestanden opnieuw: een browser onthoudt ze niet.")
    return _page(request, dossier, gesprek, form, status=422)


def _page(
    request: HttpRequest, dossier: Dossier, gesprek: Gesprek, form: BerichtForm | None, *, status: int = 200
) -> HttpResponse:
    casus, kijker, op = dossier.casus, dossier.kijker, now()
    page = Paginator(thread_of(casus, kijker), PER_PAGINA).get_page(request.GET.get("pagina"))
    shown: list[Bericht] = list(page.object_list)[::-1]
    documents = list(documents_for(casus, kijker))
    if shown and request.method == "GET":
        mark_thread_read(kijker=kijker, casus=casus, tot_en_met_id=shown[-1].pk, op=op)
    with_message = by_message(documents)
    rows = [
        _row(dossier, bericht, with_message.get(bericht.pk, []), withdraw=may_withdraw(bericht, kijker, op)) for bericht in shown
    ]
    context = {
        **dossier.context(TAB),
        "page": page,
        "dagen": [(day, list(found)) for day, found in groupby(rows, key=lambda row: row["dag"])],
        "documenten": [_document(dossier, document) for document in documents],
        "deelnemers": in_words(gesprek.everyone()),
        "form": form,
        "kring": form.only_circle if form is not None else "",
        "leest_alleen": "" if form is not None else _why_not(gesprek, dossier),
    }
    return render(request, "casussen/berichten.html", context, status=status)


def _why_not(gesprek: Gesprek, dossier: Dossier) -> str:
    if gesprek.writer(dossier.kijker) is None:
        return "U leest hier mee. Schrijven doen de zorgcoördinator, het wijkteam en wie meekijkt."
    return "Er is nu niemand die uw bericht kan lezen. Schrijven kan zodra de casus met een wijkteam is gedeeld."


def _row(dossier: Dossier, bericht: Bericht, documents: Sequence[Document], *, withdraw: bool) -> dict[str, Any]:
    day: date = local_date(bericht.op)
    return {
        "dag": day,
        "bericht": bericht,
        "eigen": bericht.door_id == dossier.kijker.user_id,
        "rol": _role(bericht.door_rol, dossier),
        "leest": read_by(bericht.voor, bericht.wijkteam),
        "documenten": [_document(dossier, document) for document in documents],
        "intrekken_url": (reverse("casus-bericht-intrekken", args=[dossier.casus.nummer, bericht.pk]) if withdraw else ""),
    }


def _role(sleutel: str, dossier: Dossier) -> str:
    if sleutel == ZORGCOORDINATOR.sleutel:
        return woorden(dossier.casus.sector).zorgcoordinator
    return ROLLEN[sleutel].label if sleutel in ROLLEN else ""


def _document(dossier: Dossier, document: Document) -> dict[str, Any]:
    args = [dossier.casus.nummer, document.sleutel]
    gone = document.verwijderd_op is not None
    ready = is_available(document)
    return {
        "document": document,
        "rol": _role(document.door_rol, dossier),
        "leest": read_by(document.voor, document.wijkteam),
        "url": reverse("casus-document", args=args) if ready else "",
        "weg": gone,
        "wacht": not gone and not ready,
        "schoon": document.scan_status == ScanStatus.SCHOON and not gone,
        "verwijder_url": reverse("casus-document-verwijderen", args=args) if may_remove(document, dossier.kijker) else "",
    }


@voor(*LEZERS, *MEEKIJKERS)
@require_POST
def intrekken(request: HttpRequest, nummer: str, bericht: int) -> HttpResponseBase:
    """Take back one's own message."""
    dossier = open_dossier(request, nummer, TAB)
    found = thread_of(dossier.casus, dossier.kijker).filter(pk=bericht).first() if bericht < 2**63 else None
    if found is None:
        raise Http404
    try:
        withdraw_bericht(bericht_id=found.pk, by=dossier.kijker, op=now())
    except NietBevoegd as fout:
        return _refused(request, dossier, fout.melding, "", 403)
    except OnjuisteStatus as fout:
        return _refused(request, dossier, fout.melding, "", 409)
    messages.success(request, "Uw bericht is ingetrokken.")
    return redirect(TAB, nummer=nummer)


def _refused(request: HttpRequest, dossier: Dossier, melding: str, tekst: str, status: int) -> HttpResponse:
    """What was typed is shown, so that it can be copied."""
    context = {
        "casus": dossier.casus,
        "kop": "Dat is niet gelukt",
        "melding": melding,
        "getypt": [("Uw bericht", tekst)] if tekst else [],
        "terug_url": reverse(TAB, args=[dossier.casus.nummer]),
        "mag_niet": status == 403,
    }
    return render(request, "casussen/niet_gelukt.html", context, status=status)
