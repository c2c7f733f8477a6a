"""manage.py record_bounce LETTER: a letter came back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit.refusals import Refused
from records.actions.record_bounce import record_bounce
from records.models import Letter
from trail.actors import SYSTEM
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Mark a letter as returned; officers then see it on the case."""

    help = "Marks a letter as returned by the mail system, with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the arguments."""
        parser.add_argument("letter", metavar="REFERENCE")
        parser.add_argument("--reason", required=True)

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Mark it."""
        letter = Letter.objects.filter(reference=options["letter"]).first()
        if letter is None:
            raise CommandError(f"No letter {options['letter']}.")
        try:
            record_bounce(actor=SYSTEM, at=database_now(), letter=letter, reason=options["reason"])
        except Refused as refused:
            raise CommandError(refused.refusal.sentence) from refused
        self.stdout.write(f"{letter.reference} came back.")
