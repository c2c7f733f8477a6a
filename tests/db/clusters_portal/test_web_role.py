"""What the web login may not do, whatever the code above it tries."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from clusters_portal.management.commands.grant_web_role import WEB_ROLE
from clusters_portal.queries.web_rights import OWNERS_TABLES, excess_rights, refused_rights

REFUSED = set(refused_rights())
APPEND_ONLY = sorted(
    table
    for table, verb in REFUSED
    if verb == "UPDATE" and (table, "DELETE") in REFUSED and table not in OWNERS_TABLES
)


@pytest.fixture
def web_login():
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], dbname=settings["NAME"], user=WEB_ROLE, autocommit=True
    ) as line:
        yield line


def test_the_trail_determinations_and_decisions_are_among_them():
    expected = {
        "trail_entry",
        "trail_seal",
        "certification_decision",
        "certification_determination",
        "mapping_release",
    }
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


def test_web_role_holds_no_right_that_nobody_meant_to_give():
    assert excess_rights(WEB_ROLE) == []


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("GRANT TRUNCATE ON accounts_user TO portal_web", "truncate accounts_user"),
        ("GRANT UPDATE ON trail_entry TO portal_web", "update trail_entry"),
        ("GRANT DELETE ON certification_decision TO portal_web", "delete certification_decision"),
        ("GRANT UPDATE ON mapping_release TO portal_web", "update mapping_release"),
        ("GRANT INSERT ON django_migrations TO portal_web", "insert django_migrations"),
        ("GRANT CREATE ON SCHEMA public TO portal_web", "make tables"),
        ("ALTER TABLE trail_case OWNER TO portal_web", "owns trail_case"),
        ("ALTER ROLE portal_web SUPERUSER", "a superuser"),
        ("GRANT pg_write_all_data TO portal_web", "member of pg_write_all_data"),
        ("GRANT TRIGGER ON trail_entry TO portal_web", "trigger trail_entry"),
    ],
)
def test_a_right_given_by_mistake_is_named(fault, named):
    """The planted fault, taken back with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(fault)
    assert any(named in phrase for phrase in excess_rights(WEB_ROLE))
    with pytest.raises(CommandError, match="must not have"):
        call_command("grant_web_role", "--check")


def test_granting_again_takes_back_what_was_given_on_tables(capsys):
    with connection.cursor() as cursor:
        cursor.execute("GRANT TRUNCATE, UPDATE ON trail_entry TO portal_web")
    call_command("grant_web_role", verbosity=0)
    call_command("grant_web_role", "--check")
    assert "no right that it must not have" in capsys.readouterr().out
