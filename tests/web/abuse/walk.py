"""What every walk over the routes needs: one world per module, a browser per person."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.factories.sign_in import sign_in_freshly
from tests.worlds import access_world

IS_LONG = bool(os.environ.get("PORTAL_FUZZ"))  # set by `make fuzz`
TABLE = Path(__file__).resolve().parents[1] / "access.toml"
ROUTES = tomllib.loads(TABLE.read_text(encoding="utf-8"))
PERSONAS = (
    "anonymous",
    "stranger",
    "group_administrator",
    "authorized_representative",
    "programme_officer",
    "other_programme_officer",
    "selecting_official",
    "publisher",
    "agency_administrator",
    "auditor",
    "organization_administrator",
    "reviewer",
    "conflicted_reviewer",
    "chair",
    "conflict_officer",
    "finance_officer",
    "grants_officer",
    "certifying_officer",
)


@pytest.fixture(scope="module", name="world")
def module_world(django_db_setup, django_db_blocker):
    """The access world, built once for a module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield access_world()
        transaction.set_rollback(True)


def client_of(world, persona, **options):
    """A browser of this person."""
    client = Client(**options)
    if persona != "anonymous":
        sign_in_freshly(client, world.people[persona])
    return client


def place(world, name):
    """The address of a route in this world."""
    return ROUTES[name]["path"].format(**world.places)
