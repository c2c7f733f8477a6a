"""A million postings, folded again by `verify_ledger`; none of it is kept.

Needs Django and a database to write into (`bench.place`).
"""

from __future__ import annotations

import time
from decimal import Decimal

from django.db import connection, transaction

from bench.verdicts import Bar, table
from grants.models import MatchEntry
from grants.queries.ledger_verification import verify_ledger
from tests.factories.accounts import make_user
from tests.factories.awards import add_evidence, make_award, make_pledge, make_source

AWARDS, PLEDGES, GIFTS = 100, 10, 499
SECONDS = 30.0
CONTRIBUTIONS = """
    INSERT INTO grants_contribution (reference, award_id, pledge_id, source_id, kind, category,
        description, given_from, given_through, amount, valuation, state, recorded_by_id,
        recorded_at)
    SELECT 'CN-' || p.id || '-' || g, p.award_id, p.id, s.id, 'cash', 'personnel', 'Pay', now(),
        now(), 10, '{}', 'verified', %(recorder)s, now()
    FROM grants_pledge p JOIN grants_fundingsource s ON s.number = 'B' || p.id,
        generate_series(1, %(gifts)s) g
"""
ENTRIES = """
    INSERT INTO grants_matchentry (award_id, pledge_id, contribution_id, number, step, source,
        target, amount, reason, by, by_user_id, at)
    SELECT award_id, pledge_id, contribution_id,
        row_number() OVER (PARTITION BY award_id ORDER BY pledge_id, place, step),
        step, source, target, amount, 'Bench', 'user:1', by_user_id, now()
    FROM (
        SELECT p.award_id, p.id AS pledge_id, NULL::bigint AS contribution_id, v.place,
            v.step, v.source, v.target, p.amount, NULL::bigint AS by_user_id
        FROM grants_pledge p, (VALUES (-2, 'pledge', 'outside', 'pledged'),
            (-1, 'commit', 'pledged', 'committed')) AS v(place, step, source, target)
        UNION ALL
        SELECT c.award_id, c.pledge_id, c.id, c.id, v.step, v.source, v.target, c.amount,
            v.by_user
        FROM grants_contribution c, (VALUES
            ('contribute', 'committed', 'contributed', NULL::bigint),
            ('verify', 'contributed', 'verified', %(verifier)s::bigint)
        ) AS v(step, source, target, by_user)
    ) AS rows
"""


def measure(seed: int) -> bool:
    """Print a table; whether the bar was held."""
    _fill()
    count = MatchEntry.objects.count()
    begun = time.perf_counter()
    report = verify_ledger()
    seconds = time.perf_counter() - begun
    if not report.ok:
        raise SystemExit(f"Broken at {report.first_broken}: {report.reason}")
    bar = Bar("verify_ledger: fold, ties to papers and people", seconds, SECONDS)
    words = f"{count} postings of {AWARDS} awards, {AWARDS * PLEDGES} promises, seed {seed}"
    return table(f"Ledger, {words}", [bar])


def _fill() -> None:
    recorder, verifier = make_user(), make_user()
    for _ in range(AWARDS):
        award = make_award()
        for giver in range(PLEDGES):
            pledge = make_pledge(award, f"Giver {giver}", is_posted=False)
            number = f"B{pledge.pk}"
            source = make_source(number=number, number_key=number.lower(), amount=Decimal(9_000))
            add_evidence(source, award)
    people = {"recorder": recorder.pk, "verifier": verifier.pk, "gifts": GIFTS}
    with transaction.atomic(), connection.cursor() as cursor:
        # The triggers would judge each row as it comes: here they are what is not measured.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(CONTRIBUTIONS, people)
        cursor.execute(ENTRIES, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
