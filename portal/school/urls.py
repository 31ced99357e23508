"""Addresses of the screens of a school about its network."""

from django.urls import URLPattern, path

from portal.school import kennismakingen, klassenlijsten, mijn_wijkteams

urlpatterns: list[URLPattern] = [
    path("mijn-wijkteams", mijn_wijkteams.mijn_wijkteams, name="mijn-wijkteams"),
    path("mijn-wijkteams/aanspreekpunten", mijn_wijkteams.aanspreekpunten, name="mijn-wijkteams-aanspreekpunten"),
    path("mijn-wijkteams/zonder-route", mijn_wijkteams.zonder_route, name="mijn-wijkteams-zonder-route"),
    path("mijn-wijkteams/klassenlijst", klassenlijsten.klassenlijsten, name="klassenlijsten"),
    path("mijn-wijkteams/klassenlijst/voorbeeld", klassenlijsten.voorbeeld, name="klassenlijst-voorbeeld"),
    path("mijn-wijkteams/klassenlijst/<int:pk>", klassenlijsten.klassenlijst, name="klassenlijst"),
    path("mijn-wijkteams/klassenlijst/<int:pk>/stand", klassenlijsten.stand, name="klassenlijst-stand"),
    path("mijn-wijkteams/klassenlijst/<int:pk>/foute-rijen", klassenlijsten.fouten, name="klassenlijst-fouten"),
    path("mijn-wijkteams/klassenlijst/<int:pk>/kolommen", klassenlijsten.kolommen, name="klassenlijst-kolommen"),
    path("mijn-wijkteams/klassenlijst/<int:pk>/verwerken", klassenlijsten.verwerken, name="klassenlijst-verwerken"),
    path("mijn-wijkteams/klassenlijst/<int:pk>/weggooien", klassenlijsten.weggooien, name="klassenlijst-weggooien"),
    path("kennismakingen", kennismakingen.kennismakingen, name="kennismakingen"),
    path("kennismakingen/<int:pk>/verwijderen", kennismakingen.verwijderen, name="kennismaking-verwijderen"),
]
