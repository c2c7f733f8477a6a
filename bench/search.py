"""How long search takes with many organizations and roster entries.

    python bench/search.py [rows]

Writes invented rows in one transaction of the database of the settings, measures, rolls back.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusters_portal.settings.demo")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup

from accounts.models import Agency, Organization, User  # noqa: E402
from accounts.queries.look_of_names import skeleton_of  # noqa: E402
from accounts.queries.matching import by_name  # noqa: E402
from accounts.rules.names import name_key  # noqa: E402
from accounts.rules.roles import AgencyRoleKind  # noqa: E402
from accounts.searching import Question, kinds  # noqa: E402
from certification.models import ClusterGroup, GroupSeat, Participant  # noqa: E402
from certification.queries.register import today  # noqa: E402
from kit.references import new_reference  # noqa: E402
from trail.models import Case  # noqa: E402
from trail.queries.clock import database_now  # noqa: E402

FIRST = ("Maumee", "Elkhart", "Sandusky", "Toledo", "Perry", "Huron", "Wabash", "Lima")
SECOND = ("Glass", "Kiln", "Tool", "Plastics", "Vehicle", "Furnace", "Timber", "Dairy")
THIRD = ("Works", "Company", "Makers", "Partners", "Holding", "Systems", "Supply", "Labs")
ASKED = ("maumee kiln", "kiln", "sandusky furnace 77", "elkhrt plastcs", "zzzzqqqq", "12345")
ROUNDS = 7


def names(rows: int) -> list[str]:
    """Return invented names, always the same."""
    chance = random.Random(7)  # noqa: S311 - invented names
    return [
        f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)} {number}"
        for number in range(rows)
    ]


def fill(rows: int) -> User:
    """Write the rows; return a person who has a seat in the group of all entries."""
    at, person = database_now(), User.objects.create_user("bench@example.org")
    called = names(rows)
    cases = Case.objects.bulk_create(
        (Case(reference=new_reference("BN"), kind="bench", opened_at=at) for _ in range(rows + 1)),
        batch_size=5000,
    )
    Organization.objects.bulk_create(
        (
            Organization(
                case=case,
                legal_name=name,
                name_key=name_key(name),
                skeleton_key=skeleton_of(name),
                created_at=at,
            )
            for case, name in zip(cases[1:], called, strict=True)
        ),
        batch_size=5000,
    )
    known = ClusterGroup.objects.order_by("pk").first()
    if known is None:
        raise SystemExit("The database holds no group to copy; build the demo world first.")
    group = ClusterGroup.objects.get(pk=known.pk)
    group.pk, group.case, group.name = None, cases[0], "Bench group"
    group.save(force_insert=True)
    GroupSeat.objects.create(group=group, user=person, role="administrator", since=at)
    Participant.objects.bulk_create(
        (
            Participant(
                group=group,
                kind="firm",
                firm_role="supplier",
                organization_name=name,
                name_key=name_key(name),
                skeleton_key=skeleton_of(name),
                county_fips="39035",
                contact_name="B",
                contact_email="b@example.org",
                added_at=at,
            )
            for name in called
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_organization")
        cursor.execute("ANALYZE certification_participant")
    return person


def milliseconds(act) -> float:  # noqa: ANN001 - any act
    """Return the median time of an act."""
    act()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def measure(person: User) -> None:
    """Print a line for each question, as an officer who has a seat as well meets it."""
    agency = Agency.objects.order_by("pk").first()
    role = (agency.pk if agency else 0, AgencyRoleKind.PROGRAMME_OFFICER)
    every = kinds()
    print("asked".ljust(22), *(kind.code[:13].rjust(13) for kind in every), "all (ms)", sep=" ")
    for text in ASKED:
        question = Question(text, person, frozenset({role}), today(database_now()))
        taken = [milliseconds(partial(kind.find, question)) for kind in every]
        print(text.ljust(22), *(f"{one:13.1f}" for one in taken), f"{sum(taken):8.1f}", sep=" ")


def main() -> None:
    """Fill, measure, roll back."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with transaction.atomic():
        begun = time.perf_counter()
        person = fill(rows)
        print(f"{rows} organizations and {rows} entries in {time.perf_counter() - begun:.0f} s")
        measure(person)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plain = milliseconds(
            lambda: list(by_name(Organization.objects.all(), "kiln", "name_key")[:5])
        )
        print(f"organizations, “maumee kiln”, without the trigram index: {plain:.1f} ms")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
