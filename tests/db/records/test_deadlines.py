"""Deadlines that passed: each one's verb is called once, and one that fails stops no other."""

from datetime import timedelta

import pytest

from records import registry
from records.actions.set_deadline import set_deadline, sweep_deadlines
from records.models import Deadline
from trail.actions.open_case import open_case
from trail.actors import SYSTEM
from trail.queries.clock import database_now

HOUR = timedelta(hours=1)


@pytest.fixture
def called(monkeypatch):
    """The references of cases whose verb was called; the kind “broken” always fails."""
    found = []

    def broken(_case, _at):
        message = "no such letter"
        raise LookupError(message)

    verbs = {"sound": lambda case, _at: found.append(case.reference), "broken": broken}
    monkeypatch.setattr(registry, "_verbs", verbs)
    return found


def passed(kind, hours=1):
    now = database_now()
    case = open_case(actor=SYSTEM, at=now, kind="award", prefix="AW")
    return set_deadline(case=case, kind=kind, due_at=now - hours * HOUR)


def test_a_verb_is_called_once(called):
    row = passed("sound")
    assert sweep_deadlines(at=database_now()) == 1
    assert sweep_deadlines(at=database_now()) == 0
    assert called == [row.case.reference]


def test_what_lies_ahead_waits(called):
    passed("sound", hours=-1)
    assert sweep_deadlines(at=database_now()) == 0
    assert called == []


def test_one_that_fails_stops_no_other_and_stays_due(called):
    bad, good = passed("broken", hours=2), passed("sound")
    assert sweep_deadlines(at=database_now()) == 1
    assert called == [good.case.reference]
    assert Deadline.objects.get(pk=bad.pk).swept_at is None
