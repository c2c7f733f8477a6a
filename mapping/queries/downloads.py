"""What the public may take home whole: every published set of measures, and the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from django.db.models import Q, QuerySet

from mapping.models import (
    Basis,
    BasisPublication,
    BasisSwitch,
    CellBlock,
    Measure,
    Release,
    SubCluster,
    SubMeasure,
)
from mapping.queries.basis import published_bases
from mapping.rules.blocks import unpack
from mapping.rules.terms import NATION_CODE
from records.exports import Column, Kind, Table

AT_ONCE = 4000
BLOCKS_AT_ONCE = 50
SAMPLE = "Sample data, not statistics."
CELL_COLUMNS = (
    Column("region", "FIPS code of the county or state, as text."),
    Column("naics", "Six- or four-digit NAICS code, or ------ for everything."),
    Column("flag", "Letter of the size class or noise, empty where there is none."),
    Column("establishments", "Number of establishments.", Kind.WHOLE),
    Column("employment", "Jobs as published; 0 where withheld.", Kind.WHOLE),
    Column("payroll_1000_usd", "Annual payroll in thousands of dollars.", Kind.WHOLE),
)
MEASURE_COLUMNS = (
    Column("region_type", "Type of the region; nation for the whole."),
    Column("region", "Code of the region, as text."),
    Column("cluster", "Code of the cluster in its definition set."),
    Column("employment_low", "Least jobs that the published data allow.", Kind.WHOLE),
    Column("employment", "Jobs, withheld cells read as the basis says.", Kind.WHOLE),
    Column("employment_certain", "Jobs that cells and residuals prove.", Kind.WHOLE),
    Column("employment_high", "Most jobs that the published data allow.", Kind.WHOLE),
    Column("rest", "Jobs of the base without the cluster.", Kind.WHOLE),
    Column("rest_certain", "Least of the same.", Kind.WHOLE),
    Column("rest_high", "Most of the same.", Kind.WHOLE),
    Column("establishments", "Number of establishments.", Kind.WHOLE),
    Column("payroll_1000_usd", "Annual payroll in thousands of dollars.", Kind.WHOLE),
    Column("share_of_region", "Share of the region's base.", Kind.NUMBER),
    Column("share_of_nation", "Share of the nation's jobs in the cluster.", Kind.NUMBER),
    Column("lq", "Location quotient over the cluster's own base.", Kind.NUMBER),
    Column("lq_low", "Least of the same.", Kind.NUMBER),
    Column("lq_high", "Most of the same.", Kind.NUMBER),
    Column("lq_total", "Location quotient over all jobs.", Kind.NUMBER),
    Column("lq_total_low", "Least of the same.", Kind.NUMBER),
    Column("lq_total_high", "Most of the same.", Kind.NUMBER),
    Column("rank", "1 is the highest quotient among regions with jobs.", Kind.WHOLE),
    Column("percentile", "Share of these regions with a lower quotient.", Kind.NUMBER),
    Column("growth", "Yearly rate of employment since growth_from.", Kind.NUMBER),
    Column("growth_from", "Year that growth is counted from.", Kind.WHOLE),
    Column("jobs_created", "Jobs more than in that year.", Kind.WHOLE),
    Column("reported", "Jobs in published cells.", Kind.WHOLE),
    Column(
        "wage_jobs", "Jobs in cells that publish jobs and pay: a wage rests on these.", Kind.WHOLE
    ),
    Column("wage_payroll", "Payroll of the same cells, in thousands of dollars.", Kind.WHOLE),
    Column("classes", "Classes of strength, by a blank."),
)
SUB_COLUMNS = tuple(
    Column("sub_cluster", "Code of the sub-cluster in its definition set.")
    if column.name == "cluster"
    else column
    for column in MEASURE_COLUMNS
)
_STORED = {
    "region": "region_code",
    "cluster": "cluster_code",
    "sub_cluster": "cluster_code",
    "payroll_1000_usd": "payroll",
}


def published_releases() -> QuerySet[Release]:
    """Releases on which a published set of measures rests, newest data first."""
    public = published_bases().order_by()
    rows = Release.objects.filter(
        Q(pk__in=public.values("release_id")) | Q(pk__in=public.values("totals_release_id"))
    )
    return rows.select_related("case").order_by("-year", "-loaded_at", "-pk")


def published_release(reference: str) -> Release | None:
    """A release by its public name."""
    return published_releases().filter(case__reference=reference).first()


def published_basis(reference: str) -> Basis | None:
    """A published set of measures by its public name."""
    return published_bases().filter(case__reference=reference).first()


def publication_mark() -> str:
    """What changes whenever something is published or another Basis becomes the current one."""
    newest = BasisPublication.objects.order_by("-pk").values_list("pk", flat=True).first()
    switch = BasisSwitch.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest}|{switch}"


def cell_table(release: Release) -> Table:
    """All cells of a release; blocks come from the server a few at a time."""
    return Table(
        stem=f"{'sample-' if release.is_synthetic else ''}cells-{release.kind}-{release.year}",
        title=f"Cells of {release}",
        columns=CELL_COLUMNS,
        rows=_cells(release),
        source=f"{release.source}, {release.year}; release {release.reference}",
        notes=(SAMPLE,) if release.is_synthetic else (),
    )


def _cells(release: Release) -> Iterator[tuple[object, ...]]:
    rows = CellBlock.objects.filter(release=release).exclude(region_code=NATION_CODE)
    blocks = rows.order_by("region_code").values_list("region_code", "block")
    return chain.from_iterable(
        _of_block(region, block, release.codes)
        for region, block in blocks.iterator(chunk_size=BLOCKS_AT_ONCE)
    )


def _of_block(
    region: str, block: bytes | memoryview, codes: list[str]
) -> Iterator[tuple[object, ...]]:
    for code, flag, establishments, employment, payroll in unpack(block).tolist():
        yield region, codes[code], chr(flag) if flag else "", establishments, employment, payroll


def measure_table(basis: Basis) -> Table:
    """All measures of a Basis, as they are stored; rows come from the server in portions."""
    return _stored(basis, "measures", Measure.objects.filter(basis=basis), MEASURE_COLUMNS)


def sub_measure_table(basis: Basis) -> Table:
    """All measures of the sub-clusters of a Basis; counties have none."""
    return _stored(basis, "sub-measures", SubMeasure.objects.filter(basis=basis), SUB_COLUMNS)


def _stored(
    basis: Basis,
    name: str,
    rows: QuerySet[Measure] | QuerySet[SubMeasure],
    columns: Sequence[Column],
) -> Table:
    ordered = rows.order_by("region_type", "region_code", "cluster_code")
    stored = [_STORED.get(column.name, column.name) for column in columns]
    found = ordered.values_list(*stored).iterator(chunk_size=AT_ONCE)
    return Table(
        stem=f"{'sample-' if basis.is_synthetic else ''}{name}-{basis.year}-{basis.reference}",
        title=f"{name.capitalize()} of {basis}",
        columns=columns,
        rows=((*row[:-1], " ".join(row[-1])) for row in found),
        source=f"{basis.release}; basis {basis.reference}",
        notes=(SAMPLE,) if basis.is_synthetic else (),
    )


def sets_with_parts() -> frozenset[int]:
    """Keys of the definition sets that have sub-clusters."""
    return frozenset(
        SubCluster.objects.order_by().values_list("definition_set_id", flat=True).distinct()
    )


def measure_counts() -> dict[int, int]:
    """How many rows every published set of measures has; counted once, since none ever changes."""
    rows = published_bases().values_list("pk", "case__reference")
    return {key: _measure_count(key, reference) for key, reference in rows}


@lru_cache(maxsize=256)
def _measure_count(key: int, reference: str) -> int:
    del reference  # part of the key only: tests reuse numbers
    return Measure.objects.filter(basis=key).count()
