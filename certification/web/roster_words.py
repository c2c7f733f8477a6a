"""Words and routes that the pages of the roster share."""

from __future__ import annotations

from certification.models import Participant
from certification.rules.groups import ParticipantKind
from certification.rules.states import PARTICIPANT, ParticipantState

LABELS = {ParticipantKind.FIRM: "Members", ParticipantKind.INSTITUTION: "Institutions"}
TONES = {
    ParticipantState.INVITED: "info",
    ParticipantState.CONFIRMED: "good",
    ParticipantState.DECLINED: "bad",
    ParticipantState.EXPIRED: "warn",
    ParticipantState.WITHDRAWN: "quiet",
}


def tag_of(row: Participant) -> dict[str, str]:
    """Return the tag of an answer."""
    state = ParticipantState(row.state)
    return {"text": PARTICIPANT.labels[state], "tone": TONES[state]}


def list_route(kind: ParticipantKind) -> str:
    """Return the route of the list."""
    names = {ParticipantKind.FIRM: "members", ParticipantKind.INSTITUTION: "institutions"}
    return f"certification:{names[kind]}"


def add_route(kind: ParticipantKind) -> str:
    """Return the route on which one is added."""
    names = {ParticipantKind.FIRM: "add_member", ParticipantKind.INSTITUTION: "add_institution"}
    return f"certification:{names[kind]}"
