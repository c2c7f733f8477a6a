"""What pages of an award have in common: the frame with its tabs, for the group and for officers.

Each piece of an award adds its tab below; what has no page has no tab.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import actor_of, arrival_of
from grants.models import Award
from grants.permissions.awards import (
    award_for,
    holds_accepted_award,
    holds_award,
    publishes_award,
    reads_award,
    staff_award_for,
)
from grants.rules.award_states import AWARD, AwardState
from kit.refusals import Refusal

TONES = {
    AwardState.DRAFTED: "quiet",
    AwardState.OFFERED: "turn",
    AwardState.ACCEPTED: "good",
    AwardState.DECLINED: "bad",
    AwardState.WITHDRAWN: "bad",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of an award; its route takes the award's reference.

    Attributes:
        label: What the tab says; also the page's heading.
        route: Its route.
        gate: Who sees it: the gate of its view.
    """

    label: str
    route: str
    gate: Callable[..., Refusal | None]


# As the group reads an award.
TABS: tuple[Tab, ...] = (
    Tab("Overview", "grants:award", holds_award),
    Tab("Position", "grants:award_position", holds_accepted_award),
    Tab("Matching funds", "grants:award_match", holds_accepted_award),
    Tab("Payments", "grants:payments", holds_accepted_award),
    Tab("Reports", "grants:reports", holds_accepted_award),
    Tab("Complaints", "grants:complaints", holds_accepted_award),
)
# As officers read it.
STAFF_TABS: tuple[Tab, ...] = (
    Tab("Overview", "grants:staff_award", reads_award),
    Tab("Position", "grants:staff_award_position", reads_award),
    Tab("Matching funds", "grants:staff_award_match", reads_award),
    Tab("Publication", "grants:award_publication", publishes_award),
    Tab("Payments", "grants:staff_payments", reads_award),
    Tab("Reports", "grants:staff_reports", reads_award),
    Tab("Complaints", "grants:staff_complaints", reads_award),
)
# Gate of a tab that appears with the acceptance.
FROM_ACCEPTANCE = holds_accepted_award


def award_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `grants/awards/frame.html`; `here` is a tab or a title."""
    opened = award_for(request, reference)
    award = opened.award
    trail = [{"label": "Your awards", "url": reverse("grants:my_awards")}]
    if here != "Overview":
        trail.append({"label": str(award), "url": reverse("grants:award", args=[reference])})
    return {
        **_common(request, award, here, TABS),
        "trail": trail,
        "seat": opened.seat,
        "status": AWARD.public_label(award.status),
    }


def staff_award_page(request: HttpRequest, reference: str, here: str) -> dict[str, Any]:
    """Return the context of `grants/awards/staff_frame.html`; `here` is a tab or a title."""
    award = staff_award_for(request, reference)
    trail = [{"label": "Awards", "url": reverse("grants:staff_awards")}]
    if here != "Overview":
        trail.append({"label": str(award), "url": reverse("grants:staff_award", args=[reference])})
    return {
        **_common(request, award, here, STAFF_TABS),
        "trail": trail,
        "status": AWARD.labels[award.status],
    }


def acting_as_staff(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Return the arguments that every act of an officer on an award takes."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "award": staff_award_for(request, reference),
    }


def acting_as_member(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Return the arguments that every act of the group on its award takes."""
    return {
        "actor": actor_of(request),
        "at": arrival_of(request),
        "award": award_for(request, reference).award,
    }


def _common(request: HttpRequest, award: Award, here: str, tabs: tuple[Tab, ...]) -> dict[str, Any]:
    return {
        "award": award,
        "reference": award.reference,
        "tone": TONES.get(award.status, "info"),
        "case_nav": [
            {
                "label": tab.label,
                "url": reverse(tab.route, args=[award.reference]),
                "current": tab.label == here,
            }
            for tab in tabs
            if tab.gate(request, award=award.reference) is None
        ],
        "case_name": award.title,
        "case_reference": award.reference,
        "here": award.title if here == "Overview" else here,
    }
