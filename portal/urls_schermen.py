"""The portal's own screens: home, the finder, and the pages that are about the portal itself."""

from django.conf import settings
from django.urls import URLPattern, path

from portal.aanbod import urls as aanbod
from portal.dashboard import urls as dashboard
from portal.hulp import urls as hulp
from portal.netwerk import urls as netwerk
from portal.onderwijszorg import urls as onderwijszorg
from portal.school import urls as school
from portal.verzuim import urls as verzuim
from portal.views import componenten, demo_post, foto, home, paginas, zoeker

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("aanspreekpunt", zoeker.zoeker, name="zoeker"),
    *dashboard.urlpatterns,
    path("over", paginas.over, name="over"),
    path("privacy", paginas.privacy, name="privacy"),
    path("toegankelijkheid", paginas.toegankelijkheid, name="toegankelijkheid"),
    path("geen-rol", paginas.geen_rol, name="geen-rol"),
    path("foto/<int:pk>", foto.foto, name="foto"),
    *hulp.urlpatterns,
    *school.urlpatterns,
    *netwerk.urlpatterns,
    *aanbod.urlpatterns,
    *onderwijszorg.urlpatterns,
    *verzuim.urlpatterns,
]
if settings.MODUS in {"demo", "test"}:
    urlpatterns += [
        path("demo/componenten", componenten.componenten, name="demo-componenten"),
        path("demo/post", demo_post.post, name="demo-post"),
        path("demo/post/<str:naam>", demo_post.bericht, name="demo-bericht"),
        path("demo/post/<str:naam>/opgemaakt", demo_post.opgemaakt, name="demo-bericht-opgemaakt"),
    ]
