from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casussen.diagram import workflow_page


class Command(BaseCommand):
    help = "Schrijft docs/workflow.md uit de workflowtabel. Met --check: alleen kijken of de pagina nog klopt."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="schrijft niets; stopt met een fout als de pagina verouderd is")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "workflow.md"
        page = workflow_page()
        current = path.read_text(encoding="utf-8") if path.exists() else ""
        if current == page:
            self.stdout.write("docs/workflow.md klopt met de workflowtabel.")
        elif options["check"]:
            raise CommandError("docs/workflow.md is verouderd. Draai: manage.py workflow_diagram")
        else:
            path.write_text(page, encoding="utf-8")
            self.stdout.write("docs/workflow.md is bijgewerkt.")
