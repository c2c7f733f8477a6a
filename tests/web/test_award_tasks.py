"""What awards put on the lists of those who may do it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters_portal.queries.award_tasks import STEP_TASKS, award_tasks
from grants.queries.awards import awards_of_person
from grants.rules.award_signing import SIGNERS
from grants.rules.award_states import StepKind
from tests.factories.award_course import checked, drafted, offered, selected_course, sign
from trail.queries.clock import database_now


def tasks(course, who, later=timedelta()):
    user = course.people[who]
    held = user.agency_roles.filter(until=None)
    roles = frozenset((one.agency_id, SIGNERS[who]) for one in held) if who in SIGNERS else ()
    return [
        (one.what, one.is_mine)
        for one in award_tasks(
            user, frozenset(roles), awards_of_person(user.pk), database_now() + later
        )
    ]


@pytest.fixture
def course(db):
    return selected_course()


def test_each_step_waits_for_its_office(course):
    assert tasks(course, StepKind.RECOMMEND) == [("Draft the award", True)]
    checked(drafted(course))
    for kind in StepKind:
        assert tasks(course, kind) == [(STEP_TASKS[kind], True)]
        sign(course, kind)
    assert tasks(course, StepKind.OBLIGATE) == [("Offer the award", True)]
    assert tasks(course, "representative") == []


def test_an_offer_waits_for_the_representative_with_its_last_day(course):
    offered(course)
    assert tasks(course, "representative") == [("Answer the offer of an award", True)]
    assert tasks(course, StepKind.OBLIGATE) == [("Answer the offer", False)]
    user = course.people["representative"]
    assert award_tasks(user, frozenset(), awards_of_person(user.pk), database_now())[0].due_at


def test_an_offer_nobody_answered_waits_for_the_grants_officer(course):
    offered(course)
    late = tasks(course, StepKind.OBLIGATE, later=timedelta(days=32))
    assert late == [("Give more time for an offer, or take it back", True)]
    assert tasks(course, StepKind.RECOMMEND, later=timedelta(days=32)) == []


def test_a_longer_list_asks_no_more_questions(course):
    checked(drafted(course))
    with CaptureQueriesContext(connection) as one:
        tasks(course, StepKind.RECOMMEND)
    for _ in range(2):
        other = selected_course(course.agency, member=course.people["representative"])
        other.people[StepKind.RECOMMEND] = course.people[StepKind.RECOMMEND]
        checked(drafted(other))
    with CaptureQueriesContext(connection) as three:
        assert len(tasks(course, StepKind.RECOMMEND)) == 3
    assert len(three) == len(one)
