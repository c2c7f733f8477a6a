"""Two windows, or a reviewer who submits while the page saves: nothing is overwritten unseen."""

import threading

import pytest
from django.db import DatabaseError, connection

from grants.actions import move_assignment, save_review, submit_review
from grants.models import Assignment, Review
from grants.rules.panel_states import AssignmentState
from kit.refusals import Refused
from tests.db.grants.panels import acting, drafted, make_panel
from tests.factories.grants import make_assignment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    _, rows, seats = make_panel(1, 1)
    made = make_assignment(rows[0], seats[0], AssignmentState.ACCEPTED)
    save(made, 5, 0)()
    return made


def save(row, value, version):
    def act():
        save_review.save_review(
            **acting(row), drafted=drafted(row.proposal.competition, value, version=version)
        )
        return "saved"

    return act


def submit(row, version):
    def act():
        submit_review.submit_review(**acting(row), version=version, key="once")
        return "submitted"

    return act


def at_once(*acts):
    """Run the acts together; return what each ended with, sorted."""
    ends, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            ends.append(act())
        except Refused as refused:
            ends.append(refused.refusal.code)
        except DatabaseError as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_two_windows_at_the_same_moment_lose_nothing(row):
    assert at_once(save(row, 6, 1), save(row, 7, 1)) == ["saved", "stale_text"]
    assert Review.objects.get().version == 2


def test_saving_while_submitting_is_one_or_the_other(row):
    ends = at_once(save(row, 7, 1), submit(row, 1))
    assert ends in (["saved", "stale_text"], ["illegal_transition", "submitted"])
    scores = set(Review.objects.get().scores.values_list("value", flat=True))
    assert scores == ({5} if "submitted" in ends else set())


def test_without_the_lock_words_are_saved_that_nobody_submitted(row, monkeypatch):
    """The twin: the lock taken away, both pass the lifecycle, and the draft leaves the scores."""
    both = threading.Barrier(2)

    def unlocked(given):
        rows = Assignment.objects.select_related(
            "proposal__competition__case", "proposal__case", "seat__user"
        )
        found = rows.get(pk=given.pk)
        both.wait(timeout=5)
        return found

    monkeypatch.setattr(move_assignment, "lock_assignment", unlocked)
    ends = at_once(save(row, 7, 1), submit(row, 1))
    assert "illegal_transition" not in ends
