"""Which governments a group needs, and which have signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from certification.models import ClusterGroup, GovernmentCommitment
from certification.queries.rulebooks import rulebook_in_force
from certification.rules.government import GovernmentFacts, StateFacts, governments_needed
from certification.rules.participants import LOCAL_LEVELS, STATE_LEVELS, GovernmentLevel
from certification.rules.states import CommitmentState
from mapping.queries.basis import NoBasis, current_basis
from mapping.queries.regions import states_share
from mapping.rules.states import STATES


@dataclass(frozen=True, slots=True)
class StateNeed:
    """A state that has to answer, with the best request made at each level."""

    fips: str
    name: str
    share: Fraction | None
    own: GovernmentCommitment | None
    local: GovernmentCommitment | None


def region_states(group: ClusterGroup) -> dict[str, str]:
    """Return the names of the states of a group's region by code."""
    codes = {fips[:2] for fips in group.counties.values_list("fips", flat=True)}
    names = {code: STATES[code].name for code in codes if code in STATES}
    return dict(sorted(names.items(), key=lambda one: one[1]))


def states_needed(group: ClusterGroup, on: date) -> list[StateNeed]:
    """Return the states that must sign, the one with most jobs first."""
    names = region_states(group)
    shares = _shares(group)
    states = tuple(
        StateFacts(fips, name, shares.get(fips, Fraction(0)))
        for fips, name in sorted(names.items(), key=lambda one: -shares.get(one[0], Fraction(0)))
    )
    needed = governments_needed(GovernmentFacts(states, ()), rulebook_in_force(on))
    rows = list(group.commitments.exclude(state=CommitmentState.WITHDRAWN))
    return [
        StateNeed(
            one.fips,
            one.name,
            shares.get(one.fips) or None,
            _best(rows, one.fips, STATE_LEVELS),
            _best(rows, one.fips, LOCAL_LEVELS),
        )
        for one in needed
    ]


def _shares(group: ClusterGroup) -> dict[str, Fraction]:
    try:
        basis = current_basis()
    except NoBasis:
        return {}
    if basis.definition_set.code != group.definition_set_code:
        return {}
    fips = list(group.counties.values_list("fips", flat=True))
    return states_share(basis, fips, group.cluster_code)


def _best(
    rows: Iterable[GovernmentCommitment], fips: str, levels: frozenset[GovernmentLevel]
) -> GovernmentCommitment | None:
    """Return the request that says most: a signed one, else one that is open, else any."""
    order = [CommitmentState.SIGNED, CommitmentState.ASKED]
    fitting = [row for row in rows if row.state_fips == fips and row.level in levels]
    ranked = sorted(fitting, key=lambda row: [row.state != state for state in order])
    return ranked[0] if ranked else None
