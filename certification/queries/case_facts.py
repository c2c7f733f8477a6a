"""Everything that the criteria look at for one group, on one Basis."""

from __future__ import annotations

from fractions import Fraction

from certification.models import ClusterGroup
from certification.queries.roster_facts import (
    commitment_facts,
    confirmed_participants,
    convening_facts,
    diversity_facts,
    institution_facts,
)
from certification.rules.concentration import ConcentrationFacts, concentration_facts
from certification.rules.determination import BasisFacts, CaseFacts
from certification.rules.government import GovernmentFacts, StateFacts
from kit.refusals import refuse
from mapping.models import Basis, State
from mapping.queries.concentration import concentration
from mapping.queries.regions import states_share


def case_facts(group: ClusterGroup, basis: Basis) -> CaseFacts:
    """Gather the facts of a group.

    Raises:
        Refused: ``other_definitions`` when the group's cluster belongs to another set of
            definitions than the Basis.
    """
    if basis.definition_set.code != group.definition_set_code:
        raise refuse(
            "other_definitions",
            f"The data in use group industries by “{basis.definition_set.name}”, but the cluster "
            f"“{group.cluster_name}” was chosen from another list. Choose the cluster again.",
        )
    fips = group_fips(group)
    measured = region_facts(basis, fips, group.cluster_code, group.region_name)
    roster = confirmed_participants(group)
    return CaseFacts(
        basis=basis_facts(basis, fips, group.cluster_code),
        concentration=measured,
        diversity=diversity_facts(roster),
        institutions=institution_facts(roster),
        government=GovernmentFacts(
            states=state_facts(basis, fips, group.cluster_code),
            commitments=commitment_facts(group),
        ),
        convening=convening_facts(group, cluster_jobs=int(measured.employment.value)),
    )


def group_fips(group: ClusterGroup) -> frozenset[str]:
    """The counties of the group's region."""
    return frozenset(group.counties.values_list("fips", flat=True))


def region_facts(
    basis: Basis, fips: frozenset[str], cluster_code: str, region_name: str
) -> ConcentrationFacts:
    """What the Basis says of a cluster in a union of counties."""
    return concentration_facts(concentration(basis, fips, cluster_code), region_name=region_name)


def basis_facts(basis: Basis, fips: frozenset[str], cluster_code: str) -> BasisFacts:
    """Which data, cluster and counties: enough to measure the same again."""
    return BasisFacts(
        reference=basis.reference,
        digest=basis.digest,
        label=str(basis),
        is_synthetic=basis.is_synthetic,
        cluster_code=cluster_code,
        fips=tuple(sorted(fips)),
    )


def state_facts(basis: Basis, fips: frozenset[str], cluster_code: str) -> tuple[StateFacts, ...]:
    """Every state with counties in the region, with its share of the cluster's jobs there."""
    shares = states_share(basis, fips, cluster_code)
    codes = {code[:2] for code in fips}
    return tuple(
        StateFacts(state.fips, state.name, Fraction(shares.get(state.fips, 0)))
        for state in State.objects.filter(fips__in=codes).order_by("fips")
    )
