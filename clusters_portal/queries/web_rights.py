"""Does the web login hold rights that nobody meant to give it?"""

from __future__ import annotations

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db import connection

VERBS = (("UPDATE", pgtrigger.Update), ("DELETE", pgtrigger.Delete))
# Django's own book-keeping of the shape belongs to the owner.
OWNERS_TABLES = ("django_migrations",)

SHAPE = """
    SELECT 'it is ' || word FROM pg_roles, LATERAL (VALUES
        ('a superuser', rolsuper), ('a maker of roles', rolcreaterole),
        ('a maker of databases', rolcreatedb), ('above row security', rolbypassrls),
        ('allowed to replicate', rolreplication)) AS power(word, held)
    WHERE rolname = %(role)s AND held
    UNION ALL SELECT 'it owns ' || relname FROM pg_class
    WHERE relowner = %(role)s::regrole AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'it may make tables'
    WHERE has_schema_privilege(%(role)s, 'public', 'CREATE')
    UNION ALL SELECT 'it may ' || lower(verb) || ' ' || relname
    FROM pg_class, unnest(ARRAY['TRUNCATE', 'TRIGGER', 'REFERENCES']) AS verb
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        AND has_table_privilege(%(role)s, oid, verb)
    UNION ALL SELECT 'it is a member of ' || granted.rolname FROM pg_auth_members
    JOIN pg_roles AS granted ON granted.oid = roleid
    WHERE member = %(role)s::regrole
    ORDER BY 1
"""


def refused_verbs(trigger: pgtrigger.Trigger) -> list[str]:
    """What this trigger refuses whatever the row says."""
    if type(trigger) is not pgtrigger.Protect or trigger.condition is not None:
        return []
    told = str(trigger.operation)
    return [verb for verb, operation in VERBS if str(operation) in told]


def refused_rights() -> Iterator[tuple[str, str]]:
    """Table and verb of everything that is append-only for everybody."""
    for table in OWNERS_TABLES:
        yield from ((table, verb) for verb in ("INSERT", "UPDATE", "DELETE"))
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):  # noqa: SLF001 - pgtrigger's own place
            for verb in refused_verbs(trigger):
                yield model._meta.db_table, verb  # noqa: SLF001 - the public name of a table


def excess_rights(role: str) -> list[str]:
    """Every right that the role must not hold, as a phrase; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, {"role": role})
        found = [phrase for (phrase,) in cursor.fetchall()]
        for table, verb in refused_rights():
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, f'"{table}"', verb])
            if cursor.fetchone() == (True,):
                found.append(f"it may {verb.lower()} {table}")
    return found
