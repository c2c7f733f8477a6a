"""What the portal writes to a group about its payments."""

from datetime import date

from certification.rules.letters import LetterText
from grants.rules.payment_states import RepaymentCause


def returned(reference: str, words: str) -> LetterText:
    """A request comes back for correction."""
    return LetterText(
        subject=f"Your turn: payment request {reference} came back",
        paragraphs=(
            "We cannot pay this request as it is. This is what is missing or wrong:",
            words,
            (
                "Correct the request and submit it again. The 30 days in which we pay start anew "
                "on that day."
            ),
        ),
    )


def denied(reference: str, words: str) -> LetterText:
    """A request is denied."""
    return LetterText(
        subject=f"We denied payment request {reference}",
        paragraphs=(
            "We do not pay this request, for this reason:",
            words,
            (
                "Nothing was taken from your award. If you think that we are wrong, write to the "
                "grants officer of the agency within 30 days and say why."
            ),
        ),
    )


def certified(reference: str, amount: str, pay_by: date) -> LetterText:
    """A payment is on its way."""
    return LetterText(
        is_notice=True,
        subject=f"We pay {amount} for request {reference}",
        paragraphs=(
            (
                f"We certified {amount} for payment. It should reach your account by "
                f"{pay_by:%B %-d, %Y}."
            ),
        ),
    )


def payment_failed(reference: str, why: str) -> LetterText:
    """The bank gave the money back."""
    return LetterText(
        subject=f"Your turn: the payment of request {reference} failed",
        paragraphs=(
            f"The disbursing office could not pay you. It says: {why}",
            (
                "Look at your payment details where you registered to do business with the "
                "federal government. We pay again once they are right; you need not ask again."
            ),
        ),
    )


def held(reference: str, nature: str, words: str) -> LetterText:
    """A term of the award holds a payment."""
    return LetterText(
        subject=f"Your turn: we hold the payment of request {reference}",
        paragraphs=(
            "A condition of your award lets us hold payments:",
            nature,
            f"We hold this payment because: {words}",
            (
                "The condition itself says what removes it, by when, and how to ask us to look "
                "again. You find it on your award's page."
            ),
        ),
    )


def released(reference: str) -> LetterText:
    """The payment goes on."""
    return LetterText(
        is_notice=True,
        subject=f"We no longer hold the payment of request {reference}",
        paragraphs=("The payment goes on from where it stood. You need not do anything.",),
    )


def repaid(reference: str, amount: str, cause: RepaymentCause) -> LetterText:
    """Money came back."""
    follows = {
        RepaymentCause.COST: "The cost counts no more. Leave it out of your next request.",
        RepaymentCause.LIMIT: "The costs stand. You may draw for them again once the limit allows.",
        RepaymentCause.ADVANCE: "That advance counts no more. Ask anew when costs come up.",
    }
    return LetterText(
        is_notice=True,
        subject=f"We received {amount} back for request {reference}",
        paragraphs=(
            f"We recorded that you paid back {amount}. What you have drawn is lower by that much.",
            follows[cause],
        ),
    )
