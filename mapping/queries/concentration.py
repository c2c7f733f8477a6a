"""How concentrated a cluster is in a union of counties, on a Basis.

`concentration` reads the region's own release rows and the stored sums of the nation and of the
economic areas: a few milliseconds. `recomputation.Recomputation` trusts nothing stored but the
release rows themselves; both answer alike as long as nobody touched the database.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kit.refusals import Refusal, Refused
from mapping.models import Basis, Measure, RegionTotal
from mapping.queries.basis import sources_of
from mapping.queries.panels import (
    ReadPanel,
    national_sums,
    plan_of,
    read_panel,
)
from mapping.rules.assignment import Assigned, assign
from mapping.rules.bands import BandCuts, tercile_cuts
from mapping.rules.concentration import AreaJobs, Frame, Question, concentrate
from mapping.rules.measures import Concentration, SourceDigest
from mapping.rules.panel import Ints
from mapping.rules.plan import Plan
from mapping.rules.terms import Band, RegionType


class UnknownCluster(Refused):
    """The definition set of the Basis has no such cluster."""


def concentration(basis: Basis, fips: frozenset[str], cluster_code: str) -> Concentration:
    """Measure one cluster in one union of counties.

    Side effects: none. The answer depends on the arguments and the database's rows only.
    """
    frame = frame_of(basis)
    sources = sources_of(basis)
    refuse_unknown(frame.plan, cluster_code)
    read = read_panel(sources, frame.code_sizes, fips)
    region = assign(read.panel, frame.plan).of_all()
    question = Question(cluster_code, tuple(sorted(fips)), digests_read(basis, read))
    return concentrate(question, region, frame, _stored_areas(basis, cluster_code))


def frame_of(basis: Basis) -> Frame:
    """Plan, nation and band cuts of a Basis; kept in memory, since a Basis never changes."""
    return _frame(basis.pk, basis.digest)


@lru_cache(maxsize=32)
def _frame(basis_id: int, digest: str) -> Frame:
    basis = Basis.objects.select_related(
        "release", "totals_release", "definition_set", "state_release"
    ).get(pk=basis_id)
    sources = sources_of(basis)
    sums = national_sums(sources)
    plan = plan_of(sources, sums)
    present = (sums.parents or sums.cells).establishments
    leaves = [i for i, code in enumerate((sums.parents or sums.cells).codes) if code.isdigit()]
    nation = _stored_nation(basis, plan, present[:, leaves])
    return Frame(plan, nation, sums.mean_size, _cuts(basis), digest)


def _stored_nation(basis: Basis, plan: Plan, present: Ints) -> Assigned:
    rows = {
        row.cluster_code: row
        for row in Measure.objects.filter(basis=basis, region_type=RegionType.NATION)
    }
    total = RegionTotal.objects.get(basis=basis, region_type=RegionType.NATION)
    clusters = [cluster.code for cluster in plan.definition.clusters]

    def by_cluster(column: str) -> Ints:
        return np.array([[getattr(rows[code], column) for code in clusters]], dtype=np.int64)

    def or_else(column: str, plain: str) -> Ints:
        return by_cluster(plain if getattr(next(iter(rows.values())), column) is None else column)

    def one(value: int) -> Ints:
        return np.array([value], dtype=np.int64)

    names = (
        "employment", "employment_certain", "employment_high", "rest", "rest_certain",
        "rest_high", "establishments", "payroll",
    )  # fmt: skip
    # Rows of engine 1 know published cells only; wages were counted apart later still.
    later = {
        "reported": "employment",
        "establishments_certain": "establishments",
        "establishments_high": "establishments",
        "wage_jobs": "employment",
        "wage_payroll": "payroll",
    }
    return Assigned(
        **{name: by_cluster(name) for name in names},
        **{name: or_else(name, plain) for name, plain in later.items()},
        total=one(total.employment),
        shown=one(round(total.employment * total.coverage)),
        traded=one(total.traded),
        local=one(total.local),
        resource=one(total.resource),
        total_establishments=one(total.establishments),
        total_payroll=one(total.payroll),
        present=present,
    )


def pool_type(basis: Basis) -> RegionType:
    """The regions that bands and pools are taken from."""
    is_county = basis.release.unit == "county"
    return RegionType.ECONOMIC_AREA if is_county else RegionType.STATE


def _cuts(basis: Basis) -> BandCuts:
    totals = RegionTotal.objects.filter(basis=basis, region_type=pool_type(basis))
    return tercile_cuts(totals.values_list("traded", flat=True))


def _stored_areas(basis: Basis, cluster_code: str) -> tuple[AreaJobs, ...]:
    kind = pool_type(basis)
    bands = dict(
        RegionTotal.objects.filter(basis=basis, region_type=kind).values_list("region_code", "band")
    )
    rows = Measure.objects.filter(basis=basis, region_type=kind, cluster_code=cluster_code)
    return tuple(
        AreaJobs(code, Band(bands[code]), employment, rest)
        for code, employment, rest in rows.values_list("region_code", "employment", "rest")
    )


def refuse_unknown(plan: Plan, cluster_code: str) -> None:
    """Stop at a cluster that the definition set does not have."""
    if cluster_code not in {cluster.code for cluster in plan.definition.clusters}:
        raise UnknownCluster(
            Refusal("unknown_cluster", f"The definition set has no cluster {cluster_code}.")
        )


def digests_read(basis: Basis, read: ReadPanel) -> tuple[SourceDigest, ...]:
    """Everything that an answer about a region rests on, by name."""
    found = [
        SourceDigest("release", basis.release.content_digest),
        SourceDigest("definition set", basis.definition_set.digest),
        SourceDigest("geography", basis.geography_digest),
    ]
    if basis.totals_release is not None:
        found.append(SourceDigest("totals release", basis.totals_release.content_digest))
    found += [SourceDigest(f"county {unit}", d) for unit, d in sorted(read.cells.digests.items())]
    if read.totals is not None:
        found += [
            SourceDigest(f"county {unit} totals", digest)
            for unit, digest in sorted(read.totals.digests.items())
        ]
    return tuple(found)
