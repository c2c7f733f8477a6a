"""A reviewer answers: accept, decline, or step back because of a conflict; the chair replaces."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from grants.actions.move_assignment import Act, Asked, begin_act, check_own, finish_act
from grants.actions.write_to_panel import PanelLetter, write_to_panel
from grants.models import Assignment, PanelSeat
from grants.rules.panel_states import SeatState
from grants.rules.terms import PanelRole
from kit.refusals import refuse
from trail.actors import Actor

LONGEST_NOTE = 300


@transaction.atomic
def accept_assignment(
    *, actor: Actor, at: datetime, assignment: Assignment, key: str
) -> Assignment:
    """Accept: from now on the proposal can be read.

    Raises:
        Refused: ``not_found`` for anybody else, ``on_hold``, ``illegal_transition``.
    """
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=Asked("accept", key))
    check_own(act)
    if not act.is_repeat:
        finish_act(act)
    return act.assignment


@transaction.atomic
def decline_assignment(
    *, actor: Actor, at: datetime, assignment: Assignment, reason: str, key: str
) -> Assignment:
    """Decline with a reason; the chairs are told that a place is free.

    Raises:
        Refused: ``reason_missing``, and as in accepting.
    """
    return _give_up(actor, at, assignment, Asked("decline", key, {"reason": reason}))


@transaction.atomic
def recuse_from(
    *, actor: Actor, at: datetime, assignment: Assignment, reason: str, key: str
) -> Assignment:
    """Step back for a conflict, even after the review; it counts nowhere from now on.

    Raises:
        Refused: ``reason_missing``, and as in accepting.
    """
    return _give_up(actor, at, assignment, Asked("recuse", key, {"reason": reason}))


@transaction.atomic
def replace_reviewer(
    *, actor: Actor, at: datetime, assignment: Assignment, reason: str, key: str
) -> Assignment:
    """The chair takes an assignment back from a reviewer; the board then shows a free place.

    Raises:
        Refused: ``reason_missing``, ``on_hold``, ``illegal_transition`` once a review is submitted.
    """
    asked = Asked("replace", key, {"reason": reason})
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=asked)
    if act.is_repeat:
        return act.assignment
    _end(act, reason)
    letter = PanelLetter(
        subject="A review was taken from your list",
        text=(
            "The chair has given one of your reviews to somebody else. You need not do anything. "
            "Thank you for your work so far."
        ),
        link_words="Open your reviews",
        link_path=reverse("grants:my_reviews"),
    )
    row = act.assignment
    write_to_panel(
        at=at,
        competition=row.proposal.competition,
        seat=row.seat,
        letter=letter,
        key=f"replaced:{row.reference}",
    )
    return row


def _give_up(actor: Actor, at: datetime, assignment: Assignment, asked: Asked) -> Assignment:
    act = begin_act(actor=actor, at=at, assignment=assignment, asked=asked)
    check_own(act)
    if not act.is_repeat:
        _end(act, str(asked.body["reason"]))
        _tell_chairs(act)
    return act.assignment


def _end(act: Act, reason: str) -> None:
    if not reason.strip():
        raise refuse("reason_missing", "Give a reason in a few words.")
    finish_act(act, changes={"note": reason.strip()[:LONGEST_NOTE]})


def _tell_chairs(act: Act) -> None:
    """Which proposal it is stands behind the sign-in only: a chair may be tied to it as well."""
    row = act.assignment
    competition = row.proposal.competition
    chairs = PanelSeat.objects.filter(
        competition=competition, role=PanelRole.CHAIR, state=SeatState.ACCEPTED
    )
    for chair in chairs.select_related("user"):
        letter = PanelLetter(
            subject="A place on the assignment board may be free",
            text=(
                "A reviewer has given back a review. Look at the board: where a proposal needs "
                "another reviewer, it says so."
            ),
            link_words="Open the assignment board",
            link_path=reverse("grants:assignment", args=[competition.case.reference]),
        )
        write_to_panel(
            at=act.at,
            competition=competition,
            seat=chair,
            letter=letter,
            key=f"given_back:{row.reference}",
        )
