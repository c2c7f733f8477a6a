"""Being somebody with one press: in the demo settings only."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from accounts.models import User
from clusters_portal.demo.personas import PERSONAS, make_people
from trail.queries.clock import database_now


@pytest.fixture
def demo(settings):
    settings.IS_DEMO = True
    settings.DEMO_PASSWORD = "only-in-the-demo-settings"
    settings.DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_people_are_made_once(demo):
    first = make_people(database_now())
    assert make_people(database_now()).keys() == first.keys()
    assert User.objects.count() == len(PERSONAS)


def test_one_press_signs_in(demo, client):
    make_people(database_now())
    answer = client.post("/demo/be/maria/")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(name="Maria Delgado").pk)


@pytest.mark.parametrize("key", ["nobody", "maria"])
def test_an_unknown_or_missing_person_is_nobody(demo, client, key):
    assert client.post(f"/demo/be/{key}/").status_code == 404


def test_outside_the_demo_the_door_does_not_open(demo, settings, client):
    make_people(database_now())
    settings.IS_DEMO = False
    assert client.post("/demo/be/maria/").status_code == 404
    assert b"one press" not in client.get("/accounts/login/").content.lower()


def test_outside_the_demo_nobody_is_made():
    with pytest.raises(ImproperlyConfigured):
        make_people(database_now())


def test_outside_the_demo_no_account_is_listed():
    with pytest.raises(CommandError):
        call_command("demo_accounts")


def test_sign_in_page_lists_the_people(demo, client):
    make_people(database_now())
    page = client.get("/accounts/login/").content.decode()
    assert all(persona.name in page for persona in PERSONAS)


def test_sign_in_page_lists_nobody_whom_this_world_lacks(demo, client):
    make_people(database_now())
    User.objects.filter(name="Chidi Eze").update(email="elsewhere@chidi.example")
    page = client.get("/accounts/login/").content.decode()
    assert "Chidi Eze" not in page
    assert "Farid" in page
