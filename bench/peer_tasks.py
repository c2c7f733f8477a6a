"""One task by one tool: `python bench/peer_tasks.py TASK TOOL FOLDER` prints seconds and megabytes.

Runs in the checkout's environment for "ours" and in the peers' own for the others, so each tool is
imported where it is used. Making the shape that a tool works on (a frame, a pivot) is not timed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Work = Callable[[], object]
RUNS = 5
LONGEST = 20.0  # seconds, after which no further run begins
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Do the task a few times; print the median and the most memory."""
    task, tool, folder = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    work = TASKS[task, tool](Path(folder))
    taken: list[float] = []
    while len(taken) < RUNS and sum(taken) < LONGEST:
        started = perf_counter()
        work()
        taken.append(perf_counter() - started)
    print(json.dumps({"seconds": median(taken), "megabytes": _most_megabytes()}))
    return 0


def _most_megabytes() -> float:
    """Of this program alone: what getrusage tells begins with what the parent held."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _long(folder: Path) -> dict[str, Any]:
    return {name: np.load(folder / f"{name}.npy") for name in "yciv"}


def panel_ours(folder: Path) -> Work:
    """Dense arrays, one pass a year."""
    from mapping.rules.panel_quotients import panel_quotients  # noqa: PLC0415

    jobs = np.load(folder / "panel.npy")
    return lambda: panel_quotients(jobs)


def panel_of_matrices(lq: Callable[[Any], object]) -> Callable[[Path], Work]:
    """A function of one year's table, over all years."""

    def prepared(folder: Path) -> Work:
        import pandas as pd  # noqa: PLC0415

        years = [pd.DataFrame(year) for year in np.load(folder / "panel.npy")]
        return lambda: [lq(year) for year in years]

    return prepared


def panel_economic_complexity(folder: Path) -> Work:
    """The package's own function."""
    from economic_complexity import rca  # noqa: PLC0415

    return panel_of_matrices(rca)(folder)


def panel_econcomplex(folder: Path) -> Work:
    """The package's own function."""
    from econcomplex import location_quotient  # noqa: PLC0415

    return panel_of_matrices(location_quotient)(folder)


def panel_pandas(folder: Path) -> Work:
    """Sums of groups, taken back to every row."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(_long(folder))

    def work() -> object:
        jobs = frame["v"]
        region = frame.groupby(["y", "c"])["v"].transform("sum")
        industry = frame.groupby(["y", "i"])["v"].transform("sum")
        nation = frame.groupby("y")["v"].transform("sum")
        return jobs / region / (industry / nation)

    return work


def panel_polars(folder: Path) -> Work:
    """Sums over windows."""
    import polars as pl  # noqa: PLC0415

    frame = pl.DataFrame(_long(folder))
    jobs = pl.col("v").cast(pl.Float64)
    lq = (jobs / jobs.sum().over("y", "c")) / (jobs.sum().over("y", "i") / jobs.sum().over("y"))
    return lambda: frame.select(lq)


def panel_duckdb(folder: Path) -> Work:
    """Sums over windows, in SQL."""
    duck, _ = _duck_with(_long(folder))
    return lambda: duck.execute(
        "create or replace table found as select y, c, i, "
        "v / sum(v) over (partition by y, c) / "
        "(sum(v) over (partition by y, i) / sum(v) over (partition by y)) as lq from cells"
    )


def _duck_with(columns: dict[str, Any]) -> tuple[Any, Any]:
    import duckdb  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    duck, frame = duckdb.connect(), pd.DataFrame(columns)
    duck.register("handed_over", frame)
    duck.execute("create table cells as select * from handed_over")
    return duck, frame


def _clusters(folder: Path) -> dict[str, Any]:
    before, now = np.load(folder / "clusters.npy")
    county, cluster = np.indices(now.shape)
    return {"c": county.ravel(), "i": cluster.ravel(), "v": now.ravel(), "w": before.ravel()}


def one_year(folder: Path) -> NDArray[np.int32]:
    """The first year of the panel: places by industries."""
    return np.array(np.load(folder / "panel.npy", mmap_mode="r")[0])


def proximity_ours(folder: Path) -> Work:
    """From quotients to proximities."""
    from mapping.rules.panel_quotients import panel_quotients  # noqa: PLC0415
    from mapping.rules.relatedness import advantages, proximity  # noqa: PLC0415

    quotients = panel_quotients(one_year(folder)[None])[0]
    return lambda: proximity(advantages(quotients))


def proximity_economic_complexity(folder: Path) -> Work:
    """The package's own function."""
    import pandas as pd  # noqa: PLC0415
    from economic_complexity import proximity, rca  # noqa: PLC0415

    quotients = rca(pd.DataFrame(one_year(folder)))
    return lambda: proximity(quotients)


def proximity_econcomplex(folder: Path) -> Work:
    """The package's own function, of industries alone."""
    from econcomplex import location_quotient, proximity  # noqa: PLC0415

    quotients = location_quotient(one_year(folder).astype(np.float64))
    return lambda: proximity(quotients, use_rca=False, compute="product")


def pipeline_ours(folder: Path) -> Work:
    """From jobs to complexity."""
    from mapping.rules.panel_quotients import panel_quotients  # noqa: PLC0415
    from mapping.rules.relatedness import (  # noqa: PLC0415
        advantages,
        complexity,
        density,
        proximity,
    )

    jobs = one_year(folder)[None]

    def work() -> object:
        has = advantages(panel_quotients(jobs)[0])
        near = proximity(has)
        return near, density(has, near), complexity(has)

    return work


def pipeline_economic_complexity(folder: Path) -> Work:
    """The package's own functions."""
    import pandas as pd  # noqa: PLC0415
    from economic_complexity import complexity, proximity, rca, relatedness  # noqa: PLC0415

    jobs = pd.DataFrame(one_year(folder))

    def work() -> object:
        quotients = rca(jobs)
        near = proximity(quotients)
        return near, relatedness(quotients, proximities=near), complexity(quotients)

    return work


def pipeline_econcomplex(folder: Path) -> Work:
    """The package's own functions."""
    from econcomplex import (  # noqa: PLC0415
        eci_pci,
        location_quotient,
        proximity,
        relatedness_density,
    )

    jobs = one_year(folder).astype(np.float64)

    def work() -> object:
        quotients = location_quotient(jobs)
        near = proximity(quotients, use_rca=False, compute="product")["product"]
        held = relatedness_density(quotients, near, use_rca=False)
        return near, held, eci_pci(quotients, use_rca=False)

    return work


def counties_ours(folder: Path) -> Work:
    """Whole arrays."""
    from mapping.rules.quotient_arrays import quotients  # noqa: PLC0415
    from mapping.rules.standings import Before, change_since, standings  # noqa: PLC0415

    before, now = np.load(folder / "clusters.npy")
    known = Before(2020, before, np.ones(len(before), bool))

    def work() -> object:
        x = now.astype(np.float64)
        y, nation = x.sum(axis=1, keepdims=True) - x, x.sum(axis=0, keepdims=True)
        rest = x.sum() - nation
        lq = quotients(x, y, nation - x, rest - y)
        return lq, standings(lq, now), change_since(known, 2021, now)

    return work


def counties_pandas(folder: Path) -> Work:
    """Sums of groups, taken back; ranks within groups."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(_clusters(folder))

    def work() -> object:
        region = frame.groupby("c")["v"].transform("sum")
        cluster = frame.groupby("i")["v"].transform("sum")
        lq = frame["v"] / region / (cluster / frame["v"].sum())
        return lq, lq.groupby(frame["i"]).rank(ascending=False), frame["v"] / frame["w"] - 1

    return work


def counties_polars(folder: Path) -> Work:
    """Windows."""
    import polars as pl  # noqa: PLC0415

    frame = pl.DataFrame(_clusters(folder))
    jobs = pl.col("v").cast(pl.Float64)
    lq = (jobs / jobs.sum().over("c")) / (jobs.sum().over("i") / jobs.sum())
    growth = (jobs / pl.col("w") - 1).alias("growth")
    return lambda: frame.with_columns(lq.alias("lq"), growth).with_columns(
        pl.col("lq").rank("min", descending=True).over("i").alias("rank")
    )


def counties_duckdb(folder: Path) -> Work:
    """Windows, in SQL."""
    duck, _ = _duck_with(_clusters(folder))
    return lambda: duck.execute(
        "create or replace table found as select *, rank() over (partition by i order by lq desc) "
        "as place from (select c, i, v / sum(v) over (partition by c) / "
        "(sum(v) over (partition by i) / sum(v) over ()) as lq, "
        "v / nullif(w, 0) - 1 as growth from cells)"
    )


FILE = "cbp21co.txt"
LEAF = "^[0-9]{6}$"


def reading_ours(folder: Path) -> Work:
    """The reader with every check, the four-digit totals beside the cells."""
    from bench.county_file import YEAR, counties, industries  # noqa: PLC0415
    from mapping.rules.readers.cbp_files import read_cbp  # noqa: PLC0415
    from mapping.rules.readers.cells import KnownCodes  # noqa: PLC0415
    from mapping.rules.readers.source_file import open_source  # noqa: PLC0415

    codes = frozenset(code.rstrip("-/") for code in industries()) - {""}
    known = KnownCodes(frozenset(counties()), {2017: codes})

    def work() -> object:
        with (folder / FILE).open("rb") as stream:
            return read_cbp(open_source(FILE, stream), "county", YEAR, known)

    return work


def reading_pandas(folder: Path) -> Work:
    """Its own reader; codes as text."""
    import pandas as pd  # noqa: PLC0415

    texts = dict.fromkeys(("fipstate", "fipscty", "naics"), str)

    def work() -> object:
        frame = pd.read_csv(folder / FILE, dtype=texts)
        return frame[frame["naics"].str.fullmatch(LEAF)]

    return work


def reading_polars(folder: Path) -> Work:
    """Its own reader; codes as text."""
    import polars as pl  # noqa: PLC0415

    texts = dict.fromkeys(("fipstate", "fipscty", "naics"), pl.String)
    return lambda: pl.read_csv(folder / FILE, schema_overrides=texts).filter(
        pl.col("naics").str.contains(LEAF)
    )


def reading_duckdb(folder: Path) -> Work:
    """Its own reader; codes as text."""
    import duckdb  # noqa: PLC0415

    duck = duckdb.connect()
    texts = "{'fipstate': 'VARCHAR', 'fipscty': 'VARCHAR', 'naics': 'VARCHAR'}"
    return lambda: duck.execute(
        f"create or replace table leaves as select * from read_csv('{folder / FILE}', "  # noqa: S608
        f"types = {texts}) where regexp_full_match(naics, '[0-9]{{6}}')"
    )


TASKS: dict[tuple[str, str], Callable[[Path], Work]] = {
    ("panel", "ours"): panel_ours,
    ("panel", "economic-complexity"): panel_economic_complexity,
    ("panel", "econcomplex"): panel_econcomplex,
    ("panel", "pandas"): panel_pandas,
    ("panel", "polars"): panel_polars,
    ("panel", "duckdb"): panel_duckdb,
    ("proximity", "ours"): proximity_ours,
    ("proximity", "economic-complexity"): proximity_economic_complexity,
    ("proximity", "econcomplex"): proximity_econcomplex,
    ("pipeline", "ours"): pipeline_ours,
    ("pipeline", "economic-complexity"): pipeline_economic_complexity,
    ("pipeline", "econcomplex"): pipeline_econcomplex,
    ("counties", "ours"): counties_ours,
    ("counties", "pandas"): counties_pandas,
    ("counties", "polars"): counties_polars,
    ("counties", "duckdb"): counties_duckdb,
    ("reading", "ours"): reading_ours,
    ("reading", "pandas"): reading_pandas,
    ("reading", "polars"): reading_polars,
    ("reading", "duckdb"): reading_duckdb,
}

if __name__ == "__main__":
    sys.exit(main())
