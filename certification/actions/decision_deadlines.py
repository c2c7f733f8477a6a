"""Which verb is called when a deadline of a decision passes."""

from __future__ import annotations

from functools import partial

from certification.actions.cure_denial import close_answer_time
from certification.actions.designate import TERM_ENDS
from certification.actions.end_designation import end_designation
from certification.actions.keep_clocks import note_late
from certification.actions.lapse_application import lapse_application, remind_applicant
from certification.actions.propose_denial import ANSWER
from certification.actions.request_information import CLOSES, REMINDER
from certification.rules.clocks import Clock
from records.registry import register_deadline


def register_decision_deadlines() -> None:
    """Tell records; called once at start-up."""
    for clock in Clock:
        register_deadline(clock.value, partial(note_late, clock))
    register_deadline(REMINDER, remind_applicant)
    register_deadline(CLOSES, lapse_application)
    register_deadline(ANSWER, close_answer_time)
    register_deadline(TERM_ENDS, end_designation)
