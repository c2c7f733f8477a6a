"""The trail of a case in the words of staff, who did what included."""

from __future__ import annotations

from typing import Any

from certification.rules.states import APPLICATION
from trail.models import Case
from trail.queries.timeline import Moment, timeline

WORDS = {
    "open_case": "Case opened",
    "start_application": "Application started by the group",
    "change_after_certification": "Changed after certification",
    "certify_application": "Certified by the group",
    "submit": "Submitted",
    "open_intake": "First look opened",
    "request_information": "Questions sent to the applicant",
    "remind_applicant": "Applicant reminded",
    "answer": "Questions answered",
    "lapse": "Closed for no answer",
    "accept": "Accepted for criteria review",
    "pin_determination": "Judged by the rulebook; data and rules pinned",
    "prepare_ineligible": "Finding written: not eligible",
    "return_ineligible": "Finding of not eligible sent back",
    "find_ineligible": "Found not eligible",
    "write_finding": "Finding written on an open point",
    "return_finding": "Finding sent back",
    "resolve_unknown": "Open point settled",
    "recommend": "Designation recommended",
    "propose_denial": "Denial proposed",
    "cure": "Applicant answered the proposed denial",
    "answer_time_ended": "Applicant's time to answer ended",
    "return_case": "Returned for more review",
    "designate": "Designated",
    "deny": "Denied",
    "withdraw": "Withdrawn by the group",
    "clock_ran_out": "A clock ran out",
    "add_document": "Document added",
    "replace_document": "New version of a document",
    "mark_document": "Confidential mark of a document changed",
    "remove_document": "Document removed",
    "read_document": "A confidential document was opened",
    "check_document": "A file was refused by the check",
    "prepare_publication": "Publication prepared",
    "release_publication": "Publication released",
    "discard_publication": "Prepared publication discarded",
    "place_hold": "Legal hold placed",
    "release_hold": "Legal hold released",
    "dispose_case": "Personal data and papers erased: the time of the record was over",
}
BAD = frozenset({"check_document", "clock_ran_out", "deny", "find_ineligible", "lapse"})


def staff_timeline(case: Case, limit: int | None = None) -> list[dict[str, Any]]:
    """Return entries for the timeline component, the newest first."""
    shown = [moment for moment in timeline(case) if is_told(moment)]
    return [_entry(moment) for moment in shown[:limit]]


def verbs_without_words() -> frozenset[str]:
    """Verbs of the lifecycle that would show as code."""
    return frozenset(row.verb for row in APPLICATION.transitions) - frozenset(WORDS)


def is_told(moment: Moment) -> bool:
    """Whether a reader wants to know: of checks of files only those that refused one."""
    if moment.verb == "check_document":
        return bool(moment.facts.get("refused"))
    return moment.verb != "open_case"


def _entry(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at,
        "title": WORDS.get(moment.verb, moment.verb.replace("_", " ").capitalize()),
        "text": _text(moment.facts),
        "who": moment.actor_name,
        "tone": "bad" if moment.verb in BAD else "done",
    }


def _text(facts: dict[str, Any]) -> str:
    """The fact that a reader of the line needs."""
    for name in ("reason", "test", "clock", "note", "designation"):
        if facts.get(name):
            return str(facts[name])
    tests = facts.get("tests") or []
    return ", ".join(map(str, tests))
