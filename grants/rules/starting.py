"""Who may start a proposal, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from certification.rules.groups import SeatRole
from grants.rules.states import CompetitionState
from kit.refusals import Refusal


@dataclass(frozen=True)
class Start:
    """Somebody who wants to start a proposal for a group.

    Attributes:
        state: Where the competition stands.
        closes_at: The first instant that is too late.
        at: When it was asked.
        seat: The person's seat in the group.
        is_designated: Whether a designation of the group is in force.
        other: Reference of the group's proposal to this competition; empty when none.
    """

    state: CompetitionState
    closes_at: datetime | None
    at: datetime
    seat: SeatRole | None
    is_designated: bool
    other: str = ""


def start_refusals(start: Start) -> tuple[Refusal, ...]:
    """Every reason why this person cannot start a proposal for this group now."""
    found = (_closed(start), _seatless(start), _undesignated(start), _other(start))
    return tuple(refusal for refusal in found if refusal)


def is_taking(state: CompetitionState, closes_at: datetime | None, at: datetime) -> bool:
    """Whether the competition takes what arrives at this moment.

    What arrived in time counts, even if the competition was closed while it waited.
    """
    is_open = state in {CompetitionState.OPEN, CompetitionState.CLOSED}
    return is_open and closes_at is not None and at < closes_at


def last_minute(closes_at: datetime | None) -> datetime | None:
    """The minute that pages and letters name: the whole of it is in time.

    >>> last_minute(datetime(2026, 3, 3, 22)).minute
    59
    """
    return closes_at - timedelta(minutes=1) if closes_at else None


def _closed(start: Start) -> Refusal | None:
    if start.state is CompetitionState.OPEN and is_taking(start.state, start.closes_at, start.at):
        return None
    return Refusal("competition_not_open", "This competition does not take proposals now.")


def _seatless(start: Start) -> Refusal | None:
    if start.seat is SeatRole.ADMINISTRATOR:
        return None
    return Refusal(
        "not_administrator",
        "Only an administrator of the group starts a proposal. "
        "Ask one of them; they are listed under Team.",
    )


def _undesignated(start: Start) -> Refusal | None:
    if start.is_designated:
        return None
    return Refusal(
        "not_designated",
        "Only a Designated Cluster may apply, and this group holds no designation in force.",
    )


def _other(start: Start) -> Refusal | None:
    if not start.other:
        return None
    return Refusal(
        "proposal_under_way",
        f"Your group already has proposal {start.other} to this competition. Go on with it.",
    )
