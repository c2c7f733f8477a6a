"""What a giver of matching funds signs, word for word, and how long the link stays open."""

from dataclasses import dataclass
from datetime import timedelta

GIVER_LINK_LIFE = timedelta(days=30)


@dataclass(frozen=True)
class GiftClaim:
    """What a group says about a giver who is asked to sign."""

    giver: str
    amount: str
    kind: str
    purpose: str
    group: str
    project: str
    competition: str


def promise(claim: GiftClaim) -> str:
    """What a giver promises."""
    purpose = f" It is for: {claim.purpose.rstrip('.')}." if claim.purpose else ""
    return (
        f"{claim.giver} promises {claim.amount} {claim.kind} as matching funds for the project "
        f"“{claim.project}” of the group “{claim.group}”, if the project is selected in the "
        f"competition “{claim.competition}”.{purpose} None of it is federal money, and none of it "
        "is promised as matching funds elsewhere. Giving decides nothing about who benefits. "
        f"I may speak for {claim.giver} in this matter, and what I say here is true to the best "
        "of my knowledge."
    )


def no_promise(claim: GiftClaim) -> str:
    """What a giver says who declines."""
    return (
        f"{claim.giver} does not promise matching funds for the project “{claim.project}” of the "
        f"group “{claim.group}”. The group may not count on {claim.giver}. I may speak for "
        f"{claim.giver} in this matter."
    )
