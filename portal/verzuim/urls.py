"""Addresses of the screens about verzuim."""

from django.urls import URLPattern, path

from portal.verzuim import school, thuiszitters

urlpatterns: list[URLPattern] = [
    path("thuiszitters", thuiszitters.thuiszitters, name="thuiszitters"),
    path("verzuim", school.verzuim, name="verzuim"),
    path("verzuim/leerling/<int:pk>", school.leerling, name="verzuim-leerling"),
    path("verzuim/melding/<int:pk>/beeindigen", school.beeindigen, name="verzuim-beeindigen"),
    path("verzuim/melding/<int:pk>/verbeteren", school.verbeteren, name="verzuim-verbeteren"),
    path("verzuim/signaal/<int:pk>", school.signaal, name="verzuim-signaal"),
]
