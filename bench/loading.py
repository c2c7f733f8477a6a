"""A full county year of County Business Patterns: from the file to committed rows.

Needs Django and a database to write into (`bench.place`). The file is made here, in the shape of
the largest years: 2.57 million rows, 156 MB, every other row a six-digit industry.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import transaction

from bench.county_file import YEAR, counties, industries, write_county_file
from bench.verdicts import Bar, table
from mapping.actions.load_reference import ensure_states
from mapping.actions.load_source import load_source
from mapping.models import County, Industry
from mapping.rules.readers.layouts import layout_of
from mapping.rules.readers.source_file import open_source
from trail.actors import SYSTEM
from trail.queries.clock import database_now

VINTAGE, RUNS = 2017, 3
BAR_SECONDS, BAR_MEGABYTES = 2.5, 350


def measure(seed: int) -> bool:
    """Print the table; whether both bars were held."""
    del seed  # the file is the same each time
    return measure_loading()


def measure_loading() -> bool:
    """Load the file anew a few times; medians of reading and of everything with its commit."""
    fips, codes = counties(), industries()
    _known(fips, codes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cbp{YEAR % 100}co.txt"
        rows = write_county_file(path)
        megabytes = path.stat().st_size / 10**6
        _forget_peak()
        times = [_load(path, run) for run in range(RUNS)]
        peak = _peak()
    title = f"CBP county year: {rows:,} rows, {megabytes:.0f} MB, median of {RUNS}"
    bars = [
        Bar("file to committed rows", median(times), BAR_SECONDS),
        Bar("most memory meanwhile", peak, BAR_MEGABYTES, "MB"),
    ]
    return table(title, bars)


def _load(path: Path, run: int) -> float:
    started = perf_counter()
    with path.open("rb") as stream:
        source = open_source(path.name, stream)
    layout = layout_of(source)
    if layout is None:
        raise ValueError(path.name)
    with transaction.atomic():
        reports = load_source(actor=SYSTEM, at=database_now(), source=source, layout=layout)
    elapsed = perf_counter() - started
    if {report.status for report in reports} != {"loaded"}:
        raise ValueError(reports)
    with path.open("a") as file:  # another digest, so that the next run is a file of its own
        file.write("\n" * (run + 1))
    return elapsed


def _known(fips: list[str], codes: list[str]) -> None:
    ensure_states()
    County.objects.bulk_create(County(fips=code, name=code, state_id=code[:2]) for code in fips)
    plain = [code.rstrip("-/") for code in codes]
    Industry.objects.bulk_create(
        Industry(vintage=VINTAGE, code=code, title=code) for code in plain if code
    )


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
