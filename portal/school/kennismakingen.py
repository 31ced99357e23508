"""Kennismakingen: who of the school met whom of a wijkteam. Both sides see the same list, and both may add to it."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kern.kijker import Kijker
from kern.klok import now, today
from portal.school.forms import KennismakingForm
from scholen.models import School
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.models import Aanstelling
from toegang.toelating import kijker_of, voor
from wijkteams.actions.kennismakingen import record_meeting, remove_meeting
from wijkteams.models import Contactpersoon, Kennismaking
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

PER_PAGINA = 50
SCHOOL = (ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
TEAM = (WIJKTEAMLID, WIJKTEAMCOORDINATOR)
Groepen = list[tuple[str, Any]]


@voor(*SCHOOL, *TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def kennismakingen(request: HttpRequest) -> HttpResponseBase:
    kijker = kijker_of(request)
    vooraf = {"contactpersoon": request.GET.get("contactpersoon", ""), "medewerker": _self_key(kijker)}
    form = KennismakingForm(
        request.POST if request.method == "POST" else None,
        initial=vooraf,
        contactpersonen=_contacts(kijker),
        medewerkers=_staff(kijker),
    )
    if request.method == "POST" and form.is_valid() and _save(form, kijker):
        messages.success(request, "De kennismaking staat erbij.")
        return redirect("kennismakingen")
    own = (
        Kennismaking.objects.visible_to(kijker)
        .select_related("contactpersoon", "contactpersoon__wijkteam", "medewerker", "school")
        .order_by("-datum", "-pk")
    )
    page = Paginator(own, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "is_school": kijker.heeft(*SCHOOL),
        "kijker_id": kijker.user_id,
    }
    return render(request, "school/kennismakingen.html", context)


@voor(*SCHOOL, *TEAM)
@require_POST
def verwijderen(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    meeting = get_object_or_404(Kennismaking.objects.visible_to(kijker), pk=pk)
    remove_meeting(meeting=meeting, by=kijker, op=now())
    messages.success(request, "De kennismaking is verwijderd.")
    return redirect("kennismakingen")


def _save(form: KennismakingForm, kijker: Kijker) -> bool:
    gegevens = form.cleaned_data
    user_id, _, school_id = gegevens["medewerker"].partition(":")
    try:
        record_meeting(
            contactpersoon=Contactpersoon.objects.get(pk=gegevens["contactpersoon"]),
            medewerker_id=int(user_id),
            school=School.objects.get(pk=school_id),
            datum=gegevens["datum"],
            soort=gegevens["soort"],
            by=kijker,
            op=now(),
        )
    except ValidationError as mis:
        form.add_error(None, mis)
        return False
    except PermissionDenied:
        form.add_error("contactpersoon", "Kies iemand van uw eigen wijkteam, of iemand van uw eigen school.")
        return False
    return True


def _self_key(kijker: Kijker) -> str:
    """The viewer, as the list of school staff names them."""
    schools = kijker.ids(*SCHOOL)
    return f"{kijker.user_id}:{min(schools)}" if schools else ""


def _contacts(kijker: Kijker) -> Groepen:
    """Of a school: everyone of every team; of a team: the own people. Grouped by team."""
    dag = today()
    people = Contactpersoon.objects.visible_to(kijker).filter(Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=dag))
    if not kijker.heeft(*SCHOOL):
        people = people.filter(wijkteam_id__in=kijker.ids(*TEAM))
    rows = people.order_by("wijkteam__naam", "naam").values_list("pk", "naam", "wijkteam__naam")
    return _grouped((str(pk), naam, team) for pk, naam, team in rows)


def _staff(kijker: Kijker) -> Groepen:
    """Of a school: the own colleagues; of a team: those of every school. Grouped by school."""
    staff = Aanstelling.objects.on(today()).filter(rol__in=[rol.sleutel for rol in SCHOOL], user__is_active=True)
    if not kijker.heeft(*TEAM):
        staff = staff.filter(school_id__in=kijker.ids(*SCHOOL))
    staff = staff.order_by("school__naam", "user__naam").distinct()
    rows = staff.values_list("user_id", "school_id", "user__naam", "school__naam")
    return _grouped((f"{user}:{school}", naam, school_naam) for user, school, naam, school_naam in rows)


def _grouped(rows: Any) -> Groepen:
    """Choices under the name of their organisation; without it when there is only one."""
    groepen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, naam, groep in rows:
        if (key, naam) not in groepen[groep]:
            groepen[groep].append((key, naam))
    if len(groepen) == 1:
        return list(next(iter(groepen.values())))
    return list(groepen.items())
