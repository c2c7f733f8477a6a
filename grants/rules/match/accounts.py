"""The accounts of both ledgers: matching funds, and the money that pays for awards."""

from enum import StrEnum

from grants.rules.funnel import Funnel


class MatchAccount(StrEnum):
    """Where a giver's promise stands."""

    OUTSIDE = "outside"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    CONTRIBUTED = "contributed"
    VERIFIED = "verified"


class MatchStep(StrEnum):
    """What moves match forward."""

    PLEDGE = "pledge"
    COMMIT = "commit"
    CONTRIBUTE = "contribute"
    VERIFY = "verify"


class FundAccount(StrEnum):
    """Where the money of a pool stands."""

    APPROPRIATION = "appropriation"
    AVAILABLE = "available"
    RESERVED = "reserved"
    OBLIGATED = "obligated"
    APPROVED = "approved"
    PAID = "paid"


class FundStep(StrEnum):
    """What moves the money of a pool forward."""

    ALLOT = "allot"
    RESERVE = "reserve"
    OBLIGATE = "obligate"
    APPROVE = "approve"
    PAY = "pay"


MATCH_FUNNEL = Funnel(tuple(MatchAccount), tuple(MatchStep))
FUND_FUNNEL = Funnel(tuple(FundAccount), tuple(FundStep))
MATCH_ACCOUNT_WORDS = {
    MatchAccount.OUTSIDE: "Outside the award",
    MatchAccount.PLEDGED: "Pledged",
    MatchAccount.COMMITTED: "In the approved budget",
    MatchAccount.CONTRIBUTED: "Recorded, not verified",
    MatchAccount.VERIFIED: "Verified",
}
FUND_ACCOUNT_WORDS = {
    FundAccount.APPROPRIATION: "Appropriation",
    FundAccount.AVAILABLE: "Available",
    FundAccount.RESERVED: "Reserved",
    FundAccount.OBLIGATED: "Obligated, not drawn",
    FundAccount.APPROVED: "Approved, not paid",
    FundAccount.PAID: "Paid",
}
