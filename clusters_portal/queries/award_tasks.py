"""What awards ask of an office step by step, and of a group while its offer waits.

Nobody has a task that leads to a page which does not open: awards of a proposal to which somebody
is tied are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from clusters_portal.queries.task import Task
from grants.actions.offer_award import is_past_last_day, last_minute_to_answer
from grants.models import Award, GiverComplaint
from grants.queries.awards import awardable, awards_of_agencies
from grants.rules.award_signing import SIGNERS, WAITS_FOR, signing_refusal
from grants.rules.award_states import AwardState, StepKind
from grants.rules.match.complaints import WAITING

Roles = frozenset[tuple[int, AgencyRoleKind]]
OFFICER = AgencyRoleKind.PROGRAMME_OFFICER
GRANTS = AgencyRoleKind.GRANTS_OFFICER
MOST = 30
STEP_TASKS = {
    StepKind.RECOMMEND: "Check the risk and recommend the award",
    StepKind.SELECT: "Select the proposal for award",
    StepKind.CONFIRM_FUNDS: "Confirm the funds of the award",
    StepKind.OBLIGATE: "Obligate the award",
}


def award_tasks(user: User, roles: Roles, held: Sequence[Award], at: datetime) -> list[Task]:
    """Return what awards ask of this person's offices and groups; ``held`` are the groups'."""
    wanted = frozenset(SIGNERS.values())
    agencies = {agency for agency, role in roles if role in wanted}
    found = list(_answers(user, held))
    if not agencies:
        return found
    # One question for both: awards on their way, and those of which a giver says something.
    rows = awards_of_agencies(agencies, user.pk).filter(Q(state__in=_OPEN) | Exists(_SAID))
    for row in rows.prefetch_related(*_READ_WITH)[:MOST]:
        offices = frozenset(role for agency, role in roles if agency == row.agency_id)
        found += [*_of(row, user, offices, at), *_said(row, offices)]
    officers = {agency for agency, role in roles if role is OFFICER}
    for case in awardable(officers, user.pk).filter(award=None)[:MOST] if officers else ():
        url = reverse("grants:staff_awards")
        found.append(Task("Draft the award", case.proposal.title, url, True, "The group waits"))
    return found


def _of(row: Award, user: User, held: frozenset[AgencyRoleKind], at: datetime) -> Iterator[Task]:
    url = reverse("grants:staff_award", args=[row.reference])
    step = WAITS_FOR.get(row.status)
    if step is not None and SIGNERS[step] in held:
        refusal = signing_refusal(
            kind=step,
            signer=f"user:{user.pk}",
            signed=_signed(row),
            workers=_workers(row),
        )
        waits = "The group waits" if refusal is None else "Another officer signs"
        yield Task(STEP_TASKS[step], row.title, url, refusal is None, waits)
    if row.status is AwardState.DRAFTED and OFFICER in held:
        yield Task("Finish the draft of the award", row.title, url, True, "The group waits")
    if row.status is AwardState.OBLIGATED and GRANTS in held:
        yield Task("Offer the award", row.title, url, True, "The group waits")
    if row.status is AwardState.OFFERED and GRANTS in held:
        yield _unanswered(row, url, at)


def _said(row: Award, held: frozenset[AgencyRoleKind]) -> Iterator[Task]:
    """What givers say is wrong waits for a programme officer."""
    url = reverse("grants:staff_complaints", args=[row.reference])
    for one in row.complaints.all() if OFFICER in held else ():
        if one.status in WAITING:
            about = f"{one.pledge.giver_name}, {row.title}"
            yield Task("Decide what a giver says is wrong", about, url, True, "The giver waits")


def _unanswered(row: Award, url: str, at: datetime) -> Task:
    """An offer waits for the group; after its last day for the office."""
    due = last_minute_to_answer(row)
    if is_past_last_day(row, at):
        what = "Give more time for an offer, or take it back"
        return Task(what, row.title, url, True, "Nobody answered it", due)
    return Task("Answer the offer", row.title, url, False, "It waits for the group", due)


def _answers(user: User, held: Sequence[Award]) -> Iterator[Task]:
    rows = [one for one in held if one.status is AwardState.OFFERED]
    seats = GroupSeat.objects.filter(user=user, until=None, role=SeatRole.AUTHORIZED_REPRESENTATIVE)
    represented = set(seats.values_list("group_id", flat=True)) if rows else set()
    for row in rows:
        is_mine = row.group_id in represented
        waits = "The agency waits for you" if is_mine else "It waits for your representative"
        url = reverse("grants:award", args=[row.reference])
        due = last_minute_to_answer(row)
        yield Task("Answer the offer of an award", row.title, url, is_mine, waits, due)


def _signed(row: Award) -> dict[str, str]:
    """As `award_words.signed_steps`, from what was read at once for the whole list."""
    return {one.kind: f"user:{one.signed_by_id}" for one in row.steps.all() if not one.voided_at}


def _workers(row: Award) -> frozenset[str]:
    """As `award_words.workers_of`, from what was read at once for the whole list."""
    found = {one.found_by for one in row.risk_findings.all()}
    return frozenset({row.drafted_by, *found, *(one.written_by for one in row.conditions.all())})


_READ_WITH = ("steps", "risk_findings", "conditions", "complaints__pledge")
_SAID = GiverComplaint.objects.filter(award=OuterRef("pk"), state__in=WAITING)
_OPEN = (*WAITS_FOR, AwardState.DRAFTED, AwardState.OBLIGATED, AwardState.OFFERED)
