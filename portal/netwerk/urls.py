"""The addresses of the network. Keys are ids of teams and people and codes of gemeenten: facts, never about a pupil."""

from django.urls import URLPattern, path

from portal.netwerk import urls_watals
from portal.netwerk.schermen import afspraken, gemeenten, mensen, start, teams, vertrek

urlpatterns: list[URLPattern] = [
    path("netwerk", start.netwerk, name="netwerk"),
    path("netwerk/gaten", start.gaten, name="netwerk-gaten"),
    path("netwerk/vervallen", start.vervallen, name="netwerk-vervallen"),
    path("netwerk/mensen", start.mensen, name="netwerk-mensen"),
    path("netwerk/gemeenten/<str:code>", gemeenten.gemeente, name="netwerk-gemeente"),
    path("netwerk/gemeenten/<str:code>/wijzigen", gemeenten.gemeente_wijzigen, name="netwerk-gemeente-wijzigen"),
    path("netwerk/gemeenten/<str:code>/samenvoegen", gemeenten.gemeente_samenvoegen, name="netwerk-gemeente-samenvoegen"),
    path("netwerk/teams/nieuw", teams.team_nieuw, name="netwerk-team-nieuw"),
    path("netwerk/teams/<int:pk>", teams.team, name="netwerk-team"),
    path("netwerk/teams/<int:pk>/wijzigen", teams.team_wijzigen, name="netwerk-team-wijzigen"),
    path("netwerk/teams/<int:pk>/stoppen", teams.team_stoppen, name="netwerk-team-stoppen"),
    path("netwerk/teams/<int:pk>/mensen/nieuw", mensen.persoon_nieuw, name="netwerk-persoon-nieuw"),
    path("netwerk/teams/<int:pk>/aanspreekpunten/nieuw", afspraken.punt_nieuw, name="netwerk-punt-nieuw"),
    path("netwerk/mensen/<int:pk>", mensen.persoon, name="netwerk-persoon"),
    path("netwerk/mensen/<int:pk>/wijzigen", mensen.persoon_wijzigen, name="netwerk-persoon-wijzigen"),
    path("netwerk/mensen/<int:pk>/kloppen-nog", mensen.persoon_verifieren, name="netwerk-persoon-verifieren"),
    path("netwerk/mensen/<int:pk>/afwezig", mensen.afwezig, name="netwerk-afwezig"),
    path("netwerk/mensen/<int:pk>/vertrek", vertrek.vertrek, name="netwerk-vertrek"),
    path("netwerk/mensen/<int:pk>/blijft", mensen.persoon_blijft, name="netwerk-persoon-blijft"),
    path("netwerk/afwezigheid/<int:pk>", mensen.afwezig_wijzigen, name="netwerk-afwezig-wijzigen"),
    path("netwerk/afwezigheid/<int:pk>/terug", mensen.weer_terug, name="netwerk-weer-terug"),
    path("netwerk/aanspreekpunten/<int:pk>/wijzigen", afspraken.punt_wijzigen, name="netwerk-punt-wijzigen"),
    path("netwerk/aanspreekpunten/<int:pk>/stoppen", afspraken.punt_stoppen, name="netwerk-punt-stoppen"),
    path("netwerk/werkgebieden/nieuw", afspraken.regel_nieuw, name="netwerk-regel-nieuw"),
    path("netwerk/werkgebieden/<int:pk>/veranderen", afspraken.regel_vervangen, name="netwerk-regel-vervangen"),
    path("netwerk/werkgebieden/<int:pk>/stoppen", afspraken.regel_stoppen, name="netwerk-regel-stoppen"),
    *urls_watals.urlpatterns,
]
