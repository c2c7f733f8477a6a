"""What a personal link opens, and the reason when it opens nothing.

No reason names the group or the organization: whoever guesses learns nothing.
"""

from __future__ import annotations

from datetime import datetime

from certification.models import Invitation
from certification.models.signing import PersonalLink
from certification.queries.personal_links import digest_of
from kit.refusals import Refusal

UNKNOWN = Refusal(
    "link_unknown",
    "This link opens nothing. Check that the whole address from the e-mail was copied.",
)
USED = Refusal(
    "link_used",
    "This link has already been used. A copy of what was signed went to the person who signed.",
)
REPLACED = Refusal(
    "link_replaced",
    "A newer link was sent, or the request was taken back. Look for a later e-mail from us.",
)
EXPIRED = Refusal(
    "link_expired",
    "The time to answer has passed. Whoever asked you can send a new link.",
)


def find_link(token: str) -> Invitation | None:
    """Return the invitation of a token, whatever its state."""
    return (
        Invitation.objects.select_related("participant__group__case", "commitment__group__case")
        .filter(token_digest=digest_of(token))
        .first()
    )


def link_refusal(invitation: PersonalLink | None, at: datetime) -> Refusal | None:
    """Say why a link opens nothing now."""
    if invitation is None:
        return UNKNOWN
    if invitation.used_at is not None:
        return USED
    if invitation.closed_at is not None:
        return REPLACED
    return EXPIRED if invitation.expires_at <= at else None
