from django.urls import URLPattern, path

from portal.onderwijszorg import plaatsen, views

urlpatterns: list[URLPattern] = [
    path("onderwijs-zorg", views.lijst, name="onderwijs-zorg"),
    path("onderwijs-zorg/nieuw", views.nieuw, name="onderwijs-zorg-nieuw"),
    path("onderwijs-zorg/<int:pk>", views.arrangement, name="onderwijs-zorg-een"),
    path("onderwijs-zorg/<int:pk>/wijzigen", views.wijzigen, name="onderwijs-zorg-wijzigen"),
    path("onderwijs-zorg/<int:pk>/mdo", views.mdo, name="onderwijs-zorg-mdo"),
    path("onderwijs-zorg/<int:pk>/plaatsen", plaatsen.instroom, name="onderwijs-zorg-plaatsen"),
    path("onderwijs-zorg/plaatsingen/<int:pk>/doorstroom", plaatsen.doorstroom, name="onderwijs-zorg-doorstroom"),
    path("onderwijs-zorg/plaatsingen/<int:pk>/uitstroom", plaatsen.uitstroom, name="onderwijs-zorg-uitstroom"),
]
