"""The lifecycle of a request for payment (programme.md 4.3)."""

from enum import StrEnum

from kit.states import Machine, Transition


class PaymentState(StrEnum):
    """Where a request for payment stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    APPROVED_PARTIAL = "approved_partial"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    CERTIFIED = "certified"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"
    RECONCILED = "reconciled"
    RECOVERED = "recovered"


class ReviewKind(StrEnum):
    """What one of the two reviewers looks at."""

    PROGRESS = "progress"
    MONEY = "money"


class ReviewOutcome(StrEnum):
    """What a reviewer says."""

    APPROVE = "approve"
    RETURN = "return"
    DENY = "deny"


class RepaymentCause(StrEnum):
    """Why money came back: whether the costs stand decides what may be drawn again."""

    COST = "cost"
    LIMIT = "limit"
    ADVANCE = "advance"


CAUSE_WORDS = {
    RepaymentCause.COST: "A cost was wrong, or was credited: it counts no more",
    RepaymentCause.LIMIT: "More was drawn than the match or the costs allow; the costs stand",
    RepaymentCause.ADVANCE: "An advance was not needed",
}
_P = PaymentState
EDITABLE = frozenset({_P.DRAFT, _P.RETURNED})
# Asked for, and not yet taken from the award.
PENDING = frozenset({_P.SUBMITTED, _P.APPROVED, _P.APPROVED_PARTIAL})
CERTIFIABLE = frozenset({_P.APPROVED, _P.APPROVED_PARTIAL})
# Money left, or is leaving: the net of these is D.
DRAWN = frozenset({_P.CERTIFIED, _P.PAID, _P.RECONCILED, _P.RECOVERED})
# Two reviewers believed the costs of these.
COUNTED = CERTIFIABLE | DRAWN | {_P.PAYMENT_FAILED}
PAYMENT = Machine(
    name="payment request",
    initial=_P.DRAFT,
    transitions=(
        Transition("submit", EDITABLE, _P.SUBMITTED, "Certify and submit"),
        Transition(
            "withdraw",
            EDITABLE | {_P.SUBMITTED, _P.PAYMENT_FAILED},
            _P.WITHDRAWN,
            "Withdraw the request",
        ),
        Transition(
            "return_request",
            frozenset({_P.SUBMITTED}) | CERTIFIABLE,
            _P.RETURNED,
            "Return for correction",
        ),
        Transition("deny", frozenset({_P.SUBMITTED}), _P.DENIED, "Deny"),
        Transition("approve", frozenset({_P.SUBMITTED}), _P.APPROVED, "Approve"),
        Transition(
            "approve_part", frozenset({_P.SUBMITTED}), _P.APPROVED_PARTIAL, "Approve in part"
        ),
        Transition(
            "certify", CERTIFIABLE | {_P.PAYMENT_FAILED}, _P.CERTIFIED, "Certify for payment"
        ),
        Transition("pay", frozenset({_P.CERTIFIED}), _P.PAID, "Record the payment"),
        Transition(
            "fail",
            frozenset({_P.CERTIFIED}),
            _P.PAYMENT_FAILED,
            "Record that the payment failed",
        ),
        Transition("reconcile", frozenset({_P.PAID}), _P.RECONCILED, "Reconcile"),
        Transition("recover", frozenset({_P.PAID, _P.RECONCILED}), _P.RECOVERED, "Recover"),
    ),
    labels={
        _P.DRAFT: "Draft",
        _P.SUBMITTED: "Under review",
        _P.RETURNED: "Returned for correction",
        _P.APPROVED: "Approved, waiting for certification",
        _P.APPROVED_PARTIAL: "Approved in part, waiting for certification",
        _P.DENIED: "Denied",
        _P.WITHDRAWN: "Withdrawn",
        _P.CERTIFIED: "Certified, being paid",
        _P.PAID: "Paid",
        _P.PAYMENT_FAILED: "Payment failed",
        _P.RECONCILED: "Paid and reconciled",
        _P.RECOVERED: "Paid back in full",
    },
    public_labels={
        _P.DRAFT: "Preparing",
        _P.RETURNED: "Returned: your turn",
        _P.APPROVED: "Approved",
        _P.APPROVED_PARTIAL: "Approved in part",
        _P.CERTIFIED: "On its way",
        _P.RECONCILED: "Paid",
    },
)
REVIEW_WORDS = {
    ReviewKind.PROGRESS: "Progress: the work was done, and the costs belong to it",
    ReviewKind.MONEY: "Money: the costs are allowable and within the limits",
}
OUTCOME_WORDS = {
    ReviewOutcome.APPROVE: "Approve",
    ReviewOutcome.RETURN: "Return for correction",
    ReviewOutcome.DENY: "Deny",
}
