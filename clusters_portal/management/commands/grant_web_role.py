"""manage.py grant_web_role: what the web and worker login may do, derived from the triggers.

The owner migrates. The web role reads and writes rows but never changes the shape, never
truncates, and may not even try to alter what an unconditional Protect trigger guards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from clusters_portal.queries.web_rights import excess_rights, refused_rights

WEB_ROLE = "portal_web"
# Locking a row needs the right to update one column: the key, which the trigger still guards.
LOCKED_TABLES = ("mapping_basis",)


class Command(BaseCommand):
    """Grant and revoke; safe to run after every migration."""

    help = "Give the web role its rights on today's tables; run it after every migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the role's name."""
        parser.add_argument("--role", default=WEB_ROLE)
        parser.add_argument("--check", action="store_true", help="change nothing; name excess")

    @transaction.atomic
    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Run every statement or none, and make sure that nothing else was given before."""
        if not options["check"]:
            self._grant(options)
        excess = excess_rights(options["role"])
        if excess:
            raise CommandError(
                f"{options['role']} has rights it must not have: {'; '.join(excess)}."
            )
        if options["check"]:
            self.stdout.write(f"{options['role']} has no right that it must not have.")

    def _grant(self, options: dict[str, Any]) -> None:
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
    for table, verb in refused_rights():
        yield f"REVOKE {verb} ON {connection.ops.quote_name(table)} FROM {role}"
    for table in LOCKED_TABLES:
        yield f"GRANT UPDATE (id) ON {table} TO {role}"
