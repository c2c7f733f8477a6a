"""Profiles of reviewers: what is in them, and whether that is enough."""

from __future__ import annotations

from accounts.models import User
from grants.models import ReviewerProfile


def profile_of(user: User) -> ReviewerProfile | None:
    """Return the person's profile, if they ever wrote one."""
    return ReviewerProfile.objects.filter(user=user).first()


def is_complete(user: User) -> bool:
    """Whether the profile names expertise and at least one employer."""
    rows = ReviewerProfile.objects.filter(user=user, employments__removed_at=None)
    return rows.exclude(expertise="").filter(employments__isnull=False).exists()


def profile_rows(user: User) -> list[dict[str, object]]:
    """Return everything the person wrote in the profile, for their own data."""
    profile = profile_of(user)
    if profile is None:
        return []
    rows: list[dict[str, object]] = [{"What": "Expertise", "Words": profile.expertise}]
    rows += [
        {"What": "Employer", "Words": f"{job.organization_name}, {job.unit}".rstrip(", ")}
        for job in profile.employments.all()
    ]
    rows += [{"What": "Relation", "Words": tie.name} for tie in profile.relations.all()]
    return rows + [{"What": "Address", "Words": row.email} for row in profile.addresses.all()]
