"""A short `make chaos`: everything is killed at random under people at work, and nothing is lost or done twice.

And the inspection itself, which must see what is wrong: a promise that the database does not keep.
"""

import uuid
from pathlib import Path

import pytest
from django.db import connection

from bench.chaos.__main__ import lines, run
from bench.chaos.keuring import Vooraf, judge
from bench.chaos.mensen import Notities
from kern.klok import now
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus

SEED = 20261122


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_twice_while_everything_is_killed() -> None:
    verloop = run(16, seed=SEED, pauze=(1.5, 3.0), rust=3, minstens=3)
    assert verloop.uitslag.fouten == []
    assert verloop.kills >= 4
    assert len(verloop.gedood) >= 4, "van bijna elk onderdeel een"
    assert verloop.uitslag.casussen >= 3
    assert verloop.uitslag.herinneringen == 60
    assert verloop.uitslag.meldingen > 60
    assert "FAILED" not in "\n".join(lines(verloop))


def inspect(post: Path, notities: Notities, kills: int = 0) -> str:
    with connection.cursor() as cursor:
        return "\n".join(judge(cursor, post, Vooraf({}, (), frozenset()), notities, kills=kills).fouten)


@pytest.mark.django_db
def test_the_inspection_is_content_with_nothing(tmp_path: Path) -> None:
    assert inspect(tmp_path, Notities()) == ""


@pytest.mark.django_db
def test_the_inspection_misses_a_casus_that_was_promised(tmp_path: Path) -> None:
    key = str(uuid.uuid4())
    found = inspect(tmp_path, Notities(begonnen={key: {"2026-000001"}}, gedaan=[("2026-000001", "ontvangen")]))
    assert "begonnen als ['2026-000001'], in de database []" in found
    assert "stappen die niet één keer zijn gezet: 1" in found
    assert "één formulier, meer casussen" in inspect(tmp_path, Notities(begonnen={key: {"2026-000001", "2026-000002"}}))


@pytest.mark.django_db
def test_the_inspection_counts_the_post(tmp_path: Path) -> None:
    """Not sent; sent but not arrived; arrived more often than there were kills."""

    def melding(status: str) -> Melding:
        sent = now() if status == MeldingStatus.VERZONDEN else None
        return Melding.objects.create(
            soort="proef",
            kanaal=Kanaal.MAIL,
            adres="p@test.example",
            status=status,
            niet_voor=now(),
            aangemaakt=now(),
            verzonden_op=sent,
        )

    waiting, sent = melding(MeldingStatus.WACHT), melding(MeldingStatus.VERZONDEN)
    found = inspect(tmp_path, Notities())
    assert f"mails die niet zijn verzonden: 1, bijvoorbeeld ({waiting.pk}" in found
    assert f"verzonden, maar nooit aangekomen: 1, bijvoorbeeld ('{sent.sleutel}'" in found
    waiting.delete()
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.eml").write_text(f"Message-ID: {sent.message_id}\r\n\r\nHallo", encoding="utf-8")
    assert inspect(tmp_path, Notities(), kills=2) == ""
    assert inspect(tmp_path, Notities(), kills=1) == "2 mails twee keer bij 1 keer doden"
