"""The access matrix beyond reading: every person, every door, every verb.

``tests/web/test_access.py`` proves what reading (or the one POST of a door) answers. Here every
other verb of every door must be as strict: a door that is hidden from somebody is hidden under
every verb. The number of cells is printed; ``make fuzz`` walks the states of a case as well.

Planted: the gate of ``certification:edit_group`` replaced by ``public``; seen red.
"""

import pytest
from django.core.cache import cache
from django.db import transaction

from accounts.api_limits import PerAddressLimit
from tests.web.abuse.walk import IS_LONG, PERSONAS, ROUTES, client_of, module_world, place

world = module_world
# Reading verbs render whole pages: `make fuzz` walks them too.
VERBS = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "TRACE",
    *(("GET", "HEAD", "OPTIONS") if IS_LONG else ()),
)
ALWAYS_REFUSED = ("PUT", "PATCH", "DELETE", "TRACE")
HIDDEN = {404, "sign-in"}
# A double click on a form that is settled by now is answered like the first.
ANSWERED_AGAIN = {("certification:staff_finding_check", "programme_officer")}
# Doors without an account take a POST from anybody who holds the link.
BY_LINK = {"certification:confirm", "certification:request_code", "certification:signed"}


@pytest.fixture(autouse=True)
def without_the_limit_of_calls(monkeypatch):
    """One address asks for everything here; the limit has tests of its own (tests/api)."""
    monkeypatch.setattr(PerAddressLimit, "allow_request", lambda *_: True)
    cache.clear()  # what the person before tried at the sign-in pages


def answer_of(client, verb, address):
    """The status, with what the request did taken back."""
    kept = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(verb, address)
        transaction.set_rollback(True)
    client.cookies = kept
    going = answer.get("Location", "")
    if answer.status_code in {301, 302, 303}:
        return "sign-in" if going.startswith("/accounts/login/") else "away"
    is_empty = not answer.streaming and not answer.content
    is_list_of_verbs = verb == "OPTIONS" and answer.status_code == 200 and is_empty
    return 405 if is_list_of_verbs else answer.status_code


def allowed(route, verb, known):
    """What this verb may answer where the door's own verb answers ``known``."""
    if verb in ALWAYS_REFUSED:
        return {405}
    if verb == route.get("method", "GET"):
        return {known}
    if verb in {"GET", "HEAD", "OPTIONS"} and route.get("method") != "POST":
        return {known, 200, 405} if verb == "OPTIONS" and known not in HIDDEN else {known, 405}
    if known in HIDDEN:
        return HIDDEN | {405}
    if known == 403:
        return {403, 405}
    return {known, 200, "away", 400, 403, 404, 405, 409, 410, 422}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_verb_is_as_strict_as_the_door(world, persona, capsys):
    client, unexpected, cells = client_of(world, persona), {}, 0
    for name, route in ROUTES.items():
        known = route.get(persona, route.get("anyone"))
        cache.clear()  # the limit of one door's calls is not what is walked here
        for verb in VERBS:
            cells += 1
            if verb == route.get("method", "GET"):
                continue  # proved by tests/web/test_access.py
            answer = answer_of(client, verb, place(world, name))
            if answer not in allowed(route, verb, known) and (name, persona) not in ANSWERED_AGAIN:
                unexpected[f"{verb} {name}"] = f"{answer} where the door answers {known}"
    with capsys.disabled():
        print(f"\n{persona}: {cells} cells", end="")  # noqa: T201 - the count is the result
    assert unexpected == {}
