"""What reviewers say of themselves, for the fit to a proposal; and where they work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from grants.models import ReviewerProfile


@dataclass(frozen=True, slots=True)
class Known:
    """Words, tags and institution of a person; the institution compares by its key."""

    words: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)
    institution: str = ""


def known_of(users: Collection[int]) -> dict[int, Known]:
    """Return what people say in their profiles, by their keys; in two queries."""
    profiles = ReviewerProfile.objects.filter(user__in=users).prefetch_related("employments")
    found = {one.user_id: _known(one) for one in profiles}
    return {user: found.get(user, Known()) for user in users}


def _known(profile: ReviewerProfile) -> Known:
    jobs = [job for job in profile.employments.all() if job.removed_at is None]
    now = [job for job in jobs if job.until is None]
    words = [profile.expertise, *(f"{job.organization_name} {job.unit}" for job in now)]
    tags = frozenset(f"state:{state}" for state in profile.states)
    return Known("\n".join(words), tags, now[0].name_key if now else "")
