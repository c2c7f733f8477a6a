"""The access matrix: every persona walks every route of access.toml."""

import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.worlds import access_world

ROUTES = tomllib.loads(Path(__file__).with_name("access.toml").read_text(encoding="utf-8"))
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
)


def answer_of(client, route, address):
    """The answer, with what the request did taken back: every route meets the same world."""
    method = client.post if route.get("method") == "POST" else client.get
    with transaction.atomic():
        answer = method(address)
        transaction.set_rollback(True)
    if answer.status_code in {301, 302, 303}:
        return "sign-in" if answer["Location"].startswith("/accounts/login/") else "away"
    return answer.status_code


@pytest.mark.parametrize("persona", PERSONAS)
def test_persona_meets_what_access_toml_says(persona):
    world = access_world()
    unexpected = {}
    for name, route in ROUTES.items():
        client = Client()
        if persona != "anonymous":
            client.force_login(world.people[persona])
        expected = route.get(persona, route.get("anyone"))
        answer = answer_of(client, route, route["path"].format(**world.places))
        if answer != expected:
            unexpected[name] = f"{answer} instead of {expected}"
    assert unexpected == {}
