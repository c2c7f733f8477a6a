"""Two sessions at once: one verification, one use of a paper, one use of a file."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from grants.actions.attach_evidence import attach_evidence
from grants.actions.record_contribution import record_contribution
from grants.actions.verify_contribution import verify_contribution
from grants.models import Contribution, FundingSource, SourceEvidence
from grants.queries.ledger_verification import verify_ledger
from grants.queries.match_balances import given_of_source
from grants.rules.match.states import ContributionState
from tests.db.grants.match_drafts import draft
from tests.db.grants.test_competition_race import at_once
from tests.factories.accounts import make_user
from tests.factories.awards import add_evidence, make_award, make_contribution, make_pledge
from tests.factories.documents import sent
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_two_officers_verify_once():
    pledge = make_pledge(make_award())
    for number in range(ROUNDS):
        row = make_contribution(pledge, ContributionState.SUBMITTED, amount=100 + number)
        add_evidence(row.source, pledge.award)
        officers = [actor_from_user(make_user()) for _ in range(2)]
        at = database_now()

        def act(officer, row=row, at=at):
            return verify_contribution(actor=officer, at=at, contribution=row).state

        ends = at_once(*[lambda one=one: act(one) for one in officers])
        assert sorted(ends) == ["illegal_transition", "verified"]
        assert row.entries.filter(step="verify").count() == 1
    assert verify_ledger().ok


def test_one_paper_at_two_awards_at_once_counts_once():
    for number in range(ROUNDS):
        pledges = [make_pledge(make_award()) for _ in range(2)]
        day = max(one.award.starts_on for one in pledges) + timedelta(days=10)
        recorder, at = actor_from_user(make_user()), database_now()
        gift = draft(pledges[0], f"CHK-{number}", "6,000.00")
        gift = replace(gift, given_from=day, given_through=day)

        def act(pledge, gift=gift, at=at, recorder=recorder):
            record_contribution(actor=recorder, at=at, pledge=pledge, gift=gift)
            return "recorded"

        ends = at_once(*[lambda one=one: act(one) for one in pledges])
        assert sorted(ends) == ["recorded", "source_used"]
        source = FundingSource.objects.latest("pk")
        assert given_of_source(source) == Decimal(6000)
    assert FundingSource.objects.count() == ROUNDS
    assert verify_ledger().ok


def test_one_file_at_two_awards_at_once_proves_one():
    recorder = actor_from_user(make_user())
    rows = [make_contribution(make_pledge(make_award())) for _ in range(2)]
    at = database_now()

    def act(row):
        file = sent(name="letter.pdf")
        attach_evidence(actor=recorder, at=at, contribution=row, sent=file)
        return "attached"

    ends = at_once(*[lambda one=one: act(one) for one in rows])
    assert sorted(ends) == ["attached", "file_counted"]
    assert SourceEvidence.objects.count() == 1
    assert Contribution.objects.filter(state=ContributionState.EVIDENCE_ATTACHED).count() == 1
