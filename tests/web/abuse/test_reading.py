"""Reading changes nothing: every route is read by several people, and no row is another one.

Planted: a view that makes a person on GET, as a route of its own; seen red.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts.gates import public
from accounts.models import User
from clusters_portal.urls import urlpatterns as portal_patterns
from tests.web.abuse.walk import ROUTES, client_of, module_world, place

world = module_world
# Sessions are touched by being used: that somebody was here is not what they read.
# A signed paper is made and kept when it is first asked for, and reading one is recorded.
PAPERS_READ = {
    "records_keptpaper",
    "records_signingkey",
    "trail_case",
    "trail_entry",
    "trail_personalnote",
    "mfa_authenticator",  # the package writes recovery codes anew when they are shown
}
OWN_NOTES = {"django_session", "accounts_sessionnote", "usersessions_usersession"} | PAPERS_READ


def contents():
    """Rows per table, and a digest of what they hold."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    } - OWN_NOTES
    query = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} t"
        for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {table: tuple(rest) for table, *rest in cursor.fetchall()}


def changes(before):
    after = contents()
    return {table for table in before if before[table] != after[table]}


@pytest.mark.parametrize("persona", ["group_administrator", "programme_officer"])
def test_reading_changes_nothing(world, persona):
    client = client_of(world, persona)  # signing in is noted, so it comes first
    before = contents()
    for name in ROUTES:
        client.get(place(world, name))
    assert changes(before) == set()


@public
def changing(_request):
    User.objects.create_user("planted@example.org", "planted-password-x")
    return HttpResponse("changed")


class Planted:
    urlpatterns = [*portal_patterns, path("changing/", changing, name="changing")]


@override_settings(ROOT_URLCONF=Planted)
def test_a_planted_change_by_reading_is_found(world):
    before = contents()
    Client().get("/changing/")
    assert changes(before) == {"accounts_user"}
