"""Tell the conflict officers of an agency that something waits on their desk; never what."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models import AgencyRole
from accounts.rules.roles import AgencyRoleKind
from grants.models import Competition
from records.actions.send_letter import Recipient, send_letter
from trail.models import Effect


def alert_conflict_officers(*, at: datetime, competition: Competition) -> None:
    """Write at most once a day per competition: the desk has the rest."""
    roles = AgencyRole.objects.filter(
        agency=competition.agency_id, role=AgencyRoleKind.CONFLICT_OFFICER, until=None
    )
    address = reverse("grants:conflicts", args=[competition.case.reference])
    for role in roles.select_related("user"):
        key = f"conflict-alert:{competition.pk}:{role.user_id}:{at.date().isoformat()}"
        if Effect.objects.filter(key=f"letter:{key}").exists():
            continue
        send_letter(
            case=competition.case,
            at=at,
            template="grants/mail/conflict_alert",
            to=Recipient(role.user.email, str(role.user)),
            context={"competition": competition, "address": address},
            key=key,
        )
