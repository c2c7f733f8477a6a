"""The lifecycles of givers' promises, panel seats and review assignments."""

from enum import StrEnum

from kit.states import Machine, Transition


class MatchState(StrEnum):
    """What a named giver of matching funds has answered."""

    LISTED = "listed"
    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class SeatState(StrEnum):
    """Whether somebody asked to the panel sits on it."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class AssignmentState(StrEnum):
    """How far one reviewer is with one proposal (programme.md 3.4)."""

    PROPOSED = "proposed"
    RELEASED = "released"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECUSED = "recused"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    FINALISED = "finalised"
    RESCORED = "rescored"
    LOCKED = "locked"
    REPLACED = "replaced"


_M = MatchState
MATCH = Machine(
    name="match commitment",
    initial=_M.LISTED,
    transitions=(
        Transition("ask", frozenset({_M.LISTED}), _M.ASKED, "Ask the giver to sign"),
        Transition("sign", frozenset({_M.ASKED}), _M.SIGNED, "Sign the commitment"),
        Transition("decline", frozenset({_M.ASKED}), _M.DECLINED, "Decline"),
        Transition("expire", frozenset({_M.ASKED}), _M.EXPIRED, "Close for no answer"),
        Transition("ask_again", frozenset({_M.EXPIRED, _M.DECLINED}), _M.ASKED, "Ask again"),
        Transition(
            "withdraw",
            frozenset({_M.LISTED, _M.ASKED, _M.EXPIRED, _M.DECLINED, _M.SIGNED}),
            _M.WITHDRAWN,
            "Take out",
        ),
    ),
    labels={
        _M.LISTED: "Not asked yet",
        _M.ASKED: "Asked",
        _M.SIGNED: "Signed",
        _M.DECLINED: "Declined",
        _M.EXPIRED: "No answer in time",
        _M.WITHDRAWN: "Taken out",
    },
)

_S = SeatState
SEAT = Machine(
    name="panel seat",
    initial=_S.INVITED,
    transitions=(
        Transition("accept", frozenset({_S.INVITED}), _S.ACCEPTED, "Accept"),
        Transition("decline", frozenset({_S.INVITED}), _S.DECLINED, "Decline"),
        Transition("end", frozenset({_S.INVITED, _S.ACCEPTED}), _S.ENDED, "End the seat"),
    ),
    labels={
        _S.INVITED: "Invited",
        _S.ACCEPTED: "On the panel",
        _S.DECLINED: "Declined",
        _S.ENDED: "Ended",
    },
)

_A = AssignmentState
LIVE_ASSIGNMENT = frozenset(
    {
        _A.PROPOSED,
        _A.RELEASED,
        _A.ACCEPTED,
        _A.IN_PROGRESS,
        _A.SUBMITTED,
        _A.FINALISED,
        _A.RESCORED,
        _A.LOCKED,
    }
)
ASSIGNMENT = Machine(
    name="review assignment",
    initial=_A.PROPOSED,
    transitions=(
        Transition("release", frozenset({_A.PROPOSED}), _A.RELEASED, "Release"),
        Transition("accept", frozenset({_A.RELEASED}), _A.ACCEPTED, "Accept"),
        Transition("decline", frozenset({_A.RELEASED}), _A.DECLINED, "Decline"),
        Transition(
            "recuse",
            frozenset(
                {_A.RELEASED, _A.ACCEPTED, _A.IN_PROGRESS, _A.SUBMITTED, _A.FINALISED, _A.RESCORED}
            ),
            _A.RECUSED,
            "Recuse yourself",
        ),
        Transition("start", frozenset({_A.ACCEPTED}), _A.IN_PROGRESS, "Start the review"),
        Transition("submit", frozenset({_A.IN_PROGRESS}), _A.SUBMITTED, "Submit the review"),
        Transition("take_back", frozenset({_A.SUBMITTED}), _A.IN_PROGRESS, "Take it back"),
        Transition("finalise", frozenset({_A.SUBMITTED}), _A.FINALISED, "Finalise"),
        Transition("rescore", frozenset({_A.FINALISED, _A.RESCORED}), _A.RESCORED, "Score again"),
        Transition("lock", frozenset({_A.FINALISED, _A.RESCORED}), _A.LOCKED, "Lock"),
        Transition(
            "replace",
            frozenset({_A.RELEASED, _A.ACCEPTED, _A.IN_PROGRESS}),
            _A.REPLACED,
            "Replace the reviewer",
        ),
    ),
    labels={
        _A.PROPOSED: "Proposed",
        _A.RELEASED: "Waiting for your answer",
        _A.ACCEPTED: "Accepted",
        _A.DECLINED: "Declined",
        _A.RECUSED: "Recused",
        _A.IN_PROGRESS: "In progress",
        _A.SUBMITTED: "Submitted",
        _A.FINALISED: "Final",
        _A.RESCORED: "Scored again",
        _A.LOCKED: "Locked",
        _A.REPLACED: "Replaced",
    },
)
# The same for the chair and the office: there it is not the reader who is waited for.
OFFICE_WORDS = {**ASSIGNMENT.labels, _A.RELEASED: "Not answered yet"}
