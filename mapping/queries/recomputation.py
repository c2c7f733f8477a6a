"""Concentrations from the release rows alone: what a re-derivation trusts."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from mapping.models import Basis
from mapping.queries.basis import sources_of
from mapping.queries.concentration import digests_read, pool_type, refuse_unknown
from mapping.queries.panels import (
    NationalSums,
    ReadPanel,
    national_sums,
    plan_of,
    read_panel,
    summed,
)
from mapping.queries.regions import areas_of_basis
from mapping.rules.assignment import Assigned, assign
from mapping.rules.bands import tercile_cuts
from mapping.rules.concentration import AreaJobs, Frame, Question, concentrate
from mapping.rules.measures import Concentration
from mapping.rules.plan import Plan


class Recomputation:
    """The same answers from the release rows alone: nation, bands and pool are added up anew."""

    def __init__(self, basis: Basis) -> None:
        self.basis = basis
        self.sources = sources_of(basis)

    @cached_property
    def _whole(self) -> ReadPanel:
        return read_panel(self.sources, national_sums(self.sources).mean_size)

    @cached_property
    def _sums(self) -> NationalSums:
        return summed(self._whole, self.sources)

    @cached_property
    def _plan(self) -> Plan:
        return plan_of(self.sources, self._sums)

    @cached_property
    def _units(self) -> Assigned:
        return assign(self._whole.panel, self._plan)

    @cached_property
    def _areas(self) -> tuple[tuple[str, ...], Assigned]:
        kind = pool_type(self.basis)
        is_county = self.basis.release.unit == "county"
        areas = areas_of_basis(self.basis, kind) if is_county else {}
        units = self._whole.panel.units
        of_unit = [areas.get(unit) if areas else unit for unit in units]
        codes = tuple(sorted({code for code in of_unit if code is not None}))
        place = {code: i for i, code in enumerate(codes)}
        group = np.array([place.get(code or "", -1) for code in of_unit], dtype=np.int64)
        return codes, self._units.sum_by(group, len(codes))

    @cached_property
    def _frame(self) -> Frame:
        _, areas = self._areas
        return Frame(
            plan=self._plan,
            nation=self._units.of_all(),
            code_sizes=self._sums.mean_size,
            cuts=tercile_cuts(areas.traded.tolist()),
            basis_digest=self.basis.digest,
        )

    def concentration(self, fips: frozenset[str], cluster_code: str) -> Concentration:
        """Measure one cluster in one union of counties, trusting only the release rows."""
        refuse_unknown(self._plan, cluster_code)
        codes, areas = self._areas
        frame = self._frame
        index = self._plan.definition.position(cluster_code)
        pool = tuple(
            AreaJobs(code, frame.cuts.band_of(traded), jobs, rest)
            for code, traded, jobs, rest in zip(
                codes,
                areas.traded.tolist(),
                areas.employment[:, index].tolist(),
                areas.rest[:, index].tolist(),
                strict=True,
            )
        )
        inside = np.array([unit in fips for unit in self._whole.panel.units], dtype=bool)
        region = self._units.sum_by(np.where(inside, 0, -1), 1)
        read = read_panel(self.sources, self._frame.code_sizes, fips)
        question = Question(cluster_code, tuple(sorted(fips)), digests_read(self.basis, read))
        return concentrate(question, region, frame, pool)
