"""A nation of twelve counties in six areas and two states, small enough to add up by hand.

Three clusters: vehicles and boats (traded), bakeries (local). Loaded through the actions that real
files take, so that blocks, digests and measures are the true ones.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from mapping.actions.load_definitions import load_definitions
from mapping.actions.load_release import ReleaseFile, load_release
from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis, County, DefinitionSet, EconomicArea, Release, State
from mapping.queries.panels import Sources
from mapping.rules.blocks import CELL
from mapping.rules.definitions import ClusterEntry, definition_digest
from mapping.rules.readers.cells import ParsedCells
from mapping.rules.readers.sheets import ParsedSheet
from mapping.rules.terms import ClusterKind, Imputation
from trail.actors import SYSTEM

AT = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
STATES = (("18", "Indiana", "IN"), ("26", "Michigan", "MI"))
COUNTIES = (
    ("18001", "Adams County, IN", "001"),
    ("18003", "Allen County, IN", "001"),
    ("18039", "Elkhart County, IN", "002"),
    ("18085", "Kosciusko County, IN", "002"),
    ("18097", "Marion County, IN", "003"),
    ("18141", "St. Joseph County, IN", "003"),
    ("26021", "Berrien County, MI", "004"),
    ("26027", "Cass County, MI", "002"),
    ("26077", "Kalamazoo County, MI", "005"),
    ("26081", "Kent County, MI", "005"),
    ("26139", "Ottawa County, MI", "006"),
    ("26163", "Wayne County, MI", "006"),
)
AREAS = (
    ("001", "Fort Wayne, IN"),
    ("002", "Elkhart, IN-MI"),
    ("003", "Indianapolis, IN"),
    ("004", "Benton Harbor, MI"),
    ("005", "Grand Rapids, MI"),
    ("006", "Detroit, MI"),
)
CODES = ("311811", "336213", "336214", "336612", "541110")
CLUSTERS = (
    ("1", "Recreational vehicles", ClusterKind.TRADED, ("336213", "336214")),
    ("2", "Boats", ClusterKind.TRADED, ("336612",)),
    ("3", "Business services", ClusterKind.TRADED, ("541110",)),
    ("101", "Bakeries", ClusterKind.LOCAL, ("311811",)),
)
# Jobs by county in the order of CODES; a place of work for every twenty jobs.
JOBS = {
    "18001": (100, 40, 0, 0, 500),
    "18003": (600, 100, 60, 20, 4000),
    "18039": (200, 9000, 4000, 300, 900),
    "18085": (90, 700, 300, 200, 400),
    "18097": (1500, 0, 100, 0, 16000),
    "18141": (300, 200, 0, 60, 3000),
    "26021": (180, 60, 0, 700, 1100),
    "26027": (40, 400, 200, 20, 150),
    "26077": (250, 40, 0, 60, 2200),
    "26081": (800, 0, 60, 80, 7000),
    "26139": (300, 60, 0, 400, 2500),
    "26163": (1800, 0, 0, 100, 15000),
}


def small_economy() -> Basis:
    """Load everything and make it the current data."""
    _places()
    sources = Sources(_release(), None, _definitions(), Imputation.PUBLISHED, 2)
    basis, _ = make_basis(actor=SYSTEM, at=AT, sources=sources)
    publish_basis(actor=SYSTEM, at=AT, basis=basis)
    switch_basis(actor=SYSTEM, at=AT, basis=basis)
    return basis


def _places() -> None:
    State.objects.bulk_create(State(fips=f, name=n, postal=p) for f, n, p in STATES)
    EconomicArea.objects.bulk_create(EconomicArea(code=c, name=n) for c, n in AREAS)
    County.objects.bulk_create(
        County(fips=f, name=n, state_id=f[:2], economic_area_id=a) for f, n, a in COUNTIES
    )


def _definitions() -> DefinitionSet:
    clusters = tuple(ClusterEntry(code, name, kind) for code, name, kind, _ in CLUSTERS)
    cluster_of = {naics: code for code, _, _, codes in CLUSTERS for naics in codes}
    parsed = ParsedSheet(
        vintages=(2017,),
        clusters=clusters,
        cluster_of=cluster_of,
        digest=definition_digest(clusters, cluster_of.items()),
        rows_read=len(CODES),
        dropped={},
        unknown_codes=(),
    )
    load_definitions(actor=SYSTEM, at=AT, name="small", parsed=parsed)
    return DefinitionSet.objects.get(code="small")


def _release() -> Release:
    rows = [
        (fips, code, jobs)
        for fips, counts in JOBS.items()
        for code, jobs in enumerate(counts)
        if jobs
    ]
    cells = np.zeros(len(rows), dtype=CELL)
    for row, (_, code, jobs) in enumerate(rows):
        cells[row] = (code, 0, jobs // 20, jobs, jobs * 40)
    parsed = ParsedCells(
        year=2021,
        vintage=2017,
        codes=CODES,
        regions=np.array([fips for fips, _, _ in rows]),
        cells=cells,
        rows_read=len(rows),
        dropped={},
        coverage={},
    )
    file = ReleaseFile(
        name="small.csv",
        digest="5" * 64,
        kind="county cells",
        source="A small economy",
        unit="county",
        suppression="Nothing is withheld.",
        is_synthetic=True,
    )
    load_release(actor=SYSTEM, at=AT, file=file, parsed=parsed)
    return Release.objects.get(file_name="small.csv")
