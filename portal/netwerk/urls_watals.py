"""'Wat als?', coverage and edities."""

from django.urls import URLPattern, path

from portal.netwerk import dekking_schermen, edities, watals

urlpatterns: list[URLPattern] = [
    path("netwerk/edities", edities.edities, name="edities"),
    path("netwerk/edities/<int:pk>", edities.editie, name="editie"),
    path("netwerk/nakijken", edities.nakijken, name="netwerk-nakijken"),
    path("netwerk/nakijken/<int:pk>", edities.nagekeken, name="netwerk-nagekeken"),
    path("netwerk/dekking", dekking_schermen.dekking, name="dekking"),
    path("netwerk/dekking/kaart/<int:regio>", dekking_schermen.kaart, name="dekking-kaart"),
    path("netwerk/wat-als", watals.lijst, name="watals"),
    path("netwerk/wat-als/nieuw", watals.bewerken, name="watals-nieuw"),
    path("netwerk/wat-als/<int:pk>", watals.voorstel, name="watals-voorstel"),
    path("netwerk/wat-als/<int:pk>/wijzigen", watals.bewerken, name="watals-wijzigen"),
    path("netwerk/wat-als/<int:pk>/kiezen", watals.kiezen, name="watals-kiezen"),
    path("netwerk/wat-als/<int:pk>/beeindigen", watals.beeindigen, name="watals-beeindigen"),
    path("netwerk/wat-als/<int:pk>/regel", watals.regel, name="watals-regel"),
    path("netwerk/wat-als/<int:pk>/regel/<int:werkgebied>", watals.regel, name="watals-vervangen"),
    path("netwerk/wat-als/<int:pk>/regel-weg", watals.regel_weg, name="watals-regel-weg"),
    path("netwerk/wat-als/<int:pk>/gevolg", watals.gevolg, name="watals-gevolg"),
    path("netwerk/wat-als/<int:pk>/toepassen", watals.toepassen, name="watals-toepassen"),
    path("netwerk/wat-als/<int:pk>/intrekken", watals.intrekken, name="watals-intrekken"),
]
