"""The house holds: imports are import-linter's; foreign keys and migrations are held here."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader

FLOORS = {"kern": 0, "gebieden": 1, "scholen": 2, "zorgaanbod": 2, "wijkteams": 3, "toegang": 4, "casussen": 5, "portal": 6}
ROOT = Path(__file__).resolve().parents[2]


def relations():
    for label in FLOORS:
        if not apps.is_installed(label):
            continue
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey | models.ManyToManyField):
                    yield model, field


def is_user(field: "models.ForeignKey[Any, Any] | models.ManyToManyField[Any, Any]") -> bool:
    return field.related_model._meta.label == settings.AUTH_USER_MODEL


def test_every_room_has_a_floor():
    rooms = {path.name for path in ROOT.iterdir() if (path / "apps.py").exists()} | {"portal"}
    assert rooms == set(FLOORS)


def test_there_are_relations_to_judge():
    assert sum(1 for _ in relations()) > 50


def test_foreign_keys_only_point_down():
    up = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model, field in relations()
        if not is_user(field)
        and field.related_model._meta.app_label in FLOORS
        and FLOORS[field.related_model._meta.app_label] > FLOORS[model._meta.app_label]
    ]
    assert up == []


def test_rooms_on_one_floor_do_not_lean_on_each_other():
    aside = [
        f"{model._meta.label}.{field.name}"
        for model, field in relations()
        if {model._meta.app_label, field.related_model._meta.app_label} == {"scholen", "zorgaanbod"}
    ]
    assert aside == []


@pytest.mark.parametrize("label", [label for label in FLOORS if apps.is_installed(label)])
def test_migrations_only_depend_downwards(label):
    """The user model is the one exception: its migration stands under rooms below toegang."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, name), migration in loader.disk_migrations.items():
        if app != label:
            continue
        for other, _ in migration.dependencies:
            if other in FLOORS and FLOORS[other] > FLOORS[label]:
                assert other == settings.AUTH_USER_MODEL.split(".", maxsplit=1)[0], f"{label}.{name} leunt op {other}"
