"""How likely a region's quotient reaches a line, where the bounds cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from functools import lru_cache, reduce

import numpy as np

from kit.refusals import Refusal, Refused
from mapping.models import Basis
from mapping.queries.basis import sources_of
from mapping.queries.concentration import frame_of, refuse_unknown
from mapping.queries.county_sums import AT_ONCE, units_of_files
from mapping.queries.kept_arrays import keep_arrays, read_arrays
from mapping.queries.panels import read_panel
from mapping.rules.assignment import assign
from mapping.rules.bounds import Bounds
from mapping.rules.concentration import place_of
from mapping.rules.panel import TOTAL_CODE, Ints, Panel
from mapping.rules.plan import Plan
from mapping.rules.quotients import quotient_bounds
from mapping.rules.region_measures import elsewhere
from mapping.rules.residual_shares import (
    RESIDUAL_SHARES_1,
    ClassProbability,
    HiddenJobs,
    Published,
    decided_by,
    hidden_jobs,
    probability_at_least,
    seed_of,
)
from mapping.rules.terms import Imputation

MOMENTS = {field.name for field in fields(HiddenJobs)}


class NothingOpen(Refused):
    """Without four-digit totals the model has no residuals to share."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What the model says of a line, or one sentence why it says nothing."""

    threshold: Fraction
    found: ClassProbability | None
    silence: str = ""


def likelihood(
    basis: Basis, units: Iterable[str], cluster_code: str, threshold: Fraction
) -> Likelihood:
    """Answer as pages and the API show it.

    Raises:
        Refused: the definition set has no such cluster.
    """
    try:
        found = class_probability(basis, units, cluster_code, threshold)
    except NothingOpen as silent:
        return Likelihood(threshold, None, silent.refusal.sentence)
    return Likelihood(threshold, found)


def class_probability(
    basis: Basis, fips: Iterable[str], cluster_code: str, threshold: Fraction
) -> ClassProbability:
    """Probability by `residual-shares-1` that the quotient is at least `threshold`.

    Where the bounds decide it is exactly 0 or 1. Else the nation's moments are read, which the
    making of the Basis left; where they are lost the whole release is read once (seconds).

    Raises:
        NothingOpen: the Basis has no four-digit totals, or has shared them out already.
        Refused: the definition set has no such cluster.
    """
    if not is_open(basis):
        raise NothingOpen(
            Refusal(
                "nothing_open",
                "A probability needs published cells with the four-digit totals of their year.",
            )
        )
    frame = frame_of(basis)
    refuse_unknown(frame.plan, cluster_code)
    index = frame.plan.definition.position(cluster_code)
    units = frozenset(fips)
    panel = read_panel(sources_of(basis), frame.code_sizes, units).panel
    here = assign(panel, frame.plan).of_all()
    there = elsewhere(frame.nation, here)
    line = float(threshold)
    seed = seed_of(basis.digest, ",".join(sorted(units)), cluster_code, repr(line))
    places = (place_of(part, frame.plan, index) for part in (here, there))
    sure = decided_by(Bounds(*quotient_bounds(*places)), threshold, seed)
    if sure is not None:
        return sure
    sizes = _leaf_sizes(basis, frame.code_sizes)
    published = Published(
        cluster=int(here.reported[0, index]),
        rest=int(here.rest[0, index]),
        cluster_elsewhere=int(frame.nation.reported[0, index] - here.reported[0, index]),
        rest_elsewhere=int(frame.nation.rest[0, index] - here.rest[0, index]),
    )
    far = _national(basis.pk, basis.digest).without(hidden_jobs(panel, frame.plan, sizes))
    region = (panel, frame.plan, sizes)
    return probability_at_least(line, region, index, published, far, seed)


def _leaf_sizes(basis: Basis, sizes: Ints) -> Ints:
    leaves: Ints = sizes[np.array([code != TOTAL_CODE for code in basis.release.codes])]
    return leaves


def moments_of(basis: Basis, panel: Panel, plan: Plan, sizes: Ints) -> HiddenJobs:
    """The moments of all units of a panel, for whoever makes a Basis and has it in hand."""
    return hidden_jobs(panel, plan, _leaf_sizes(basis, sizes))


def keep_moments(digest: str, moments: HiddenJobs) -> None:
    """Leave the nation's moments of a Basis for the first reader.

    Side effects: one small file in the cache's folder; none where it cannot be written.
    """
    keep_arrays(f"hidden-{RESIDUAL_SHARES_1}-{digest}", asdict(moments))


def is_open(basis: Basis) -> bool:
    """Whether the model has residuals to share."""
    return basis.totals_release_id is not None and basis.imputation == Imputation.PUBLISHED


@lru_cache(maxsize=64)  # four short rows a Basis; making them is what costs
def _national(basis_id: int, digest: str) -> HiddenJobs:
    kept = read_arrays(f"hidden-{RESIDUAL_SHARES_1}-{digest}")
    if kept is not None and set(kept) == MOMENTS:
        return HiddenJobs(**kept)
    made = _added_up(basis_id)
    keep_moments(digest, made)
    return made


def _added_up(basis_id: int) -> HiddenJobs:
    """The moments of every unit, in portions: the whole release at once would fill a web worker."""
    basis = Basis.objects.select_related(
        "release", "totals_release", "definition_set", "state_release"
    ).get(pk=basis_id)
    sources = sources_of(basis)
    frame = frame_of(basis)
    sizes, units = _leaf_sizes(basis, frame.code_sizes), units_of_files(sources)
    parts = (
        hidden_jobs(read_panel(sources, frame.code_sizes, some).panel, frame.plan, sizes)
        for some in (units[at : at + AT_ONCE] for at in range(0, len(units), AT_ONCE))
    )
    return reduce(HiddenJobs.plus, parts)
