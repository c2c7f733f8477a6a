"""The peers side by side: the same task by every tool, each in a process of its own.

The peers live in an environment of their own (var/peers, from requirements-peers.txt), so that the
product's stays what it is. What cannot be installed or fails is said in the table.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.county_file import write_county_file
from bench.verdicts import Bar, table

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "peers"
PINNED = ROOT / "requirements-peers.txt"
TASKS = ROOT / "bench" / "peer_tasks.py"
PANEL = (20, 3_143, 1_000)
FULL = 0.334  # share of the panel's cells that are not empty
CLUSTERS = 51
ENOUGH = 900  # seconds
# Task, its title, our bars in seconds and megabytes, and who else does it.
COMPARED = (
    (
        "panel",
        "LQ of 3,143 counties x 1,000 industries x 20 years, 21 million cells (pivots not timed)",
        (1.0, 1200),
        ("economic-complexity", "econcomplex", "pandas", "polars", "duckdb"),
    ),
    (
        "proximity",
        "Proximity of 1,000 industries over 3,143 counties, one year",
        (0.25, None),
        ("economic-complexity", "econcomplex"),
    ),
    (
        "pipeline",
        "One year: LQ, proximity, density, complexity of places and industries",
        (2.0, 500),
        ("economic-complexity", "econcomplex"),
    ),
    (
        "counties",
        "All counties x 51 clusters: LQ, growth, rank",
        (0.25, None),
        ("pandas", "polars", "duckdb"),
    ),
    (
        "reading",
        (
            "CBP county year of 2.57 million rows: read, leaf rows kept in memory (ours also "
            "checks every column)"
        ),
        (None, None),
        ("pandas", "polars", "duckdb"),
    ),
)


def measure(seed: int) -> bool:
    """Print a table for each task; whether ours held its bars."""
    python, are_held = _installed(), []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _prepare(place, seed)
        are_held += [_compared(one, place, python) for one in COMPARED]
    return all(are_held)


def _compared(
    compared: tuple[str, str, tuple[float | None, float | None], tuple[str, ...]],
    place: Path,
    python: Path | None,
) -> bool:
    task, title, (seconds, megabytes), peers = compared
    bars = list(_bars("ours", _run(Path(sys.executable), task, "ours", place), seconds, megabytes))
    missing = []
    for peer in peers:
        found = _run(python, task, peer, place) if python else None
        if found is None:
            missing.append(peer)
        bars += _bars(peer, found, None, None)
    note = f"; not measured here: {', '.join(missing)}" if missing else ""
    return table(title + note, bars)


def _bars(
    who: str, found: dict[str, float] | None, seconds: float | None, megabytes: float | None
) -> Iterator[Bar]:
    if found is not None:
        yield Bar(who, found["seconds"], seconds)
        yield Bar(f"{who}, memory", found["megabytes"], megabytes, "MB")


def _run(python: Path, task: str, tool: str, place: Path) -> dict[str, float] | None:
    """Median seconds and most megabytes; None where the tool failed."""
    command = [str(python), str(TASKS), task, tool, str(place)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, capture_output=True, text=True, timeout=ENOUGH, check=True, cwd=ROOT
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        print(f"{task} by {tool}: {str(failure.stderr or failure)[-400:]}", file=sys.stderr)
        return None
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _installed() -> Path | None:
    """The peers' interpreter, made once for each pinned list; None where they cannot be had."""
    python, stamp = HOME / "bin" / "python", HOME / ".installed"
    wanted = PINNED.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    uv = Path(sys.executable).parent / "uv"
    steps = (
        [str(uv), "venv", "-q", "--clear", str(HOME)],
        [str(uv), "pip", "install", "-q", "--python", str(python), "-r", str(PINNED)],
    )
    for step in steps:
        if subprocess.run(step, check=False).returncode:  # noqa: S603 - our own tool
            print("The peers could not be installed; ours is measured alone.", file=sys.stderr)
            return None
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _prepare(place: Path, seed: int) -> None:
    """The tasks' data as plain arrays: dense for those who take it, long for the others."""
    chance = np.random.default_rng(seed)
    jobs = np.zeros(PANEL, dtype=np.int32)
    for year in jobs:
        shown = chance.random(year.shape) < FULL
        year[shown] = chance.integers(1, 500, int(shown.sum()))
    np.save(place / "panel.npy", jobs)
    for name, column in zip("yci", np.nonzero(jobs), strict=True):
        np.save(place / f"{name}.npy", column.astype(np.int32))
    np.save(place / "v.npy", jobs[np.nonzero(jobs)])
    size = np.exp(chance.normal(0, 1.5, (PANEL[1], 1)))
    both = chance.poisson(20 * size * chance.random((2, PANEL[1], CLUSTERS)))
    np.save(place / "clusters.npy", both.astype(np.int64))
    write_county_file(place / "cbp21co.txt")
