"""What stands in the menu of the signed-in person because of who they are."""

from __future__ import annotations

from django import template

from accounts.models import User
from clusters_portal.queries.own_places import own_places

register = template.Library()


@register.simple_tag
def places_of(user: User) -> tuple[tuple[str, str], ...]:
    """Return (words, name of the route): ``{% places_of request.user as places %}``."""
    return own_places(user)
