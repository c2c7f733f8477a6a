"""Reading changes nothing: every route is read by several people, and no row is another one.

Planted: views that make a person, or write to a trail, on GET, as routes of their own; seen red.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Max
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts.gates import public
from accounts.models import User
from clusters_portal.urls import urlpatterns as portal_patterns
from records.models import KeptPaper, SigningKey
from tests.web.abuse.walk import ROUTES, client_of, module_world, place
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

world = module_world
# Sessions are touched by being used: that somebody was here is not what they read.
OWN_NOTES = {"django_session", "accounts_sessionnote", "usersessions_usersession"}
# That a confidential paper was read stands on the trail of its case; nothing else may.
READ = "verb IN ('read_document')"
# Of these tables only the rows, or columns, that reading is known to write are left out.
READ_LEAVES = {
    "trail_entry": f"(SELECT * FROM trail_entry WHERE NOT {READ})",
    "trail_personalnote": "(SELECT note.* FROM trail_personalnote AS note JOIN trail_entry AS entry"
    f" ON entry.id = note.entry_id WHERE NOT {READ})",
    # The head of a chain moves with every entry.
    "trail_case": "(SELECT id, reference, kind, opened_at FROM trail_case)",
    # A signed paper is made and kept when it is first asked for; the first one makes the key.
    "records_keptpaper": "(SELECT * FROM records_keptpaper WHERE id <= {last_paper})",
    "records_signingkey": "(SELECT * FROM records_signingkey WHERE id <= {last_key})",
    # The package writes unused recovery codes anew when it shows them; a secret never changes.
    "mfa_authenticator": "(SELECT id, user_id, type, created_at FROM mfa_authenticator)",
}


def last_rows():
    """The newest rows of papers that are made when they are first read."""
    newest = {"last_paper": KeptPaper, "last_key": SigningKey}
    return {
        name: model.objects.aggregate(last=Max("pk"))["last"] or 0 for name, model in newest.items()
    }


def contents(last):
    """Rows per table, and a digest of what they hold."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    } - OWN_NOTES
    query = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)::bigint), 0)"
        f" FROM {READ_LEAVES.get(table, table).format(**last)} t"
        for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {table: tuple(rest) for table, *rest in cursor.fetchall()}


def changes(before, last):
    after = contents(last)
    return {table for table in before if before[table] != after[table]}


@pytest.mark.parametrize("persona", ["group_administrator", "programme_officer"])
def test_reading_changes_nothing(world, persona):
    client = client_of(world, persona)  # signing in is noted, so it comes first
    last = last_rows()
    before = contents(last)
    for name in ROUTES:
        client.get(place(world, name))
    assert changes(before, last) == set()


@public
def changing(_request):
    User.objects.create_user("planted@example.org", "planted-password-x")
    return HttpResponse("changed")


@public
def telling(_request):
    open_case(actor=SYSTEM, at=database_now(), kind="planted", prefix="PL")
    return HttpResponse("told")


class Planted:
    urlpatterns = [
        *portal_patterns,
        path("changing/", changing, name="changing"),
        path("telling/", telling, name="telling"),
    ]


@override_settings(ROOT_URLCONF=Planted)
def test_a_planted_change_by_reading_is_found(world):
    last = last_rows()
    before = contents(last)
    Client().get("/changing/")
    assert changes(before, last) == {"accounts_user"}


@override_settings(ROOT_URLCONF=Planted)
def test_a_planted_entry_by_reading_is_found(world):
    last = last_rows()
    before = contents(last)
    Client().get("/telling/")
    assert changes(before, last) == {"trail_case", "trail_entry", "trail_personalnote"}
