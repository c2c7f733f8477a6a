"""How much an award may draw today, part by part, so that a page can explain it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.models import Award, PaymentRequest
from grants.queries.award_standing import pending_of, standing_of, terms_of
from grants.rules.funnel import NOTHING
from grants.rules.match.limits import Cap, cap_on, eligible_match, receivable


@dataclass(frozen=True, slots=True)
class DrawPosition:
    """The limit with its parts, and what is owed back or asked for already."""

    cap: Cap
    eligible: Decimal
    owed: Decimal
    pending: Decimal
    federal: Decimal

    @property
    def room(self) -> Decimal:
        """What a request submitted today may ask for."""
        return NOTHING if self.owed else max(NOTHING, self.cap.room - self.pending)

    @property
    def room_by_match(self) -> Decimal:
        """What the verified match carries beyond what was drawn or asked for."""
        taken = self.cap.drawn + self.pending
        return max(NOTHING, min(self.cap.match, self.cap.federal) - taken)


def draw_position(award: Award, day: date, request: PaymentRequest | None = None) -> DrawPosition:
    """Where the award stands on a day, with the costs of a request under way."""
    terms, standing = terms_of(award), standing_of(award, judged=request)
    return DrawPosition(
        cap=cap_on(terms, standing, day),
        eligible=eligible_match(terms, standing),
        owed=receivable(terms, standing, day),
        pending=pending_of(award, request),
        federal=terms.federal,
    )
