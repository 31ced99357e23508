from importlib import import_module

from django.apps import AppConfig


class CasussenConfig(AppConfig):
    name = "casussen"
    verbose_name = "Casussen"

    def ready(self) -> None:
        """The files that go with mails of this room are made by whoever sends them: a worker must know their makers."""
        import_module("casussen.overleg.uitnodiging")
