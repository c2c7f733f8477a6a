"""The trail of a group in plain sentences."""

from __future__ import annotations

from typing import Any

from trail.models import Case
from trail.queries.timeline import Moment, timeline

WORDS = {
    "open_case": "Case opened",
    "start_group": "Group started",
    "edit_group": "Name, purpose, cluster or region changed",
    "invite_to_seat": "Somebody was asked to join the team",
    "take_back_seat_invitation": "An invitation to the team was taken back",
    "accept_seat": "Joined the team",
    "decline_seat": "Declined to join the team",
    "end_seat": "Somebody left the team",
    "invite_participants": "Invited",
    "edit_participant": "Entry on the roster corrected",
    "remind_participant": "Reminder sent",
    "remind_government": "Reminder sent",
    "take_back_participant": "Invitation taken back",
    "take_back_government": "Request taken back",
    "expire_participant": "No answer in time",
    "expire_government": "No answer in time",
    "ask_government": "Asked for a commitment",
    "send_signing_code": "A code for signing was sent",
    "confirm_participant": "Confirmed",
    "decline_participant": "Declined",
    "sign_government": "Signed the commitment",
    "decline_government": "Declined the commitment",
    "save_convening": "Convening body described",
    "add_document": "Document added",
    "replace_document": "New version of a document",
    "mark_document": "Confidential mark of a document changed",
    "remove_document": "Document removed",
    "read_document": "A confidential document was opened",
    "check_document": "A file was refused by the check",
}
BAD = frozenset(
    {"check_document", "decline_participant", "decline_government", "expire_participant"}
)
HIDDEN = frozenset({"open_case"})


def timeline_entries(case: Case, limit: int | None = None) -> list[dict[str, Any]]:
    """Return entries for the timeline component, the newest first."""
    shown = [moment for moment in timeline(case) if is_told(moment)]
    return [_entry(moment) for moment in shown[:limit]]


def is_told(moment: Moment) -> bool:
    """Whether a reader wants to know: of checks of files only those that refused one."""
    if moment.verb == "check_document":
        return bool(moment.facts.get("refused"))
    return moment.verb not in HIDDEN


def _entry(moment: Moment) -> dict[str, Any]:
    title = WORDS.get(moment.verb, moment.verb.replace("_", " ").capitalize())
    return {
        "at": moment.at,
        "title": title,
        "text": _text(moment),
        "who": moment.actor_name,
        "tone": "bad" if moment.verb in BAD else "done",
    }


def _text(moment: Moment) -> str:
    facts = moment.facts
    if moment.verb == "invite_participants":
        names = facts.get("names", [])
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        return ", ".join(names[:5]) + more
    if moment.verb == "send_signing_code" and facts.get("is_forwarded"):
        return "To a colleague of the person who was asked."
    return str(facts.get("name", ""))
