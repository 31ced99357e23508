from django.urls import URLPattern, path

from portal.aanbod import mijn, views

urlpatterns: list[URLPattern] = [
    path("aanbod", views.zoeken, name="aanbod"),
    path("aanbod/dekking", views.dekking, name="aanbod-dekking"),
    path("aanbod/<int:pk>", views.arrangement, name="aanbod-arrangement"),
    path("aanbod/aanbieders/<int:pk>", views.aanbieder, name="aanbod-aanbieder"),
    path("mijn-aanbod", mijn.mijn_aanbod, name="mijn-aanbod"),
    path("mijn-aanbod/gegevens/<int:pk>", mijn.gegevens, name="mijn-aanbod-gegevens"),
    path("mijn-aanbod/<int:pk>", mijn.wijzigen, name="mijn-aanbod-wijzigen"),
    path("mijn-aanbod/<int:pk>/wachttijd", mijn.wachttijd, name="mijn-aanbod-wachttijd"),
    path("mijn-aanbod/<int:pk>/klopt", mijn.klopt, name="mijn-aanbod-klopt"),
]
