"""Who may open an application: the seats of its group; for others it does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.actors import person_of
from accounts.gates import NOBODY_KNOWS
from certification.models import Application, GroupSeat
from certification.rules.groups import SeatRole
from certification.rules.submission import Person
from kit.refusals import Refusal

ONLY_REPRESENTATIVES = Refusal(
    "not_representative",
    "Only an authorized representative of the group may do this. "
    "Ask one of them; they are listed under Team.",
)
ONLY_ADMINISTRATORS = Refusal(
    "not_administrator",
    "Only an administrator of the group starts an application. "
    "Ask one of them; they are listed under Team.",
)


@dataclass(frozen=True, slots=True)
class OpenedApplication:
    """An application and the seat that the reader holds in its group."""

    application: Application
    seat: SeatRole
    reader: str

    @property
    def person(self) -> Person:
        """The reader as the rules of submission see them."""
        return Person(self.reader, self.seat)


def opened_application(request: HttpRequest, reference: str) -> OpenedApplication | None:
    """Return the application for somebody with a seat, read once per request."""
    held: dict[str, OpenedApplication | None]
    held = request.__dict__.setdefault("_opened_applications", {})
    if reference not in held:
        held[reference] = _open(request, reference)
    return held[reference]


def application_for(request: HttpRequest, reference: str) -> OpenedApplication:
    """Return what the gate has let the reader open.

    Raises:
        LookupError: the view's gate did not ask first (a programming error).
    """
    opened = opened_application(request, reference)
    if opened is None:
        raise LookupError(reference)
    return opened


def reads_application(request: HttpRequest, application: str, **_route: object) -> Refusal | None:
    """Let everybody with a seat in the group pass."""
    return None if opened_application(request, application) else NOBODY_KNOWS


def represents_application(
    request: HttpRequest, application: str, **_route: object
) -> Refusal | None:
    """Let authorized representatives pass; other seats learn who may."""
    opened = opened_application(request, application)
    if opened is None:
        return NOBODY_KNOWS
    if opened.seat is SeatRole.AUTHORIZED_REPRESENTATIVE:
        return None
    return ONLY_REPRESENTATIVES


def starts_application(request: HttpRequest, group: str, **_route: object) -> Refusal | None:
    """Let administrators of the group pass; other seats learn who may."""
    seats = GroupSeat.objects.filter(
        group__case__reference=group, user=person_of(request), until=None
    )
    role = seats.values_list("role", flat=True).first()
    if role is None:
        return NOBODY_KNOWS
    return None if role == SeatRole.ADMINISTRATOR else ONLY_ADMINISTRATORS


def _open(request: HttpRequest, reference: str) -> OpenedApplication | None:
    application = (
        Application.objects.select_related("case", "group__case", "agency", "certified_by")
        .filter(case__reference=reference)
        .first()
    )
    if application is None:
        return None
    seats = GroupSeat.objects.filter(
        group_id=application.group_id, user=person_of(request), until=None
    )
    role = seats.values_list("role", flat=True).first()
    if role is None:
        return None
    return OpenedApplication(application, SeatRole(role), f"user:{request.user.pk}")
