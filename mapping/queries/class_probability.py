"""How likely a region's quotient reaches a line, where the bounds cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from kit.refusals import Refusal, Refused
from mapping.models import Basis
from mapping.queries.basis import sources_of
from mapping.queries.concentration import frame_of, refuse_unknown
from mapping.queries.panels import national_sums, plan_of, read_panel
from mapping.rules.assignment import assign
from mapping.rules.panel import TOTAL_CODE, Ints
from mapping.rules.residual_shares import (
    ClassProbability,
    HiddenJobs,
    Published,
    hidden_jobs,
    probability_at_least,
    seed_of,
)
from mapping.rules.terms import Imputation


class NothingOpen(Refused):
    """Without four-digit totals the model has no residuals to share."""


def class_probability(
    basis: Basis, fips: Iterable[str], cluster_code: str, threshold: float
) -> ClassProbability:
    """Probability by `residual-shares-1` that the quotient is at least `threshold`.

    The first question about a Basis reads the whole release (seconds); its moments are kept.

    Raises:
        NothingOpen: the Basis has no four-digit totals, or has shared them out already.
        Refused: the definition set has no such cluster.
    """
    if basis.totals_release_id is None or basis.imputation != Imputation.PUBLISHED:
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
    sizes = _leaf_sizes(basis, frame.code_sizes)
    published = Published(
        cluster=int(here.reported[0, index]),
        rest=int(here.rest[0, index]),
        cluster_elsewhere=int(frame.nation.reported[0, index] - here.reported[0, index]),
        rest_elsewhere=int(frame.nation.rest[0, index] - here.rest[0, index]),
    )
    return probability_at_least(
        threshold,
        (panel, frame.plan, sizes),
        index,
        published,
        _national(basis.pk, basis.digest).without(hidden_jobs(panel, frame.plan, sizes)),
        seed_of(basis.digest, ",".join(sorted(units)), cluster_code, repr(threshold)),
    )


def _leaf_sizes(basis: Basis, sizes: Ints) -> Ints:
    leaves: Ints = sizes[np.array([code != TOTAL_CODE for code in basis.release.codes])]
    return leaves


@lru_cache(maxsize=4)
def _national(basis_id: int, digest: str) -> HiddenJobs:
    del digest  # part of the key only: a Basis never changes, but tests reuse numbers
    basis = Basis.objects.select_related(
        "release", "totals_release", "definition_set", "state_release"
    ).get(pk=basis_id)
    sources = sources_of(basis)
    sums = national_sums(sources)
    panel = read_panel(sources, sums.mean_size).panel
    return hidden_jobs(panel, plan_of(sources, sums), _leaf_sizes(basis, sums.mean_size))
