"""What must be signed before a competition may be scheduled, by whom, and how long it runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from accounts.rules.roles import AgencyRoleKind
from grants.rules.terms import CLEARANCE_KIND_WORDS, ClearanceKind
from kit.refusals import Refusal

SIGNERS: Mapping[ClearanceKind, AgencyRoleKind] = {
    ClearanceKind.LEGAL: AgencyRoleKind.LEGAL_COUNSEL,
    ClearanceKind.BUDGET: AgencyRoleKind.BUDGET_OFFICER,
    ClearanceKind.PAPERWORK: AgencyRoleKind.PAPERWORK_OFFICER,
}
FULL_WINDOW, SHORT_WINDOW = timedelta(days=60), timedelta(days=30)


def may_sign(*, signer: str, makers: Collection[str], signed: Collection[str]) -> Refusal | None:
    """Return why somebody may not sign: three persons sign, none of them wrote the competition.

    Args:
        signer: Who wants to sign.
        makers: Who created or edited the draft.
        signed: Who signed already.

    >>> may_sign(signer="user:3", makers={"user:1"}, signed={"user:2"}) is None
    True
    """
    if signer in makers:
        return Refusal(
            "maker_is_checker",
            "You wrote part of this competition, so you do not clear it. Ask a colleague.",
        )
    if signer in signed:
        return Refusal(
            "signed_already",
            "You have signed one clearance already. Three different persons sign.",
        )
    return None


def may_schedule(signed: Collection[ClearanceKind]) -> Refusal | None:
    """Return which signatures are missing.

    >>> may_schedule(set(ClearanceKind)) is None
    True
    """
    missing = [CLEARANCE_KIND_WORDS[one].lower() for one in ClearanceKind if one not in signed]
    if not missing:
        return None
    return Refusal(
        "clearance_missing",
        f"The competition is not cleared yet. Missing: {', '.join(missing)}.",
    )


def window_refusal(opens_at: datetime, closes_at: datetime, exigency: str) -> Refusal | None:
    """Return why a competition may not run for this time.

    60 days or more need no reason; 30 to 59 a written exigency, which the clearances sign;
    fewer than 30 are never allowed.
    """
    window = closes_at - opens_at
    if window >= FULL_WINDOW:
        return None
    days = window.days
    if window < SHORT_WINDOW:
        return Refusal(
            "window_too_short",
            f"The competition would be open for {max(days, 0)} days. It needs at least 60; "
            "30 to 59 are possible with a written reason.",
        )
    if exigency.strip():
        return None
    return Refusal(
        "exigency_missing",
        f"The competition would be open for {days} days. For fewer than 60 write why it is urgent; "
        "the three who clear it sign that too.",
    )


def opening_refusal(opens_at: datetime, at: datetime) -> Refusal | None:
    """Return why an opening cannot be scheduled for this time: it must lie ahead."""
    if opens_at > at:
        return None
    return Refusal(
        "opening_passed",
        "The opening time has passed. Return the competition to the draft and set a later one.",
    )
