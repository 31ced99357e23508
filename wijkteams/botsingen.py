"""What a new agreement clashes with, by name: the rows that its exclusion constraint would refuse it for."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from wijkteams.models import Aanspreekpunt, Afwezigheid, SoortGebied, Werkgebied
from wijkteams.models.werkgebied import BEGIN, EINDE, ELKE_SECTOR, LEEFTIJD_MAX

MEEST = 3


def describe_clash(row: models.Model) -> str:
    """'Botst met …', or '' when nothing is in the way."""
    found: list[str] = []
    if isinstance(row, Werkgebied):
        found = [describe_werkgebied(regel, met_team=True) for regel in clashing_werkgebieden(row)[: MEEST + 1]]
    elif isinstance(row, Aanspreekpunt):
        found = [f"{punt.contactpersoon} ({_period(punt)})" for punt in clashing_aanspreekpunten(row)[: MEEST + 1]]
    elif isinstance(row, Afwezigheid):
        found = [f"afwezig van {a.van:%d-%m-%Y} tot en met {a.tot_en_met:%d-%m-%Y}" for a in clashing_afwezigheden(row)[:1]]
    if not found:
        return ""
    return f"Botst met {'; '.join(found[:MEEST])}{' en meer' if len(found) > MEEST else ''}."


def clashing_werkgebieden(regel: Werkgebied) -> QuerySet[Werkgebied]:
    """The rules that could tie with this one: same kind, area, sector and school, overlapping numbers, ages and days."""
    zijden = {"beide": ["beide", "even", "oneven"], "even": ["beide", "even"], "oneven": ["beide", "oneven"]}
    return (
        Werkgebied.objects.filter(
            soort=regel.soort,
            gebied=regel.gebied,
            sector=regel.sector,
            zijde__in=zijden.get(regel.zijde, [regel.zijde]),
            nummer_van__lte=regel.nummer_tot_en_met,
            nummer_tot_en_met__gte=regel.nummer_van,
            leeftijd_van__lt=regel.leeftijd_tot,
            leeftijd_tot__gt=regel.leeftijd_van,
            van__lt=regel.tot,
            tot__gt=regel.van,
            **_same(regel, "school_id", "vestiging_id"),
        )
        .exclude(pk=regel.pk)
        .select_related("wijkteam", "school", "vestiging")
        .order_by("van", "pk")
    )


def clashing_aanspreekpunten(punt: Aanspreekpunt) -> QuerySet[Aanspreekpunt]:
    """The other aanspreekpunten of the same team for the same scope, on overlapping days."""
    overlap = Q(tot__isnull=True) | Q(tot__gt=punt.van)
    if punt.tot is not None:
        overlap &= Q(van__lt=punt.tot)
    same = Aanspreekpunt.objects.filter(**_same(punt, "wijkteam_id", "vestiging_id", "school_id", "sector"))
    return same.filter(overlap).exclude(pk=punt.pk).select_related("contactpersoon").order_by("van")


def clashing_afwezigheden(afwezigheid: Afwezigheid) -> QuerySet[Afwezigheid]:
    same = Afwezigheid.objects.filter(contactpersoon_id=afwezigheid.contactpersoon_id)
    return (
        same.filter(van__lte=afwezigheid.tot_en_met, tot_en_met__gte=afwezigheid.van).exclude(pk=afwezigheid.pk).order_by("van")
    )


def _same(row: models.Model, *velden: str) -> dict[str, Any]:
    return {veld: getattr(row, veld) for veld in velden}


def _period(punt: Aanspreekpunt) -> str:
    return f"sinds {punt.van:%d-%m-%Y}{f', tot {punt.tot:%d-%m-%Y}' if punt.tot else ''}"


def describe_werkgebied(regel: Werkgebied, *, met_team: bool = False) -> str:
    """One agreement in words: 'Wijkteam Oost, wijk WK039206, elke sector, sinds 1-1-2025'."""
    parts = [regel.wijkteam.naam] if met_team else []
    parts.append(f"{kind_of(regel)} {regel.gebied}")
    if regel.school or regel.vestiging:
        parts.append(str(regel.school or regel.vestiging))
    if regel.soort == SoortGebied.NUMMERS:
        zijde = "" if regel.zijde == "beide" else f" {regel.zijde}"
        parts.append(f"nummers {regel.nummer_van}–{regel.nummer_tot_en_met}{zijde}")
    parts.append("elke sector" if regel.sector == ELKE_SECTOR else regel.get_sector_display())
    if regel.leeftijd_van or regel.leeftijd_tot < LEEFTIJD_MAX:
        parts.append(ages_of(regel))
    if days := days_of(regel):
        parts.append(days)
    return ", ".join(parts)


_KORT = {
    SoortGebied.SCHOOL: "schoolregel in",
    SoortGebied.VOORRANG: "voorrang in",
    SoortGebied.NUMMERS: "postcode",
    SoortGebied.PC6: "postcode",
    SoortGebied.PC4: "postcodegebied",
}


def kind_of(regel: Werkgebied) -> str:
    """The kind of a rule, short: 'wijk', 'postcode', 'voorrang in'."""
    return _KORT.get(SoortGebied(regel.soort), str(regel.get_soort_display()))


def ages_of(regel: Werkgebied) -> str:
    if regel.leeftijd_tot >= LEEFTIJD_MAX:
        return f"vanaf {regel.leeftijd_van} jaar" if regel.leeftijd_van else "alle leeftijden"
    return f"{regel.leeftijd_van} tot {regel.leeftijd_tot} jaar"


def days_of(regel: Werkgebied) -> str:
    """'sinds 1-1-2025, tot 1-7-2026'; '' when it always held and always will."""
    parts = [f"sinds {regel.van:%d-%m-%Y}"] if regel.van > BEGIN else []
    parts += [f"tot {regel.tot:%d-%m-%Y}"] if regel.tot < EINDE else []
    return ", ".join(parts)
