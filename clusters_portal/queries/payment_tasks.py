"""What requests for payment ask of an office and of a group; nobody is sent to a closed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from clusters_portal.queries.task import Task
from grants.models import Award, PaymentRequest, RequestReview
from grants.queries.payment_desk import READ_WITH
from grants.queries.taking_part import hidden_from
from grants.rules.payment_states import CERTIFIABLE, EDITABLE, PaymentState, ReviewKind
from kit.periods import end_of_day

Roles = frozenset[tuple[int, AgencyRoleKind]]
MOST = 30
REVIEWERS = {
    ReviewKind.PROGRESS: AgencyRoleKind.PROGRAMME_OFFICER,
    ReviewKind.MONEY: AgencyRoleKind.FINANCE_OFFICER,
}
REVIEW_TASKS = {
    ReviewKind.PROGRESS: "Review the progress behind a payment",
    ReviewKind.MONEY: "Review the money of a payment",
}
CERTIFIER = AgencyRoleKind.CERTIFYING_OFFICER
TO_CERTIFY = CERTIFIABLE | {PaymentState.PAYMENT_FAILED}


def payment_tasks(user: User, roles: Roles, held: Sequence[Award]) -> list[Task]:
    """Return what payments ask of this person's offices and groups; ``held`` are the groups'."""
    return [*_of_groups(user, held), *_of_offices(user, roles)]


def _of_offices(user: User, roles: Roles) -> Iterator[Task]:
    wanted = {*REVIEWERS.values(), CERTIFIER}
    agencies = {agency for agency, role in roles if role in wanted}
    if not agencies:
        return
    states = sorted({PaymentState.SUBMITTED, *TO_CERTIFY})
    rows = PaymentRequest.objects.filter(award__agency__in=agencies, state__in=states)
    reviews = Prefetch("reviews", RequestReview.objects.only("request", "round", "kind"))
    hidden: dict[int, frozenset[str]] = {}
    for row in rows.select_related(*READ_WITH).prefetch_related(reviews).order_by("pay_by")[:MOST]:
        proposal = row.award.selected.proposal
        if proposal.competition_id not in hidden:
            hidden[proposal.competition_id] = hidden_from(user.pk, proposal.competition)
        if proposal.case.reference in hidden[proposal.competition_id]:
            continue
        offices = {role for agency, role in roles if agency == row.award.agency_id}
        yield from _of(row, offices)


def _of(row: PaymentRequest, offices: set[AgencyRoleKind]) -> Iterator[Task]:
    url = reverse("grants:staff_payment", args=[row.award.reference, row.reference])
    if row.status in TO_CERTIFY and CERTIFIER in offices:
        yield Task("Certify a payment", row.award.title, url, True, "The group waits", _due(row))
    if row.status is not PaymentState.SUBMITTED:
        return
    done = {one.kind for one in row.reviews.all() if one.round == row.round}
    for kind, role in REVIEWERS.items():
        if role in offices and kind.value not in done:
            words = REVIEW_TASKS[kind]
            yield Task(words, row.award.title, url, True, "The group waits", _due(row))


def _of_groups(user: User, held: Sequence[Award]) -> Iterator[Task]:
    if not held:
        return
    rows = PaymentRequest.objects.filter(award__in=held, state__in=sorted(EDITABLE))
    seats = dict(GroupSeat.objects.filter(user=user, until=None).values_list("group_id", "role"))
    for row in rows.select_related(*READ_WITH)[:MOST]:
        url = reverse("grants:payment", args=[row.award.reference, row.reference])
        represents = seats[row.award.group_id] == SeatRole.AUTHORIZED_REPRESENTATIVE
        is_returned = row.status is PaymentState.RETURNED
        what = "Correct a request for payment" if is_returned else "Submit a request for payment"
        waits = "Your award waits" if represents else "Your representative submits it"
        yield Task(what, row.award.title, url, represents or is_returned, waits)


def _due(row: PaymentRequest) -> datetime | None:
    return end_of_day(row.pay_by, row.award.agency.time_zone) if row.pay_by else None
