"""Who may read, work on, decide and publish a case; for others it does not exist.

The same refusals close the gate and explain the disabled button. Whether the case stands where a
verb is possible is asked by the action, so that a double click stays harmless.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actors import actor_of
from accounts.gates import NOBODY_KNOWS
from accounts.queries.officers import holds_role, roles_of
from accounts.rules.roles import AgencyRoleKind, decider_is_not_worker
from certification.models import Application
from certification.queries.workers import seat_holders, workers_of
from certification.rules.decision import own_case
from kit.refusals import Refusal

READERS = (
    AgencyRoleKind.PROGRAMME_OFFICER,
    AgencyRoleKind.SELECTING_OFFICIAL,
    AgencyRoleKind.PUBLISHER,
    AgencyRoleKind.AUDITOR,
)
ONLY_OFFICERS = Refusal(
    "not_officer", "Only a programme officer of the agency does this. Ask a colleague."
)
ONLY_OFFICIALS = Refusal(
    "not_official", "Only a selecting official of the agency decides. Ask one of them."
)
ONLY_PUBLISHERS = Refusal(
    "not_publisher", "Only a publisher of the register does this. Ask one of them."
)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """An application as staff open it, with what the rules of separation need."""

    application: Application
    seats: frozenset[int]
    workers: frozenset[str]


def opened_case(request: HttpRequest, reference: str) -> OpenedCase | None:
    """Return a submitted application of an agency of the reader, read once per request."""
    held: dict[str, OpenedCase | None] = request.__dict__.setdefault("_opened_cases", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def case_for(request: HttpRequest, reference: str) -> OpenedCase:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = opened_case(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def is_staff(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let officers pass who read cases."""
    return None if holds_role(request, *READERS) else NOBODY_KNOWS


def publishes_somewhere(request: HttpRequest, **_route: object) -> Refusal | None:
    """Let publishers pass; other officers learn who publishes."""
    if holds_role(request, AgencyRoleKind.PUBLISHER):
        return None
    return ONLY_PUBLISHERS if holds_role(request, *READERS) else NOBODY_KNOWS


def reads_case(request: HttpRequest, application: str, **_route: object) -> Refusal | None:
    """Let officers of the case's agency pass."""
    return None if opened_case(request, application) else NOBODY_KNOWS


def works_on_case(request: HttpRequest, application: str, **_route: object) -> Refusal | None:
    """Let programme officers pass who have no seat in the group."""
    opened = opened_case(request, application)
    if opened is None:
        return NOBODY_KNOWS
    if not _holds(request, opened, AgencyRoleKind.PROGRAMME_OFFICER):
        return ONLY_OFFICERS
    return own_case(seats=opened.seats, user_pk=request.user.pk)


def decides_case(request: HttpRequest, application: str, **_route: object) -> Refusal | None:
    """Let selecting officials pass who neither belong to the group nor worked on the case."""
    opened = opened_case(request, application)
    if opened is None:
        return NOBODY_KNOWS
    if not _holds(request, opened, AgencyRoleKind.SELECTING_OFFICIAL):
        return ONLY_OFFICIALS
    mine = own_case(seats=opened.seats, user_pk=request.user.pk)
    return mine or decider_is_not_worker(workers=opened.workers, decider=str(actor_of(request)))


def publishes_case(request: HttpRequest, application: str, **_route: object) -> Refusal | None:
    """Let publishers pass who have no seat in the group."""
    opened = opened_case(request, application)
    if opened is None:
        return NOBODY_KNOWS
    if not _holds(request, opened, AgencyRoleKind.PUBLISHER):
        return ONLY_PUBLISHERS
    return own_case(seats=opened.seats, user_pk=request.user.pk)


def agencies_read(request: HttpRequest) -> frozenset[int]:
    """The agencies whose cases the reader may see."""
    return frozenset(agency for agency, role in roles_of(request) if role in READERS)


def agencies_published(request: HttpRequest) -> frozenset[int]:
    """The agencies for which the reader publishes."""
    return frozenset(
        agency for agency, role in roles_of(request) if role is AgencyRoleKind.PUBLISHER
    )


def _holds(request: HttpRequest, opened: OpenedCase, role: AgencyRoleKind) -> bool:
    return holds_role(request, role, agency=opened.application.agency_id)


def _open(request: HttpRequest, reference: str) -> OpenedCase | None:
    rows = Application.objects.select_related("case", "group__case", "agency", "rulebook", "basis")
    application = (
        rows.filter(case__reference=reference, submitted_at__isnull=False)
        .filter(agency_id__in=agencies_read(request))
        .first()
    )
    if application is None:
        return None
    return OpenedCase(application, seat_holders(application), workers_of(application))
