"""What a giver signs during an award, word for word."""

from dataclasses import dataclass
from datetime import timedelta

AWARD_LINK_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class AwardClaim:
    """What a group says that somebody gave, or will give.

    Attributes:
        giver: In whose name is answered.
        amount: In dollars.
        what: What was given, or its kind where it is only promised.
        days: When it was given; empty for a promise.
        group: Who recorded it.
        project: What it is for.
        award: The number of the award.
    """

    giver: str
    amount: str
    what: str
    days: str
    group: str
    project: str
    award: str

    @property
    def is_promise(self) -> bool:
        """Whether it is still to be given."""
        return not self.days


def yes_words(claim: AwardClaim) -> str:
    """What a giver signs who agrees."""
    if claim.is_promise:
        first = (
            f"{claim.giver} promises {claim.amount} ({claim.what}) as matching funds for the "
            f"project “{claim.project}” of the group “{claim.group}”, award {claim.award}."
        )
    else:
        first = (
            f"{claim.giver} gave {claim.what}, worth {claim.amount}, {claim.days}, as matching "
            f"funds for the project “{claim.project}” of the group “{claim.group}”, award "
            f"{claim.award}."
        )
    return (
        f"{first} None of it is counted as matching funds elsewhere, none of it is federal money "
        "unless the group has named the statute that allows it, and giving decides nothing about "
        f"who benefits. I may speak for {claim.giver} in this matter, and what I say here is true "
        "to the best of my knowledge."
    )


def no_words(claim: AwardClaim) -> str:
    """What a giver signs who does not agree."""
    if claim.is_promise:
        return (
            f"{claim.giver} does not promise {claim.amount} for the project “{claim.project}” of "
            f"the group “{claim.group}”. I may speak for {claim.giver} in this matter."
        )
    return (
        f"{claim.giver} did not give {claim.what}, worth {claim.amount}, {claim.days}, as the "
        f"group “{claim.group}” has recorded it. I may speak for {claim.giver} in this matter."
    )
