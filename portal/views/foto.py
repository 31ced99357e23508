"""Photos of professionals: for whoever may know them, that is everyone who is signed in with a role."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from toegang.toelating import ingelogd, kijker_of
from wijkteams.models import Contactpersoon

#: What a photo may be; anything else that was uploaded is not sent to a browser.
SOORTEN = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@ingelogd
def foto(request: HttpRequest, pk: int) -> HttpResponseBase:
    persoon = get_object_or_404(Contactpersoon.objects.visible_to(kijker_of(request)), pk=pk)
    naam = str(persoon.foto.name or "")
    soort = next((value for ending, value in SOORTEN.items() if naam.lower().endswith(ending)), None)
    if soort is None or not persoon.foto.storage.exists(naam):
        raise Http404
    response = FileResponse(persoon.foto.open("rb"), content_type=soort)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
