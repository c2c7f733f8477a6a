"""What changes after opening: amendments, outages, questions; and that nothing else can."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.amend_competition import Revision, amend_competition, declare_outage
from grants.actions.answer_inquiry import PublicAnswer, answer_inquiry, ask_inquiry
from grants.models import Amendment, Clearance, Competition, Inquiry
from grants.queries.notices import current_bundle, notice_of
from grants.queries.public_competitions import version_of, versions
from grants.rules.bundles import hash_of
from grants.rules.extensions import Outage
from grants.rules.notice import Part
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import AmendmentKind, ClearanceKind
from kit.refusals import Refused
from records.actions.set_deadline import sweep_deadlines
from records.models import Letter
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_officer, make_user
from tests.factories.grants import DIGEST, make_competition, make_proposal
from trail.queries.clock import database_now

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def competition():
    return make_competition()


@pytest.fixture
def officer(competition):
    return make_officer(competition.agency, AgencyRoleKind.PROGRAMME_OFFICER)


def amend(competition, officer, *, words=700, is_material=False, at=None, **changes):
    form = notice_of(competition).form
    first, *others = form.questions
    text = replace(form, questions=(replace(first, word_limit=words), *others))
    values = {
        "part": Part.FORM,
        "text": text,
        "why": "The limit was too low",
        "is_material": is_material,
        "seen_hash": competition.bundle_hash,
        **changes,
    }
    made = amend_competition(
        actor=actor_from_user(officer),
        at=at or database_now(),
        competition=competition,
        revision=Revision(**values),
    )
    competition.refresh_from_db()
    return made


def code_of(act, *args, **options):
    with pytest.raises(Refused) as refused:
        act(*args, **options)
    return refused.value.refusal.code


def declare(competition, officer, began, ended, *, key=""):
    made = declare_outage(
        actor=actor_from_user(officer),
        at=database_now(),
        competition=competition,
        outage=Outage(began, ended),
        why="The portal was down",
        key=key,
    )
    competition.refresh_from_db()
    return made


def test_an_amendment_shows_its_difference_and_pins_the_new_words(competition, officer):
    before = competition.bundle_hash
    made = amend(competition, officer)
    assert [one["label"] for one in made.changes] == ["What is asked: question 1"]
    assert (made.number, made.hash_before, made.hash_after) == (1, before, competition.bundle_hash)
    assert competition.bundle_hash == hash_of(competition.bundle)
    assert hash_of(current_bundle(competition)) == competition.bundle_hash
    assert [one["hash"] for one in versions(competition)] == [before, competition.bundle_hash]
    assert hash_of(version_of(competition, 0)) == before
    assert version_of(competition, 1) == competition.bundle
    assert version_of(competition, 2) is None


def test_everybody_who_started_a_proposal_is_told(competition, officer):
    proposal = make_proposal(competition)
    gone = make_proposal(competition, ProposalState.WITHDRAWN)
    elsewhere = make_proposal(make_competition())
    amend(competition, officer)
    told = set(Letter.objects.values_list("to_address", flat=True))
    assert told == set(proposal.group.seats.values_list("user__email", flat=True)) != set()
    for other in (gone, elsewhere):
        assert not told & set(other.group.seats.values_list("user__email", flat=True))
    text = Letter.objects.get().text
    assert "The limit was too low" in text
    assert "at most 700 words" in text


def test_a_material_change_in_the_last_14_days_gives_14_days(competition, officer):
    closes_at, now = competition.closes_at, database_now()
    amend(competition, officer)
    assert competition.closes_at == closes_at
    made = amend(competition, officer, words=800, is_material=True, at=now)
    assert made.closes_after == competition.closes_at >= now + 14 * DAY
    assert competition.closes_at > closes_at
    sweep_deadlines(at=closes_at)
    competition.refresh_from_db()
    assert competition.status is CompetitionState.OPEN
    sweep_deadlines(at=competition.closes_at)
    competition.refresh_from_db()
    assert competition.status is CompetitionState.CLOSED


def test_refused_amendments_change_nothing(competition, officer):
    assert code_of(amend, competition, officer, words=500) == "nothing_changed"
    assert code_of(amend, competition, officer, why=" ") == "reason_missing"
    assert code_of(amend, competition, officer, seen_hash=DIGEST) == "stale_text"
    at = competition.closes_at
    assert code_of(amend, competition, officer, at=at) == "close_passed"
    closed = make_competition(CompetitionState.CLOSED)
    assert code_of(amend, closed, officer) == "illegal_transition"
    assert Amendment.objects.count() == 0
    assert hash_of(current_bundle(competition)) == competition.bundle_hash


def test_an_outage_gives_everybody_24_hours(competition, officer):
    competition = make_competition(closes_at=database_now() + 2 * HOUR)
    closes_at, now = competition.closes_at, database_now()
    assert code_of(declare, competition, officer, now - HOUR, now + HOUR) == "outage_not_over"
    short = now - timedelta(minutes=59)
    assert code_of(declare, competition, officer, short, now) == "outage_too_short"
    made = declare(competition, officer, now - 2 * HOUR, now - HOUR / 2)
    assert made.kind == AmendmentKind.OUTAGE
    assert competition.closes_at >= closes_at + DAY
    assert competition.bundle_hash == hash_of(current_bundle(competition))
    found = code_of(declare, competition, officer, now - 2 * HOUR, now - HOUR / 2)
    assert found in {"outage_declared", "outage_too_short"}


def test_an_outage_found_after_the_close_reopens(officer):
    closes_at = database_now() - HOUR
    competition = make_competition(CompetitionState.CLOSED, closes_at=closes_at)
    now = database_now()
    for _ in range(2):  # a double click
        declare(competition, officer, closes_at - 2 * HOUR, closes_at, key="outage")
    assert competition.status is CompetitionState.OPEN
    assert competition.amendments.count() == 1
    assert competition.closes_at >= now + DAY
    sweep_deadlines(at=competition.closes_at)
    competition.refresh_from_db()
    assert competition.status is CompetitionState.CLOSED


def test_a_competition_being_screened_is_not_reopened(officer):
    competition = make_competition(CompetitionState.SCREENING)
    began = competition.closes_at - 2 * HOUR
    found = code_of(declare, competition, officer, began, competition.closes_at)
    assert found == "illegal_transition"


TERMS = [
    {"title": "Another"},
    {"closes_at": None},
    {"federal_ceiling": Decimal(900_000)},
    {"ranking_rule": "calibrated"},
    {"exigency": "Afterwards"},
    {"bundle": {"other": 1}},
    {"bundle_hash": "1" * 64},
    {"opened_at": None},
    {"time_zone": "America/Chicago"},
]


@pytest.mark.parametrize("fields", TERMS, ids=lambda fields: next(iter(fields)))
def test_no_door_changes_the_terms_of_an_opened_competition(competition, fields):
    """Planted: each column is written behind the actions' back, as a careless query would."""
    with refused_by_trigger():
        Competition.objects.filter(pk=competition.pk).update(**fields)


@pytest.mark.parametrize("state", [CompetitionState.CLEARANCE, CompetitionState.SCHEDULED])
def test_what_was_handed_to_clearance_stands_too(state):
    row = make_competition(state)
    with refused_by_trigger():
        Competition.objects.filter(pk=row.pk).update(title="Another")
    with refused_by_trigger():
        row.criteria.update(weight=1)


def test_no_door_changes_the_parts_of_an_opened_competition(competition):
    criterion, question = competition.criteria.first(), competition.questions.first()
    anchor, pool = criterion.anchors.first(), competition.pools.get()
    for row, fields in (
        (criterion, {"weight": 41}),
        (question, {"word_limit": 999}),
        (anchor, {"words": "Anything"}),
        (pool, {"amount": Decimal(1)}),
    ):
        with refused_by_trigger():
            type(row).objects.filter(pk=row.pk).update(**fields)
        with refused_by_trigger():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    with refused_by_trigger():
        criterion.anchors.create(score=2, words="New")
    with refused_by_trigger():
        competition.pools.create(
            kind="state", state_fips="39", agency=competition.agency, amount=Decimal(1)
        )


def test_a_draft_takes_no_part_of_an_opened_one(competition):
    draft = make_competition(CompetitionState.DRAFT)
    with refused_by_trigger():
        competition.questions.filter(position=5).update(competition=draft, position=9)


def test_the_database_lets_no_rubric_of_99_or_of_two_anchors_out():
    row = make_competition(CompetitionState.DRAFT)
    rows = Competition.objects.filter(pk=row.pk)
    first = row.criteria.first()
    row.criteria.filter(pk=first.pk).update(weight=39)
    with refused_by_trigger():
        rows.update(state=CompetitionState.CLEARANCE)
    row.criteria.filter(pk=first.pk).update(weight=40)
    first.anchors.filter(score__gt=3).delete()
    with refused_by_trigger():
        rows.update(state=CompetitionState.CLEARANCE)
    first.anchors.create(score=9, words="Best")
    rows.update(state=CompetitionState.CLEARANCE)


def test_amendments_are_append_only(competition, officer):
    made = amend(competition, officer)
    with refused_by_trigger():
        Amendment.objects.filter(pk=made.pk).update(why="Another reason")
    with refused_by_trigger():
        Amendment.objects.filter(pk=made.pk)._raw_delete("default")


def planted(competition, **changes):
    values = {
        "competition": competition,
        "number": 7,
        "why": "Why",
        "is_material": False,
        "bundle_before": {},
        "hash_before": DIGEST,
        "hash_after": DIGEST,
        "changes": [],
        "closed_before": competition.closes_at,
        "closes_after": competition.closes_at,
        "made_by": "user:1",
        "made_at": database_now(),
        **changes,
    }
    return Amendment.objects.create(**values)


def test_amendment_limits(competition):
    now = database_now()
    planted(competition)
    with refused_by("amendment_number_once"):
        planted(competition)
    with refused_by("amendment_says_why"):
        planted(competition, number=8, why="")
    with refused_by("amendment_never_shortens"):
        planted(competition, number=8, closes_after=competition.closes_at - DAY)
    with refused_by("amendment_outage_paired"):
        planted(competition, number=8, kind=AmendmentKind.OUTAGE, outage_from=now)
    with refused_by("amendment_outage_paired"):
        planted(competition, number=8, outage_from=now, outage_to=now + HOUR)
    with refused_by("amendment_hashes_shaped"):
        planted(competition, number=8, hash_after="x")


def test_competition_window_and_reason_limits():
    row = make_competition(CompetitionState.CLEARANCE)
    rows = Competition.objects.filter(pk=row.pk)
    draft = make_competition(CompetitionState.DRAFT)
    late = {"closes_at": draft.opens_at + 29 * DAY, "exigency": "A flood"}
    short = make_competition(CompetitionState.CLEARANCE, **late)
    with refused_by("competition_window_of_30_days"):
        Competition.objects.filter(pk=short.pk).update(state=CompetitionState.SCHEDULED)
    bare = make_competition(CompetitionState.CLEARANCE, closes_at=draft.opens_at + 59 * DAY)
    with refused_by("competition_short_window_has_reason"):
        Competition.objects.filter(pk=bare.pk).update(state=CompetitionState.SCHEDULED)
    with refused_by("competition_cancel_paired"):
        rows.update(state=CompetitionState.CANCELLED)
    with refused_by("competition_cancel_paired"):
        rows.update(cancel_reason="No reason yet")


def test_clearance_limits():
    row = make_competition(CompetitionState.CLEARANCE)
    person, other = make_user(), make_user()

    def sign(user, kind, **changes):
        values = {"words_hash": DIGEST, "signed_at": database_now(), **changes}
        return Clearance.objects.create(competition=row, kind=kind, signed_by=user, **values)

    first = sign(person, ClearanceKind.LEGAL)
    with refused_by("clearance_once"):
        sign(other, ClearanceKind.LEGAL)
    with refused_by("clearance_three_persons"):
        sign(person, ClearanceKind.BUDGET)
    with refused_by("clearance_kind_known"):
        sign(other, "friends")
    with refused_by("clearance_hash_shaped"):
        sign(other, ClearanceKind.BUDGET, words_hash="x")
    with refused_by("clearance_paperwork_numbered"):
        sign(other, ClearanceKind.PAPERWORK)
    with refused_by_trigger():
        Clearance.objects.filter(pk=first.pk).update(signed_by=other)
    with refused_by_trigger():
        Clearance.objects.filter(pk=first.pk)._raw_delete("default")
    Clearance.objects.filter(pk=first.pk).update(voided_at=database_now())
    sign(other, ClearanceKind.LEGAL)


def ask(competition, asker, text="May a college lead?"):
    return ask_inquiry(
        actor=actor_from_user(asker),
        at=database_now(),
        competition=competition,
        asker=asker,
        text=text,
    )


def test_a_question_is_answered_for_everybody_and_the_asker_gets_a_letter(competition, officer):
    asker = make_user("Ada Asker")
    inquiry = ask(competition, asker)
    words = PublicAnswer("May a college lead?", "Yes, with a seat for firms.")
    by = {"actor": actor_from_user(officer), "at": database_now()}
    assert code_of(answer_inquiry, **by, inquiry=inquiry, words=PublicAnswer("Q", " ")) == (
        "answer_missing"
    )
    answer_inquiry(**by, inquiry=inquiry, words=words)
    assert Letter.objects.get().to_address == asker.email
    assert code_of(answer_inquiry, **by, inquiry=inquiry, words=words) == "answered_already"
    with refused_by_trigger():
        Inquiry.objects.filter(pk=inquiry.pk).update(answer="No")


def test_questions_are_taken_while_it_is_open_and_not_without_end(competition):
    asker = make_user()
    assert code_of(ask, competition, asker, "  ") == "question_missing"
    closed = make_competition(CompetitionState.CLOSED)
    assert code_of(ask, closed, asker) == "illegal_transition"
    for number in range(5):
        ask(competition, asker, f"Question {number}")
    assert code_of(ask, competition, asker, "One more") == "questions_waiting"


def test_inquiry_limits(competition):
    inquiry = ask(competition, make_user())
    rows = Inquiry.objects.filter(pk=inquiry.pk)
    with refused_by("inquiry_has_words"):
        rows.update(text="")
    with refused_by("inquiry_answer_paired"):
        rows.update(answer="Half")
    with refused_by_trigger():
        rows._raw_delete("default")
