"""docs/benchmarks.md: a section for each part of `make bench`, replaced whole when it ran."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.verdicts import Bar, Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`; each part's section is of its last run. Times are wall-clock seconds, the
peers' and ours of one run on one machine; a figure that several runs gave is their median. Memory
is the most that the process held, its data included. Bars are those of the plan; other work on the
machine counts against them, so the load at the beginning is said.
"""
SECTION = re.compile(r"^## (\S+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def circumstances(seed: int) -> str:
    """When and on what the part ran."""
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {load:.1f} at "
        f"the beginning, Python {platform.python_version()}, seed {seed}."
    )


def write_section(part: str, when: str, tables: Sequence[Table]) -> None:
    """Put a part's tables in the place of what its last run said."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = dict(SECTION.findall(old))
    sections[part] = "\n" + "\n".join(
        [f"`make bench ARGS={part}`. {when}", *(_written(one) for one in tables), ""]
    )
    text = HEAD + "".join(f"\n## {name}\n{sections[name]}" for name in sorted(sections))
    PAGE.write_text(re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n", encoding="utf-8")


def _written(one: Table) -> str:
    rows = "\n".join(map(_row, one.bars))
    return f"\n{one.title}\n\n| what | measured | bar | |\n|---|---:|---:|---|\n{rows}"


def _row(one: Bar) -> str:
    bar = "" if one.bar is None else f"{one.bar:g} {one.unit}"
    verdict = "" if one.bar is None else "held" if one.is_held else "missed"
    return f"| {one.name} | {one.figure} {one.unit} | {bar} | {verdict} |"
