"""Panels in which tests act."""

from __future__ import annotations

from accounts.actors import actor_from_user
from grants.actions.save_review import Drafted, save_review
from grants.actions.submit_review import finalise_review, read_others, submit_review
from grants.rules.panel_states import AssignmentState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import PanelRole
from tests.factories.grants import (
    make_assignment,
    make_competition,
    make_proposal,
    make_seat,
    make_submission,
)
from trail.queries.clock import database_now

WORDS = ("glass furnaces", "grain storage", "robot welding", "boat building")


def content(title, words):
    answer = {"id": "a", "question": "What?", "answer": words, "is_statement": False}
    return {
        "title": title,
        "sections": [{"id": "question-1", "title": "Need", "answers": [answer]}],
    }


def make_panel(proposals=2, seats=4, **changes):
    """A competition in review with proposals that have words, and ready reviewers."""
    competition = make_competition(CompetitionState.REVIEW, **changes)
    rows = []
    for number in range(proposals):
        row = make_proposal(competition, ProposalState.UNDER_REVIEW)
        words = WORDS[number % len(WORDS)]
        row.counting = make_submission(row, content=content(row.title, f"We plan {words}."))
        row.save(update_fields=["counting"])
        rows.append(row)
    return competition, rows, [make_seat(competition) for _ in range(seats)]


def make_chair(competition, **changes):
    return make_seat(competition, role=PanelRole.CHAIR, **changes)


def actor_of(seat):
    return actor_from_user(seat.user)


def drafted(competition, value=5, why="", version=0, **changes):
    marks = {
        str(one.pk): {"value": value, "justification": why} for one in competition.criteria.all()
    }
    values = {
        "marks": marks,
        "texts": {"strengths": "Many firms.", "weaknesses": "Few givers."},
        "has_capacity": True,
        "version": version,
        **changes,
    }
    return Drafted(**values)


def acting(assignment):
    return {
        "actor": actor_of(assignment.seat),
        "at": database_now(),
        "assignment": assignment,
    }


def submitted(proposal, seat, value=5, why=""):
    """A review that was written and submitted through the acts."""
    row = make_assignment(proposal, seat, AssignmentState.ACCEPTED)
    saved = save_review(**acting(row), drafted=drafted(proposal.competition, value, why))
    submit_review(**acting(row), version=saved.version, key=f"submit-{row.pk}")
    row.refresh_from_db()
    return row


def final(proposal, seat, value=5):
    row = submitted(proposal, seat, value)
    read_others(**acting(row))
    finalise_review(**acting(row), justifications={}, key=f"final-{row.pk}")
    row.refresh_from_db()
    return row
