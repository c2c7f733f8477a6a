"""The public API under a crowd: drawn regions and lists over HTTP, on the real county files.

Twenty people, a second of thought between two questions, against gunicorn as the launcher starts
it. Needs Django, a database to write into (`bench.place`), and the folder of real data.
"""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import numpy as np
from django.db import connection

from bench.verdicts import Bar, table
from clusters_portal.launcher.supervisor import web_options
from mapping.actions.load_files import LoadWish, load_files
from mapping.models import ShapeSet
from mapping.queries.nearby import beside_of
from trail.actors import SYSTEM
from trail.queries.clock import database_now

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("PORTAL_REAL_DATA") or ROOT.parent / "shared" / "data")
FILES = (
    "naics/naics_2017.csv",
    "geo/bea_ea_2004_counties.csv",
    "geo/fips_changes_for_ea2004.csv",
    "geo/cbsa_delineation_2020.csv",
    "geo/us_atlas_counties_10m.json.gz",
    "clusters_gpl/porter41_naics2017_derived.csv",
    *(f"cbp/county_naics6_{year}.csv.gz" for year in (2017, 2019, 2020, 2021)),
    *(f"cbp/county_naics4_{year}.csv.gz" for year in (2019, 2020, 2021)),
)
USERS, THOUGHT, SECONDS, COUNTIES = 20, 1.0, 30.0, 14
DRAWN, LISTS, MEMORY = 0.100, 0.150, 350
READY_WITHIN = 60.0
DOORS = (
    "/api/v1/meta/",
    "/api/v1/regions/?type=ea",
    "/api/v1/clusters/",
    "/api/v1/industries/?q=glass",
    "/api/v1/bases/",
    "/api/v1/measures/",
    "/api/v1/measures/?type=ea&cluster=1&sort=-lq",
    "/api/v1/measures/?type=county&state=WA&min_lq=2&page_size=200",
)
Ask = Callable[[np.random.Generator], str]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a crowd met: seconds of every answer, and how many were no answers."""

    seconds: list[float]
    failed: int

    def p95(self) -> float:
        """The time that 19 of 20 answers stayed within; endless where one failed."""
        if self.failed or not self.seconds:
            return float("inf")
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


def measure(seed: int) -> bool:
    """Print a table; whether every bar was held. Without real data it says so and passes."""
    if not (DATA / "cbp").is_dir():
        print(f"\nThe crowd needs real data: no folder {DATA}; set PORTAL_REAL_DATA.")
        return True
    load_real_data()
    return measure_loaded(seed)


def load_real_data() -> None:
    """The county files of four years, with every measure of them."""
    wish = LoadWish(paths=[DATA / name for name in FILES], is_published=True)
    load_files(actor=SYSTEM, at=database_now(), wish=wish, progress=lambda *_: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure_loaded(seed: int) -> bool:
    """The crowd against what is loaded."""
    beside = beside_of(ShapeSet.objects.first())
    draw = _drawer(beside)
    with serving() as (port, server):
        first = _once(port, draw(np.random.default_rng(seed)))
        _crowd(port, draw, seed + 1, seconds=5)  # both workers read the sums
        drawn = _crowd(port, draw, seed + 2)
        lists = _crowd(port, lambda rng: str(rng.choice(DOORS)), seed + 3)
        most = max(_megabytes(pid) for pid in _workers(server.pid))
    bars = [
        Bar("first drawn region after the start", first, None),
        Bar("drawn region, all years, median", median(drawn.seconds), None),
        Bar("drawn region, all years, p95", drawn.p95(), DRAWN),
        Bar("lists, median", median(lists.seconds), None),
        Bar("lists, p95", lists.p95(), LISTS),
        Bar("web worker, most memory", most, MEMORY, "MB"),
    ]
    title = f"{USERS} users, {len(drawn.seconds)} drawn regions, {len(lists.seconds)} lists"
    return table(title, bars)


@contextmanager
def serving() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Gunicorn with the launcher's own options on this process's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    named = connection.settings_dict
    address = f"postgresql://{named['USER']}@/{named['NAME']}?host={named['HOST']}"
    environment = os.environ | {
        "PORTAL_DATABASE_URL": address,
        "PORTAL_PROCESS": "web",
        "DJANGO_SETTINGS_MODULE": "clusters_portal.settings.demo",
        # No broker: limits are not counted, as while it is down.
        "PORTAL_BROKER_URL": "redis+socket:///nonexistent/broker.sock",
    }
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "gunicorn", "clusters_portal.wsgi", *web_options(port)]
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603 - our own server
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        try:
            _wait(port)
            yield port, server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            _once(port, "/api/v1/meta/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server did not answer")


def _once(port: int, address: str) -> float:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.perf_counter()
    line.request("GET", address)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise OSError(f"{answer.status} at {address}")
    return time.perf_counter() - started


def _drawer(beside: Mapping[str, tuple[str, ...]]) -> Ask:
    """Regions that hang together, another one each time: nothing is answered from a cache."""
    codes = sorted(code for code, near in beside.items() if near)

    def draw(rng: np.random.Generator) -> str:
        inside = [str(rng.choice(codes))]
        for _ in range(200):
            near = [one for code in inside for one in beside[code] if one not in inside]
            if len(inside) == COUNTIES or not near:
                break
            inside.append(str(rng.choice(near)))
        return f"/api/v1/custom-region/?fips={','.join(inside)}&years=all"

    return draw


def _crowd(port: int, ask: Ask, seed: int, *, seconds: float = SECONDS) -> Crowd:
    """Let the users ask for a while; each comes from an address of its own, as people do."""
    taken: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + seconds
    people = [
        threading.Thread(target=_user, args=(port, ask, (seed, number), (until, taken, failed)))
        for number in range(USERS)
    ]
    gc.collect()
    for one in people:
        one.start()
    for one in people:
        one.join()
    return Crowd(taken, len(failed))


def _user(
    port: int,
    ask: Ask,
    who: tuple[int, int],
    met: tuple[float, list[float], list[int]],
) -> None:
    rng = np.random.default_rng(who)
    until, taken, failed = met
    time.sleep(float(rng.random()) * THOUGHT)
    while time.monotonic() < until:
        address = ask(rng)
        line = HTTPConnection(
            "127.0.0.1", port, timeout=30, source_address=(f"127.0.1.{who[1] + 1}", 0)
        )
        started = time.perf_counter()
        line.request("GET", address)
        answer = line.getresponse()
        answer.read()
        taken.append(time.perf_counter() - started)
        line.close()
        if answer.status != 200:
            failed.append(answer.status)
        time.sleep(THOUGHT)


def _workers(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(pid) for pid in children.split()]


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024
