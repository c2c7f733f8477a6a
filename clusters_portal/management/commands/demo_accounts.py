"""manage.py demo_accounts: who one can be in the demo world."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clusters_portal.demo.personas import PERSONAS, Persona


class Command(BaseCommand):
    """Print e-mail, password, TOTP secret and roles; in the demo settings only."""

    help = "List the demo accounts (demo settings only)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Print."""
        if not settings.IS_DEMO:
            raise CommandError("Demo accounts exist in the demo settings only.")
        rows = [_row(persona) for persona in PERSONAS]
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(f"Password of everybody: {settings.DEMO_PASSWORD}")
        self.stdout.write(f"Secret of the officers' second step: {settings.DEMO_TOTP_SECRET}")
        for row in rows:
            self.stdout.write(f"  {row['email']:<34} {row['title']}: {row['does']}")


def _row(persona: Persona) -> dict[str, Any]:
    return {
        "key": persona.key,
        "name": persona.name,
        "title": persona.title,
        "does": persona.does,
        "email": persona.email,
        "password": settings.DEMO_PASSWORD,
        "totp_secret": settings.DEMO_TOTP_SECRET if persona.is_officer else "",
        "roles": [role.value for role in persona.roles],
    }
