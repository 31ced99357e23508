"""Reads about the network as a whole: rules that need a look after another editie, and holes in it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gebieden.models import Buurt, Editie, Gemeente, RegisterRegel, Wijk
from gebieden.queries import Verschil, successors_on
from kern.klok import today
from scholen.sectoren import Sector
from wijkteams.models import SoortGebied, Werkgebied
from wijkteams.rules import Kenmerken, Plaats, Regel, decide

#: Youth help ends at eighteen; whether a gemeente has a team for older students is its own choice, not a hole.
VOLWASSEN = 18
_IN_EEN_BUURT = (SoortGebied.PC4, SoortGebied.PC6, SoortGebied.NUMMERS)


# --- After another editie --------------------------------------------------------------------------------------------


def touched_werkgebieden(verschil: Verschil) -> QuerySet[Werkgebied]:
    """Rules that hold now or later and whose area vanished, moved its border or got another name."""
    return (
        Werkgebied.objects.filter(gebied__in=verschil.geraakt, tot__gt=today())
        .select_related("wijkteam", "wijkteam__gemeente")
        .order_by("wijkteam__naam", "rang", "gebied", "id")
    )


def describe_touched(verschil: Verschil) -> list[str]:
    """One line per rule that its owner must look at (see `gebieden.gevolgen`)."""
    return [
        f"{regel.wijkteam.naam}, werkgebied {regel.pk}: {regel.get_soort_display()} {regel.gebied} "
        f"{why_touched(regel.gebied, verschil)}"
        for regel in touched_werkgebieden(verschil)
    ]


def why_touched(code: str, verschil: Verschil) -> str:
    """What happened to the area of a rule, in words."""
    if code in verschil.vervallen:
        return "bestaat niet meer"
    redenen = {"heeft een andere grens": verschil.gewijzigd, "heeft een andere naam": verschil.hernoemd}
    return " en ".join(reden for reden, codes in redenen.items() if code in codes)


def vervallen_werkgebieden(editie: Editie) -> QuerySet[Werkgebied]:
    """Rules that hold now or later for an area that this editie does not know: they can never win."""
    gemeenten = set(editie.gemeenten) or set(Gemeente.objects.values_list("code", flat=True))
    postcodes = RegisterRegel.objects.filter(editie=editie)
    bestaat = (
        Q(soort=SoortGebied.WIJK) & Exists(Wijk.objects.filter(editie=editie, code=OuterRef("gebied")))
        | Q(soort=SoortGebied.BUURT) & Exists(Buurt.objects.filter(editie=editie, code=OuterRef("gebied")))
        | Q(soort__in=[SoortGebied.PC6, SoortGebied.NUMMERS]) & Exists(postcodes.filter(postcode=OuterRef("gebied")))
        | Q(soort=SoortGebied.PC4) & Exists(postcodes.filter(postcode__startswith=OuterRef("gebied")))
        | Q(soort__in=[SoortGebied.SCHOOL, SoortGebied.VOORRANG, SoortGebied.GEMEENTE], gebied__in=gemeenten)
    )
    return Werkgebied.objects.filter(tot__gt=today()).exclude(bestaat).select_related("wijkteam").order_by("rang", "gebied", "id")


# --- Holes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gat:
    """A buurt of the region in which pupils of these sectors have no team. `deels`: rules for postcodes cover some addresses."""

    gemeente: str
    buurt_code: str
    buurt: str
    sectoren: tuple[str, ...]
    deels: bool


def find_gaps(op: date, *, regio_id: int | None = None) -> list[Gat]:
    """Every buurt of the active editie where on this day some pupil under eighteen has no team: in one region, or in all."""
    in_region = Gemeente.objects.in_region() if regio_id is None else Gemeente.objects.filter(regio_id=regio_id)
    gemeenten = dict(in_region.values_list("code", "naam"))
    regels = rules_on(op)
    per_code: dict[str, list[Regel]] = {}
    for regel in regels:
        per_code.setdefault(regel.gebied, []).append(regel)
    gaten = []
    for code, naam in Buurt.objects.filter(editie__actief=True).order_by("code").values_list("code", "naam"):
        gemeente = gemeenten.get(f"GM{code[2:6]}")
        plaats = Plaats(code, postcode="", huisnummer=0)
        hier = [regel for gebied in plaats.codes for regel in per_code.get(gebied, ())]
        sectoren = tuple(sector for sector in Sector.values if not _covered(hier, plaats, sector)) if gemeente else ()
        if gemeente and sectoren:
            gaten.append(Gat(gemeente, code, naam, sectoren, deels=False))
    return _mark_partly(gaten, [regel for regel in regels if regel.soort in _IN_EEN_BUURT])


def rules_on(op: date) -> list[Regel]:
    """The rules that hold on a day, of teams that exist on it.

    A rule for a gemeente also stands under the codes of those that went on in it, since the register may still name these; a rule
    that names a code of which the gemeente is no more holds nowhere.
    """
    rows = (
        Werkgebied.objects.filter(van__lte=op, tot__gt=op)
        .filter(Q(wijkteam__geldig_van__isnull=True) | Q(wijkteam__geldig_van__lte=op))
        .filter(Q(wijkteam__geldig_tot__isnull=True) | Q(wijkteam__geldig_tot__gt=op))
        .values(*(veld.name for veld in fields(Regel)))
    )
    regels = [Regel(**row) for row in rows]
    opgegaan = successors_on(op)
    if not opgegaan:
        return regels
    voorgangers: dict[str, list[str]] = {}
    for oud, nieuw in opgegaan.items():
        voorgangers.setdefault(nieuw, []).append(oud)
    levend = [regel for regel in regels if regel.gebied not in opgegaan]
    return [*levend, *(replace(regel, gebied=oud) for regel in levend for oud in voorgangers.get(regel.gebied, ()))]


def _covered(regels: Iterable[Regel], plaats: Plaats, sector: str) -> bool:
    """Is there a team at every age under eighteen?"""
    ages = {0, *(regel.leeftijd_van for regel in regels), *(regel.leeftijd_tot for regel in regels)}
    return all(decide(regels, plaats, Kenmerken((sector,), age)).winsten for age in ages if age < VOLWASSEN)


def _mark_partly(gaten: list[Gat], fijn: list[Regel]) -> list[Gat]:
    """Which of these buurten hold addresses for which a postcode has a rule of its own."""
    if not gaten or not fijn:
        return gaten
    postcodes = Q()
    for regel in fijn:
        postcodes |= Q(postcode__startswith=regel.gebied)
    deels = set(
        RegisterRegel.objects.filter(postcodes, editie__actief=True, buurt_code__in=[gat.buurt_code for gat in gaten])
        .values_list("buurt_code", flat=True)
        .distinct()
    )
    return [Gat(gat.gemeente, gat.buurt_code, gat.buurt, gat.sectoren, gat.buurt_code in deels) for gat in gaten]
