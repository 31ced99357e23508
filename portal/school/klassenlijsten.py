"""Class lists: upload, check, have worked through, and see what became of it."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kern.klok import now
from portal.school.forms import KlassenlijstForm
from portal.school.upload import too_large, uploads_in_memory
from scholen.actions.klassenlijst import (
    NietMogelijkError,
    discard,
    rejected_table,
    request_processing,
    set_columns,
    upload_klassenlijst,
    view_of,
)
from scholen.klassenlijst.afgewezen import harmless, mask_secret
from scholen.klassenlijst.bestand import ListError
from scholen.klassenlijst.kolommen import VELDEN
from scholen.klassenlijst.opslaan import foresee
from scholen.models import Klassenlijst, KlassenlijstStatus
from scholen.rollen import ZORGCOORDINATOR
from toegang.actions.inzage import log_inzage
from toegang.toelating import kijker_of, voor

PER_PAGINA = 50
VOORBEELDEN = 3
VOORBEELD_LIJST = (
    (
        *("Leerlingnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "Geboortedatum"),
        *("Postcode", "Huisnummer", "Toevoeging", "Klas", "Geheim adres"),
    ),
    ("10001", "Voorbeeld", "van", "Leerling", "17-05-2011", "2037 RB", "12", "A", "3B", "nee"),
    ("10002", "Tweede", "", "Voorbeeld", "03-11-2012", "2034 AA", "7", "", "2A", "ja"),
)
TONEN = {
    KlassenlijstStatus.CONTROLE: "let_op",
    KlassenlijstStatus.WACHT: "wacht",
    KlassenlijstStatus.BEZIG: "bezig",
    KlassenlijstStatus.KLAAR: "goed",
    KlassenlijstStatus.MISLUKT: "te_laat",
    KlassenlijstStatus.WEGGEGOOID: "klaar",
}


@voor(ZORGCOORDINATOR)
@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def klassenlijsten(request: HttpRequest) -> HttpResponseBase:
    """Upload a list, and the lists of before."""
    kijker = kijker_of(request)
    form = KlassenlijstForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        kijker=kijker,
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                lijst = upload_klassenlijst(
                    data=form.cleaned_data["bestand"].read(),
                    vestiging=form.gekozen,
                    sector=form.cleaned_data.get("sector") or "",
                    sleutel=form.cleaned_data["sleutel"] or form.fields["sleutel"].initial,
                    by=kijker,
                    op=now(),
                )
            except ListError as mis:
                form.add_error("bestand", str(mis))
            else:
                return redirect("klassenlijst", pk=lijst.pk)
        elif too_large(request) and "bestand" in form.errors:
            form.errors["bestand"] = form.error_class(["Dit bestand is groter dan 5 MB. Splits de lijst."])
    eerder = Klassenlijst.objects.visible_to(kijker).defer("inhoud", "afgewezen", "fouten").select_related("vestiging", "door")
    page = Paginator(eerder, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "lijsten": [{"lijst": lijst, "toon": TONEN[KlassenlijstStatus(lijst.status)]} for lijst in page.object_list],
        "kruimels": [("Mijn wijkteams", reverse("mijn-wijkteams"))],
    }
    return render(request, "school/klassenlijsten.html", context)


@voor(ZORGCOORDINATOR)
@require_GET
def voorbeeld(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001  (a view)
    """A list as we like it, to fill in or to compare with."""
    return _csv("klassenlijst-voorbeeld.csv", VOORBEELD_LIJST)


@voor(ZORGCOORDINATOR)
@require_GET
def klassenlijst(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One list: what we read in it, how far it is, or what became of it."""
    lijst = _own(request, pk)
    page = Paginator(lijst.fouten, PER_PAGINA).get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "lijst": lijst,
        "toon": TONEN[KlassenlijstStatus(lijst.status)],
        "page": page,
        "fouten": [{**fout, "veld": VELDEN.get(fout["veld"], fout["veld"])} for fout in page.object_list],
        "kruimels": [("Mijn wijkteams", reverse("mijn-wijkteams")), ("Klassenlijsten", reverse("klassenlijsten"))],
    }
    if lijst.status == KlassenlijstStatus.CONTROLE:
        log_inzage(kijker=kijker_of(request), actie="bekijken", object_soort="klassenlijst", object_id=lijst.pk)
        context |= _check(lijst)
        return render(request, "school/klassenlijst_controle.html", context)
    return render(request, "school/klassenlijst.html", context)


def _check(lijst: Klassenlijst) -> dict[str, Any]:
    """The columns with what stands in them first, and what would happen."""
    beeld = view_of(lijst)
    rijen = [mask_secret(beeld.velden, cellen) for _, cellen in beeld.inhoud.rijen[: VOORBEELDEN * 4]]
    kolommen = [
        {
            "plek": plek,
            "kop": kop or f"kolom {plek + 1}",
            "veld": beeld.velden[plek],
            "voorbeelden": [rij[plek] for rij in rijen if rij[plek]][:VOORBEELDEN],
        }
        for plek, kop in enumerate(beeld.inhoud.koppen)
    ]
    return {
        "kolommen": kolommen,
        "velden": VELDEN.items(),
        "mist": beeld.mist,
        "straks": foresee(lijst.vestiging.school_id, beeld.lezing.goed),
    }


@voor(ZORGCOORDINATOR)
@require_GET
def stand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far it is: asked again and again by the page. When it is done the page loads itself anew."""
    lijst = _own(request, pk)
    response = render(request, "school/delen/klassenlijst_stand.html", {"lijst": lijst})
    if not lijst.loopt:
        response["HX-Refresh"] = "true"
    return response


@voor(ZORGCOORDINATOR)
@require_GET
def fouten(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows with a mistake, with the reasons beside them."""
    lijst = _own(request, pk)
    tabel = rejected_table(lijst)
    if not tabel.rijen:
        messages.info(request, "Van deze klassenlijst zijn geen foute rijen meer bewaard.")
        return redirect("klassenlijst", pk=lijst.pk)
    log_inzage(kijker=kijker_of(request), actie="downloaden", object_soort="klassenlijst", object_id=lijst.pk)
    return _csv("klassenlijst-foute-rijen.csv", [tabel.koppen, *(cellen for _, cellen in tabel.rijen)])


@voor(ZORGCOORDINATOR)
@require_POST
def kolommen(request: HttpRequest, pk: int) -> HttpResponseBase:
    lijst = _own(request, pk)
    velden = [request.POST.get(f"kolom-{plek}", "") for plek in range(len(lijst.kolommen))]
    return _do(request, lijst, lambda: set_columns(lijst=lijst, velden=velden, by=kijker_of(request), op=now()), "#kolommen")


@voor(ZORGCOORDINATOR)
@require_POST
def verwerken(request: HttpRequest, pk: int) -> HttpResponseBase:
    lijst = _own(request, pk)
    alleen_goede = request.POST.get("alleen_goede") == "1"
    return _do(
        request, lijst, lambda: request_processing(lijst=lijst, alleen_goede=alleen_goede, by=kijker_of(request), op=now())
    )


@voor(ZORGCOORDINATOR)
@require_POST
def weggooien(request: HttpRequest, pk: int) -> HttpResponseBase:
    lijst = _own(request, pk)
    try:
        discard(lijst=lijst, by=kijker_of(request), op=now())
    except NietMogelijkError as mis:
        messages.warning(request, str(mis))
        return redirect("klassenlijst", pk=lijst.pk)
    messages.success(request, "De klassenlijst is weggegooid.")
    return redirect("klassenlijsten")


def _own(request: HttpRequest, pk: int) -> Klassenlijst:
    return get_object_or_404(Klassenlijst.objects.visible_to(kijker_of(request)).select_related("vestiging"), pk=pk)


def _do(request: HttpRequest, lijst: Klassenlijst, action: Callable[[], object], anchor: str = "") -> HttpResponseBase:
    try:
        action()
    except NietMogelijkError as mis:
        messages.warning(request, str(mis))
    return redirect(f"{reverse('klassenlijst', args=[lijst.pk])}{anchor}")


def _csv(naam: str, rijen: Any) -> HttpResponse:
    """As Excel opens it in the Netherlands: ';', with a BOM, and no cell that runs as a formula."""
    uit = io.StringIO()
    csv.writer(uit, delimiter=";", lineterminator="\r\n").writerows([harmless(str(cel)) for cel in rij] for rij in rijen)
    response = HttpResponse(uit.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{naam}"'
    response["Cache-Control"] = "no-store"
    return response
