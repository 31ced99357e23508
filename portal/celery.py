"""The Celery application: reminders, outbox and nightly work. It works on ids only; what a task does is an action of its room."""

import os
from typing import Any

import structlog
from celery import Celery, signals
from kombu import Connection
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class PortalCelery(Celery):
    """Celery that makes sure the private broker runs (see `portal.embedded`), where that is the one in use."""

    def connection_for_read(self, url: str | None = None, **kwargs: Any) -> Connection:
        self._ensure_broker()
        connection: Connection = super().connection_for_read(url, **kwargs)
        return connection

    def connection_for_write(self, url: str | None = None, **kwargs: Any) -> Connection:
        self._ensure_broker()
        connection: Connection = super().connection_for_write(url, **kwargs)
        return connection

    @staticmethod
    def _ensure_broker() -> None:
        from django.conf import settings  # noqa: PLC0415  (this module is imported while the settings are made)

        from portal.embedded.errors import EmbeddedError  # noqa: PLC0415
        from portal.embedded.settings import ensure_broker  # noqa: PLC0415

        # Somebody waits for a web page: with the broker gone the page is what counts, the outbox catches up.
        patience = 2.0 if settings.PROCES_ROL == "web" else 60.0
        try:
            ensure_broker(settings.CELERY_BROKER_URL, patience)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error


app = PortalCelery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add("portal.hartslag:WorkerHartslag")
app.conf.beat_scheduler = "portal.hartslag:HartslagScheduler"


@signals.setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """A receiver here keeps Celery from setting up logging of its own: the settings did (see `portal.logboek`)."""


@signals.task_prerun.connect
def bind_task(task_id: str, task: Any, **_: object) -> None:
    """Every line a task logs says which task it was."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(taak=task.name, task_id=task_id)


@signals.task_postrun.connect
def unbind_task(**_: object) -> None:
    structlog.contextvars.clear_contextvars()


@signals.beat_init.connect
def announce_beat(**_: object) -> None:
    """Beat asks for its first heartbeat at once: after a start nobody should wait half a minute to see that the chain works."""
    try:
        app.send_task("portal.tasks.beat_hartslag", expires=60)
    except OperationalError:
        structlog.stdlib.get_logger(__name__).warning("broker_onbereikbaar", onderdeel="beat")
