"""The chair's board and the reviewer's desk through the browser's eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grants.actions.choose_run import choose_run
from grants.actions.run_assignment import run_assignment
from grants.models import Assignment, Review, ReviewReading
from grants.queries.assignment_facts import Relaxed
from grants.rules.panel_states import AssignmentState
from tests.db.grants.panels import final, make_chair, make_panel, submitted
from tests.db.grants.test_review_rows import tie
from tests.factories.accounts import make_officer_user
from tests.factories.grants import make_assignment
from tests.factories.sign_in import sign_in_freshly
from trail.actions.perform_job import perform_job
from trail.actors import SYSTEM
from trail.models import Job
from trail.queries.clock import database_now


def enter(client, seat):
    """The person of the seat signs in, with the second step that panels need."""
    seat.user = make_officer_user(f"Person of {seat.alias}")
    seat.save(update_fields=["user"])
    sign_in_freshly(client, seat.user)
    return seat


@pytest.fixture
def panel(db):
    return make_panel(2, 4)


def board(competition):
    return reverse("grants:assignment", args=[competition.reference])


def own(client, seat, proposal, state=AssignmentState.ACCEPTED):
    enter(client, seat)
    return make_assignment(proposal, seat, state)


def page(client, name, row, **data):
    address = reverse(f"grants:{name}", args=[row.reference])
    return client.post(address, data) if data else client.get(address)


def test_the_chair_runs_takes_changes_and_releases(client, panel):
    competition, rows, seats = panel
    enter(client, make_chair(competition))
    asked = client.post(board(competition) + "run/", {"more_load": "0", "idempotency_key": "k1"})
    assert asked.status_code == 302
    job = perform_job(reference=Job.objects.get().reference)
    assert job.state == "done", job.message
    words = client.get(board(competition)).content.decode()
    assert "Proved to be the best" in words
    run = competition.assignment_runs.get()
    client.post(board(competition) + f"runs/{run.reference}/use/", {"idempotency_key": "k2"})
    assert Assignment.objects.count() == 6
    mine = Assignment.objects.filter(proposal=rows[0])
    (free,) = [seat for seat in seats if not mine.filter(seat=seat).exists()]
    change = board(competition) + f"proposals/{rows[0].reference}/"
    wanted = {"add": free.reference, "remove": mine.first().reference}
    words = client.get(change, wanted).content.decode()
    assert "would become" in words
    assert not mine.filter(seat=free).exists()
    client.post(change, {**wanted, "idempotency_key": "k3"})
    assert mine.filter(seat=free).exists()
    due = database_now() + timedelta(days=14)
    day = {"due_on_month": due.month, "due_on_day": due.day, "due_on_year": due.year}
    answer = client.post(board(competition) + "release/", {**day, "idempotency_key": "k4"})
    assert answer.status_code == 302, answer.content.decode()
    assert not Assignment.objects.filter(state="proposed").exists()


def test_what_the_chair_is_tied_to_is_on_no_page(client, panel):
    competition, rows, _ = panel
    chair = enter(client, make_chair(competition))
    tie(chair, rows[0])
    for name in ("assignment", "panel_reviews"):
        words = page(client, name, competition).content.decode()
        assert rows[0].title not in words
        assert rows[0].reference not in words
        assert rows[1].title in words
    address = board(competition) + f"proposals/{rows[0].reference}/"
    assert client.get(address).status_code == 404


def test_a_reviewer_sees_no_board_and_nothing_before_the_release(client, panel):
    competition, rows, seats = panel
    row = own(client, seats[0], rows[0], AssignmentState.PROPOSED)
    assert client.get(board(competition)).status_code == 404
    assert page(client, "review", row).status_code == 404
    assert rows[0].title not in client.get("/reviewing/reviews/").content.decode()


def test_a_reviewer_accepts_reads_and_writes(client, panel):
    competition, rows, seats = panel
    row = own(client, seats[0], rows[0], AssignmentState.RELEASED)
    assert "glass furnaces" not in page(client, "review", row).content.decode()
    assert page(client, "review_proposal", row).status_code == 403
    page(client, "accept_review", row, idempotency_key="k1")
    words = page(client, "review", row).content.decode()
    assert "We plan glass furnaces." in words
    assert "What earns 9" in words
    assert ReviewReading.objects.get().what == "proposal"
    fields = {"strengths": "Many firms", "weaknesses": "None", "has_capacity": "yes"}
    for one in competition.criteria.all():
        fields |= {f"value_{one.pk}": "6", f"why_{one.pk}": ""}
    saved = page(client, "autosave_review", row, **fields, version="0")
    assert saved.json()["version"] == 1
    stale = page(client, "autosave_review", row, **fields | {"strengths": "Few"}, version="0")
    assert stale.status_code == 409
    assert stale.json()["fields"]["strengths"] == "Many firms"
    by_hand = page(client, "review", row, **fields | {"strengths": "Few"}, version="0")
    assert by_hand.status_code == 409
    assert "Few" in by_hand.content.decode()
    sent = {**fields, "version": "1", "next": "submit", "idempotency_key": "k2"}
    assert page(client, "review", row, **sent).status_code == 302
    assert Review.objects.get().submitted_at is not None
    assert "Read the others" in page(client, "review_result", row).content.decode()


def test_what_is_missing_stands_at_its_field(client, panel):
    competition, rows, seats = panel
    row = own(client, seats[0], rows[0])
    sent = {"strengths": "Many", "version": "0", "next": "submit", "idempotency_key": "k"}
    answer = client.post(
        reverse("grants:review", args=[row.reference]), sent, follow=True
    ).content.decode()
    assert f"Give a score for “{competition.criteria.first().name}”." in answer.replace(
        "&ldquo;", "“"
    )
    assert "Many" in answer


def test_others_after_the_own_review_then_final_then_the_discussion(client, panel):
    _, rows, seats = panel
    # The factory names people like their aliases.
    seats[1].user = make_officer_user("Olivia Other")
    seats[1].save(update_fields=["user"])
    other = submitted(rows[0], seats[1], 8)
    row = submitted(rows[0], seats[0], 3)
    enter(client, seats[0])
    words = page(client, "review_others", row).content.decode()
    assert other.seat.alias in words
    assert "Olivia" not in words
    assert "lie far apart" in words
    keys = row.review.scores.values_list("criterion", flat=True)
    reasons = {f"why_{key}": "Too little evidence given" for key in keys}
    page(client, "review_others", row, **reasons, idempotency_key="k")
    row.refresh_from_db()
    assert row.state == "finalised"
    assert page(client, "review_talk", row).status_code == 302


def test_the_chair_leads_the_discussion_and_locks(client, panel):
    competition, rows, seats = panel
    row = final(rows[0], seats[0])
    enter(client, make_chair(competition))
    place = [competition.reference, rows[0].reference]

    def do(name, key, **data):
        address = reverse(f"grants:{name}", args=place)
        return client.post(address, {"idempotency_key": key, **data}, follow=True).content.decode()

    assert "The discussion is open." in do("open_discussion", "a")
    assert "Strong letters" in do("chair_says", "b", text="Strong letters")
    enter(client, seats[0])
    assert "Strong letters" in page(client, "review_talk", row).content.decode()
    criteria = list(competition.criteria.all())
    fields = {f"value_{one.pk}": "7" for one in criteria} | {
        f"why_{one.pk}": "" for one in criteria
    }
    page(client, "review_talk", row, **fields, idempotency_key="c")
    row.refresh_from_db()
    assert row.state == "rescored"
    enter(client, competition.seats.get(role="chair"))
    do("close_discussion", "d")
    assert "The scores are locked." in do("lock_scores", "e")
    enter(client, seats[0])
    refused = page(client, "review_talk", row, **fields, idempotency_key="f").content.decode()
    assert "has locked the scores" in refused


@pytest.mark.parametrize("name", ["review", "review_proposal", "review_result", "review_others"])
def test_a_review_on_hold_does_not_exist(client, panel, name):
    _, rows, seats = panel
    row = own(client, seats[0], rows[0])
    row.suspended_at = database_now()
    row.save(update_fields=["suspended_at"])
    assert page(client, name, row).status_code == 404
    assert rows[0].title not in client.get("/reviewing/reviews/").content.decode()


def test_a_tie_hides_the_review_even_before_anybody_suspends_it(client, panel):
    _, rows, seats = panel
    row = own(client, seats[0], rows[0])
    tie(seats[0], rows[0])
    assert page(client, "review", row).status_code == 404
    assert page(client, "autosave_review", row, version="0").status_code == 404


def test_untrained_uncertified_or_without_a_second_step_nothing_is_read(client, panel):
    _, rows, seats = panel
    row = own(client, seats[0], rows[0])
    for name in ("certified_at", "trained_at"):
        kept = getattr(seats[0], name)
        setattr(seats[0], name, None)
        seats[0].save(update_fields=[name])
        assert page(client, "review", row).status_code == 404
        setattr(seats[0], name, kept)
        seats[0].save(update_fields=[name])
    assert page(client, "review", row).status_code == 200
    seats[0].user.authenticator_set.all().delete()
    assert page(client, "review", row).status_code == 404


def test_another_persons_review_does_not_exist(client, panel):
    _, rows, seats = panel
    row = make_assignment(rows[0], seats[1])
    enter(client, seats[0])
    assert page(client, "review", row).status_code == 404


def test_scores_from_a_file_are_looked_at_before_they_are_written(client, panel):
    competition, rows, seats = panel
    row = own(client, seats[0], rows[0])
    words = client.get("/reviewing/offline/scores.csv").getvalue().decode()
    assert row.reference in words
    assert "What earns 9" in words
    assert "glass furnaces" in client.get("/reviewing/offline/proposals.csv").getvalue().decode()
    assert ReviewReading.objects.get().what == "packet"
    first = competition.criteria.first().name
    head = "review,criterion,score,justification\n"
    bad = f"{head}{row.reference},{first},12,\nRA-0000-0000-0,{first},5,\n{row.reference},Taste,5,"
    words = client.post("/reviewing/offline/", {"text": bad}).content.decode()
    assert "Line 2" in words
    assert "Line 3" in words
    assert "Line 4" in words
    assert not Review.objects.exists()
    good = f"{head}{row.reference},{first},6,Letters"
    assert (
        "Nothing is written yet"
        in client.post("/reviewing/offline/", {"text": good}).content.decode()
    )
    sent = {"text": good, "confirmed": "1", "idempotency_key": "k"}
    assert client.post("/reviewing/offline/", sent).status_code == 302
    assert Review.objects.get().draft == {
        str(competition.criteria.first().pk): {"value": 6, "justification": "Letters"}
    }


def _queries(client, address):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_pages_ask_no_more_for_three_rows_than_for_one(client):
    counts = []
    for size in (1, 3):
        competition, rows, seats = make_panel(size, 4)
        run = run_assignment(
            actor=SYSTEM, at=database_now(), competition=competition, relaxed=Relaxed(), seed=size
        )
        choose_run(actor=SYSTEM, at=database_now(), run=run, key=f"k{size}")
        enter(client, make_chair(competition))
        chair = [_queries(client, board(competition))]
        chair.append(_queries(client, f"/staff/competitions/{competition.reference}/reviews/"))
        Assignment.objects.filter(state="proposed").delete()
        for row in rows:
            make_assignment(row, seats[0])
        enter(client, seats[0])
        counts.append([*chair, _queries(client, "/reviewing/reviews/")])
    assert counts[0] == counts[1]
