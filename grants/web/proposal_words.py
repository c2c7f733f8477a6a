"""The trail of a proposal in plain sentences, as its group may read it."""

from __future__ import annotations

from typing import Any

from trail.models import Case
from trail.queries.timeline import Moment, timeline

WORDS = {
    "start_proposal": "Proposal started",
    "name_person": "Person named",
    "unname_person": "Person taken out",
    "name_subrecipient": "Subaward added",
    "unname_subrecipient": "Subaward taken out",
    "list_giver": "Giver listed",
    "ask_giver": "Giver asked to sign",
    "remind_giver": "New link sent to a giver",
    "sign_match": "Giver signed",
    "decline_match": "Giver declined",
    "expire_match": "A giver's time to answer ended",
    "take_out_giver": "Giver taken out",
    "certify": "Certified",
    "change": "Changed after it was certified; it must be certified again",
    "submit": "Submitted",
    "validate": "Received complete",
    "reject": "Came back with errors",
    "revise": "A new version is prepared",
    "keep_submitted": "The version submitted before is kept",
    "allow_late": "The office allowed a late submission",
    "find_eligible": "Found eligible",
    "find_ineligible": "Found not eligible",
    "reconsider": "Found eligible after reconsideration",
    "withdraw": "Withdrawn",
    "select": "Selected",
    "not_select": "Not selected",
}
BAD = frozenset({"reject", "find_ineligible", "decline_match", "expire_match"})
# Steps of the judging are not here: the group reads of its result when results are announced.
STAFF = frozenset(
    {"allow_late", "find_eligible", "find_ineligible", "reconsider", "select", "not_select"}
)
NAMED = ("person", "subrecipient", "giver")


def history_entries(case: Case, limit: int | None = None) -> list[dict[str, Any]]:
    """Return what the group may read of the trail, the newest first."""
    shown = [moment for moment in timeline(case) if moment.verb in WORDS]
    return [_entry(moment) for moment in shown[:limit]]


def _entry(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at,
        "title": WORDS[moment.verb],
        "text": _text(moment),
        # The office speaks as one: applicants are not told which officer did a step.
        "who": "The office" if moment.verb in STAFF else moment.actor_name,
        "tone": "bad" if moment.verb in BAD else "done",
    }


def _text(moment: Moment) -> str:
    facts = moment.facts
    for name in NAMED:
        if name in facts:
            return str(facts[name])
    if facts.get("receipt"):
        return f"Receipt {facts['receipt']}"
    return str(facts.get("section") or facts.get("reason") or "")
