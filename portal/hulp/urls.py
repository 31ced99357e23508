from django.urls import URLPattern, path

from portal.hulp import views

urlpatterns: list[URLPattern] = [
    path("hulp-op-scholen", views.hulp, name="hulp-op-scholen"),
    path("hulp-op-scholen/wijken", views.per_wijk, name="hulp-wijken"),
    path("hulp-op-scholen/aanleveren", views.aanleveren, name="hulp-aanleveren"),
]
