"""The lifecycles of certification: one table each, from which everything else is derived."""

from collections.abc import Mapping
from enum import StrEnum

from kit.states import Machine, Transition


class ApplicationState(StrEnum):
    """Where a designation application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INTAKE = "intake"
    ACTION_NEEDED = "action_needed"
    CRITERIA_REVIEW = "criteria_review"
    DENIAL_PROPOSED = "denial_proposed"
    DECISION_PENDING = "decision_pending"
    DESIGNATED = "designated"
    DENIED = "denied"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"


class DesignationState(StrEnum):
    """Whether a designation holds."""

    IN_FORCE = "in_force"
    ENDED = "ended"


class ParticipantState(StrEnum):
    """What an invited organization has answered."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class CommitmentState(StrEnum):
    """What an asked government partner has answered."""

    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class ApplicantStage(StrEnum):
    """The four states that applicants see."""

    PREPARING = "Preparing"
    UNDER_REVIEW = "Under review"
    YOUR_TURN = "Your turn"
    DECIDED = "Decided"


_A = ApplicationState
_BEFORE_DECISION = frozenset(
    {
        _A.DRAFT,
        _A.SUBMITTED,
        _A.INTAKE,
        _A.ACTION_NEEDED,
        _A.CRITERIA_REVIEW,
        _A.DENIAL_PROPOSED,
        _A.DECISION_PENDING,
    }
)

STAGES: Mapping[ApplicationState, ApplicantStage] = {
    _A.DRAFT: ApplicantStage.PREPARING,
    _A.SUBMITTED: ApplicantStage.UNDER_REVIEW,
    _A.INTAKE: ApplicantStage.UNDER_REVIEW,
    _A.ACTION_NEEDED: ApplicantStage.YOUR_TURN,
    _A.CRITERIA_REVIEW: ApplicantStage.UNDER_REVIEW,
    _A.DENIAL_PROPOSED: ApplicantStage.YOUR_TURN,
    _A.DECISION_PENDING: ApplicantStage.UNDER_REVIEW,
    _A.DESIGNATED: ApplicantStage.DECIDED,
    _A.DENIED: ApplicantStage.DECIDED,
    _A.INELIGIBLE: ApplicantStage.DECIDED,
    _A.WITHDRAWN: ApplicantStage.DECIDED,
}

DECIDED = frozenset(state for state, stage in STAGES.items() if stage is ApplicantStage.DECIDED)
LIVE = frozenset(ApplicationState) - DECIDED

APPLICATION = Machine(
    name="application",
    initial=_A.DRAFT,
    transitions=(
        Transition("submit", frozenset({_A.DRAFT}), _A.SUBMITTED, "Submit"),
        Transition("open_intake", frozenset({_A.SUBMITTED}), _A.INTAKE, "Open the first look"),
        Transition(
            "request_information",
            frozenset({_A.INTAKE, _A.CRITERIA_REVIEW}),
            _A.ACTION_NEEDED,
            "Ask the applicant",
        ),
        Transition("answer", frozenset({_A.ACTION_NEEDED}), _A.INTAKE, "Send your answers"),
        Transition("lapse", frozenset({_A.ACTION_NEEDED}), _A.WITHDRAWN, "Close for no answer"),
        Transition(
            "accept", frozenset({_A.INTAKE}), _A.CRITERIA_REVIEW, "Accept for criteria review"
        ),
        Transition("find_ineligible", frozenset({_A.INTAKE}), _A.INELIGIBLE, "Find not eligible"),
        Transition(
            "resolve_unknown",
            frozenset({_A.CRITERIA_REVIEW}),
            _A.CRITERIA_REVIEW,
            "Settle an open question",
        ),
        Transition(
            "recommend",
            frozenset({_A.CRITERIA_REVIEW}),
            _A.DECISION_PENDING,
            "Recommend designation",
        ),
        Transition(
            "propose_denial",
            frozenset({_A.CRITERIA_REVIEW}),
            _A.DENIAL_PROPOSED,
            "Propose denial",
        ),
        Transition("cure", frozenset({_A.DENIAL_PROPOSED}), _A.CRITERIA_REVIEW, "Answer"),
        Transition(
            "return_case",
            frozenset({_A.DECISION_PENDING}),
            _A.CRITERIA_REVIEW,
            "Return for more review",
        ),
        Transition("designate", frozenset({_A.DECISION_PENDING}), _A.DESIGNATED, "Designate"),
        Transition("deny", frozenset({_A.DECISION_PENDING, _A.DENIAL_PROPOSED}), _A.DENIED, "Deny"),
        Transition("withdraw", _BEFORE_DECISION, _A.WITHDRAWN, "Withdraw"),
    ),
    labels={
        _A.DRAFT: "Draft",
        _A.SUBMITTED: "Submitted",
        _A.INTAKE: "First look",
        _A.ACTION_NEEDED: "Waiting for the applicant",
        _A.CRITERIA_REVIEW: "Criteria review",
        _A.DENIAL_PROPOSED: "Denial proposed",
        _A.DECISION_PENDING: "Waiting for the decision",
        _A.DESIGNATED: "Designated",
        _A.DENIED: "Denied",
        _A.INELIGIBLE: "Not eligible",
        _A.WITHDRAWN: "Withdrawn",
    },
    public_labels={state: stage.value for state, stage in STAGES.items()},
)

DESIGNATION = Machine(
    name="designation",
    initial=DesignationState.IN_FORCE,
    transitions=(
        Transition(
            "lapse",
            frozenset({DesignationState.IN_FORCE}),
            DesignationState.ENDED,
            "End at the close of the term",
        ),
    ),
    labels={DesignationState.IN_FORCE: "In force", DesignationState.ENDED: "Ended"},
)

_P = ParticipantState
PARTICIPANT = Machine(
    name="invitation",
    initial=_P.INVITED,
    transitions=(
        Transition("confirm", frozenset({_P.INVITED}), _P.CONFIRMED, "Confirm you belong"),
        Transition("decline", frozenset({_P.INVITED}), _P.DECLINED, "Decline"),
        Transition("expire", frozenset({_P.INVITED}), _P.EXPIRED, "Close for no answer"),
        Transition("invite_again", frozenset({_P.EXPIRED}), _P.INVITED, "Invite again"),
        Transition(
            "withdraw", frozenset({_P.INVITED, _P.EXPIRED}), _P.WITHDRAWN, "Take back invitation"
        ),
    ),
    labels={
        _P.INVITED: "Invited",
        _P.CONFIRMED: "Confirmed",
        _P.DECLINED: "Declined",
        _P.EXPIRED: "No answer in time",
        _P.WITHDRAWN: "Invitation taken back",
    },
)

_C = CommitmentState
COMMITMENT = Machine(
    name="commitment",
    initial=_C.ASKED,
    transitions=(
        Transition("sign", frozenset({_C.ASKED}), _C.SIGNED, "Sign the commitment"),
        Transition("decline", frozenset({_C.ASKED}), _C.DECLINED, "Decline"),
        Transition("expire", frozenset({_C.ASKED}), _C.EXPIRED, "Close for no answer"),
        Transition("ask_again", frozenset({_C.EXPIRED}), _C.ASKED, "Ask again"),
        Transition("withdraw", frozenset({_C.ASKED, _C.EXPIRED}), _C.WITHDRAWN, "Take back"),
    ),
    labels={
        _C.ASKED: "Asked",
        _C.SIGNED: "Signed",
        _C.DECLINED: "Declined",
        _C.EXPIRED: "No answer in time",
        _C.WITHDRAWN: "Request taken back",
    },
)

LIFECYCLES = (APPLICATION, DESIGNATION, PARTICIPANT, COMMITMENT)
