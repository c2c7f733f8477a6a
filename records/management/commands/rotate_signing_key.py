"""manage.py rotate_signing_key: a fresh key signs from now on."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.actions.rotate_signing_key import rotate_signing_key
from records.models import SigningKey
from records.signing.keys import private_file
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Retire the key that signs papers and make the next one."""

    help = "A fresh key signs papers from now on; what older keys signed stays genuine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the flags."""
        parser.add_argument("--if-missing", action="store_true", help="only where no key signs yet")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Make the key and say where its private half is."""
        current = SigningKey.objects.filter(retired_at=None).first()
        old, new = (None, current)
        if current is None or not options["if_missing"]:
            old, new = rotate_signing_key(at=database_now())
        told = {
            "kid": new.kid if new else "",
            "retired": old.kid if old else None,
            "file": str(private_file(new.kid)) if new else "",
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(f"Key {told['kid']} signs; its private half is {told['file']}.")
        if old:
            self.stdout.write(f"Key {old.kid} signs no more; what it signed stays genuine.")
