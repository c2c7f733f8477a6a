"""Papers of groups and applications: what they are, and when they may be added."""

from __future__ import annotations

from certification.rules.states import ApplicationState
from kit.refusals import Refusal

# Code and words of each kind.
GROUP_PAPERS = (
    ("bylaws", "Bylaws or charter"),
    ("participation_agreement", "Participation agreement"),
    ("antitrust_statement", "Antitrust policy or statement"),
    ("formation_plan", "Formation plan"),
    ("convening_budget", "Budget of the convening body"),
    ("government_letter", "Letter of a government"),
    ("other", "Another document"),
)
EVIDENCE, ANSWER, OFFICERS_EVIDENCE = "evidence", "answer", "officers_evidence"
APPLICATION_PAPERS = (
    (EVIDENCE, "Evidence for a criterion"),
    ("support_letter", "Letter of support"),
    ("other", "Another document"),
    (ANSWER, "Answer to a question of the office"),
    (OFFICERS_EVIDENCE, "Evidence found by the office"),
)
OF_THE_GROUP = tuple(code for code, _ in APPLICATION_PAPERS if code != OFFICERS_EVIDENCE)
WHILE_WRITING = tuple(code for code in OF_THE_GROUP if code != ANSWER)
ANSWERING = frozenset({ApplicationState.ACTION_NEEDED, ApplicationState.DENIAL_PROPOSED})
REVIEWING = frozenset({ApplicationState.INTAKE, ApplicationState.CRITERIA_REVIEW})

NOT_YOUR_TURN = Refusal(
    "not_your_turn",
    "The application was submitted: documents can be added when the office asks you something.",
)
NOT_IN_REVIEW = Refusal(
    "not_in_review", "Officers add evidence while they review the case; it is not in review now."
)
OFFICERS_ONLY = Refusal(
    "not_yours", "The group added this document. You can read it, but not change it."
)


def kinds_for_group(state: ApplicationState) -> tuple[str, ...] | Refusal:
    """Return what the group may add to its application now.

    >>> kinds_for_group(ApplicationState.ACTION_NEEDED)
    ('answer',)
    """
    if state is ApplicationState.DRAFT:
        return WHILE_WRITING
    return (ANSWER,) if state in ANSWERING else NOT_YOUR_TURN


def kinds_for_officers(state: ApplicationState) -> tuple[str, ...] | Refusal:
    """Return what officers may add to a case now."""
    return (OFFICERS_EVIDENCE,) if state in REVIEWING else NOT_IN_REVIEW
