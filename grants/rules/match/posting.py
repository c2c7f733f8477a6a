"""What an entry of the match ledger must keep to, asked before it is written.

The same laws as `grants/rules/funnel.py` and the triggers, from balances that the database sums:
a ledger of ten thousand entries is not read again for one more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from grants.rules.funnel import CENT
from grants.rules.match.accounts import MATCH_FUNNEL, MatchAccount, MatchStep
from kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Taken:
    """An earlier entry that is to be taken back.

    Attributes:
        step: Its verb.
        amount: What it moved.
        back: What of it was taken back before.
        is_reversal: Whether it took something back itself.
        is_same: Whether it is of the same award, promise and contribution.
    """

    step: MatchStep
    amount: Decimal
    back: Decimal
    is_reversal: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry to be, with what the ledger holds where it takes from.

    Attributes:
        step: The verb.
        amount: What it moves.
        held: What the promise has in the account it is taken from.
        held_by_gift: The same of the contribution, where there is one.
        taken: The entry that it takes back, if it does.
    """

    step: MatchStep
    amount: Decimal
    held: Decimal
    held_by_gift: Decimal | None = None
    taken: Taken | None = None


def posting_refusal(posted: Posted) -> Refusal | None:
    """The first law of the ledger that an entry would break."""
    return amount_refusal(posted) or reversal_refusal(posted) or balance_refusal(posted)


def amount_refusal(posted: Posted) -> Refusal | None:
    """L1: whole cents, at least one."""
    if posted.amount >= CENT and posted.amount == posted.amount.quantize(CENT):
        return None
    return Refusal("not_an_amount", "An entry moves at least one cent, in whole cents.")


def reversal_refusal(posted: Posted) -> Refusal | None:
    """L4: a reversal mirrors one earlier forward entry and takes back no more than it moved."""
    taken = posted.taken
    if taken is None:
        return None
    if taken.is_reversal:
        return Refusal("reversal_of_reversal", "A reversal is not reversed: post it anew.")
    if not taken.is_same or taken.step is not posted.step:
        return Refusal("not_the_mirror", "A reversal mirrors the entry that it takes back.")
    return back_refusal(posted, taken)


def back_refusal(posted: Posted, taken: Taken) -> Refusal | None:
    """All reversals of an entry together take back no more than it moved."""
    if taken.back + posted.amount <= taken.amount:
        return None
    left = taken.amount - taken.back
    return Refusal("reversed_before", f"${left:,.2f} of that entry is left to take back.")


def balance_refusal(posted: Posted) -> Refusal | None:
    """L2: no account falls below nothing; a later step is taken back first."""
    source, _ = MATCH_FUNNEL.ends(posted.step, is_reversal=posted.taken is not None)
    if source == MatchAccount.OUTSIDE:
        return None
    held = posted.held
    if posted.held_by_gift is not None and source != MatchAccount.COMMITTED:
        held = min(held, posted.held_by_gift)
    if held >= posted.amount:
        return None
    return Refusal(
        "not_there",
        f"${held:,.2f} is left there, less than the ${posted.amount:,.2f} asked. "
        "Take back the later steps first.",
    )
