"""How long the main pages take: median of the p95s of three runs of 300 warm requests, one client.

Run against a portal that is up (`make run`):

    .venv/bin/python bench/pages.py http://localhost:8000 [--json]

Signed-in pages are measured when a session cookie is given: --cookie "sessionid=...".
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import time
from urllib.parse import urlsplit

PAGES = (
    "/",
    "/explore/",
    "/explore/?region_type=county",
    "/explore/clusters/",
    "/explore/draw/?counties=53033,53053,53061",
    "/register/",
    "/check/",
    "/api/v1/register/",
)
RUNS, REQUESTS, WARM = 3, 300, 20


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def one_run(base: str, path: str, cookie: str, requests: int) -> list[float]:
    """Return the seconds of each request over one kept-alive connection."""
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port or 80)
    headers = {"Cookie": cookie} if cookie else {}
    taken = []
    for _ in range(requests):
        start = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        if answer.status != http.client.OK:
            message = f"{path} answered {answer.status}"
            raise SystemExit(message)
    connection.close()
    return taken


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", nargs="?", default="http://localhost:8000")
    parser.add_argument("pages", nargs="*", default=list(PAGES))
    parser.add_argument("--cookie", default="")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = []
    for path in options.pages:
        one_run(options.base, path, options.cookie, WARM)
        runs = [one_run(options.base, path, options.cookie, options.requests) for _ in range(RUNS)]
        middle = statistics.median(s * 1000 for run in runs for s in run)
        rows.append({"page": path, "median": middle, "p95": statistics.median(map(p95, runs))})
    if options.json:
        print(json.dumps(rows))
        return
    print("| page | median ms | median p95 ms |\n|---|---:|---:|")
    for row in rows:
        print(f"| `{row['page']}` | {row['median']:.0f} | {row['p95']:.0f} |")


if __name__ == "__main__":
    main()
