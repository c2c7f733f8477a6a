"""The lifecycles of grants: one table each, from which everything else is derived.

What the programme puts after selection (offer, acceptance, award) is not here before it is built.
"""

from enum import StrEnum

from kit.states import Machine, Transition


class CompetitionState(StrEnum):
    """Where a competition stands (programme.md 3.1)."""

    DRAFT = "draft"
    CLEARANCE = "clearance"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    SCREENING = "screening"
    REVIEW = "review"
    PANEL = "panel"
    SELECTION = "selection"
    ANNOUNCED = "announced"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class ProposalState(StrEnum):
    """Where a proposal stands (programme.md 3.2)."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    VALIDATED = "validated"
    REJECTED_WITH_ERRORS = "rejected_with_errors"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDER_REVIEW = "under_review"
    DISCUSSED = "discussed"
    NOT_DISCUSSED = "not_discussed"
    RECOMMENDED = "recommended"
    RESERVE = "reserve"
    NOT_RECOMMENDED = "not_recommended"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"


_C = CompetitionState
COMPETITION = Machine(
    name="competition",
    initial=_C.DRAFT,
    transitions=(
        Transition("ask_clearance", frozenset({_C.DRAFT}), _C.CLEARANCE, "Ask for clearance"),
        Transition(
            "return_to_draft",
            frozenset({_C.CLEARANCE, _C.SCHEDULED}),
            _C.DRAFT,
            "Return to the draft",
        ),
        Transition("schedule", frozenset({_C.CLEARANCE}), _C.SCHEDULED, "Schedule the opening"),
        Transition("open", frozenset({_C.SCHEDULED}), _C.OPEN, "Open"),
        Transition("close", frozenset({_C.OPEN}), _C.CLOSED, "Close"),
        Transition("reopen", frozenset({_C.CLOSED}), _C.OPEN, "Reopen after an outage"),
        Transition("start_screening", frozenset({_C.CLOSED}), _C.SCREENING, "Start screening"),
        Transition("start_review", frozenset({_C.SCREENING}), _C.REVIEW, "Start the review"),
        Transition("convene_panel", frozenset({_C.REVIEW}), _C.PANEL, "Open the discussion"),
        Transition(
            "start_selection", frozenset({_C.REVIEW, _C.PANEL}), _C.SELECTION, "Start selection"
        ),
        Transition("announce", frozenset({_C.SELECTION}), _C.ANNOUNCED, "Announce the results"),
        Transition("archive", frozenset({_C.ANNOUNCED}), _C.ARCHIVED, "Archive"),
        Transition(
            "cancel",
            frozenset(CompetitionState) - {_C.ANNOUNCED, _C.ARCHIVED, _C.CANCELLED},
            _C.CANCELLED,
            "Cancel",
        ),
    ),
    labels={
        _C.DRAFT: "Draft",
        _C.CLEARANCE: "In clearance",
        _C.SCHEDULED: "Scheduled",
        _C.OPEN: "Open",
        _C.CLOSED: "Closed",
        _C.SCREENING: "Screening",
        _C.REVIEW: "In review",
        _C.PANEL: "In discussion",
        _C.SELECTION: "Selection",
        _C.ANNOUNCED: "Results announced",
        _C.ARCHIVED: "Archived",
        _C.CANCELLED: "Cancelled",
    },
    public_labels={
        _C.SCHEDULED: "Opens soon",
        _C.CLOSED: "Under review",
        _C.SCREENING: "Under review",
        _C.REVIEW: "Under review",
        _C.PANEL: "Under review",
        _C.SELECTION: "Under review",
    },
)
SECRET = frozenset({_C.DRAFT, _C.CLEARANCE, _C.SCHEDULED})

_P = ProposalState
BEING_WRITTEN = frozenset({_P.DRAFT, _P.READY, _P.REJECTED_WITH_ERRORS})
UNDER_WAY = frozenset(ProposalState) - {_P.SELECTED, _P.NOT_SELECTED, _P.WITHDRAWN, _P.INELIGIBLE}
_JUDGED = frozenset({_P.RECOMMENDED, _P.RESERVE, _P.NOT_RECOMMENDED})
_TALKED = frozenset({_P.DISCUSSED, _P.NOT_DISCUSSED})
PROPOSAL = Machine(
    name="proposal",
    initial=_P.DRAFT,
    transitions=(
        Transition("certify", frozenset({_P.DRAFT}), _P.READY, "Certify"),
        Transition("change", frozenset({_P.READY}), _P.DRAFT, "Change it again"),
        Transition("submit", frozenset({_P.READY}), _P.SUBMITTED, "Submit"),
        Transition("validate", frozenset({_P.SUBMITTED}), _P.VALIDATED, "Accept as complete"),
        Transition(
            "reject", frozenset({_P.SUBMITTED}), _P.REJECTED_WITH_ERRORS, "Return with errors"
        ),
        Transition(
            "revise",
            frozenset({_P.VALIDATED, _P.REJECTED_WITH_ERRORS}),
            _P.DRAFT,
            "Prepare a new version",
        ),
        Transition(
            "keep_submitted",
            frozenset({_P.DRAFT, _P.READY, _P.REJECTED_WITH_ERRORS}),
            _P.VALIDATED,
            "Keep the version submitted before",
        ),
        Transition("find_eligible", frozenset({_P.VALIDATED}), _P.ELIGIBLE, "Find eligible"),
        Transition(
            "find_ineligible", frozenset({_P.VALIDATED}), _P.INELIGIBLE, "Find not eligible"
        ),
        Transition("reconsider", frozenset({_P.INELIGIBLE}), _P.ELIGIBLE, "Find eligible now"),
        Transition("begin_review", frozenset({_P.ELIGIBLE}), _P.UNDER_REVIEW, "Begin the review"),
        Transition("discuss", frozenset({_P.UNDER_REVIEW}), _P.DISCUSSED, "Close the discussion"),
        Transition(
            "leave_undiscussed", frozenset({_P.UNDER_REVIEW}), _P.NOT_DISCUSSED, "Do not discuss"
        ),
        Transition("recommend", _TALKED, _P.RECOMMENDED, "Recommend"),
        Transition("put_in_reserve", _TALKED, _P.RESERVE, "Put in reserve"),
        Transition("leave_out", _TALKED, _P.NOT_RECOMMENDED, "Do not recommend"),
        Transition("select", _JUDGED, _P.SELECTED, "Select"),
        Transition("not_select", _JUDGED, _P.NOT_SELECTED, "Do not select"),
        Transition(
            "withdraw",
            UNDER_WAY,
            _P.WITHDRAWN,
            "Withdraw",
        ),
    ),
    labels={
        _P.DRAFT: "Draft",
        _P.READY: "Ready to submit",
        _P.SUBMITTED: "Submitted",
        _P.VALIDATED: "Received complete",
        _P.REJECTED_WITH_ERRORS: "Returned with errors",
        _P.ELIGIBLE: "Eligible",
        _P.INELIGIBLE: "Not eligible",
        _P.UNDER_REVIEW: "In review",
        _P.DISCUSSED: "Discussed",
        _P.NOT_DISCUSSED: "Not discussed",
        _P.RECOMMENDED: "Recommended",
        _P.RESERVE: "In reserve",
        _P.NOT_RECOMMENDED: "Not recommended",
        _P.SELECTED: "Selected",
        _P.NOT_SELECTED: "Not selected",
        _P.WITHDRAWN: "Withdrawn",
    },
    # Until results are announced the applicant's page must not tell how the judging goes.
    public_labels={
        **dict.fromkeys(
            (
                _P.ELIGIBLE,
                _P.UNDER_REVIEW,
                _P.DISCUSSED,
                _P.NOT_DISCUSSED,
                _P.RECOMMENDED,
                _P.RESERVE,
                _P.NOT_RECOMMENDED,
            ),
            "Under review",
        ),
    },
)
