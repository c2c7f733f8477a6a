"""For which reasons, and how long, a proposal may come after the close."""

from datetime import datetime, timedelta
from enum import StrEnum

from grants.rules.states import CompetitionState
from kit.refusals import Refusal


class LateReason(StrEnum):
    """Why somebody may submit after the close; there is no other."""

    ACCOMMODATION = "accommodation"
    DISASTER = "disaster"
    FAULT_OF_PORTAL = "portal_fault"
    OUTAGE = "outage"


LATE_REASON_WORDS = {
    LateReason.ACCOMMODATION: "A disability had to be accommodated",
    LateReason.DISASTER: "A declared disaster",
    LateReason.FAULT_OF_PORTAL: "A fault of the portal that is proven",
    LateReason.OUTAGE: "An outage",
}
LONGEST_LEAVE = timedelta(days=14)
MAY_COME_LATE = frozenset(
    {CompetitionState.OPEN, CompetitionState.CLOSED, CompetitionState.SCREENING}
)


def leave_refusals(
    *,
    state: CompetitionState,
    closes_at: datetime | None,
    until: datetime,
    at: datetime,
    is_withdrawn: bool,
) -> tuple[Refusal, ...]:
    """Every reason why an officer cannot allow a late submission like this."""
    found = []
    if closes_at is None or at < closes_at:
        found.append(
            Refusal("not_closed", "The competition has not closed. The group can simply submit.")
        )
    elif state not in MAY_COME_LATE:
        found.append(Refusal("judging_began", "The judging has begun: nothing more can come in."))
    if not at < until <= at + LONGEST_LEAVE:
        days = LONGEST_LEAVE.days
        found.append(Refusal("leave_until", f"Choose a time within the next {days} days."))
    if is_withdrawn:
        found.append(Refusal("withdrawn", "This proposal was withdrawn."))
    return tuple(found)
