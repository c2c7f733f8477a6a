"""manage.py rotate_signing_key: a fresh key signs from now on."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.actions.rotate_signing_key import ensure_signing_key, rotate_signing_key
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
        at, old = database_now(), None
        if options["if_missing"]:
            new = ensure_signing_key(at=at)
        else:
            old, new = rotate_signing_key(at=at)
        file = private_file(new.kid)
        if not file.exists():
            self.stderr.write(
                f"Key {new.kid} signs, but its private half {file} is not there: bring it back "
                "from the backup, or make a fresh key without --if-missing."
            )
        told = {"kid": new.kid, "retired": old.kid if old else None, "file": str(file)}
        if options["as_json"]:
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(f"Key {told['kid']} signs; its private half is {told['file']}.")
        if old:
            self.stdout.write(f"Key {old.kid} signs no more; what it signed stays genuine.")
