"""`python -m drills.deadline_seed make COUNT | close REFERENCE SECONDS`: a last night, staged."""

from __future__ import annotations

import json
import secrets
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from accounts.models import User
    from grants.models import Competition
    from tests.factories.proposals import Applicant


def make(count: int) -> dict[str, object]:
    """An open competition, ``count`` proposals to submit, half as many drafts with two editors."""
    from django.db import connection  # noqa: PLC0415 - after Django's set-up

    from drills.seed import cookie_of  # noqa: PLC0415 - the same
    from tests.factories.accounts import make_agency  # noqa: PLC0415 - the same
    from tests.factories.grants import make_competition  # noqa: PLC0415 - the same
    from tests.factories.proposals import certified, completed, started  # noqa: PLC0415 - the same

    with connection.cursor() as cursor:
        # What the seed writes may be lost with the machine; what the night writes may not.
        cursor.execute("SET synchronous_commit = off")
    mark = secrets.token_hex(4)
    agency = make_agency(f"Night Office {mark}", _person("office"), slug=f"night-{mark}")
    competition = make_competition(agency=agency)
    ready = [_applicant(competition, f"ready{number}") for number in range(count)]
    editing = [_applicant(competition, f"draft{number}") for number in range(count // 2)]
    return {
        "competition": competition.reference,
        "presses": [
            {
                "proposal": certified(completed(started(one))).reference,
                "address": one.representative.email,
                "cookie": cookie_of(one.representative),
            }
            for one in ready
        ],
        "drafts": [
            {
                "proposal": started(one).reference,
                "cookies": [cookie_of(one.administrator), cookie_of(one.representative)],
            }
            for one in editing
        ],
    }


def close(reference: str, seconds: float) -> dict[str, object]:
    """Move the close of the competition to an instant, as an amendment does."""
    from django.db import transaction  # noqa: PLC0415 - after Django's set-up

    from grants.actions.close_competition import CLOSING  # noqa: PLC0415 - the same
    from grants.actions.watch_proposal import watch_proposal  # noqa: PLC0415 - the same
    from grants.models import Competition, Proposal  # noqa: PLC0415 - the same
    from records.actions.set_deadline import set_deadline  # noqa: PLC0415 - the same
    from tests.factories.grants import move_close  # noqa: PLC0415 - the same
    from trail.queries.clock import database_now  # noqa: PLC0415 - the same

    at = datetime.fromtimestamp(seconds, UTC)
    competition = move_close(Competition.objects.get(case__reference=reference), at)
    with transaction.atomic():
        set_deadline(case=competition.case, kind=CLOSING, due_at=at)
        for proposal in Proposal.objects.filter(competition=competition):
            watch_proposal(proposal, database_now())
    return {"closes_at": seconds}


def _applicant(competition: Competition, mark: str) -> Applicant:
    """A designated group and its two people, under addresses that nobody else has."""
    from tests.factories.certification_groups import (  # noqa: PLC0415 - after Django's set-up
        make_group,
        seat_representative,
    )
    from tests.factories.grants import make_designation  # noqa: PLC0415 - the same
    from tests.factories.proposals import Applicant  # noqa: PLC0415 - the same

    administrator, representative = _person(f"{mark}a"), _person(f"{mark}r")
    name = f"Night {mark} {secrets.token_hex(4)}"
    group = make_group(administrator, competition.agency, name=name)
    seat_representative(group, representative)
    make_designation(group)
    return Applicant(group, administrator, representative, competition)


def _person(mark: str) -> User:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - after Django's set-up

    from accounts.models import User  # noqa: PLC0415 - the same

    email = f"{mark}-{secrets.token_hex(4)}@drill.example"
    user = User.objects.create_user(email, None, name=f"Night {mark}")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


if __name__ == "__main__":
    django.setup()
    verb, *words = sys.argv[1:]
    told = make(int(words[0])) if verb == "make" else close(words[0], float(words[1]))
    print(json.dumps(told))
