"""Every county's jobs by cluster, kept in memory per Basis: any union is then a sum of rows.

A Basis never changes, so nothing here grows old. The kept Bases are counted, not timed: at most
15 MB each, `MOST_KEPT` of them, so that a web worker stays within its memory. They also lie on disk
in the cache's folder, where the making of a Basis leaves them (`keep_county_sums`), so that nobody
waits for them; where the folder cannot be read or written, each worker adds up its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from mapping.models import Basis, CellBlock
from mapping.queries.basis import sources_of
from mapping.queries.concentration import frame_of
from mapping.queries.kept_arrays import keep_arrays, read_arrays
from mapping.queries.panels import Sources, read_panel
from mapping.rules.assignment import Assigned, assign
from mapping.rules.panel import Ints
from mapping.rules.terms import NATION_CODE

MOST_KEPT = 10
AT_ONCE = 96
LARGEST = np.iinfo(np.int32).max

COLUMNS = tuple(field.name for field in fields(Assigned))
# Part of every file's name: a change of what is kept leaves the old ones unread.
FORM = "1"

_building = Lock()


@dataclass(frozen=True, slots=True)
class CountySums:
    """Assigned jobs of every county of a Basis, in four bytes each where they fit."""

    position: Mapping[str, int]
    columns: Mapping[str, NDArray[np.integer]]

    def rows_of(self, fips: Iterable[str]) -> Ints:
        """Positions of the counties that the files show; others have no published jobs."""
        found = [self.position[code] for code in fips if code in self.position]
        return np.array(sorted(found), dtype=np.int64)

    def union(self, fips: Iterable[str]) -> Assigned:
        """The sum of some counties, as one row."""
        rows = self.rows_of(fips)
        return Assigned(
            **{
                name: column[rows].sum(axis=0, dtype=np.int64)[None]
                for name, column in self.columns.items()
            }
        )

    def jobs(self, name: str, fips: Iterable[str]) -> Ints:
        """One column of some counties, a row for each, zeros where the files show nothing."""
        column = self.columns[name]
        codes = list(fips)
        taken = np.zeros((len(codes), *column.shape[1:]), dtype=np.int64)
        for row, code in enumerate(codes):
            if code in self.position:
                taken[row] = column[self.position[code]]
        return taken


def county_sums(basis: Basis) -> CountySums:
    """The sums of a Basis, added up at its first question."""
    with _building:  # two questions at once must not both add it up
        return _county_sums(basis.pk, basis.digest)


@lru_cache(maxsize=MOST_KEPT)
def _county_sums(basis_id: int, digest: str) -> CountySums:
    kept = _kept(digest)
    if kept is not None:
        return kept
    made = _added_up(basis_id)
    _keep(digest, made)
    return made


def keep_county_sums(digest: str, units: Iterable[str], assigned: Assigned) -> None:
    """Leave a new Basis's sums on disk: whoever makes its measures has them in hand.

    Side effects: one file in the cache's folder; none where the folder cannot be written.
    """
    rows = {unit: row for row, unit in enumerate(units)}
    columns = {name: _small(getattr(assigned, name)) for name in COLUMNS}
    _keep(digest, CountySums(rows, columns))


def _added_up(basis_id: int) -> CountySums:
    basis = Basis.objects.select_related("release", "totals_release", "definition_set").get(
        pk=basis_id
    )
    sources = sources_of(basis)
    units = units_of_files(sources)
    frame = frame_of(basis)
    parts: dict[str, list[NDArray[np.integer]]] = {name: [] for name in COLUMNS}
    for start in range(0, len(units), AT_ONCE):
        read = read_panel(sources, frame.code_sizes, units[start : start + AT_ONCE])
        assigned = assign(read.panel, frame.plan)
        for name, kept in parts.items():
            kept.append(_small(getattr(assigned, name)))
    return CountySums(
        position={unit: row for row, unit in enumerate(units)},
        columns={name: np.concatenate(kept) for name, kept in parts.items()},
    )


def _kept(digest: str) -> CountySums | None:
    arrays = read_arrays(f"{FORM}-{digest}")
    if arrays is None or set(arrays) != {"units", *COLUMNS}:
        return None
    units = arrays.pop("units").tolist()
    return CountySums({unit: row for row, unit in enumerate(units)}, arrays)


def _keep(digest: str, made: CountySums) -> None:
    keep_arrays(f"{FORM}-{digest}", {"units": np.array(list(made.position)), **made.columns})


def units_of_files(sources: Sources) -> list[str]:
    """Return every county (or state) that the files of a Basis show."""
    releases = [one for one in (sources.release, sources.totals_release) if one is not None]
    rows = CellBlock.objects.filter(release__in=releases).exclude(region_code=NATION_CODE)
    return sorted(set(rows.values_list("region_code", flat=True)))


def _small(column: Ints) -> NDArray[np.integer]:
    return column.astype(np.int32) if abs(column).max(initial=0) <= LARGEST else column
