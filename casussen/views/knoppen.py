"""Steps as buttons on a page of the casus: what can be done now, and what not yet, with the reason."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from casussen.models import Casus
from casussen.mogelijk import Mogelijk


def buttons(casus: Casus, steps: Iterable[Mogelijk]) -> dict[str, Any]:
    """For casussen/delen/knoppen.html. One of them is the one to press: the step that brings the casus further."""
    steps = list(steps)
    return {
        "knoppen": [button(casus, step) for step in steps if step.mag],
        "nog_niet": [step for step in steps if not step.mag],
    }


def button(casus: Casus, step: Mogelijk, *, query: str = "", label: str = "") -> dict[str, Any]:
    url = reverse("casus-actie", args=[casus.nummer, step.actie])
    return {"label": label or step.label, "url": f"{url}{query}", "hoofd": step.hoofd}
