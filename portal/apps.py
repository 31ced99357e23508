from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portaal"

    def ready(self) -> None:
        """Make the Celery application, for every process that may send a task.

        Here and not in `portal/__init__.py`: the supervisors of the private servers import this package too, and need no Celery.
        """
        import portal.celery  # noqa: PLC0415
        import portal.checks  # noqa: PLC0415
        import portal.demo.checks  # noqa: F401, PLC0415
        from portal.forms import use_plain_words  # noqa: PLC0415

        use_plain_words()
