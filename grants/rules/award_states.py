"""The lifecycle of an award from the draft to its acceptance (programme.md 4.1)."""

from enum import StrEnum

from kit.states import Machine, Transition


class AwardState(StrEnum):
    """Where an award stands."""

    DRAFTED = "drafted"
    RISK_REVIEW = "risk_review"
    RECOMMENDED = "recommended"
    SELECTED = "selected"
    FUNDS_CONFIRMED = "funds_confirmed"
    OBLIGATED = "obligated"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """The four signatures that make an obligation, each of another person."""

    RECOMMEND = "recommend"
    SELECT = "select"
    CONFIRM_FUNDS = "confirm_funds"
    OBLIGATE = "obligate"


_A = AwardState
# Nothing follows: the money is back in its pool.
OVER = frozenset({_A.DECLINED, _A.WITHDRAWN})
# Under way: the words of the award may still change, and every change voids what was signed.
CHANGEABLE = frozenset(
    {_A.RISK_REVIEW, _A.RECOMMENDED, _A.SELECTED, _A.FUNDS_CONFIRMED, _A.OBLIGATED}
)
AWARD = Machine(
    name="award",
    initial=_A.DRAFTED,
    transitions=(
        Transition(
            "begin_risk_review",
            frozenset({_A.DRAFTED}),
            _A.RISK_REVIEW,
            "Send to the risk review",
        ),
        Transition("recommend", frozenset({_A.RISK_REVIEW}), _A.RECOMMENDED, "Recommend"),
        Transition("select", frozenset({_A.RECOMMENDED}), _A.SELECTED, "Select for award"),
        Transition(
            "confirm_funds", frozenset({_A.SELECTED}), _A.FUNDS_CONFIRMED, "Confirm the funds"
        ),
        Transition("obligate", frozenset({_A.FUNDS_CONFIRMED}), _A.OBLIGATED, "Obligate"),
        Transition("change", CHANGEABLE, _A.DRAFTED, "Change the draft"),
        Transition("offer", frozenset({_A.OBLIGATED}), _A.OFFERED, "Offer the award"),
        Transition("accept", frozenset({_A.OFFERED}), _A.ACCEPTED, "Accept the award"),
        Transition("decline", frozenset({_A.OFFERED}), _A.DECLINED, "Decline the award"),
        Transition("withdraw_offer", frozenset({_A.OFFERED}), _A.WITHDRAWN, "Take the offer back"),
    ),
    labels={
        _A.DRAFTED: "Drafted",
        _A.RISK_REVIEW: "Risk review",
        _A.RECOMMENDED: "Recommended",
        _A.SELECTED: "Selected",
        _A.FUNDS_CONFIRMED: "Funds confirmed",
        _A.OBLIGATED: "Obligated",
        _A.OFFERED: "Offered",
        _A.ACCEPTED: "Accepted",
        _A.DECLINED: "Declined",
        _A.WITHDRAWN: "Offer taken back",
    },
    public_labels={
        _A.DRAFTED: "Being prepared",
        _A.RISK_REVIEW: "Being prepared",
        _A.RECOMMENDED: "Being prepared",
        _A.SELECTED: "Being prepared",
        _A.FUNDS_CONFIRMED: "Being prepared",
        _A.OBLIGATED: "Being prepared",
        _A.OFFERED: "Offered: your turn",
        _A.ACCEPTED: "Active",
        _A.DECLINED: "Declined",
        _A.WITHDRAWN: "Offer taken back",
    },
)
STEP_WORDS = {
    StepKind.RECOMMEND: "Recommended by the programme officer",
    StepKind.SELECT: "Selected by the selecting official",
    StepKind.CONFIRM_FUNDS: "Funds confirmed by the finance officer",
    StepKind.OBLIGATE: "Obligated by the grants officer",
}
