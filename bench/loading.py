"""A full county year of County Business Patterns: from the file to committed rows.

Needs Django and a database to write into (`bench.place`). The file is made here, in the shape of
the largest years: 2.57 million rows, 156 MB, every other row a six-digit industry.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from django.db import transaction

from bench.verdicts import Bar, table
from mapping.actions.load_reference import ensure_states
from mapping.actions.load_source import load_source
from mapping.models import County, Industry
from mapping.rules.readers.layouts import layout_of
from mapping.rules.readers.source_file import open_source
from mapping.rules.states import STATES
from trail.actors import SYSTEM
from trail.queries.clock import database_now

YEAR, VINTAGE, COUNTIES, ROWS, RUNS = 2021, 2017, 3143, 2_573_000, 3
SECTORS, PER_SECTOR, GROUPS, LEAVES = 20, 4, 2, 2  # of each level above
BAR_SECONDS, BAR_MEGABYTES = 2.5, 350
SIZES = "n5_9,n10_19,n20_49,n50_99,n100_249,n250_499,n500_999,n1000,n1000_1,n1000_2,n1000_3,n1000_4"
HEADER = f"fipstate,fipscty,naics,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est,n<5,{SIZES}"


def measure(seed: int) -> bool:
    """Print the table; whether both bars were held."""
    del seed  # the file is the same each time
    return measure_loading()


def measure_loading() -> bool:
    """Load the file anew a few times; medians of reading and of everything with its commit."""
    fips, codes = _counties(), list(islice(_codes(), ROWS // COUNTIES))
    _known(fips, codes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cbp{YEAR % 100}co.txt"
        rows = _write(path, fips, codes)
        megabytes = path.stat().st_size / 10**6
        _forget_peak()
        times = [_load(path, run) for run in range(RUNS)]
        peak = _peak()
    title = f"CBP county year: {rows:,} rows, {megabytes:.0f} MB, median of {RUNS}; {peak:.0f} MB"
    is_small = peak <= BAR_MEGABYTES
    bars = [Bar("file to committed rows", median(times), BAR_SECONDS)]
    return table(f"{title} at most{'' if is_small else ' MISSED'}", bars) and is_small


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


def _counties() -> list[str]:
    each = -(-COUNTIES // len(STATES))
    all_of_them = (f"{state}{2 * n + 1:03}" for state in STATES for n in range(each))
    return sorted(all_of_them)[:COUNTIES]


def _codes() -> Iterator[str]:
    """Codes as the file writes them, parents before children."""
    yield "------"
    for sector in range(11, 11 + SECTORS):
        yield f"{sector}----"
        for three in range(1, PER_SECTOR + 1):
            yield f"{sector}{three}///"
            for four in range(1, GROUPS + 1):
                yield f"{sector}{three}{four}//"
                for five in range(1, LEAVES + 1):
                    yield f"{sector}{three}{four}{five}/"
                    yield f"{sector}{three}{four}{five}{0}"


def _known(fips: list[str], codes: list[str]) -> None:
    ensure_states()
    County.objects.bulk_create(County(fips=code, name=code, state_id=code[:2]) for code in fips)
    plain = [code.rstrip("-/") for code in codes]
    Industry.objects.bulk_create(
        Industry(vintage=VINTAGE, code=code, title=code) for code in plain if code
    )


def _write(path: Path, fips: list[str], codes: list[str]) -> int:
    """Every county has every code, with figures of its own."""
    chance = np.random.default_rng(1)
    rest = ",".join("0" * 12)
    with path.open("w") as file:
        file.write(HEADER + "\n")
        for county in fips:
            sizes = np.clip(chance.pareto(1.0, len(codes)) * 8, 3, 9_000).astype(int).tolist()
            file.write(
                "".join(
                    f"{county[:2]},{county[2:]},{code},G,{size * 11},H,{size * 99},G,"
                    f"{size * 450},{size},{size},{rest}\n"
                    for code, size in zip(codes, sizes, strict=True)
                )
            )
    return len(fips) * len(codes)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
