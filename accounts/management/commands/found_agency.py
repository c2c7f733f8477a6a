"""manage.py found_agency: an agency joins, with the administrator who gives its other roles."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from accounts.actions.found_agency import NewAgency, found_agency
from accounts.models import Agency, User
from trail.actors import SYSTEM
from trail.queries.clock import database_now


class Command(BaseCommand):
    """Found an agency; its first administrator has signed up before."""

    help = "Found an agency with its first administrator, who must have an account."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what an agency needs."""
        parser.add_argument("slug", help="short name in addresses, like orc")
        parser.add_argument("--name", required=True)
        parser.add_argument("--short-name", default="")
        parser.add_argument("--administrator", required=True, help="e-mail address of the account")
        parser.add_argument("--state", default="", help="two digits, for an agency of a state")
        parser.add_argument("--time-zone", default="America/New_York")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Found it and say its reference."""
        administrator = User.objects.filter(email__iexact=options["administrator"]).first()
        if administrator is None:
            raise CommandError("Nobody signs in with this address yet. Create the account first.")
        agency = NewAgency(
            name=options["name"],
            short_name=options["short_name"] or options["name"],
            slug=options["slug"],
            kind=Agency.Kind.STATE if options["state"] else Agency.Kind.FEDERAL,
            state_fips=options["state"],
            time_zone=options["time_zone"],
        )
        try:
            row = found_agency(
                actor=SYSTEM, at=database_now(), agency=agency, administrator=administrator
            )
        except IntegrityError as error:
            raise CommandError("An agency of this name or short name is there already.") from error
        said = {"reference": row.case.reference, "administrator": administrator.email}
        text = f"{row.name} is founded ({row.case.reference}); {administrator} gives its roles."
        self.stdout.write(json.dumps(said) if options["json"] else text)
