"""Addresses of the figures."""

from django.urls import URLPattern, path

from portal.dashboard import views

urlpatterns: list[URLPattern] = [
    path("regio", views.stokt, name="dashboard"),
    path("regio/cijfers", views.cijfers, name="dashboard-cijfers"),
    path("regio/streefwaarden", views.streefwaarden, name="dashboard-streefwaarden"),
    path("regio/streefwaarden/<int:pk>/weghalen", views.streefwaarde_weg, name="dashboard-streefwaarde-weg"),
]
