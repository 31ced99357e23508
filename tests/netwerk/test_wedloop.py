"""Somebody leaves at the very moment a casus is given to them: it moves along, or is refused."""

import threading
from typing import Any

import pytest
from django.db import connection

from casussen.fouten import CasusError
from casussen.keuzes import Status
from casussen.models import Casus
from portal.netwerk.acties import Vertrek, person_leaves
from tests.factories.casussen import NU, VANDAAG, colleague, make_wereld


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ronde", range(3))
def test_leaving_and_assigning_at_once(ronde):
    wereld = make_wereld()
    nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
    casus = wereld.casus(Status.AANGEMELD)
    cora = wereld.kijker("cora")
    start = threading.Barrier(2, timeout=20)
    outcome: dict[str, Any] = {}

    def leave() -> None:
        start.wait()
        try:
            vertrek = Vertrek(in_dienst_tot=VANDAAG, opvolger=nico)
            outcome["vertrek"] = person_leaves(persoon=wereld.wim, vertrek=vertrek, by=cora, op=NU)
        finally:
            connection.close()

    def assign() -> None:
        start.wait()
        try:
            outcome["toewijzing"] = wereld.do("ontvangen", casus, "cora", behandelaar=wereld.wim.pk)
        except CasusError as refused:
            outcome["toewijzing"] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=target) for target in (leave, assign)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert set(outcome) == {"vertrek", "toewijzing"}, outcome
    left = Casus.objects.get(pk=casus.pk)
    assert wereld.wim.pk not in {left.behandelaar_id, left.aanspreekpunt_id}
