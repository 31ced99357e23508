"""Handing out a document, after the same question as everything else of a casus; and taking one away."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from casussen.actions.documenten import is_available, may_remove, remove_document
from casussen.documenten import opslag
from casussen.forms_berichten import VerwijderForm
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.models import Casus, Document
from casussen.queries.berichten import documents_for
from casussen.views.berichten import TAB
from casussen.views.dossier import LEZERS, MEEKIJKERS, open_dossier
from casussen.views.zicht import relation_of
from kern.kijker import Kijker
from kern.klok import now
from toegang.actions.inzage import log_inzage
from toegang.toelating import voor

#: Whatever a browser is made to do with it: it is not shown, it starts nothing, and it is kept nowhere.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def find_document(casus: Casus, kijker: Kijker, sleutel: UUID) -> Document:
    """The document, or 404: of another casus, of another circle, or from before this viewer looked along."""
    found = documents_for(casus, kijker).filter(sleutel=sleutel).first()
    if found is None:
        raise Http404
    return found


def hand_out(casus: Casus, kijker: Kijker, document: Document, *, content: bool) -> FileResponse:
    """The bytes of a document, always as a download and with the type we gave it; written in the access log."""
    if not is_available(document):
        raise Http404
    file = opslag.open_file(document.sleutel)
    if file is None:
        raise Http404
    log_inzage(
        kijker=kijker,
        actie="document_openen",
        object_soort="casus",
        object_id=casus.pk,
        doel=f"document {document.pk}",
        relatie=relation_of(kijker, casus, content=content),
        op=now(),
    )
    mime = "text/plain; charset=utf-8" if document.soort_mime == "text/plain" else document.soort_mime
    response = FileResponse(file, as_attachment=True, filename=document.naam, content_type=mime)
    for name, value in HEADERS.items():
        response[name] = value
    return response


@voor(*LEZERS, *MEEKIJKERS)
@require_GET
def openen(request: HttpRequest, nummer: str, document: UUID) -> HttpResponseBase:
    dossier = open_dossier(request, nummer, TAB, log=False)
    found = find_document(dossier.casus, dossier.kijker, document)
    return hand_out(dossier.casus, dossier.kijker, found, content=dossier.blik.reads)


@voor(*LEZERS, *MEEKIJKERS)
@require_http_methods(["GET", "POST"])
def verwijderen(request: HttpRequest, nummer: str, document: UUID) -> HttpResponseBase:
    """Ask why, and take the file away; that it was there, and why it went, stays."""
    dossier = open_dossier(request, nummer, TAB)
    found = find_document(dossier.casus, dossier.kijker, document)
    terug_url = reverse(TAB, args=[nummer])
    if not may_remove(found, dossier.kijker):
        if found.verwijderd_op is not None:
            return redirect(terug_url)
        raise Http404
    form = VerwijderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_document(document_id=found.pk, by=dossier.kijker, op=now(), reden=form.cleaned_data["reden"])
        except Onvolledig as fout:
            for item in fout.ontbreekt:
                form.add_error("reden", item["melding"])
        except NietBevoegd as fout:
            raise Http404 from fout
        else:
            messages.success(request, "Het document is verwijderd.")
            return redirect(terug_url)
    context = {**dossier.context(TAB), "document": found, "form": form, "terug_url": terug_url}
    status = 422 if form.errors else 200
    return render(request, "casussen/document_verwijderen.html", context, status=status)
