"""The six digits that prove whose hands a personal link is in: send them, and try them.

Every link of the portal that is signed without an account goes through here. Each function runs
inside the act that locked the link's row.
"""

from __future__ import annotations

from datetime import datetime

from certification.models.signing import PersonalLink
from certification.queries.personal_links import code_digest, code_of, is_same
from certification.rules.addressees import may_receive_code
from certification.rules.groups import CODE_ATTEMPTS, CODE_EVERY, CODE_LIFE, CODES_PER_INVITATION
from kit.refusals import Refusal

_TRIED_OUT = Refusal(
    "code_attempts", "The code was wrong five times, so it no longer works. Ask for a new code."
)


def sending_refusal(row: PersonalLink, at: datetime, to: str, invited: str) -> Refusal | None:
    """Say why no code may be sent to this address now."""
    if row.codes_sent >= CODES_PER_INVITATION:
        return Refusal(
            "code_too_many",
            "Too many codes were sent for this link. Ask whoever invited you to send a new link.",
        )
    if row.code_sent_at is not None and at - row.code_sent_at < CODE_EVERY:
        return Refusal(
            "code_wait", "We have just sent a code. Wait half a minute before asking for another."
        )
    if not may_receive_code(to, invited):
        return Refusal(
            "code_address",
            "We can send the code to the address that was invited, or to a colleague whose "
            "address ends the same way.",
        )
    return None


def renew_code(row: PersonalLink, at: datetime, to: str) -> None:
    """Make a new code for the link; the one before no longer works."""
    row.codes_sent += 1
    row.attempts = 0
    row.code_email, row.code_sent_at = to, at
    row.code_digest = code_digest(row, code_of(row))
    row.save()


def try_code(row: PersonalLink, at: datetime, code: str) -> Refusal | None:
    """Compare a code; a wrong one is counted on the row."""
    if row.code_sent_at is None:
        return Refusal("code_missing", "Ask for a code first.")
    if row.attempts >= CODE_ATTEMPTS:
        return _TRIED_OUT
    if at - row.code_sent_at > CODE_LIFE:
        return Refusal("code_old", "That code is older than 10 minutes. Ask for a new one.")
    if is_same(row.code_digest, code_digest(row, code)):
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    left = CODE_ATTEMPTS - row.attempts
    if left == 0:
        return _TRIED_OUT
    tries = "one try" if left == 1 else f"{left} tries"
    return Refusal("code_wrong", f"That is not the code we sent. You have {tries} left.")
