"""Migrations, static files and the demo world: each only when something changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.packages import fingerprint
from clusters_portal.launcher.places import Places
from clusters_portal.launcher.postgres import cluster_of

NOT_OURS = {"var", "node_modules", ".venv", ".git"}


def prepare_portal(
    places: Places, environment: Mapping[str, str], *, only_database: bool = False
) -> None:
    """Bring the database, and then the static files and the demo world, up to date."""
    checkout = places.checkout
    # Beside the data they speak of: who throws the data away throws the stamps away too.
    marks = cluster_of(checkout).data.parent
    migrations = migrations_stamp(checkout)
    steps = (
        ("Preparing the database ...", "migrate", migrations, marks),
        ("Granting the web role its rights ...", "grant_web_role", migrations, marks),
        ("Collecting the static files ...", "collectstatic", static_stamp(checkout), None),
        ("Building the demo world (once) ...", "stage_demo", "staged", marks),
    )
    for sentence, command, wanted, folder in steps[:2] if only_database else steps:
        if not has_command(checkout, command):
            continue
        mark = (folder or checkout / "var") / f".{command}"
        if mark.exists() and mark.read_text() == wanted:
            continue
        print(sentence, flush=True)
        _manage(checkout, environment, command)
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(wanted)


def has_command(checkout: Path, name: str) -> bool:
    """Whether the portal (or Django) has this management command, found without starting it."""
    if name in OPTIONS:
        return True
    return any(checkout.glob(f"*/management/commands/{name}.py"))


OPTIONS = {
    "migrate": ["--no-input"],
    "collectstatic": ["--no-input", "--clear"],
}


def migrations_stamp(checkout: Path) -> str:
    """What the database's shape follows from."""
    files = sorted(checkout.glob("*/migrations/*.py"))
    return fingerprint([checkout / "requirements.txt", *map(str, files), *files])


def static_stamp(checkout: Path) -> str:
    """What the collected static files follow from; sizes and times suffice for our own."""
    told = [checkout / "requirements.txt", checkout / "package-lock.json"]
    found = (checkout.glob(pattern) for pattern in ("static/**/*.*", "*/static/**/*.*"))
    files = sorted(
        path
        for paths in found
        for path in paths
        if path.relative_to(checkout).parts[0] not in NOT_OURS
    )
    seen = [f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in files]
    return fingerprint([*told, *seen])


def _manage(checkout: Path, environment: Mapping[str, str], command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", command, *OPTIONS.get(command, [])],
        cwd=checkout,
        env={**environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        log = checkout / "var" / f"{command}.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr)
        raise LaunchError(f"The step `manage.py {command}` failed; what it said: {log}")
