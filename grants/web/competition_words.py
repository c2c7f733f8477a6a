"""The trail of a competition in the words of staff, who did what included."""

from __future__ import annotations

from typing import Any

from grants.rules.states import COMPETITION
from trail.models import Case
from trail.queries.timeline import Moment, timeline

WORDS = {
    "create_competition": "Draft created",
    "edit_competition": "Draft changed",
    "ask_clearance": "Clearance asked for",
    "sign_clearance": "Clearance signed",
    "return_to_draft": "Returned to the draft",
    "schedule": "Opening scheduled",
    "open": "Opened; the rules are pinned",
    "amend": "Amended",
    "declare_outage": "Outage declared; closing time extended",
    "reopen": "Reopened after an outage",
    "close": "Closed",
    "ask_question": "Question received",
    "answer_question": "Question answered",
    "start_screening": "Screening started",
    "start_review": "Review started",
    "convene_panel": "Discussion opened",
    "start_selection": "Selection started",
    "announce": "Results announced",
    "archive": "Archived",
    "cancel": "Cancelled",
    "assignment_solved": "Assignment of reviewers computed",
    "assignment_chosen": "Assignment put on the board",
    "board_changed": "Assignment changed by hand",
    "board_change_undone": "Change of the assignment undone",
    "assignments_released": "Assignment released to the reviewers",
    "reviewers_reminded": "Late reviewers reminded",
    "assignment_accept": "A review was accepted",
    "assignment_decline": "A review was declined",
    "assignment_recuse": "A reviewer stepped back for a conflict",
    "assignment_replace": "A reviewer was replaced",
    "assignment_start": "A review was started",
    "assignment_submit": "A review was submitted",
    "assignment_take_back": "A review was taken back",
    "assignment_finalise": "A review is final",
    "assignment_rescore": "A reviewer scored again",
    "discussion_opened": "Discussion of a proposal opened",
    "discussion_closed": "Discussion of a proposal closed",
    "scores_locked": "Scores of a proposal locked",
}
BAD = frozenset({"cancel", "return_to_draft"})
HIDDEN = frozenset({"open_case"})


def staff_timeline(case: Case, limit: int | None = None) -> list[dict[str, Any]]:
    """Return entries for the timeline component, the newest first."""
    shown = [moment for moment in timeline(case) if moment.verb not in HIDDEN]
    return [_entry(moment) for moment in shown[:limit]]


def verbs_without_words() -> frozenset[str]:
    """Verbs of the lifecycle that would show as code."""
    return frozenset(row.verb for row in COMPETITION.transitions) - frozenset(WORDS)


def _entry(moment: Moment) -> dict[str, Any]:
    return {
        "at": moment.at,
        "title": WORDS.get(moment.verb, moment.verb.replace("_", " ").capitalize()),
        "text": str(moment.facts.get("note") or moment.facts.get("part") or ""),
        "who": moment.actor_name,
        "tone": "bad" if moment.verb in BAD else "done",
    }
