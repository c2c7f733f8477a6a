"""What ties a person to others, so that an account cannot simply be closed."""

from __future__ import annotations

from django.db.models import Count, Q

from accounts.models import Agency, Organization, User
from accounts.registry import belongings
from accounts.rules.roles import AgencyRoleKind


def duties_of(user: User) -> list[str]:
    """Return what the person must hand over first, as sentences that name it."""
    administered = Q(roles__role=AgencyRoleKind.ADMINISTRATOR, roles__until=None)
    agencies = Agency.objects.filter(
        roles__user=user, roles__role=AgencyRoleKind.ADMINISTRATOR, roles__until=None
    ).distinct()
    alone = Agency.objects.filter(pk__in=agencies).annotate(
        administrators=Count("roles", filter=administered)
    )
    sentences = [
        f"You are the only administrator of {agency.name}. Give somebody else the role first."
        for agency in alone.filter(administrators=1)
    ]
    sentences += [
        f"You are the only administrator of {row.legal_name}. Invite or name another one first."
        for row in _alone_at(user)
    ]
    upper = (one.duties(user) for one in belongings() if one.duties)
    return sentences + [sentence for found in upper for sentence in found]


def _alone_at(user: User) -> list[Organization]:
    mine = Organization.objects.filter(
        roles__user=user, roles__is_administrator=True, roles__until=None
    ).distinct()
    running = Q(roles__is_administrator=True, roles__until=None)
    counted = Organization.objects.filter(pk__in=mine).annotate(
        administrators=Count("roles", filter=running)
    )
    return list(counted.filter(administrators=1))
