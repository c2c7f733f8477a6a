"""The trail of an application in plain sentences."""

from __future__ import annotations

from typing import Any

from certification.rules.states import APPLICATION
from trail.models import Case
from trail.queries.timeline import Moment, timeline

WORDS = {
    "start_application": "Application started",
    "change_after_certification": "Changed after it was certified; it must be certified again",
    "certify_application": "Certified",
    "submit": "Submitted",
    "open_intake": "The office began its first look",
    "request_information": "The office asked questions",
    "remind_applicant": "We reminded you of the questions",
    "answer": "Questions answered",
    "lapse": "Closed because the questions were not answered",
    "accept": "Accepted for review of the criteria",
    "find_ineligible": "Found not eligible",
    "resolve_unknown": "A point that the data left open was settled",
    "recommend": "Review finished; waiting for the decision",
    "propose_denial": "A denial was proposed",
    "cure": "Answer to the proposed denial",
    "answer_time_ended": "The time to answer is over",
    "return_case": "Returned to the officers for more review",
    "designate": "Designated",
    "deny": "Denied",
    "withdraw": "Withdrawn",
    "add_document": "Document added",
    "replace_document": "New version of a document",
    "mark_document": "Confidential mark of a document changed",
    "remove_document": "Document removed",
    "check_document": "A file was refused by the check",
}
# Steps inside the office are not the applicant's: drafts of findings, clocks, internal checks.
SHOWN = frozenset(WORDS)
BAD = frozenset({"check_document", "lapse", "deny", "find_ineligible", "propose_denial"})
STAFF = frozenset(
    {
        "open_intake",
        "request_information",
        "accept",
        "find_ineligible",
        "resolve_unknown",
        "recommend",
        "propose_denial",
        "return_case",
        "designate",
        "deny",
    }
)


def history_entries(case: Case, limit: int | None = None) -> list[dict[str, Any]]:
    """Return what the group may read of the trail, the newest first."""
    shown = [moment for moment in timeline(case) if is_shown(moment)]
    return [_entry(moment) for moment in shown[:limit]]


def is_shown(moment: Moment) -> bool:
    """Whether the group reads this: of checks of files only those that refused one."""
    if moment.verb == "check_document":
        return bool(moment.facts.get("refused"))
    return moment.verb in SHOWN


def verbs_of_the_lifecycle() -> frozenset[str]:
    """Return the verbs that must have words here."""
    return frozenset(row.verb for row in APPLICATION.transitions)


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
    if moment.verb == "submit":
        return f"Receipt {facts.get('receipt', '')}"
    if moment.verb == "change_after_certification":
        return f"In “{facts.get('section', '')}”"
    if moment.verb == "withdraw":
        return str(facts.get("reason", ""))
    return ""
