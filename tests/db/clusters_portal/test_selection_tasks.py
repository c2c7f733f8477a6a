"""What selections put on whose list; and on whose they never appear."""

from datetime import timedelta

import pytest

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.selection_tasks import debriefs_of, selection_tasks
from grants.actions.appeal_result import file_appeal
from grants.models import Assignment, ConflictEdge
from grants.rules.debrief import AppealGround
from records.actions.publish import Announcement
from tests.factories.accounts import make_user
from tests.factories.selection import (
    advised,
    announced,
    decided,
    prepared,
    released,
    reviewed,
    started,
)
from trail.queries.clock import database_now

ROLES = {
    "officer": AgencyRoleKind.PROGRAMME_OFFICER,
    "official": AgencyRoleKind.SELECTING_OFFICIAL,
    "publisher": AgencyRoleKind.PUBLISHER,
    "second_publisher": AgencyRoleKind.PUBLISHER,
    "appeals_officer": AgencyRoleKind.APPEALS_OFFICER,
    "auditor": AgencyRoleKind.AUDITOR,
}


def lists(scene):
    """Per persona: what is asked, and whether of them."""
    agency = scene.competition.agency_id
    return {
        name: [
            (task.what, task.is_mine)
            for task in selection_tasks(scene.people[name], frozenset({(agency, role)}))
        ]
        for name, role in ROLES.items()
    }


def only(**said):
    return {name: said.get(name, []) for name in ROLES}


def test_a_ranking_may_start_once_every_review_counts():
    scene = reviewed()
    assert lists(scene) == only(officer=[("Start the selection", True)])
    first = Assignment.objects.filter(proposal=scene.proposals[0]).first()
    Assignment.objects.filter(pk=first.pk).update(suspended_at=database_now())
    assert lists(scene) == only()


def test_a_recommendation_is_due_from_the_pin_on():
    assert lists(started()) == only(officer=[("Recommend proposals", True)])


def test_an_announced_draw_comes_first():
    rows = [[[5, 6, 5], [6, 5, 6], [5, 5, 6]], [[6, 5, 5], [5, 6, 6], [6, 5, 5]]] * 3
    scene = started(money=600_000, scores=rows, line_rule="draw")
    assert lists(scene) == only(officer=[("Fix the draw's list", True)])


def test_a_decision_is_due_of_an_official_who_took_no_part():
    scene = advised()
    assert lists(scene) == only(
        officer=[("Decide the selection", False)], official=[("Decide the selection", True)]
    )
    scene.people["official"] = scene.people["officer"]
    assert lists(scene)["official"] == [("Decide the selection", False)]


def test_results_are_prepared_by_one_publisher_and_released_by_another():
    scene = decided()
    due = [("Prepare the results", True)]
    assert lists(scene) == only(publisher=due, second_publisher=due)
    prepared(scene)
    assert lists(scene) == only(
        publisher=[("Release the results", False)],
        second_publisher=[("Release the results", True)],
    )


def test_after_the_release_nothing_waits():
    at = database_now() + timedelta(days=2)
    scene, _ = released(announcement=Announcement(show_from=at))
    assert lists(scene) == only()


def member_of(proposal):
    return proposal.group.seats.select_related("user").first().user


def test_an_appeal_waits_for_an_appeals_officer_who_took_no_part():
    scene, row = announced()
    file_appeal(
        actor=actor_from_user(member_of(scene.proposals[-1])),
        at=row.public_from + timedelta(days=1),
        proposal=scene.proposals[-1],
        ground=AppealGround.FACTUAL_ERROR,
        words="A reviewer read another proposal's budget, as the first weakness shows.",
    )
    assert lists(scene) == only(appeals_officer=[("Decide an appeal", True)])
    scene.people["appeals_officer"] = scene.people["officer"]
    assert lists(scene)["appeals_officer"] == [("Decide an appeal", False)]


@pytest.mark.parametrize("make", [reviewed, started, advised, decided])
def test_who_is_tied_to_a_proposal_has_no_task_in_its_selection(make):
    scene = make()
    for person in {one.pk: one for one in scene.people.values()}.values():
        ConflictEdge.objects.create(
            user=person,
            proposal=scene.proposals[0],
            kind="board",
            is_hard=True,
            found_at=database_now(),
            found_by="system:portal",
        )
    assert lists(scene) == only()


def test_the_same_role_in_another_agency_sees_nothing():
    scene, other = decided(), decided()
    role = frozenset({(other.competition.agency_id, AgencyRoleKind.PUBLISHER)})
    (task,) = selection_tasks(scene.people["publisher"], role)
    assert task.about == other.competition.title
    assert selection_tasks(make_user(), frozenset()) == []


def test_a_debrief_is_announced_to_the_group_and_only_from_its_moment():
    at = database_now() + timedelta(days=2)
    hidden, _ = released(announcement=Announcement(show_from=at))
    scene, row = announced()
    loser = member_of(scene.proposals[-1])
    (task,) = debriefs_of(loser, database_now())
    assert task.about == scene.proposals[-1].title
    assert task.due_at is not None
    assert debriefs_of(member_of(hidden.proposals[0]), database_now()) == []
    assert debriefs_of(scene.people["officer"], database_now()) == []
    assert debriefs_of(loser, row.public_from + timedelta(days=32)) == []
