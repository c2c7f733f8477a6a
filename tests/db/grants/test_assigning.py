"""The solver as an act, the board by hand, the release, and what a reviewer answers."""

from datetime import timedelta

import pytest

from grants.actions.answer_assignment import (
    accept_assignment,
    decline_assignment,
    recuse_from,
    replace_reviewer,
)
from grants.actions.change_board import change_board, undo_change
from grants.actions.choose_run import choose_run
from grants.actions.release_assignments import release_assignments
from grants.actions.remind_reviewers import remind_reviewers
from grants.actions.run_assignment import run_assignment
from grants.actions.watch_reviews import watch_reviews
from grants.models import Assignment, Competition
from grants.queries.assignment_facts import Relaxed
from grants.queries.boards import board_of, pairs_of
from grants.rules.board import Change
from grants.rules.panel_states import AssignmentState
from grants.rules.states import CompetitionState
from kit.refusals import Refused
from records.actions.set_deadline import sweep_deadlines
from records.models import Deadline, Letter
from tests.db.grants.panels import acting, actor_of, make_chair, make_panel
from tests.db.grants.test_review_rows import tie
from tests.factories.grants import make_assignment
from trail.actors import SYSTEM
from trail.queries.clock import database_now


def run(competition, seed=1, relaxed=None, **more):
    return run_assignment(
        actor=SYSTEM,
        at=database_now(),
        competition=competition,
        relaxed=relaxed or Relaxed(),
        seed=seed,
        **more,
    )


def choose(found, key="use"):
    return choose_run(actor=SYSTEM, at=database_now(), run=found, key=key)


def change(competition, *, add=(), remove=(), key="change"):
    return change_board(
        actor=SYSTEM,
        at=database_now(),
        competition=competition,
        change=Change(frozenset(add), frozenset(remove)),
        key=key,
    )


def release(competition, key="release", days=14, **more):
    now = database_now()
    return release_assignments(
        actor=SYSTEM,
        at=now,
        competition=competition,
        due_at=now + timedelta(days=days),
        key=key,
        **more,
    )


def refused(code):
    return pytest.raises(Refused, match="") if code is None else _Refused(code)


class _Refused:
    def __init__(self, code):
        self.code = code
        self.context = pytest.raises(Refused)

    def __enter__(self):
        self.caught = self.context.__enter__()

    def __exit__(self, *ending):
        done = self.context.__exit__(*ending)
        assert self.caught.value.refusal.code == self.code
        return done


def test_a_run_keeps_its_proof_and_assigns_nothing():
    competition, rows, _ = make_panel()
    found = run(competition)
    result = found.result
    assert result["is_possible"]
    assert result["is_proved"]
    assert result["total"] <= result["bound"] + 1e-6
    assert len(result["pairs"]) == len(rows) * competition.reviews_per_proposal
    assert len(result["per_proposal"]) == len(result["best_possible"]) == len(rows)
    assert len(found.inputs_digest) == 64
    assert not Assignment.objects.exists()


def test_the_same_seed_again_is_the_same_run():
    competition, _, _ = make_panel()
    assert run(competition) == run(competition)


def test_a_tied_reviewer_is_never_in_a_run_and_the_cost_is_named():
    competition, rows, seats = make_panel(2, 4)
    tie(seats[0], rows[0])
    result = run(competition).result
    place = result["proposals"].index(rows[0].pk), result["seats"].index(seats[0].pk)
    assert list(place) not in result["pairs"]


def test_agreed_loads_are_kept_for_each_reviewer():
    competition, _, seats = make_panel(4, 5)
    seats[0].greatest_load = 1
    seats[0].save(update_fields=["greatest_load"])
    result = run(competition).result
    assert result["loads"][result["seats"].index(seats[0].pk)] <= 1


def test_what_is_missing_is_said_and_nothing_is_assigned_before_the_chair_chooses():
    competition, rows, seats = make_panel(2, 3)
    tie(seats[0], rows[0])
    found = run(competition)
    assert not found.result["is_possible"]
    told = " ".join(found.result["shortage"]["sentences"])
    assert rows[0].reference in told
    assert "needs 3" in told
    with refused("no_solution"):
        choose(found)
    assert not Assignment.objects.exists()


def test_giving_up_a_limit_makes_it_possible():
    competition, _, seats = make_panel(2, 3)
    for seat in seats:
        seat.greatest_load = 1
        seat.save(update_fields=["greatest_load"])
    assert not run(competition).result["is_possible"]
    assert run(competition, 2, Relaxed(more_load=1)).result["is_possible"]


def test_nothing_to_assign_is_said():
    competition, _, _ = make_panel(0, 3)
    with refused("nothing_to_assign"):
        run(competition)


def test_a_chosen_run_is_a_plan_that_a_second_one_replaces():
    competition, rows, _ = make_panel()
    choose(run(competition))
    assert set(Assignment.objects.values_list("state", flat=True)) == {"proposed"}
    choose(run(competition, 2), "again")
    assert Assignment.objects.count() == len(rows) * 3


def test_a_run_from_before_a_new_tie_is_not_taken():
    competition, rows, seats = make_panel(1, 4)
    found = run(competition)
    chosen = {found.result["seats"][seat] for _, seat in found.result["pairs"]}
    tie(next(seat for seat in seats if seat.pk in chosen), rows[0])
    with refused("run_is_old"):
        choose(found)


def test_a_run_does_not_know_what_is_hidden_from_the_chair():
    competition, rows, _ = make_panel()
    result = run(competition, hidden=[rows[0].pk]).result
    assert rows[0].pk not in result["proposals"]


def test_changes_by_hand_and_back():
    competition, rows, seats = make_panel(1, 4)
    found = choose(run(competition))
    planned = {seat for _, seat in pairs_of(competition)}
    (free,) = {seat.pk for seat in seats} - planned
    out = next(iter(planned))
    change(competition, add=[(rows[0].pk, free)], remove=[(rows[0].pk, out)])
    assert pairs_of(competition) == {(rows[0].pk, one) for one in (planned - {out}) | {free}}
    undo_change(actor=SYSTEM, at=database_now(), competition=competition, key="undo")
    assert {seat for _, seat in pairs_of(competition)} == planned
    assert board_of(competition, found, []).missing == 0
    with refused("nothing_to_undo"):
        undo_change(actor=SYSTEM, at=database_now(), competition=competition, key="undo2")


def test_a_tied_reviewer_is_not_assigned_by_hand_and_the_sentence_tells_nothing():
    competition, rows, seats = make_panel(1, 4)
    tie(seats[0], rows[0])
    with pytest.raises(Refused) as caught:
        change(competition, add=[(rows[0].pk, seats[0].pk)])
    assert caught.value.refusal.code == "pair_not_possible"
    assert "conflict" not in caught.value.refusal.sentence


def test_who_is_not_ready_is_not_assigned_by_hand():
    competition, rows, seats = make_panel(1, 4)
    seats[0].trained_at = None
    seats[0].save(update_fields=["trained_at"])
    with refused("pair_not_possible"):
        change(competition, add=[(rows[0].pk, seats[0].pk)])


def test_what_was_released_is_not_rubbed_out():
    competition, rows, seats = make_panel(1, 4)
    make_assignment(rows[0], seats[0], AssignmentState.RELEASED)
    with refused("already_released"):
        change(competition, remove=[(rows[0].pk, seats[0].pk)])


def test_the_release_tells_each_reviewer_once():
    competition, rows, _ = make_panel(2, 3)
    choose(run(competition))
    assert release(competition) == 6
    assert set(Assignment.objects.values_list("state", flat=True)) == {"released"}
    assert Letter.objects.count() == 3
    assert rows[0].title not in Letter.objects.first().text


def test_a_release_needs_enough_reviewers_and_a_date_to_come():
    competition, rows, seats = make_panel(1, 4)
    with refused("nothing_planned"):
        release(competition)
    change(competition, add=[(rows[0].pk, seats[0].pk)])
    with refused("too_few_reviewers"):
        release(competition)
    with refused("due_in_the_past"):
        release(competition, days=-1)


def test_a_released_pair_stays_in_the_next_run():
    competition, rows, seats = make_panel(1, 4)
    make_assignment(rows[0], seats[3], AssignmentState.ACCEPTED)
    found = choose(run(competition))
    assert (rows[0].pk, seats[3].pk) in pairs_of(competition)
    assert len(pairs_of(competition)) == 3
    assert found.chosen_at is not None


def test_a_reviewer_accepts_once():
    _, rows, seats = make_panel(1, 1)
    row = make_assignment(rows[0], seats[0], AssignmentState.RELEASED)
    accept_assignment(**acting(row), key="yes")
    accept_assignment(**acting(row), key="yes")
    with refused("illegal_transition"):
        accept_assignment(**acting(row), key="other")


def test_nobody_answers_for_somebody_else():
    _, rows, seats = make_panel(1, 2)
    row = make_assignment(rows[0], seats[0], AssignmentState.RELEASED)
    with refused("not_found"):
        accept_assignment(**{**acting(row), "actor": SYSTEM}, key="yes")


def test_declining_needs_a_reason_and_tells_the_chair_without_naming_anything():
    competition, rows, seats = make_panel(1, 1)
    make_chair(competition)
    row = make_assignment(rows[0], seats[0], AssignmentState.RELEASED)
    with refused("reason_missing"):
        decline_assignment(**acting(row), reason=" ", key="no")
    decline_assignment(**acting(row), reason="No time", key="no2")
    letter = Letter.objects.get()
    assert rows[0].title not in letter.text
    assert seats[0].alias not in letter.text


def test_stepping_back_and_being_replaced():
    _, rows, seats = make_panel(1, 2)
    mine = make_assignment(rows[0], seats[0], AssignmentState.IN_PROGRESS)
    assert recuse_from(**acting(mine), reason="My cousin", key="a").state == "recused"
    other = make_assignment(rows[0], seats[1], AssignmentState.IN_PROGRESS)
    assert replace_reviewer(**acting(other), reason="No answer", key="b").state == "replaced"


def test_what_is_on_hold_moves_nowhere():
    _, rows, seats = make_panel(1, 1)
    row = make_assignment(rows[0], seats[0], AssignmentState.RELEASED, suspended_at=database_now())
    with refused("on_hold"):
        accept_assignment(**acting(row), key="yes")


def test_late_reviewers_are_reminded_once_a_day():
    competition, rows, seats = make_panel(1, 2)
    past = database_now() - timedelta(days=1)
    for seat in seats:
        make_assignment(rows[0], seat, AssignmentState.IN_PROGRESS, due_at=past)

    def remind():
        return remind_reviewers(actor=SYSTEM, at=database_now(), competition=competition)

    assert remind() == 2
    assert remind() == 0


def test_the_calendar_reminds_before_the_due_date_and_while_late():
    competition, rows, seats = make_panel(1, 2)
    due = database_now() + timedelta(days=10)
    for seat in seats:
        make_assignment(rows[0], seat, AssignmentState.IN_PROGRESS, due_at=due)
    watch_reviews(competition, database_now())

    def wake():
        """The sweep at the moment that the calendar names; how many letters it wrote."""
        before = Letter.objects.count()
        when = Deadline.objects.get(kind="remind_reviewers", swept_at=None).due_at
        sweep_deadlines(at=when)
        return when - due, Letter.objects.count() - before

    assert wake() == (timedelta(days=-3), 2)
    Assignment.objects.filter(seat=seats[0]).update(state=AssignmentState.SUBMITTED)
    assert wake() == (timedelta(0), 1)
    assert wake() == (timedelta(days=3), 1)
    Competition.objects.filter(pk=competition.pk).update(state=CompetitionState.SELECTION)
    assert wake() == (timedelta(days=7), 0)
    assert not Deadline.objects.filter(kind="remind_reviewers", swept_at=None).exists()


def test_the_release_puts_the_first_reminder_on_the_calendar():
    competition, rows, seats = make_panel(1, 3)
    for seat in seats:
        make_assignment(rows[0], seat, AssignmentState.PROPOSED)
    due = database_now() + timedelta(days=20)
    chair = make_chair(competition)
    asked = {"actor": actor_of(chair), "at": database_now(), "competition": competition}
    release_assignments(**asked, due_at=due, key="release-1")
    found = Deadline.objects.get(kind="remind_reviewers")
    assert found.due_at == due - timedelta(days=3)
