"""What the portal writes about reports: to the group, and to the officers who must know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from certification.rules.letters import Item, LetterText
from grants.rules.report_states import ReminderStep


def items_of(reports: Sequence[tuple[str, date]]) -> tuple[Item, ...]:
    """Each report with the day on which it was due."""
    return tuple(Item(title, f"Due {due_on:%B %-d, %Y}") for title, due_on in reports)


def due_soon(number: str, reports: Sequence[tuple[str, date]], until: datetime) -> LetterText:
    """Reports are due in a week."""
    return LetterText(
        subject=f"Your turn: reports on award {number} are due soon",
        paragraphs=(
            (
                "These reports are open and not submitted yet. Your authorized representative "
                "signs and submits them."
            ),
        ),
        items_title="What is due",
        items=items_of(reports),
        due_words="Please submit",
        due_at=until,
    )


def is_late(number: str, reports: Sequence[tuple[str, date]]) -> LetterText:
    """The last day has passed."""
    return LetterText(
        subject=f"Your turn: reports on award {number} are late",
        paragraphs=(
            (
                "The last day of these reports has passed. Submit them now: a late report is "
                "taken, and the page shows by how many days it was late."
            ),
            "If something keeps you from it, tell the programme officer of the agency today.",
        ),
        items_title="What is late",
        items=items_of(reports),
    )


def notice_of_remedy(
    number: str, reports: Sequence[tuple[str, date]], until: datetime, contact: str
) -> LetterText:
    """The formal notice: what is missing, what may follow, how to object."""
    return LetterText(
        subject=f"Notice of remedy: reports on award {number} are thirty days late",
        paragraphs=(
            (
                "The terms of your award ask for these reports. They were due thirty days ago or "
                "earlier, and we have not received them. This is a notice under 2 CFR 200.339."
            ),
        ),
        items_title="What is missing",
        items=items_of(reports),
        due_words="Submit the reports",
        due_at=until,
        after=(
            (
                "If they are not there by then, a grants officer decides what follows. The rule "
                "allows us to hold payments until the reports are there, to disallow costs, to "
                "suspend or end the award, and to withhold further awards. Nothing of this happens "
                "by itself: you would be told of a decision and its reasons first."
            ),
            (
                f"If you think that this notice is wrong, write to {contact} and say why, with "
                "what shows it (2 CFR 200.342)."
            ),
        ),
    )


def revision_asked(title: str, words: str, until: datetime) -> LetterText:
    """A report comes back."""
    return LetterText(
        subject=f"Your turn: please revise your {title}",
        paragraphs=(
            "We read this report and ask you to revise it. This is what is missing or wrong:",
            words,
            "What you submitted stays as it is. Change the report and submit it again.",
        ),
        due_words="Please submit the revision",
        due_at=until,
    )


def accepted(title: str, words: str) -> LetterText:
    """A report is accepted."""
    said = (f"The officer who read it says: {words}",) if words else ()
    return LetterText(
        is_notice=True,
        subject=f"We accepted your {title}",
        paragraphs=("Your report is accepted. You need not do anything more for it.", *said),
    )


OFFICER_WORDS = {
    ReminderStep.OFFICER_15: (
        "Reports are fifteen days late",
        (
            "The group was told on the first day. Call it, and find out what keeps it. The notice "
            "of remedy follows when they are thirty days late."
        ),
    ),
    ReminderStep.GRANTS_60: (
        "Reports are sixty days late: decide what follows",
        (
            "The notice of remedy was sent a month ago and its time is over. Decide under 2 CFR "
            "200.339 what follows, and write the reasons down."
        ),
    ),
}
