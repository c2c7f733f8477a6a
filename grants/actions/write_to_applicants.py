"""One letter to everybody in the groups that started a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from certification.models import GroupSeat
from grants.models import Amendment, Competition
from grants.rules.local_times import last_minute
from grants.rules.states import ProposalState
from records.actions.send_letter import Recipient, send_letter


def write_of_amendment(
    competition: Competition, at: datetime, amendment: Amendment, *, key: str
) -> None:
    """Tell what changed, why, and until when proposals are taken now."""
    context = {
        "amendment": amendment,
        "is_extended": amendment.closes_after > amendment.closed_before,
    }
    write_to_applicants(competition, at, template="grants/mail/amended", context=context, key=key)


def write_to_applicants(
    competition: Competition,
    at: datetime,
    *,
    template: str,
    context: Mapping[str, Any],
    key: str,
) -> None:
    """Write to every seat of every group whose proposal is not withdrawn, once per person.

    Side effects: letters in the outbox.
    """
    told = {
        "title": competition.title,
        "reference": competition.reference,
        "agency": competition.agency,
        "zone": competition.time_zone,
        "last_minute": last_minute(competition.closes_at) if competition.closes_at else None,
        "link_path": reverse("grants:competition", args=[competition.reference]),
        **context,
    }
    for person in applicants_of(competition):
        send_letter(
            case=competition.case,
            at=at,
            template=template,
            to=Recipient(person.email, str(person)),
            context=told,
            key=f"{key}:{person.pk}",
        )


def applicants_of(competition: Competition) -> list[User]:
    """Everybody with a seat in a group that has a proposal, whoever typed it."""
    groups = competition.proposals.exclude(state=ProposalState.WITHDRAWN).values("group")
    seats = GroupSeat.objects.filter(group__in=groups, until=None)
    return list(User.objects.filter(pk__in=seats.values("user")).order_by("pk"))
