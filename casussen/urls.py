"""Addresses of the loop. A casus is named by its number; nothing in a URL tells who it is about."""

from django.urls import path, register_converter

from casussen import urls_consult
from casussen.views import (
    aanmelden,
    acties,
    berichten,
    casus,
    delen,
    documenten,
    hulp,
    lijsten,
    meldingen,
    ontvangst,
    overleg,
    plan,
    taken,
    tijdlijn,
    uitvoeren,
    verzuim,
    zoeken,
)


class CasusnummerConverter:
    """'2026-004312'."""

    regex = r"\d{4}-\d{6,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CasusnummerConverter, "casusnummer")

urlpatterns = [
    path("mijn-dag", lijsten.mijn_dag, name="mijn-dag"),
    path("werkvoorraad", lijsten.werkvoorraad, name="werkvoorraad"),
    path("werkvoorraad/toewijzen", lijsten.toewijzen, name="werkvoorraad-toewijzen"),
    path("te-routeren", lijsten.te_routeren, name="te-routeren"),
    path("filters/nieuw", lijsten.nieuw, name="filter-nieuw"),
    path("filters/<int:filter_id>", lijsten.bewaard, name="filter"),
    path("zoeken", zoeken.zoeken, name="zoeken"),
    path("meldingen", meldingen.meldingen, name="meldingen"),
    path("meldingen/<int:pk>", meldingen.melding, name="melding"),
    path("ontvangst/<str:token>", ontvangst.ontvangst, name="ontvangst"),
    path("hulp-inzet", hulp.mijn_inzet, name="mijn-inzet"),
    path("casussen", lijsten.casussen, name="casus-lijst"),
    path("casussen/nieuw", aanmelden.nieuw, name="casus-nieuw"),
    path("casussen/<casusnummer:nummer>", casus.casus, name="casus"),
    path("casussen/<casusnummer:nummer>/tijdlijn", tijdlijn.tijdlijn, name="casus-tijdlijn"),
    path("casussen/<casusnummer:nummer>/aanmelden/<slug:stap>", aanmelden.stap, name="casus-aanmelden"),
    path("casussen/<casusnummer:nummer>/kopie", uitvoeren.uitvoeren, name="casus-uitvoer"),
    path("casussen/<casusnummer:nummer>/verzuim", verzuim.verzuim, name="casus-verzuim"),
    path("casussen/<casusnummer:nummer>/berichten", berichten.berichten, name="casus-berichten"),
    path("casussen/<casusnummer:nummer>/berichten/<int:bericht>/intrekken", berichten.intrekken, name="casus-bericht-intrekken"),
    path("casussen/<casusnummer:nummer>/documenten/<uuid:document>", documenten.openen, name="casus-document"),
    path(
        "casussen/<casusnummer:nummer>/documenten/<uuid:document>/verwijderen",
        documenten.verwijderen,
        name="casus-document-verwijderen",
    ),
    path("casussen/<casusnummer:nummer>/plan", plan.plan, name="casus-plan"),
    path("casussen/<casusnummer:nummer>/hulp", hulp.hulp, name="casus-hulp"),
    path("casussen/<casusnummer:nummer>/wie-ziet-wat", delen.delen, name="casus-delen"),
    path("casussen/<casusnummer:nummer>/overleg", overleg.overleg, name="casus-overleg"),
    path("casussen/<casusnummer:nummer>/overleg/<int:pk>.ics", overleg.ics, name="casus-overleg-ics"),
    path("casussen/<casusnummer:nummer>/taken", taken.taken, name="casus-taken"),
    path("casussen/<casusnummer:nummer>/<slug:actie>", acties.take_step, name="casus-actie"),
    *urls_consult.urlpatterns,
]
