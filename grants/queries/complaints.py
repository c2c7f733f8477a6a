"""Givers' complaints: those of an award, those that wait, and what a signed-in giver promised."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from accounts.models import OrganizationRole, User
from grants.models import Award, GiverComplaint, Pledge
from grants.queries.match_witness import is_giver_of
from grants.rules.match.complaints import WAITING, ComplaintState, decider_refusal
from grants.rules.panel_states import MatchState
from kit.refusals import Refusal

GONE = (MatchState.WITHDRAWN, MatchState.LISTED)


def complaints_of(award: Award) -> QuerySet[GiverComplaint]:
    """Return what givers of an award said, the newest first."""
    return GiverComplaint.objects.filter(award=award).select_related("pledge")


def complaint_counts(award: Award) -> dict[str, int]:
    """Return how many complaints an award has, and how many wait."""
    return GiverComplaint.objects.filter(award=award).aggregate(
        total=Count("pk"), waiting=Count("pk", filter=Q(state__in=WAITING))
    )


def complaints_to_answer(awards: Collection[Award]) -> QuerySet[GiverComplaint]:
    """Return what waits for the groups of these awards, the oldest first."""
    rows = GiverComplaint.objects.filter(award__in=awards, state=ComplaintState.OPEN)
    return rows.select_related("award__case", "pledge").order_by("made_at", "pk")


def promises_of_person(user: User) -> QuerySet[Pledge]:
    """Return the promises that somebody stands for: by address, or by the organization named."""
    own = OrganizationRole.objects.filter(user=user, until=None).values("organization")
    rows = Pledge.objects.filter(Q(contact_email__iexact=user.email) | Q(organization__in=own))
    return (
        rows.exclude(state__in=GONE)
        .select_related("award__group", "award__case", "award__agency")
        .order_by("-pk")
    )


def complaint_refusal(row: GiverComplaint, person: int) -> Refusal | None:
    """Why somebody may not decide a complaint."""
    seats = row.award.group.seats.filter(user_id=person, until=None)
    return decider_refusal(is_of_giver=is_giver_of(row.pledge, person), is_of_group=seats.exists())
