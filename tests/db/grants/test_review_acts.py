"""Writing, submitting, taking back, reading the others, making final, talking, locking."""

import pytest

from grants.actions.discuss_proposal import (
    close_discussion,
    lock_scores,
    open_discussion,
    rescore,
    write_post,
)
from grants.actions.save_review import StaleReview, save_review
from grants.actions.submit_review import (
    finalise_review,
    read_others,
    submit_review,
    take_back_review,
)
from grants.actions.upload_scores import upload_scores
from grants.models import Assignment, Review, ReviewReading, Score
from grants.queries.panel_scores import Stage, panel_scores
from grants.rules.panel_states import AssignmentState
from grants.rules.reviewing import Mark
from kit.refusals import Refused
from tests.db.grants.panels import (
    acting,
    actor_of,
    drafted,
    final,
    make_chair,
    make_panel,
    submitted,
)
from tests.db.grants.test_assigning import refused
from tests.factories.grants import make_assignment
from trail.queries.clock import database_now


@pytest.fixture
def panel():
    competition, rows, seats = make_panel(1, 3)
    return competition, rows[0], seats


def accepted(panel):
    _, proposal, seats = panel
    return make_assignment(proposal, seats[0], AssignmentState.ACCEPTED)


def leading(panel, key):
    competition, proposal, _ = panel
    chair = competition.seats.filter(role="chair").first() or make_chair(competition)
    return {
        "actor": actor_of(chair),
        "at": database_now(),
        "proposal": proposal,
        "key": key,
    }


def test_the_first_save_starts_the_review(panel):
    row = accepted(panel)
    saved = save_review(**acting(row), drafted=drafted(panel[0]))
    row.refresh_from_db()
    assert (saved.version, row.state) == (1, "in_progress")
    # The same words again are no new version.
    assert save_review(**acting(row), drafted=drafted(panel[0])).version == 1


def test_a_second_window_overwrites_nothing(panel):
    row = accepted(panel)
    save_review(**acting(row), drafted=drafted(panel[0], 5))
    with pytest.raises(StaleReview) as caught:
        save_review(**acting(row), drafted=drafted(panel[0], 7))
    assert caught.value.saved.version == 1


def test_submitting_turns_the_draft_into_scores(panel):
    row = submitted(panel[1], panel[2][0], 6)
    assert row.state == "submitted"
    assert list(row.review.scores.values_list("value", flat=True)) == [6, 6, 6]


def test_the_end_of_the_scale_needs_a_reason(panel):
    row = accepted(panel)
    saved = save_review(**acting(row), drafted=drafted(panel[0], 9))
    with refused("end_of_scale_unjustified"):
        submit_review(**acting(row), version=saved.version, key="a")
    words = drafted(panel[0], 9, "All givers signed", version=saved.version)
    saved = save_review(**acting(row), drafted=words)
    submit_review(**acting(row), version=saved.version, key="b")
    assert Score.objects.count() == 3


def test_nothing_unseen_is_submitted(panel):
    row = accepted(panel)
    save_review(**acting(row), drafted=drafted(panel[0]))
    with refused("stale_text"):
        submit_review(**acting(row), version=0, key="a")


def test_taking_back_until_the_others_were_read(panel):
    row = submitted(panel[1], panel[2][0])
    take_back_review(**acting(row), key="a")
    saved = save_review(**acting(row), drafted=drafted(panel[0], 4, version=1))
    submit_review(**acting(row), version=saved.version, key="b")
    assert list(row.review.scores.values_list("value", flat=True)) == [4, 4, 4]
    row.refresh_from_db()
    read_others(**acting(row))
    with refused("others_seen"):
        take_back_review(**acting(row), key="c")


def test_others_are_read_after_the_own_review_and_it_is_logged(panel):
    row = accepted(panel)
    with refused("own_review_first"):
        read_others(**acting(row))
    assert not ReviewReading.objects.exists()
    row = submitted(panel[1], panel[2][1])
    read_others(**acting(row))
    assert ReviewReading.objects.get().what == "others"


def test_a_wide_spread_asks_for_a_reason_before_it_is_final(panel):
    _, proposal, seats = panel
    submitted(proposal, seats[0], 3)
    row = submitted(proposal, seats[1], 8)
    with refused("wide_spread_unjustified"):
        finalise_review(**acting(row), justifications={}, key="a")
    keys = row.review.scores.values_list("criterion", flat=True)
    finalise_review(
        **acting(row), justifications=dict.fromkeys(keys, "The letters show it"), key="b"
    )
    row.refresh_from_db()
    assert row.state == "finalised"
    assert list(row.review.scores.values_list("value", flat=True)) == [8, 8, 8]


def test_final_words_are_not_written_again(panel):
    row = final(panel[1], panel[2][0])
    with refused("illegal_transition"):
        save_review(**acting(row), drafted=drafted(panel[0], 4, version=1))


def test_the_discussion_opens_when_every_review_is_final(panel):
    _, proposal, seats = panel
    final(proposal, seats[0])
    waiting = submitted(proposal, seats[1])
    with pytest.raises(Refused) as caught:
        open_discussion(**leading(panel, "a"))
    assert waiting.seat.alias in caught.value.refusal.sentence


def test_scoring_again_keeps_the_first_scores(panel):
    competition, proposal, seats = panel
    row = final(proposal, seats[0], 5)
    marks = {one.pk: Mark(7) for one in competition.criteria.all()}
    with refused("no_open_discussion"):
        rescore(**acting(row), marks=marks, key="a")
    open_discussion(**leading(panel, "open"))
    rescore(**acting(row), marks=marks, key="b")
    assert panel_scores(competition, Stage.FIRST)[0].value == 5
    assert panel_scores(competition)[0].value == 7
    rescore(**acting(row), marks={**marks, next(iter(marks)): Mark(6)}, key="c")
    assert Score.objects.filter(round=1).count() == 3


def test_posts_stand_under_aliases_while_the_discussion_is_open(panel):
    _, proposal, seats = panel
    final(proposal, seats[0])
    saying = {"actor": actor_of(seats[0]), "proposal": proposal, "seat": seats[0]}
    with refused("no_open_discussion"):
        write_post(**saying, at=database_now(), text="Too early", key="a")
    open_discussion(**leading(panel, "open"))
    with refused("post_empty"):
        write_post(**saying, at=database_now(), text="  ", key="b")
    post = write_post(**saying, at=database_now(), text="I agree", key="c")
    assert write_post(**saying, at=database_now(), text="I agree", key="c") == post
    close_discussion(**leading(panel, "close"))
    with refused("no_open_discussion"):
        write_post(**saying, at=database_now(), text="Too late", key="d")


def test_the_lock_ends_it(panel):
    competition, proposal, seats = panel
    row = final(proposal, seats[0])
    open_discussion(**leading(panel, "open"))
    with refused("discussion_open"):
        lock_scores(**leading(panel, "early"))
    close_discussion(**leading(panel, "close"))
    assert lock_scores(**leading(panel, "lock")).state == "discussed"
    row.refresh_from_db()
    assert row.state == "locked"
    marks = {one.pk: Mark(7) for one in competition.criteria.all()}
    with refused("scores_locked"):
        rescore(**acting(row), marks=marks, key="late")
    with refused("scores_locked"):
        save_review(**acting(row), drafted=drafted(competition, 8, version=1))
    with refused("not_in_review"):
        open_discussion(**leading(panel, "again"))


def test_without_a_discussion_it_is_not_discussed(panel):
    _, proposal, seats = panel
    with refused("no_reviews"):
        lock_scores(**leading(panel, "none"))
    final(proposal, seats[0])
    assert lock_scores(**leading(panel, "lock")).state == "not_discussed"


def test_a_file_of_scores_fills_drafts_all_or_none(panel):
    competition, proposal, seats = panel
    good = make_assignment(proposal, seats[0], AssignmentState.ACCEPTED)
    done = submitted(proposal, seats[1])
    first = competition.criteria.first().pk
    marks = {good: {first: Mark(4, "Brief")}}
    values = {"actor": actor_of(seats[0]), "at": database_now()}
    with refused("illegal_transition"):
        upload_scores(**values, marks={**marks, done: {first: Mark(4)}}, key="a")
    assert not Review.objects.filter(assignment=good).exists()
    assert upload_scores(**values, marks=marks, key="b") == 1
    assert good.review.draft == {str(first): {"value": 4, "justification": "Brief"}}
    assert Assignment.objects.get(pk=good.pk).state == "in_progress"
