"""The lifecycle of one contribution, and the words of the match ledger (programme.md 4.2)."""

from enum import StrEnum

from kit.states import Machine, Transition


class ContributionKind(StrEnum):
    """What was given."""

    CASH = "cash"
    GOODS = "goods"
    VOLUNTEER_HOURS = "volunteer_hours"
    LOANED_STAFF = "loaned_staff"
    SPACE = "space"
    EQUIPMENT = "equipment"
    REAL_PROPERTY = "real_property"
    UNRECOVERED_INDIRECT = "unrecovered_indirect"
    PROGRAMME_INCOME = "programme_income"


class Origin(StrEnum):
    """Whose money stands behind a source, traced to its beginning."""

    PRIVATE = "private"
    STATE = "state"
    LOCAL = "local"
    FEDERAL = "federal"
    FEDERAL_PASSED_THROUGH = "federal_passed_through"


class SourceKind(StrEnum):
    """What kind of paper proves a source."""

    PAYMENT = "payment"
    INVOICE = "invoice"
    TIME_RECORD = "time_record"
    APPRAISAL = "appraisal"
    LEASE = "lease"
    GIFT_LETTER = "gift_letter"
    RATE_AGREEMENT = "rate_agreement"
    INCOME_RECORD = "income_record"


class ContributionState(StrEnum):
    """Where a contribution stands."""

    RECORDED = "recorded"
    EVIDENCE_ATTACHED = "evidence_attached"
    GIVER_CONFIRMED = "giver_confirmed"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    QUERIED = "queried"
    REJECTED = "rejected"
    DISALLOWED = "disallowed"
    WITHDRAWN = "withdrawn"


class RejectionReason(StrEnum):
    """Which of the seven tests of 2 CFR 200.306(b) a contribution fails."""

    NOT_IN_RECORDS = "not_in_records"
    COUNTED_ELSEWHERE = "counted_elsewhere"
    NOT_NECESSARY = "not_necessary"
    NOT_ALLOWABLE = "not_allowable"
    PAID_BY_FEDERAL = "paid_by_federal"
    NOT_IN_BUDGET = "not_in_budget"
    OTHER_PROVISION = "other_provision"


class NoteKind(StrEnum):
    """What somebody wrote about a contribution."""

    QUERY = "query"
    ANSWER = "answer"
    VERIFICATION = "verification"
    REJECTION = "rejection"
    DISALLOWANCE = "disallowance"
    DENIAL = "denial"
    WITHDRAWAL = "withdrawal"


_C = ContributionState
OPEN_TO_RECIPIENT = frozenset({_C.RECORDED, _C.EVIDENCE_ATTACHED, _C.GIVER_CONFIRMED})
CONTRIBUTION = Machine(
    name="contribution",
    initial=_C.RECORDED,
    transitions=(
        Transition(
            "attach_evidence", frozenset({_C.RECORDED}), _C.EVIDENCE_ATTACHED, "Attach evidence"
        ),
        Transition("confirm", frozenset({_C.EVIDENCE_ATTACHED}), _C.GIVER_CONFIRMED, "Confirm"),
        Transition("deny", frozenset({_C.EVIDENCE_ATTACHED}), _C.REJECTED, "This is not right"),
        Transition(
            "submit", frozenset({_C.GIVER_CONFIRMED}), _C.SUBMITTED, "Submit for verification"
        ),
        Transition("verify", frozenset({_C.SUBMITTED}), _C.VERIFIED, "Verify"),
        Transition("query", frozenset({_C.SUBMITTED}), _C.QUERIED, "Ask a question"),
        Transition("answer", frozenset({_C.QUERIED}), _C.SUBMITTED, "Answer"),
        Transition("reject", frozenset({_C.SUBMITTED, _C.QUERIED}), _C.REJECTED, "Reject"),
        Transition("disallow", frozenset({_C.VERIFIED}), _C.DISALLOWED, "Disallow"),
        Transition("withdraw", OPEN_TO_RECIPIENT, _C.WITHDRAWN, "Withdraw"),
    ),
    labels={
        _C.RECORDED: "Recorded",
        _C.EVIDENCE_ATTACHED: "Evidence attached",
        _C.GIVER_CONFIRMED: "Confirmed by the giver",
        _C.SUBMITTED: "Waiting for verification",
        _C.VERIFIED: "Verified",
        _C.QUERIED: "Question asked",
        _C.REJECTED: "Rejected",
        _C.DISALLOWED: "Disallowed",
        _C.WITHDRAWN: "Withdrawn",
    },
)
CONTRIBUTION_KIND_WORDS = {
    ContributionKind.CASH: "Cash",
    ContributionKind.GOODS: "Goods and supplies",
    ContributionKind.VOLUNTEER_HOURS: "Volunteer hours",
    ContributionKind.LOANED_STAFF: "Loaned staff",
    ContributionKind.SPACE: "Use of space",
    ContributionKind.EQUIPMENT: "Equipment",
    ContributionKind.REAL_PROPERTY: "Land or buildings",
    ContributionKind.UNRECOVERED_INDIRECT: "Unrecovered indirect costs",
    ContributionKind.PROGRAMME_INCOME: "Programme income",
}
# Money that moved; everything else is valued, and its share is capped.
CASH_KINDS = frozenset({ContributionKind.CASH, ContributionKind.PROGRAMME_INCOME})
ORIGIN_WORDS = {
    Origin.PRIVATE: "Private: a firm, a person, a foundation",
    Origin.STATE: "The state's own money",
    Origin.LOCAL: "A local government's own money",
    Origin.FEDERAL: "Federal money",
    Origin.FEDERAL_PASSED_THROUGH: "Federal money passed through a state or somebody else",
}
FEDERAL_ORIGINS = frozenset({Origin.FEDERAL, Origin.FEDERAL_PASSED_THROUGH})
SOURCE_KIND_WORDS = {
    SourceKind.PAYMENT: "Payment: bank record, check, wire",
    SourceKind.INVOICE: "Invoice or receipt",
    SourceKind.TIME_RECORD: "Time record or payroll record",
    SourceKind.APPRAISAL: "Appraisal",
    SourceKind.LEASE: "Lease or rent comparison",
    SourceKind.GIFT_LETTER: "Gift letter",
    SourceKind.RATE_AGREEMENT: "Indirect cost rate agreement",
    SourceKind.INCOME_RECORD: "Record of programme income",
}
REJECTION_WORDS = {
    RejectionReason.NOT_IN_RECORDS: "It cannot be verified from the recipient's records",
    RejectionReason.COUNTED_ELSEWHERE: "It is counted for another federal award",
    RejectionReason.NOT_NECESSARY: "It is not necessary and reasonable for the award's aims",
    RejectionReason.NOT_ALLOWABLE: "It is not allowable under the cost principles",
    RejectionReason.PAID_BY_FEDERAL: "It is paid by the federal government under another award",
    RejectionReason.NOT_IN_BUDGET: "It is not provided for in the approved budget",
    RejectionReason.OTHER_PROVISION: "It does not conform to other provisions (named below)",
}
NOTE_WORDS = {
    NoteKind.QUERY: "Question",
    NoteKind.ANSWER: "Answer",
    NoteKind.VERIFICATION: "Verification",
    NoteKind.REJECTION: "Rejection",
    NoteKind.DISALLOWANCE: "Disallowance",
    NoteKind.DENIAL: "The giver says no",
    NoteKind.WITHDRAWAL: "Withdrawal",
}
