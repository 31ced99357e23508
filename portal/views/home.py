from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.navigatie import home_of
from toegang.toelating import ingelogd, kijker_of


@ingelogd
def home(request: HttpRequest) -> HttpResponse:
    """Everyone starts where the work is: a zorgcoördinator at the finder, a wijkteam at its queue."""
    return redirect(home_of(kijker_of(request)))
