"""The access matrix: every persona walks every route of access.toml, and reads what comes back.

One walk proves three things: each door answers as access.toml says; no planted secret reaches
anybody for whom it is not; no planted markup is ever shown as anything but text.

Planted: a gate replaced by ``public``; ``|safe`` at a group's purpose; a roster whose queryset
forgot its group. Each was seen red.
"""

import pytest
from django.db import transaction

from tests.web.abuse.plants import MARKUP, leaks, plant, secrets_in, words_of
from tests.web.abuse.walk import PERSONAS, ROUTES, client_of, module_world, place

world = module_world
MARKED = "<script>alert(1)"
EVALUATED = "qz" + MARKUP.replace("{{7*7}}", "49")


@pytest.fixture(scope="module")
def secrets(world, django_db_blocker):
    with django_db_blocker.unblock():
        return plant(world)


@pytest.fixture(scope="module")
def walks():
    return {}


def answer_of(client, route, address):
    """The answer, with what the request did taken back: every route meets the same world."""
    method = client.post if route.get("method") == "POST" else client.get
    kept = client.cookies.copy()
    with transaction.atomic():
        answer = method(address)
        words = words_of(answer.getvalue())
        transaction.set_rollback(True)
    client.cookies = kept
    if answer.status_code in {301, 302, 303}:
        is_sign_in = answer["Location"].startswith("/accounts/login/")
        return "sign-in" if is_sign_in else "away", words
    return answer.status_code, words


def walk(world, secrets, walks, persona):
    """What every route answers to this person; walked once for all that is asked of it."""
    if persona not in walks:
        assert secrets
        client = client_of(world, persona)
        walks[persona] = {
            name: answer_of(client, route, place(world, name)) for name, route in ROUTES.items()
        }
    return walks[persona]


@pytest.mark.parametrize("persona", PERSONAS)
def test_persona_meets_what_access_toml_says(persona, world, secrets, walks):
    unexpected = {}
    for name, (answer, _) in walk(world, secrets, walks, persona).items():
        expected = ROUTES[name].get(persona, ROUTES[name].get("anyone"))
        if answer != expected:
            unexpected[name] = f"{answer} instead of {expected}"
    assert unexpected == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_secret_reaches_whom_it_is_not_for(persona, world, secrets, walks):
    found = {
        name: list(leaks(secrets, persona, words))
        for name, (_, words) in walk(world, secrets, walks, persona).items()
    }
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_markup_in_a_field_is_shown_as_text(persona, world, secrets, walks):
    pages = walk(world, secrets, walks, persona)
    shown = {
        name
        for name, (_, words) in pages.items()
        if "<html" in words and (MARKED in words or EVALUATED in words)
    }
    assert shown == set()


def test_enough_secrets_are_planted_and_read_by_whom_they_are_for(world, secrets, walks):
    assert len(secrets) >= 60
    pages = walk(world, secrets, walks, "group_administrator")
    read = {secret for _, words in pages.values() for secret in secrets_in(secrets, words)}
    assert len(read) >= 40, "the walk passes where the secrets are"
    assert any("&lt;script&gt;alert(1)" in words for _, words in pages.values())


def test_a_planted_leak_is_found(secrets):
    """The twin: what the group's people read would be a leak to anybody else."""
    mine = next(secret for secret, audience in secrets.items() if "group_administrator" in audience)
    assert list(leaks(secrets, "stranger", f"<p>{mine}</p>")) == [mine]
    assert list(leaks(secrets, "group_administrator", f"<p>{mine}</p>")) == []
