"""What the portal writes to a group: one letter per act, as plain text that a page can preview.

A letter says what happened, what the reader must do and by when, and what comes next. Moments
stay moments here: the templates write them in the agency's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from certification.rules.debrief import COME_BACK, TestFinding
from certification.rules.wording import counted


@dataclass(frozen=True)
class Item:
    """One line of a list: a question, or a test with its figure and its remedy."""

    title: str
    text: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class LetterText:
    """A letter without its head and foot.

    A notice asks for nothing, decides nothing and starts no clock: its reader may have it in a
    daily digest.
    """

    subject: str
    paragraphs: tuple[str, ...]
    items_title: str = ""
    items: tuple[Item, ...] = ()
    due_words: str = ""
    due_at: datetime | None = None
    after: tuple[str, ...] = ()
    link_words: str = ""
    link_path: str = ""
    zone: str = "America/New_York"
    is_notice: bool = False

    def to(self, words: str, path: str) -> "LetterText":
        """The letter with a link to where the reader acts or reads on."""
        return replace(self, link_words=words, link_path=path)

    def within(self, zone: str) -> "LetterText":
        """The letter with the zone in which it names times."""
        return replace(self, zone=zone)


def intake_opened(agency: str, decider_due: int) -> LetterText:
    """The application is being looked at."""
    return LetterText(
        is_notice=True,
        subject="We have started to look at your application",
        paragraphs=(
            (
                f"{agency} has opened your application. A programme officer now checks that it can "
                "be judged."
            ),
            (
                f"This first look takes at most {decider_due} business days. You do not have to do "
                "anything now. If something is unclear, we ask you."
            ),
        ),
    )


def information_requested(
    reason: str, questions: Iterable[str], due_at: datetime, grace_days: int
) -> LetterText:
    """Questions to answer, by when, and what happens otherwise."""
    asked = tuple(Item(question) for question in questions)
    return LetterText(
        subject="Your turn: please answer our questions",
        paragraphs=(
            f"{reason}. Please answer {counted(len(asked), 'question')}.",
            "Our own clock stands still until you answer.",
        ),
        items_title="What we ask",
        items=asked,
        due_words="Please answer",
        due_at=due_at,
        after=(
            (
                f"If we hear nothing within {counted(grace_days, 'day')} after that, the "
                "application is closed as withdrawn. You may apply again at any time."
            ),
        ),
    )


def information_reminder(closes_at: datetime) -> LetterText:
    """The last call before an unanswered application is closed."""
    return LetterText(
        subject="Reminder: your application will be closed unless you answer",
        paragraphs=("Our questions about your application are still waiting for your answer.",),
        due_words="The application is closed as withdrawn unless you answer",
        due_at=closes_at,
    )


def information_answered(agency: str) -> LetterText:
    """A receipt for answers."""
    return LetterText(
        subject="We have received your answers",
        paragraphs=(
            "Thank you. Your answers are part of the record now.",
            f"{agency} goes on with its review. You do not have to do anything now.",
        ),
    )


def lapsed() -> LetterText:
    """Closed for no answer."""
    return LetterText(
        subject="Your application was closed because our questions were not answered",
        paragraphs=(
            "The time to answer our questions has passed, so the application counts as withdrawn.",
            "Nothing that you wrote is lost: you can read it at any time.",
            COME_BACK,
        ),
    )


def accepted(rulebook: str, basis: str, decision_due: datetime | None) -> LetterText:
    """Accepted for criteria review: by which rules, on which data."""
    return LetterText(
        subject="Your application is accepted for review",
        paragraphs=(
            (
                f"Your application is judged by {rulebook}, on {basis}. Both are fixed now: later "
                "changes of rules or data do not change how it is judged."
            ),
            (
                "You do not have to do anything now. If the published data cannot answer a point, "
                "we look at your evidence or ask you for more."
            ),
        ),
        due_words="A deciding official, who has not worked on your case, decides",
        due_at=decision_due,
    )


def found_ineligible(
    reason: str, rule: str, explanation: str, appeal_until: datetime, contact: str
) -> LetterText:
    """Not eligible: the rule, the facts, the remedy, the appeal."""
    return LetterText(
        subject="Your application cannot be judged",
        paragraphs=(f"{reason}. The rule is {rule}.", explanation),
        due_words=f"If you think that we are wrong, write to {contact} to appeal",
        due_at=appeal_until,
        after=(COME_BACK,),
    )


def point_settled(title: str, *, is_met: bool) -> LetterText:
    """Further evidence answered what the data left open."""
    answer = "met" if is_met else "not met"
    return LetterText(
        subject="A point that the data left open is settled",
        paragraphs=(
            (
                f"The published data could not answer “{title}”. Two officers have looked at the "
                f"evidence: the point is {answer}."
            ),
            "The review goes on. You do not have to do anything now.",
        ),
    )


def recommended() -> LetterText:
    """The review is finished; somebody else decides."""
    return LetterText(
        subject="The review of your application is finished",
        paragraphs=(
            (
                "The programme officer recommends that your group is designated. A deciding "
                "official who has not worked on your case now decides."
            ),
            "You do not have to do anything now.",
        ),
    )


def denial_proposed(gaps: Iterable[TestFinding], explanation: str, due_at: datetime) -> LetterText:
    """A denial is proposed: each test with its figure and remedy, and the time to answer."""
    return LetterText(
        subject="Your turn: answer before a decision against your application",
        paragraphs=(
            (
                "Our review found that not all criteria are met. Before anybody decides, you may "
                "answer or send new evidence."
            ),
            explanation,
        ),
        items_title="What is not met",
        items=_items(gaps),
        due_words="You may answer",
        due_at=due_at,
        after=("If you do not answer, an official decides on the record as it is.",),
    )


def denial_answered() -> LetterText:
    """A receipt for the answer to a proposed denial."""
    return LetterText(
        subject="We have received your answer",
        paragraphs=(
            "Thank you. Your answer is part of the record, and the review goes on with it.",
            "You do not have to do anything now.",
        ),
    )


def case_returned(reason: str) -> LetterText:
    """Back from the deciding official to the officers."""
    return LetterText(
        is_notice=True,
        subject="Your application went back to review",
        paragraphs=(
            (
                "The deciding official asked the programme officers to look at your application "
                f"again. The reason: {reason[:1].lower()}{reason[1:]}."
            ),
            "You do not have to do anything now.",
        ),
    )


def designated(
    number: int, rationale: str, strengths: Iterable[TestFinding], ends_at: datetime
) -> LetterText:
    """Designated: the term, the reasons, what comes next."""
    return LetterText(
        subject="Your group is designated",
        paragraphs=(
            f"Congratulations. Your group now holds designation number {number}.",
            rationale,
            f"All {len(tuple(strengths))} points of the five criteria are met.",
        ),
        due_words="The designation holds",
        due_at=ends_at,
        after=(
            (
                "Two officers now release it to the public register. Only then is it public. "
                "Your debrief shows every criterion with its figures."
            ),
        ),
    )


def denied(
    rationale: str, gaps: Iterable[TestFinding], appeal_until: datetime, contact: str
) -> LetterText:
    """Denied: the rule, the figures, the remedies, the appeal."""
    return LetterText(
        subject="The decision on your application",
        paragraphs=("Your group is not designated this time.", rationale),
        items_title="What is not met",
        items=_items(gaps),
        due_words=f"If you think that we made an error, write to {contact} to appeal",
        due_at=appeal_until,
        after=(COME_BACK, "Your debrief shows what was strong and how to close each gap."),
    )


def term_ended() -> LetterText:
    """The term is over."""
    return LetterText(
        subject="The term of your designation has ended",
        paragraphs=(
            "The term of your designation is over. The register shows it as ended.",
            COME_BACK,
        ),
    )


def _items(found: Iterable[TestFinding]) -> tuple[Item, ...]:
    return tuple(Item(f"{one.title} ({one.citation})", one.sentence, one.gap) for one in found)


def on_the_register() -> LetterText:
    """Public from now on."""
    return LetterText(
        is_notice=True,
        subject="Your designation is on the public register",
        paragraphs=(
            (
                "Two officers have released your designation. Anybody can now read it, with the "
                "figures of every criterion and the organizations that agreed to be named."
            ),
            "If something is wrong, answer this letter and we correct it with a new release.",
        ),
    )
