"""What people sign, word for word. The text is kept with each signature."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """What a group says about somebody who is asked to sign."""

    body: str
    group: str
    cluster: str
    region: str
    as_what: str


def belonging(claim: Claim) -> str:
    """What a participant confirms."""
    return (
        f"{claim.body} takes part in the group “{claim.group}” ({claim.cluster}, {claim.region}) "
        f"as: {claim.as_what}. Taking part is not a promise of money. I may speak for "
        f"{claim.body} in this matter, and what I say here is true to the best of my knowledge."
    )


def not_belonging(claim: Claim) -> str:
    """What a participant says who declines."""
    return (
        f"{claim.body} does not take part in the group “{claim.group}” ({claim.cluster}, "
        f"{claim.region}). The group may not name {claim.body} as a member. I may speak for "
        f"{claim.body} in this matter."
    )


def responsiveness(claim: Claim) -> str:
    """What a government commits itself to."""
    return (
        f"{claim.body} will answer written requests of the group “{claim.group}” "
        f"({claim.cluster}, {claim.region}) within 60 days, in public, saying what it will do, "
        "what it will not do, and why. This is no promise of money and binds no legislature. "
        f"I may speak for {claim.body} in this matter."
    )


def no_commitment(claim: Claim) -> str:
    """What a government says that declines."""
    return (
        f"{claim.body} does not sign the responsiveness commitment toward the group "
        f"“{claim.group}” ({claim.cluster}, {claim.region}). I may speak for {claim.body} "
        "in this matter."
    )
