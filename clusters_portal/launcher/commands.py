"""The launcher's commands: run, stop, test, check, data, manage, prepare."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.packages import (
    install_front_end,
    install_python_packages,
    python_of,
)
from clusters_portal.launcher.places import places_of, prepare
from clusters_portal.launcher.postgres import leased_database, stop_database
from clusters_portal.launcher.preparation import NOT_OURS, Preparation
from clusters_portal.launcher.processes import adopt_orphans
from clusters_portal.launcher.running import port_to_use, run_portal, stop_portal

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).resolve().parents[2]
OUR_APPS = (
    *("kit", "trail", "accounts", "records", "mapping"),
    *("certification", "grants", "clusters_portal"),
)
FUZZED = (
    "tests/api/test_schema_fuzz.py",
    "tests/web/abuse/test_form_fuzz.py",
    "tests/web/abuse/test_matrix.py",
    "tests/web/abuse/test_states.py",
    "tests/db/grants/test_ledger_walk.py",
)
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djade", "--target-version", "5.2", "--check", "*.html"),
    ("django-upgrade", "--target-version", "5.2", "--check", "*.py"),
    ("bandit", "-q", "-c", "pyproject.toml", "-r", *OUR_APPS),
    ("lint-imports",),
    ("mypy",),
    ("manage.py", "makemigrations", "--check", "--dry-run"),
    ("pytest", "-q", "tests/house"),
)


def main(arguments: list[str]) -> int:
    """Run one command; a failure is one sentence on standard error."""
    name, rest = (arguments or ["help"])[0], arguments[1:]
    command = COMMANDS.get(name)
    if command is None:
        print(f"Commands: {', '.join(COMMANDS)}")
        return 2
    try:
        return command(rest)
    except LaunchError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(_rest: list[str]) -> int:
    """From whatever is there to a running portal; stays until told to stop."""
    port = port_to_use(CHECKOUT)
    _set_up(develop=False)
    return _go_on_inside("supervise", str(port))


def supervise(rest: list[str]) -> int:
    """The second half of `run`, inside the virtual environment."""
    return run_portal(CHECKOUT, int(rest[0]))


def stop(_rest: list[str]) -> int:
    """End everything of this checkout, however it was left."""
    print("Stopped." if stop_portal(CHECKOUT) else "Nothing was running.")
    return 0


def test(rest: list[str]) -> int:
    """Every layer of the tests; pytest's closing line is the last one printed."""
    _set_up(develop=True)
    # A module stays with one worker: its world is built, and its browser started, once.
    options = rest or ["-q", "-rs", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    adopt_orphans()
    try:
        return _tool("pytest", *options)
    finally:
        stop_database(CHECKOUT, purpose="test")


def check(_rest: list[str]) -> int:
    """Lint, format, imports, types, migrations and the house tests; all of them, then a verdict."""
    _set_up(develop=True)
    adopt_orphans()
    failed = [" ".join(command) for command in CHECKS if _tool(*_with_files(command))]
    stop_database(CHECKOUT, purpose="test")
    print(f"Failed: {'; '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def drill(rest: list[str]) -> int:
    """Rehearse faults, backup and tampering on a portal of the drill's own; prints tables."""
    _set_up(develop=True)
    return _go_on_as("drills", *rest)


def bench(rest: list[str]) -> int:
    """Measure what review science promises, in a database of the benchmark's own."""
    _set_up(develop=True)
    adopt_orphans()
    try:
        return _tool("python", "-m", "bench", *rest)
    finally:
        stop_database(CHECKOUT, purpose="test")


def fuzz(rest: list[str]) -> int:
    """Long runs of what `make test` does in small: schema, forms, every verb of every door."""
    _set_up(develop=True)
    os.environ["PORTAL_FUZZ"] = (rest or ["200"])[0]
    adopt_orphans()
    try:
        return _tool("pytest", "-q", "-p", "no:xdist", *FUZZED)
    finally:
        stop_database(CHECKOUT, purpose="test")


def data(rest: list[str]) -> int:
    """Load real data from the folders or files that DATA names."""
    paths = [str(Path(word).expanduser().resolve()) for word in rest]
    if not paths:
        raise LaunchError("Say where the data are: make data DATA=<folder or files>")
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise LaunchError(f"There is no {missing[0]}.")
    _set_up(develop=False)
    return _go_on_inside("load", *paths)


def load(paths: list[str]) -> int:
    """The second half of `data`, inside the virtual environment."""
    with leased_database(CHECKOUT) as database:
        environment = {**os.environ, "PORTAL_DATABASE_URL": database}
        Preparation(places_of(CHECKOUT), environment).database()
        return _tool("manage.py", "load_data", *paths)


def manage(rest: list[str]) -> int:
    """A management command in the demo settings."""
    _set_up(develop=False)
    return _tool("manage.py", *rest)


def set_up(rest: list[str]) -> int:
    """Only install what the portal (with `develop`: what its tests) needs."""
    _set_up(develop="develop" in rest)
    return 0


def _go_on_inside(*arguments: str) -> int:
    """Go on in the virtual environment, as the same process: signals still find it."""
    return _go_on_as("clusters_portal.launcher", *arguments)


def _go_on_as(module: str, *arguments: str) -> int:
    command = [str(python_of(CHECKOUT)), "-m", module, *arguments]
    sys.stdout.flush()
    os.chdir(CHECKOUT)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter
    return 0


def _set_up(*, develop: bool) -> None:
    if not os.access(CHECKOUT, os.W_OK | os.X_OK):
        raise LaunchError(f"The folder {CHECKOUT} cannot be used: it is not writable for you.")
    prepare(places_of(CHECKOUT))
    install_python_packages(CHECKOUT, develop=develop)
    install_front_end(CHECKOUT)


def _with_files(command: tuple[str, ...]) -> list[str]:
    """Put our own files where a check names a pattern."""
    *start, last = command
    if not last.startswith("*."):
        return [*command]
    found = (path.relative_to(CHECKOUT) for path in sorted(CHECKOUT.rglob(last)))
    ours = [str(path) for path in found if path.parts[0] not in NOT_OURS]
    return [*start, *ours]


def _tool(name: str, *arguments: str) -> int:
    """A program of the virtual environment, or a script of the checkout."""
    python = str(python_of(CHECKOUT))
    folder = python_of(CHECKOUT).parent
    start = [python, name] if name.endswith(".py") else [str(folder / name)]
    print(f"$ {name} {' '.join(arguments)}"[:100].rstrip(), flush=True)
    return subprocess.run([*start, *arguments], cwd=CHECKOUT, check=False).returncode


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "supervise": supervise,
    "stop": stop,
    "test": test,
    "check": check,
    "fuzz": fuzz,
    "bench": bench,
    "data": data,
    "drill": drill,
    "load": load,
    "manage": manage,
    "set-up": set_up,
}
