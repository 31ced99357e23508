"""The overview of a casus: what is new is in sight, what is older folds."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import Terugkoppeling
from tests.factories.casussen import NU, Wereld
from tests.factories.toegang import client_of


@pytest.mark.parametrize(
    ("aantal", "vouw"), [(2, ""), (3, "Nog 1 eerdere terugkoppeling<"), (12, "Nog 10 eerdere terugkoppelingen<")]
)
def test_the_newest_two_are_in_full_and_the_rest_folds(wereld: Wereld, aantal: int, vouw: str) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    Terugkoppeling.objects.filter(casus=casus).delete()
    for n in range(aantal):
        Terugkoppeling.objects.create(casus=casus, aan=wereld.cast.zoe, gedaan=f"Stap {n}.", op=NU + timedelta(hours=n))
    response: Any = client_of(wereld.cast.zoe).get(reverse("casus", args=[casus.nummer]))
    page = response.content.decode()
    assert [item.gedaan for item in response.context["terugkoppelingen"]] == [f"Stap {aantal - 1}.", f"Stap {aantal - 2}."]
    assert all(f"Stap {n}." in page for n in range(aantal))
    assert ("eerdere terugkoppeling" in page) is bool(vouw)
    assert vouw in page
