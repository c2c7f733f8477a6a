"""The lifecycle of a report on an award, and the words of its kinds (programme.md 4.4)."""

from enum import StrEnum

from kit.states import Machine, Transition


class ReportState(StrEnum):
    """Where a report stands; late is not a state but a day."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REVISION_REQUESTED = "revision_requested"


class ReportKind(StrEnum):
    """What a report is about."""

    PERFORMANCE = "performance"
    FINANCIAL = "financial"


class ReportPace(StrEnum):
    """How often an award is reported on."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class ReportOutcome(StrEnum):
    """What a reviewer says of one round."""

    ACCEPT = "accept"
    REVISE = "revise"


class ReminderStep(StrEnum):
    """What the portal writes about a report that is not there, in this order."""

    DUE_SOON = "due_soon"
    MAIL_1 = "mail_1"
    OFFICER_15 = "officer_15"
    REMEDY_30 = "remedy_30"
    GRANTS_60 = "grants_60"


_R = ReportState
# The group may write in it.
WRITABLE = frozenset({_R.OPEN, _R.DRAFT, _R.REVISION_REQUESTED})
REPORT = Machine(
    name="report",
    initial=_R.SCHEDULED,
    transitions=(
        Transition("open_report", frozenset({_R.SCHEDULED}), _R.OPEN, "Open the report"),
        Transition("start_report", frozenset({_R.OPEN}), _R.DRAFT, "Start the report"),
        Transition("submit_report", WRITABLE, _R.SUBMITTED, "Sign and submit"),
        Transition("accept_report", frozenset({_R.SUBMITTED}), _R.ACCEPTED, "Accept the report"),
        Transition(
            "revise_report",
            frozenset({_R.SUBMITTED}),
            _R.REVISION_REQUESTED,
            "Ask for a revision",
        ),
    ),
    labels={
        _R.SCHEDULED: "Not open yet",
        _R.OPEN: "Open",
        _R.DRAFT: "Being written",
        _R.SUBMITTED: "Under review",
        _R.ACCEPTED: "Accepted",
        _R.REVISION_REQUESTED: "Revision asked for",
    },
    public_labels={
        _R.OPEN: "Open: your turn",
        _R.DRAFT: "Preparing",
        _R.REVISION_REQUESTED: "Revision: your turn",
    },
)
REPORT_KIND_WORDS = {
    ReportKind.PERFORMANCE: "Performance report",
    ReportKind.FINANCIAL: "Financial report",
}
REPORT_PACE_WORDS = {
    ReportPace.QUARTERLY: "Every quarter",
    ReportPace.HALF_YEARLY: "Every half-year",
    ReportPace.YEARLY: "Every year",
}
REPORT_OUTCOME_WORDS = {
    ReportOutcome.ACCEPT: "Accept the report",
    ReportOutcome.REVISE: "Ask for a revision",
}
REMINDER_WORDS = {
    ReminderStep.DUE_SOON: "We reminded the group that it is due soon",
    ReminderStep.MAIL_1: "We wrote to the group: the report is late",
    ReminderStep.OFFICER_15: "We told the programme officers",
    ReminderStep.REMEDY_30: "We sent the notice of remedy (2 CFR 200.339)",
    ReminderStep.GRANTS_60: "We told the grants officers",
}
