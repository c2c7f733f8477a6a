"""What the web login may not do, whatever the code above it tries."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from clusters_portal.management.commands.grant_web_role import WEB_ROLE, refused_verbs

APPEND_ONLY = sorted(
    model._meta.db_table
    for model in apps.get_models()
    for trigger in getattr(model._meta, "triggers", ())
    if {"UPDATE", "DELETE"} <= set(refused_verbs(trigger))
)


@pytest.fixture
def web_login():
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], dbname=settings["NAME"], user=WEB_ROLE, autocommit=True
    ) as line:
        yield line


def test_the_trail_determinations_and_decisions_are_among_them():
    expected = {"trail_entry", "trail_seal", "certification_determination", "mapping_release"}
    assert expected <= set(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_web_role_cannot_remove_what_is_append_only(web_login, table, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web_login.execute(statement.format(table))


def test_web_role_cannot_rewrite_the_trail(web_login):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web_login.execute("UPDATE trail_entry SET verb = 'x'")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE trail_entry DISABLE TRIGGER ALL",
        "TRUNCATE accounts_user CASCADE",
        "DELETE FROM django_migrations",
        "SET session_replication_role = replica",
    ],
)
def test_web_role_cannot_change_the_shape(web_login, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web_login.execute(statement)


def test_web_role_may_add_to_the_trail(web_login):
    told = web_login.execute("SELECT has_table_privilege('trail_entry', 'INSERT')").fetchone()
    assert told == (True,)
