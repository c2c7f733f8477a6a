"""What the portal writes to a group about eligibility."""

from __future__ import annotations

from datetime import datetime, timedelta

from certification.rules.letters import LetterText

OPEN = "Open your proposal"


def found_eligible(title: str, reference: str) -> LetterText:
    """Eligible: it will be judged."""
    return LetterText(
        is_notice=True,
        link_words=OPEN,
        link_path=_address(reference),
        subject="Your proposal is eligible",
        paragraphs=(
            f"Two officers have checked your proposal to {title}. It will be judged.",
            "You do not have to do anything now. You hear from us when results are announced.",
        ),
    )


def found_ineligible(
    title: str, rule: str, citation: str, explanation: str, until: datetime, reference: str
) -> LetterText:
    """Not eligible: the rule, the facts, how to ask again, by when."""
    return LetterText(
        subject="Your proposal cannot be judged",
        paragraphs=(
            f"Two officers have checked your proposal to {title}. {rule} ({citation}).",
            explanation,
            (
                "If you think that we are wrong, ask us to look again. Somebody who took no part "
                "in the finding answers."
            ),
        ),
        due_words="You may ask us to look again",
        due_at=until - timedelta(minutes=1),
        link_words="Ask us to look again",
        link_path=f"{_address(reference)}look-again/",
    )


def reconsidered(title: str, rationale: str, reference: str, *, is_granted: bool) -> LetterText:
    """The answer to a request to look again."""
    if is_granted:
        return LetterText(
            link_words=OPEN,
            link_path=_address(reference),
            subject="Your proposal is eligible after all",
            paragraphs=(
                f"An officer who took no part before has looked again at your proposal to {title}.",
                rationale,
                "It will be judged with the others. You do not have to do anything now.",
            ),
        )
    return LetterText(
        link_words=OPEN,
        link_path=_address(reference),
        subject="Our finding on your proposal stands",
        paragraphs=(
            f"An officer who took no part before has looked again at your proposal to {title}.",
            rationale,
            "Your proposal is not judged in this competition. You may apply to the next one.",
        ),
    )


def _address(reference: str) -> str:
    return f"/proposals/{reference}/"
