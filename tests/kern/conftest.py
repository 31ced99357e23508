"""What tests of the outbox stand on: their own texts, a folder for mail, and rows in the outbox."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kern.actions import enqueue_melding
from kern.klok import now
from kern.models import Melding
from kern.models.melding import Kanaal

PROEF = {
    "proef.subject.txt": "Proef {{ nummer }}",
    "proef.txt": '{% extends "meldingen/basis.txt" %}{% block inhoud %}Casus {{ nummer }} bij {{ team }}.{% endblock %}',
    "proef.html": '{% extends "meldingen/basis.html" %}{% block inhoud %}<p>Casus {{ nummer }} bij {{ team }}.</p>{% endblock %}',
    "giftig.subject.txt": "{% widthratio 1 nul 1 as x %}{{ nummer.stuk.diep|add:1 }}{% include ontbreekt %}",
    "giftig.txt": "x",
    "giftig.html": "x",
}


@pytest.fixture
def texts(settings: Any, tmp_path: Path) -> Path:
    """Templates of two kinds of melding: 'proef', and 'giftig', which cannot be rendered."""
    folder = tmp_path / "templates" / "meldingen"
    folder.mkdir(parents=True)
    for name, text in PROEF.items():
        (folder / name).write_text(text, encoding="utf-8")
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(folder.parent), *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    return folder


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Path:
    """Mail goes to files here."""
    settings.EMAIL_BACKEND = "kern.mail.EmlBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


Enqueue = Callable[..., Melding]


@pytest.fixture
def enqueue(texts: Path) -> Enqueue:
    """One mail in the outbox."""

    def make(adres: str = "wim@test.example", soort: str = "proef", op: datetime | None = None, **gegevens: Any) -> Melding:
        made = enqueue_melding(
            soort=soort,
            gebeurtenis=None,
            onderwerp_soort="casus",
            onderwerp_id=1,
            gegevens={"nummer": "2026-000001", "team": "Team A", "pad": "/casussen/2026-000001", **gegevens},
            adres=adres,
            op=op or now(),
        )
        return next(melding for melding in made if melding.kanaal == Kanaal.MAIL)

    return make
