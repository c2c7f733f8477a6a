"""Load the sample economy, so that a portal without data shows how it works."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kit.refusals import Refusal, Refused
from mapping.actions.draw_shapes import draw_shapes
from mapping.actions.load_definitions import load_definitions
from mapping.actions.load_reference import ensure_states
from mapping.actions.load_release import ReleaseFile, load_release
from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis, County, DefinitionSet, EconomicArea, Release
from mapping.queries.panels import Earlier, Sources
from mapping.queries.regions import geography_digest
from mapping.rules.load_reports import LoadReport
from mapping.rules.parameters import absent_establishments
from mapping.rules.readers.cells import KnownCodes
from mapping.rules.readers.county_cells import read_county_cells
from mapping.rules.readers.layouts import Layout
from mapping.rules.readers.sheets import read_sheet
from mapping.rules.readers.source_file import SourceFile
from mapping.rules.terms import Imputation
from mapping.rules.topology import read_topology
from mapping.sample.economy import SampleEconomy
from mapping.sample.files import (
    SEED,
    YearFiles,
    definition_sheet,
    sample_economy,
    sample_files,
)
from mapping.sample.industries import starter_industries
from trail.actors import Actor

SOURCE = "Sample economy, invented for demonstration"
SUPPRESSION = (
    "Invented figures. Cells with fewer than three establishments are left out, as in the "
    "official files."
)
VINTAGE = 2017


class RealDataLoaded(Refused):
    """The sample never stands beside real data."""


class BordersMissing(Refused):
    """The sample is laid over real counties: it needs their borders."""


@transaction.atomic
def load_sample(
    *, actor: Actor, at: datetime, seed: int = SEED, borders: Path | None = None
) -> Basis:
    """Load the sample economy, publish its measures and make them current; once.

    Side effects: counties and sample areas, a definition set, two releases and a published Basis
    with its measures for each year, shapes, and a switch to the last year's Basis, each with its
    entry on the trail.

    Raises:
        RealDataLoaded: real cells or real economic areas are there.
        BordersMissing: the file of borders is absent.
    """
    existing = Basis.objects.filter(release__is_synthetic=True).order_by("-release__year").first()
    if existing is not None:
        return existing
    _refuse_beside_real_data()
    path = borders or settings.BORDERS_FILE
    if not path.is_file():
        raise BordersMissing(
            Refusal("borders_missing", f"The borders of counties are missing: {path.name}.")
        )
    economy = sample_economy(read_topology(json.loads(path.read_bytes())), seed=seed)
    _write_geography(economy)
    known = _known(economy)
    owner = _load_definitions(actor, at, known)
    basis: Basis | None = None
    for files in sample_files(economy, seed=seed):
        loaded = _load_year(actor, at, files, known)
        basis = _make_year(actor, at, loaded, owner, basis)
    if basis is None:
        raise ValueError("the sample has no year")
    draw_shapes(at=at, geography_digest=geography_digest("county"), borders=path)
    switch_basis(actor=actor, at=at, basis=basis)
    return basis


def _refuse_beside_real_data() -> None:
    if Release.objects.filter(is_synthetic=False, unit="county").exists() or (
        EconomicArea.objects.exists()
    ):
        raise RealDataLoaded(
            Refusal("real_data_loaded", "Real data are loaded; the sample is not needed.")
        )


def _write_geography(economy: SampleEconomy) -> None:
    ensure_states()
    EconomicArea.objects.bulk_create(
        EconomicArea(code=code, name=name) for code, name in economy.areas.names.items()
    )
    County.objects.bulk_create(
        (
            County(
                fips=county.fips,
                name=county.full_name,
                state_id=county.fips[:2],
                economic_area_id=economy.areas.area_of[county.fips],
            )
            for county in economy.counties
        ),
        update_conflicts=True,
        unique_fields=["fips"],
        update_fields=["economic_area"],
    )


def _load_definitions(actor: Actor, at: datetime, known: KnownCodes) -> DefinitionSet:
    source = definition_sheet()
    sheet = read_sheet(source, known.industries)
    load_definitions(actor=actor, at=at, name=source.stem, parsed=sheet)
    return DefinitionSet.objects.filter(code=source.stem).order_by("-version")[0]


def _known(economy: SampleEconomy) -> KnownCodes:
    codes = frozenset(industry.code for industry in starter_industries())
    return KnownCodes(
        regions=frozenset(county.fips for county in economy.counties),
        industries={VINTAGE: codes | {code[:4] for code in codes}},
    )


def _load_year(
    actor: Actor, at: datetime, files: YearFiles, known: KnownCodes
) -> dict[Layout, Release]:
    """Walk a year's files through the readers and writers of real ones."""
    loaded = {}
    for layout, source in (
        (Layout.COUNTY_TOTALS, files.totals),
        (Layout.COUNTY_CELLS, files.cells),
    ):
        parsed = read_county_cells(source, files.year, known)
        report = load_release(actor=actor, at=at, file=_release_file(source, layout), parsed=parsed)
        loaded[layout] = _release_of(report)
    return loaded


def _make_year(
    actor: Actor,
    at: datetime,
    releases: dict[Layout, Release],
    owner: DefinitionSet,
    before: Basis | None,
) -> Basis:
    sources = Sources(
        release=releases[Layout.COUNTY_CELLS],
        totals_release=releases[Layout.COUNTY_TOTALS],
        definition_set=owner,
        imputation=Imputation.PUBLISHED,
        absent_establishments=absent_establishments(at.date()),
        earlier=Earlier(before.release, before.totals_release) if before else None,
    )
    basis, _ = make_basis(actor=actor, at=at, sources=sources)
    publish_basis(actor=actor, at=at, basis=basis)
    return basis


def _release_file(source: SourceFile, layout: Layout) -> ReleaseFile:
    return ReleaseFile(
        name=source.name,
        digest=source.digest,
        kind=layout.value,
        source=SOURCE,
        unit="county",
        suppression=SUPPRESSION,
        is_synthetic=True,
    )


def _release_of(report: LoadReport) -> Release:
    return Release.objects.get(case__reference=report.reference)
