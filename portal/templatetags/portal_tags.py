"""Tags and filters of every template (a builtin library: no {% load %} needed)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.http import QueryDict
from django.templatetags.static import do_static, static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kern.kalender import count_workdays
from kern.klok import AMSTERDAM, local_date, now, today
from portal import rules, schrijfwijze

register = template.Library()
register.tag("static", do_static)

#: The tones a badge can have: Utrecht's modifier and an icon, so that colour never stands alone.
TONEN = {
    "neutraal": ("neutral", "info"),
    "bezig": ("neutral", "start"),
    "wacht": ("warning", "pauze"),
    "goed": ("success", "goed"),
    "let_op": ("warning", "let-op"),
    "te_laat": ("danger", "wekker"),
    "klaar": ("inactive", "vink"),
}
ALERTS = {
    "info": ("info", "info"),
    "success": ("ok", "goed"),
    "ok": ("ok", "goed"),
    "warning": ("warning", "let-op"),
    "error": ("error", "fout"),
}
BEREIK = {
    "vestiging": " voor deze vestiging",
    "school": " voor deze school",
    "sector": " voor deze sector",
    "team": " van dit team",
}
WIDGET_CLASSES: tuple[tuple[type, str], ...] = (
    (CheckboxInput, "utrecht-checkbox"),
    (Textarea, "utrecht-textarea"),
    (Select, "utrecht-select"),
)


# --- Words and numbers ------------------------------------------------------------------------------------------
register.filter("postcode", schrijfwijze.write_postcode)
register.filter("initialen", schrijfwijze.initials)
register.filter("tint", schrijfwijze.tint)
register.filter("element_id", schrijfwijze.element_id)


@register.filter
def telefoon(nummer: str) -> SafeString | str:
    """A phone number as a link; whatever cannot be dialled stays text, nothing gives an empty string."""
    if not (dial := schrijfwijze.dial(nummer or "")):
        return nummer or ""
    return format_html('<a class="ap-bel" href="tel:{}">{}</a>', dial, schrijfwijze.write_phone(nummer))


@register.filter
def maillink(adres: str) -> SafeString | str:
    """An address as a link; on a narrow screen it breaks before the @."""
    if "@" not in (adres or ""):
        return adres or ""
    name, domain = adres.rsplit("@", 1)
    return format_html('<a href="mailto:{}@{}">{}<wbr>@{}</a>', name, domain, name, domain)


@register.filter
def datum_kort(value: date | datetime | str | None) -> str:
    """'do 3 dec'; also understands an ISO date, as in the JSON of a route."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    day = local_date(value) if isinstance(value, datetime) else value
    return rules.short_date(day, today=today())


@register.filter
def moment(value: datetime | None) -> str:
    """'vandaag 14:05', 'ma 30 nov 14:05'."""
    return rules.write_moment(value.astimezone(AMSTERDAM), now=now()) if value else ""


# --- Small components -------------------------------------------------------------------------------------------
@register.simple_tag
def icoon(naam: str, klasse: str = "") -> SafeString:
    """An icon from front/icons; hidden from screen readers, since words always stand beside it."""
    return format_html(
        '<svg class="ap-icoon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {klasse}" if klasse else "",
        static("build/icons.svg"),
        naam,
    )


@register.inclusion_tag("components/termijn.html")
def termijn(due: datetime, wat: str = "", klaar_op: datetime | None = None) -> dict[str, Any]:
    """A clock: {% termijn t.vervalt_op "antwoord" %}; with `klaar_op` it says whether it was on time."""
    here, due_here = now(), due.astimezone(AMSTERDAM)
    if klaar_op:
        text = rules.write_done(klaar_op.astimezone(AMSTERDAM), due=due_here, now=here, wat=wat)
    else:
        left = count_workdays(here.date(), due_here.date()) if due_here > here else 0
        text = rules.write_clock(due_here, now=here, workdays=left, wat=wat)
    return {"klok": text, "wanneer": due_here}


@register.inclusion_tag("components/badge.html")
def badge(tekst: str, toon: str = "neutraal") -> dict[str, str]:
    """A status: {% badge "te laat" "te_laat" %}. A mistyped tone fails at once."""
    soort, naam = TONEN[toon]
    return {"tekst": tekst, "soort": soort, "icoon_naam": naam}


def _get(thing: Any, key: str) -> Any:
    """A person comes as a model, as a part of a Route, or as its JSON."""
    return thing.get(key) if isinstance(thing, Mapping) else getattr(thing, key, None)


@register.inclusion_tag("components/gezicht.html")
def gezicht(persoon: Any, maat: str = "") -> dict[str, Any]:
    """The photo of a person, or the initials: {% gezicht persoon "groot" %} (groot, midden, klein)."""
    naam = str(_get(persoon, "naam") or "")
    foto_url = reverse("foto", args=[_get(persoon, "id")]) if _get(persoon, "foto") else ""
    return {"naam": naam, "foto_url": foto_url, "maat": maat}


@register.filter
def bereiktekst(persoon: Any) -> str:
    """For what someone is the aanspreekpunt: 'aanspreekpunt voor deze school'."""
    voor = {
        "vestiging": " voor deze vestiging",
        "school": " voor deze school",
        "sector": " voor deze sector",
        "team": " van dit team",
    }
    return f"aanspreekpunt{voor.get(str(_get(persoon, 'bereik') or ''), '')}"


@register.simple_tag
def alertsoort(tags: str) -> tuple[str, str]:
    """Utrecht's modifier and the icon for the level of a message ('success', 'error extra')."""
    return next((ALERTS[tag] for tag in tags.split() if tag in ALERTS), ALERTS["info"])


# --- Forms ------------------------------------------------------------------------------------------------------
@register.simple_tag
def invoer(field: BoundField) -> SafeString:
    """The input of a field with the class of its Utrecht component, without a placeholder that only repeats the label."""
    widget = field.field.widget
    repeats = widget.attrs.get("placeholder") == field.label
    klasse = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "utrecht-textbox")
    own = widget.attrs.get("class", "")
    extra = {"placeholder": False} if repeats else {}
    return field.as_widget(attrs={"class": f"{klasse} {own}".strip(), **extra})


@register.filter
def veldsoort(field: BoundField) -> str:
    """'vink' (one checkbox), 'keuzes' (a group) or 'invoer': how the label stands to the input."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "keuzes"
    return "vink" if isinstance(widget, CheckboxInput) else "invoer"


@register.filter
def foutdoel(field: BoundField) -> str:
    """The id an error summary links to: the input, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


# --- Lists ------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def met_query(context: Mapping[str, Any], **changes: Any) -> str:
    """The query string of this page with some values changed; an empty value takes the key away. Starts with '?'."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value in {None, ""}:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def paginanummers(page: Page[Any], naast: int | str | None) -> Iterator[str | int]:
    """The pages that one can go to from here: the first, the last, and `naast` (1) on either side, with an ellipsis between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=int(naast or 1), on_ends=1)


@register.simple_tag(takes_context=True)
def met_pagina(context: Mapping[str, Any], sleutel: str | None, nummer: int) -> str:
    """The query string of this page with another page of a list; `sleutel` is its name there, for a screen with two lists."""
    return met_query(context, **{sleutel or "pagina": nummer})


@register.inclusion_tag("components/balkje.html")
def balkje(deel: float, geheel: float = 100, *, slecht: bool = False) -> dict[str, Any]:
    """A bar in a cell, next to its number: drawn with SVG attributes, since the CSP knows no inline style."""
    share = max(0.0, min(1.0, deel / geheel)) if geheel else 0.0
    return {"breedte": round(share * 100, 1), "slecht": slecht}
