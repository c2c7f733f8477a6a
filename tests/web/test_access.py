"""The access matrix: every persona walks every route of access.toml."""

import pytest
from django.db import transaction

from tests.web.abuse.walk import PERSONAS, ROUTES, client_of, module_world, place

world = module_world


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
def test_persona_meets_what_access_toml_says(persona, world):
    unexpected = {}
    for name, route in ROUTES.items():
        expected = route.get(persona, route.get("anyone"))
        answer = answer_of(client_of(world, persona), route, place(world, name))
        if answer != expected:
            unexpected[name] = f"{answer} instead of {expected}"
    assert unexpected == {}
