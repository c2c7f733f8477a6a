"""An award with 10,000 entries of match: what a person waits for.

Needs Django and a database to write into (`bench.place`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from time import perf_counter

import numpy as np
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from bench.round import once
from bench.verdicts import Bar, table
from grants.models import Award, Contribution, MatchEntry, Pledge
from grants.queries.award_standing import terms_of
from grants.queries.financial_report import cut_now, sums_at
from grants.rules.match.accounts import MATCH_FUNNEL, FundStep, MatchStep
from grants.rules.match.financial_report import form_lines
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import add_evidence, make_award, make_pledge, make_source, post_fund
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

ENTRIES, GIVERS, ROUNDS = 10_000, 40, 60
PAGE, FORM = 0.2, 1.0
EACH = Decimal("1000.00")
FEDERAL = 6_000_000


def measure(seed: int) -> bool:
    """Print a table; whether every bar was held."""
    award = filled_award(np.random.default_rng(seed))
    officer = make_officer(award.agency, AgencyRoleKind.PROGRAMME_OFFICER)
    count = award.entries.count()
    bars = [
        _page(
            officer,
            "position page, p95",
            reverse("grants:staff_award_position", args=[award.reference]),
        ),
        _form(award),
    ]
    return table(f"{count} entries of match on one award; {ROUNDS} requests", bars)


def filled_award(chance: np.random.Generator) -> Award:
    """An accepted award whose givers gave in small amounts, most of it verified."""
    competition = make_competition(
        money=FEDERAL, federal_ceiling=Decimal(FEDERAL), reviews_per_proposal=5
    )
    award = make_award(competition=competition, lines={"personnel": (FEDERAL, FEDERAL)})
    recorder, verifier = make_user(), make_user()
    pledges = [
        make_pledge(award, f"Giver {number}", amount=EACH * (ENTRIES // GIVERS))
        for number in range(GIVERS)
    ]
    numbers = itertools.count(award.entries.count() + 1)
    each = (ENTRIES - 2 * GIVERS) // (2 * GIVERS)
    for pledge in pledges:
        rows = _contributions(pledge, _amounts(chance, each), recorder)
        MatchEntry.objects.bulk_create(_entries(rows, pledge, numbers, verifier))
    post_fund(award, FundStep.APPROVE, Decimal(FEDERAL) / 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return award


def _amounts(chance: np.random.Generator, many: int) -> list[Decimal]:
    """Dollars and cents up to ``EACH``."""
    cents = chance.integers(1, int(EACH) * 100, size=many, endpoint=True)
    return [Decimal(int(one)) / 100 for one in cents]


def _contributions(pledge: Pledge, amounts: list[Decimal], recorder: User) -> list[Contribution]:
    source = make_source(pledge.giver_name, amount=sum(amounts))
    add_evidence(source, pledge.award)
    return Contribution.objects.bulk_create(
        Contribution(
            award=pledge.award,
            pledge=pledge,
            source=source,
            kind="cash",
            category="personnel",
            description=f"Payment {number} of {pledge.giver_name}",
            given_from=pledge.award.starts_on,
            given_through=pledge.award.starts_on,
            amount=amount,
            state="verified",
            recorded_by=recorder,
            recorded_at=database_now(),
        )
        for number, amount in enumerate(amounts)
    )


def _entries(
    rows: list[Contribution], pledge: Pledge, numbers: Iterator[int], verifier: User
) -> Iterator[MatchEntry]:
    now = database_now()
    for row in rows:
        for step in (MatchStep.CONTRIBUTE, MatchStep.VERIFY):
            source, target = MATCH_FUNNEL.ends(step)
            yield MatchEntry(
                award=pledge.award,
                pledge=pledge,
                contribution=row,
                number=next(numbers),
                step=step,
                source=source,
                target=target,
                amount=row.amount,
                reason="Measured",
                by=f"user:{verifier.pk}",
                by_user=verifier,
                at=now,
            )


def _form(award: Award) -> Bar:
    """The slowest of some SF-425s made from the ledgers."""
    taken = []
    for _ in range(ROUNDS // 6):
        started = perf_counter()
        cut = cut_now(award, award.ends_on)
        form_lines(terms_of(award), sums_at(award, cut), has_advances=True)
        taken.append(perf_counter() - started)
    return Bar("SF-425 from both ledgers, slowest", max(taken), FORM)


def _page(user: User, name: str, address: str) -> Bar:
    client = sign_in_freshly(Client(), user)
    once(client, address)
    taken = sorted(once(client, address) for _ in range(ROUNDS))
    return Bar(name, taken[int(ROUNDS * 0.95) - 1], PAGE)
