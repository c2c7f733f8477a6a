"""`make bench`: what the portal promises, measured here and now, in small tables.

    make bench [ARGS="assignment calibration round match --seed 7"]

Without words: everything. The tables are written to docs/benchmarks.md as well. The seed is fresh
each time and printed; give it to see the same again.
"""

from __future__ import annotations

import argparse
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module

from bench.peers import measure as peers
from bench.place import own_database
from bench.report import circumstances, write_section
from bench.review import assignments, calibration
from bench.verdicts import PRINTED

MEMORY = 4 * 2**30


def from_rows(module: str) -> Callable[[int], bool]:
    """A part that is measured in a database of its own."""

    def measured(seed: int) -> bool:
        with own_database():
            # Imported here: it needs Django.
            return bool(import_module(module).measure(seed))

    return measured


PARTS: dict[str, Callable[[int], bool]] = {
    "assignment": assignments,
    "calibration": calibration,
    "round": from_rows("bench.round"),
    "ledger": from_rows("bench.ledger"),
    "match": from_rows("bench.match"),
    "economy": from_rows("bench.economy"),
    "county-year": from_rows("bench.county_year"),
    "loading": from_rows("bench.loading"),
    "peers": peers,
}


def main() -> int:
    """Measure; 1 where a bar was missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; everything if not said")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"There is no {', '.join(sorted(unknown))}.")
    wanted = options.parts or list(PARTS)
    if len(wanted) > 1:
        return _one_by_one(wanted, options.seed)
    # What asks for more than a page may take fails here, and not by the kernel's hand.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    begun = time.monotonic()
    missed = [name for name in wanted if not _measured(name, options.seed)]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = f"Missed: {', '.join(missed)}" if missed else "Every bar is held"
    print(
        f"\n{words}. {time.monotonic() - begun:.0f} s, {most:.0f} MB at most, seed {options.seed}."
    )
    return 1 if missed else 0


def _one_by_one(parts: Sequence[str], seed: int) -> int:
    """Each part in a process of its own: none is charged with what another one left in memory."""
    command = [sys.executable, "-m", "bench", "--seed", str(seed)]
    missed = [part for part in parts if subprocess.run([*command, part], check=False).returncode]  # noqa: S603
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery part is held")
    return 1 if missed else 0


def _measured(part: str, seed: int) -> bool:
    """Measure a part and write its section; whether every bar was held."""
    when = circumstances(seed)
    PRINTED.clear()
    is_held = PARTS[part](seed)
    if PRINTED:
        write_section(part, when, PRINTED)
    return is_held


if __name__ == "__main__":
    sys.exit(main())
