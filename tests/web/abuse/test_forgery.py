"""Requests that another site makes a browser send: refused without our token, on every door.

Planted: CsrfViewMiddleware taken out of the settings (the twin below); a view that changes a row
on GET, as a route of its own; both were seen red.
"""

import re

import pytest
from django.db import transaction
from django.test import Client, override_settings

from clusters_portal.settings import test as portal_settings
from tests.web.abuse.walk import ROUTES, client_of, module_world, place

WITHOUT_CSRF = [name for name in portal_settings.MIDDLEWARE if "Csrf" not in name]
API = [name for name in ROUTES if name.startswith("api:")]
world = module_world


def forged(world, name, client=None, **headers):
    client = client or client_of(world, "group_administrator", enforce_csrf_checks=True)
    kept = client.cookies.copy()
    with transaction.atomic():
        answer = client.post(place(world, name), {"answer": "accept"}, headers=headers)
        transaction.set_rollback(True)
    client.cookies = kept
    return answer.status_code


@pytest.mark.parametrize("persona", ["anonymous", "group_administrator", "programme_officer"])
def test_no_door_takes_a_post_without_our_token(world, persona):
    doors = [name for name in ROUTES if name not in API]
    client = client_of(world, persona, enforce_csrf_checks=True)
    answers = {name: forged(world, name, client) for name in doors}
    open_doors = {name: status for name, status in answers.items() if status not in {403, 405}}
    # The gate may answer before the token is looked at, but then nothing is let in either.
    assert {name: status for name, status in open_doors.items() if status not in {302, 404}} == {}


@override_settings(MIDDLEWARE=WITHOUT_CSRF)
def test_without_the_check_forged_posts_come_in(world):
    """The twin: the walk above sees a missing middleware."""
    assert forged(world, "certification:start_application") not in {403, 405}


@pytest.mark.parametrize("token", ["", "a" * 64, "a" * 32, "\u00fc"])
def test_a_made_up_token_is_none(world, token):
    headers = {"X-CSRFToken": token.encode().decode("latin-1")}
    assert forged(world, "certification:start_application", **headers) == 403


def test_a_token_of_another_browser_is_none(world):
    other = Client()
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"',
        other.get("/accounts/login/").content.decode(),
    )
    headers = {"X-CSRFToken": found.group(1)}
    assert forged(world, "certification:start_application", **headers) == 403
