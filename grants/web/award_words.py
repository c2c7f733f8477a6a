"""The trail of an award in the words of people."""

from __future__ import annotations

from typing import Any

from grants.models import Award
from grants.rules.award_states import AWARD
from trail.queries.timeline import Moment, timeline

WORDS = {
    "draft_award": "Drafted from the selected proposal",
    "write_award": "Period and terms written",
    "begin_risk_review": "Draft closed; review of risk begins",
    "check_award_risk": "A check of risk done",
    "add_condition": "Specific condition added",
    "remove_condition": "Specific condition removed",
    "recommend": "Recommended",
    "select": "Selected for award",
    "confirm_funds": "Funds confirmed and reserved",
    "obligate": "Obligated",
    "change": "Draft opened again; signatures are void",
    "offer": "Offered to the group",
    "extend_offer": "More time to answer given",
    "accept": "Accepted by the group",
    "decline": "Declined by the group",
    "withdraw_offer": "Offer taken back: it was not answered",
    "make_complaint": "A giver said that something is wrong",
    "answer_complaint": "The group answered a giver",
    "decide_complaint": "A giver's complaint decided",
    "prepare_award": "Public page prepared",
    "release_award": "Public page released",
    "discard_award": "Public page discarded",
}
BAD = frozenset({"change", "decline", "withdraw_offer"})
HIDDEN = frozenset(
    {"open_case", "prepare_publication", "release_publication", "discard_publication"}
)
# What the group reads begins with the offer; what came before is the agency's own.
FOR_GROUP = frozenset(
    {"offer", "extend_offer", "accept", "decline", "withdraw_offer", "remove_condition"}
)


def staff_timeline(award: Award, limit: int | None = None) -> list[dict[str, Any]]:
    """Return every entry for the timeline component, the newest first."""
    shown = [moment for moment in timeline(award.case) if moment.verb not in HIDDEN]
    return [_entry(moment) for moment in shown[:limit]]


def group_timeline(award: Award) -> list[dict[str, Any]]:
    """Return what the group may read of the trail, the newest first."""
    shown = [moment for moment in timeline(award.case) if moment.verb in FOR_GROUP]
    return [_entry(moment) for moment in shown]


def verbs_without_words() -> frozenset[str]:
    """Verbs of the lifecycle that would show as code."""
    return frozenset(row.verb for row in AWARD.transitions) - frozenset(WORDS)


def _entry(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at,
        "title": WORDS.get(moment.verb, moment.verb.replace("_", " ").capitalize()),
        "text": str(moment.facts.get("note") or ""),
        "who": moment.actor_name,
        "tone": "bad" if moment.verb in BAD else "done",
    }
