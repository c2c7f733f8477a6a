"""Whether a giver is the office whose money feeds an award: such money never matches it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Agency, AgencyRole
from accounts.queries.look_of_names import skeleton_of
from grants.models import Award, MatchCommitment, Pledge
from grants.rules.match.recording import pool_refusal
from grants.rules.panel_states import MatchState
from kit.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives: the name, and the address that signs for it."""

    name: str
    email: str


def giver_of(row: Pledge | MatchCommitment) -> Giver:
    """Who is behind a promise."""
    name = row.giver_name if isinstance(row, Pledge) else row.organization_name
    return Giver(name, row.contact_email)


def pool_giver_refusal(award: Award, giver: Giver, *papers: str) -> Refusal | None:
    """Why this giver's money is no match of the award; ``papers`` name the givers on papers."""
    office = _office_of(award)
    if office is None:
        return None
    looks = {skeleton_of(one) for one in (giver.name, *papers)}
    own = {skeleton_of(office.name), skeleton_of(office.short_name)}
    is_office = bool(looks & own) or _signs_for(office, giver)
    return pool_refusal(office.name) if is_office else None


def left_out(award: Award) -> list[MatchCommitment]:
    """The signed promises that are no match, because their money feeds the award."""
    return [one for one in signed_promises(award) if pool_giver_refusal(award, giver_of(one))]


def signed_promises(award: Award) -> list[MatchCommitment]:
    """The promises of the proposal whose givers signed."""
    rows = MatchCommitment.objects.filter(proposal=award.selected.proposal, state=MatchState.SIGNED)
    return list(rows.order_by("pk"))


def _office_of(award: Award) -> Agency | None:
    pool = award.selected.pool
    return pool.agency if pool is not None else None


def _signs_for(office: Agency, giver: Giver) -> bool:
    """Whether whoever signs for the giver works for the office."""
    address = giver.email.casefold()
    if address == office.contact_email.casefold():
        return True
    officers = AgencyRole.objects.filter(agency=office, until=None)
    return officers.filter(user__email__iexact=address).exists()
