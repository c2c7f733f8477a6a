"""manage.py grant_web_role: what the web and worker login may do, derived from the triggers.

The owner migrates. The web role reads and writes rows but never changes the shape, never
truncates, and may not even try to alter what an unconditional Protect trigger guards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

WEB_ROLE = "portal_web"
VERBS = (("UPDATE", pgtrigger.Update), ("DELETE", pgtrigger.Delete))
# Django's own book-keeping of the shape belongs to the owner.
OWNERS_TABLES = ("django_migrations",)
# Locking a row needs the right to update one column: the key, which the trigger still guards.
LOCKED_TABLES = ("mapping_basis",)


class Command(BaseCommand):
    """Grant and revoke; safe to run after every migration."""

    help = "Give the web role its rights on today's tables; run it after every migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the role's name."""
        parser.add_argument("--role", default=WEB_ROLE)

    @transaction.atomic
    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Run every statement or none."""
        statements = list(grants(connection.ops.quote_name(options["role"])))
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(statements)} statements for {options['role']}.")


def grants(role: str) -> Iterator[str]:
    """The statements, widest first, so that what follows narrows."""
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for table in OWNERS_TABLES:
        yield f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}"
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):  # noqa: SLF001 - pgtrigger's own place
            table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
            for verb in refused_verbs(trigger):
                yield f"REVOKE {verb} ON {table} FROM {role}"
    for table in LOCKED_TABLES:
        yield f"GRANT UPDATE (id) ON {table} TO {role}"


def refused_verbs(trigger: pgtrigger.Trigger) -> list[str]:
    """What this trigger refuses whatever the row says."""
    if not isinstance(trigger, pgtrigger.Protect) or trigger.condition is not None:
        return []
    if type(trigger) is not pgtrigger.Protect:
        return []
    told = str(trigger.operation)
    return [verb for verb, operation in VERBS if str(operation) in told]
