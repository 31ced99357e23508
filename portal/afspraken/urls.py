"""The addresses of what was agreed in the region."""

from django.urls import URLPattern, path

from portal.afspraken import buiten, mandaten, rolverdeling

urlpatterns: list[URLPattern] = [
    path("netwerk/rolverdeling", rolverdeling.rolverdeling, name="rolverdeling"),
    path("netwerk/rolverdeling/nieuw", rolverdeling.nieuw, name="rolverdeling-nieuw"),
    path("netwerk/rolverdeling/<int:pk>", rolverdeling.concept, name="rolverdeling-concept"),
    path("netwerk/rolverdeling/<int:pk>/stappen/<slug:stap>", rolverdeling.stap_wijzigen, name="rolverdeling-stap"),
    path("netwerk/rolverdeling/<int:pk>/weggooien", rolverdeling.weggooien, name="rolverdeling-weggooien"),
    path("netwerk/mandaten", mandaten.mandaten, name="mandaten"),
    path("netwerk/mandaten/nieuw", mandaten.mandaat_nieuw, name="mandaat-nieuw"),
    path("netwerk/mandaten/<int:pk>", mandaten.mandaat, name="mandaat"),
    path("netwerk/mandaten/<int:pk>/beeindigen", mandaten.mandaat_beeindigen, name="mandaat-beeindigen"),
    path("netwerk/buiten-regio", buiten.lijst, name="buiten-regio"),
    path("netwerk/buiten-regio/<slug:code>", buiten.loket, name="buiten-loket"),
]
