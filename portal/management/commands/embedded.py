"""Look at, stop or remove the private servers of this checkout."""

import json
import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import client
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import Place, describe_user, locate
from portal.embedded.services import SERVICES, Service


class Command(BaseCommand):
    help = (
        "De ingebouwde PostgreSQL en Valkey van deze map: status (standaard), stop, of remove (stopt ze en verwijdert hun "
        "gegevens). Starten hoeft niet: wie ze nodig heeft, start ze."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("actie", nargs="?", default="status", choices=["status", "stop", "remove"])
        parser.add_argument("--json", action="store_true", help="status als JSON")

    def handle(self, *_args: Any, actie: str, json: bool, **_options: Any) -> None:
        place = locate(settings.VAR_DIR)
        services = [service(place) for service in SERVICES.values()]
        if actie == "status":
            self._status(place, services, as_json=json)
            return
        try:
            stopped = [service.label for service in services if client.stop(service)]
        except EmbeddedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Gestopt: {', '.join(stopped)}." if stopped else "Er draaide niets.")
        if actie == "remove":
            self._remove(place)

    def _status(self, place: Place, services: list[Service], *, as_json: bool) -> None:
        found = {service.name: client.status(service) for service in services}
        if as_json:
            parts = {
                name: {"pid": each.supervisor, "klaar": each.ready, "in_gebruik": each.in_use} for name, each in found.items()
            }
            self.stdout.write(json.dumps({"map": str(place.root), "sockets": str(place.sockets), **parts}))
            return
        self.stdout.write(f"Map: {place.root} (als {describe_user(place)}); logboeken in {place.logs}")
        for service in services:
            status = found[service.name]
            if status.supervisor is None:
                text = "staat stil"
            else:
                use = "in gebruik" if status.in_use else "niemand gebruikt hem"
                text = f"{'draait' if status.ready else 'komt op gang'} (bewaker {status.supervisor}), {use}"
            self.stdout.write(f"{service.label}: {text}")

    def _remove(self, place: Place) -> None:
        for folder in {place.root, place.sockets}:
            shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write(f"Gegevens verwijderd: {place.root}.")
