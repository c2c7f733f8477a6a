"""The twin of the race: without the lock and the triggers one paper counts twice, and is found."""

import threading

import pytest
from django.db import connection

from accounts.actors import actor_from_user
from grants.actions import record_contribution as recording
from grants.queries.ledger_verification import verify_ledger
from tests.db.grants.match_drafts import draft
from tests.db.grants.test_competition_race import at_once
from tests.factories.accounts import make_user
from tests.factories.awards import make_award, make_pledge
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_the_lock_one_paper_counts_twice_and_verification_names_it(monkeypatch):
    both_have_read = threading.Barrier(2, timeout=20)
    real = recording.left_of_source

    def read_together(source):
        left = real(source)
        both_have_read.wait()
        return left

    monkeypatch.setattr(recording, "hold_source", lambda pk: None)
    monkeypatch.setattr(recording, "left_of_source", read_together)
    pledges = [make_pledge(make_award()) for _ in range(2)]
    recorder, at = actor_from_user(make_user()), database_now()
    gift = draft(pledges[0], "CHK-1", "6,000.00")

    def act(pledge):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        recording.record_contribution(actor=recorder, at=at, pledge=pledge, gift=gift)
        return "recorded"

    # The paper is there already, so that neither session waits for the other to write it.
    with monkeypatch.context() as alone:
        alone.setattr(recording, "left_of_source", real)
        first = make_pledge(make_award())
        small = draft(first, "CHK-1", "1.00")
        recording.record_contribution(actor=recorder, at=at, pledge=first, gift=small)
    assert at_once(*[lambda one=one: act(one) for one in pledges]) == ["recorded"] * 2
    report = verify_ledger()
    assert not report.ok
    assert "beyond its amount" in report.reason
