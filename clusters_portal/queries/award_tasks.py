"""What awards ask of an office step by step, and of a group while its offer waits.

Nobody has a task that leads to a page which does not open: awards of a proposal to which somebody
is tied are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.models import User
from accounts.rules.roles import AgencyRoleKind
from certification.models import GroupSeat
from certification.rules.groups import SeatRole
from clusters_portal.queries.task import Task
from grants.actions.offer_award import last_minute_to_answer
from grants.models import Award
from grants.queries.award_words import signed_steps, workers_of
from grants.queries.awards import awardable, awards_of_agencies, awards_of_person
from grants.rules.award_signing import SIGNERS, WAITS_FOR, signing_refusal
from grants.rules.award_states import AWARD, AwardState

Roles = frozenset[tuple[int, AgencyRoleKind]]
OFFICER = AgencyRoleKind.PROGRAMME_OFFICER
GRANTS = AgencyRoleKind.GRANTS_OFFICER
MOST = 30


def award_tasks(user: User, roles: Roles) -> list[Task]:
    """Return what awards ask of this person's offices and groups."""
    wanted = frozenset(SIGNERS.values())
    agencies = {agency for agency, role in roles if role in wanted}
    found = list(_answers(user))
    if not agencies:
        return found
    for row in awards_of_agencies(agencies, user.pk, state_in=_OPEN)[:MOST]:
        held = frozenset(role for agency, role in roles if agency == row.agency_id)
        found += _of(row, user, held)
    officers = {agency for agency, role in roles if role is OFFICER}
    for case in awardable(officers, user.pk).filter(award=None)[:MOST] if officers else ():
        url = reverse("grants:staff_awards")
        found.append(Task("Draft the award", case.proposal.title, url, True, "The group waits"))
    return found


def _of(row: Award, user: User, held: frozenset[AgencyRoleKind]) -> Iterator[Task]:
    url = reverse("grants:staff_award", args=[row.reference])
    step = WAITS_FOR.get(row.status)
    if step is not None and SIGNERS[step] in held:
        refusal = signing_refusal(
            kind=step,
            signer=f"user:{user.pk}",
            signed=signed_steps(row),
            workers=workers_of(row),
        )
        waits = "The group waits" if refusal is None else "Another officer signs"
        what = f"{AWARD.transition(step).label} the award"
        yield Task(what.replace(" for award the", " the"), row.title, url, refusal is None, waits)
    if row.status is AwardState.DRAFTED and OFFICER in held:
        yield Task("Finish the draft of the award", row.title, url, True, "The group waits")
    if row.status is AwardState.OBLIGATED and GRANTS in held:
        yield Task("Offer the award", row.title, url, True, "The group waits")
    if row.status is AwardState.OFFERED and GRANTS in held:
        due = last_minute_to_answer(row)
        yield Task("Answer the offer", row.title, url, False, "It waits for the group", due)


def _answers(user: User) -> Iterator[Task]:
    rows = awards_of_person(user.pk).filter(state=AwardState.OFFERED)
    for row in rows[:MOST]:
        seats = GroupSeat.objects.filter(group=row.group_id, user=user, until=None)
        is_mine = seats.filter(role=SeatRole.AUTHORIZED_REPRESENTATIVE).exists()
        waits = "The agency waits for you" if is_mine else "It waits for your representative"
        url = reverse("grants:award", args=[row.reference])
        due = last_minute_to_answer(row)
        yield Task("Answer the offer of an award", row.title, url, is_mine, waits, due)


_OPEN = (*WAITS_FOR, AwardState.DRAFTED, AwardState.OBLIGATED, AwardState.OFFERED)
