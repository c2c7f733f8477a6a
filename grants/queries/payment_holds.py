"""What holds a payment, and which terms of an award could."""

from __future__ import annotations

from django.db.models import QuerySet

from grants.models import Award, PaymentHold, PaymentRequest, SpecificCondition


def holding_terms(award: Award) -> QuerySet[SpecificCondition]:
    """The conditions in force that let payments be held."""
    return award.conditions.filter(holds_payments=True, removed_at=None)


def open_hold(request: PaymentRequest) -> PaymentHold | None:
    """The hold on a request; one whose condition was removed holds no longer."""
    rows = request.holds.filter(released_at=None, condition__removed_at=None)
    return rows.select_related("condition").first()
