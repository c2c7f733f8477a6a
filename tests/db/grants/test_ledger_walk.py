"""Random walks over the match ledger: the laws hold, and eight planted faults are found.

`make test` walks 500 sequences, `make fuzz` five thousand and more. The rules and the triggers
are each shown to hold alone: a fault in a rule is found with the triggers off, and is refused by
the database with the triggers on.
"""

import os
import time
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction

from grants.rules.match import limits, posting, recording
from tests.db.grants.ledger_walk import CENT, Broken, make_scene, run_sequence

pytestmark = pytest.mark.django_db

STEPS = 10
# `make fuzz` says how many examples of everything; a sequence is cheaper than a form.
SEQUENCES = max(500, int(os.environ.get("PORTAL_FUZZ", "0")) * 25)
FIRST = 20261122
TO_FIND = 250
LONGER = 25
FRESH = 15


@contextmanager
def without_triggers():
    """The table of entries without its laws, so that the rules stand alone."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = origin")


def scenes(sequences):
    """A number and a scene for each sequence: a fresh one now and then.

    What is rolled back stays in the indexes of its scene, and slows down every sum.
    """
    for number in range(sequences):
        if number % FRESH == 0:
            scene = make_scene()
        yield FIRST + number, scene


def walked(sequences, steps=STEPS):
    counted = Counter()
    for seed, scene in scenes(sequences):
        counted += run_sequence(scene, seed, steps)
    return counted


def test_the_laws_hold_in_every_sequence():
    begun = time.monotonic()
    counted = walked(SEQUENCES)
    print(f"{SEQUENCES} sequences of {STEPS}, {time.monotonic() - begun:.0f} s: {dict(counted)}")  # noqa: T201
    # The walker got everywhere: what it never tried it cannot have judged.
    for act in ("move", "funnel", "give", "verify", "draw", "reverse"):
        assert counted[act] > SEQUENCES // 20, act
    for code in ("not_there", "source_used", "reversal_of_reversal", "reversed_before"):
        assert counted[f"refused: {code}"], code
    for code in ("recorded_it", "no_evidence", "over_the_limit"):
        assert counted[f"refused: {code}"], code
    # What the rules let pass, the triggers let pass: both say the same.
    assert not counted["refused by the database"]


def test_the_rules_hold_without_the_triggers():
    with without_triggers():
        counted = walked(60)
    assert counted["reverse"]


def limit_off_by_a_cent(monkeypatch):
    real = limits.cap_on

    def wrong(terms, standing, day):
        return real(terms, _more(standing), day)

    monkeypatch.setattr(limits, "cap_on", wrong)


def _more(standing):
    return limits.Standing(
        standing.cash + CENT, standing.noncash, standing.costs, standing.advance, standing.drawn
    )


def document_checked_per_entry_only(monkeypatch):
    real = recording.room_refusal

    def wrong(amount, *, of_pledge, of_source):
        return real(amount, of_pledge=of_pledge, of_source=max(of_source, Decimal(900)))

    monkeypatch.setattr(recording, "room_refusal", wrong)


def reverse_under_a_later_step(monkeypatch):
    real = posting.balance_refusal
    monkeypatch.setattr(
        posting, "balance_refusal", lambda posted: None if posted.taken else real(posted)
    )


def partial_reversals_not_summed(monkeypatch):
    def wrong(posted, taken):
        return None if posted.amount <= taken.amount else real(posted, taken)

    real = posting.back_refusal
    monkeypatch.setattr(posting, "back_refusal", wrong)


def reversal_of_a_reversal(monkeypatch):
    monkeypatch.setattr(posting, "reversal_refusal", lambda posted: None)


def no_balance_check(monkeypatch):
    monkeypatch.setattr(posting, "balance_refusal", lambda posted: None)


def same_actor_verifies(monkeypatch):
    monkeypatch.setattr(recording, "verifier_refusal", recording.evidence_refusal)


def no_evidence(monkeypatch):
    monkeypatch.setattr(recording, "evidence_refusal", lambda witness: None)


MUTANTS = [
    limit_off_by_a_cent,
    document_checked_per_entry_only,
    reverse_under_a_later_step,
    partial_reversals_not_summed,
    reversal_of_a_reversal,
    no_balance_check,
    same_actor_verifies,
    no_evidence,
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.__name__)
def test_a_planted_fault_is_found_when_the_triggers_are_off(mutant, monkeypatch):
    mutant(monkeypatch)
    with pytest.raises(Broken), without_triggers():
        walked(TO_FIND, LONGER)


@pytest.mark.parametrize("mutant", MUTANTS[1:], ids=lambda one: one.__name__)
def test_the_triggers_hold_although_a_rule_has_a_fault(mutant, monkeypatch):
    mutant(monkeypatch)
    counted = Counter()
    for seed, scene in scenes(TO_FIND):
        counted += run_sequence(scene, seed, LONGER)
        if counted["refused by the database"]:
            return
    pytest.fail("the walker never came to what only the database refuses")
