"""Migrations, rights, static files and the demo world: each only when something changed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.packages import fingerprint
from clusters_portal.launcher.places import Places
from clusters_portal.launcher.postgres import cluster_of

NOT_OURS = {"var", "node_modules", ".venv", ".git"}
COMMANDS = "*/management/commands"
RIGHTS = ("management/commands/grant_web_role", "queries/web_rights")
FIRST_GROUPS = "1"
SIGNING_KEY = ("rotate_signing_key", "--if-missing")
MIGRATE, COLLECT = ("migrate", "--no-input"), ("collectstatic", "--no-input", "--clear")


@dataclass(frozen=True)
class Step:
    """One management command, skipped while its mark holds the wanted stamp."""

    sentence: str
    command: tuple[str, ...]
    stamp: str
    mark: Path

    @property
    def is_due(self) -> bool:
        """Whether something changed since it last succeeded."""
        return not (self.mark.exists() and self.mark.read_text() == self.stamp)

    def succeeded(self) -> None:
        """Remember it."""
        self.mark.write_text(self.stamp)


@dataclass(frozen=True)
class Preparation:
    """Runs the steps of one checkout; asked often whether the person has had enough."""

    places: Places
    environment: Mapping[str, str]
    is_stopping: Callable[[], bool] = lambda: False

    def database(self) -> None:
        """Bring the database's shape and rights up to date."""
        for step in self._database_steps():
            self._together(step)

    def everything(self) -> None:
        """The same and the first of the demo world, side by side where they can be."""
        shape, rights = self._database_steps()
        self._together(shape, self._static_step())
        self._together(rights, self._key_step(), *self._demo_world_opens())

    def _together(self, *steps: Step) -> None:
        """Run steps that do not need one another; none outlives this call."""
        running = [(step, self._begin(step)) for step in steps]
        try:
            for step, process in running:
                self._finish(step, process)
        finally:
            for _, process in running:
                if process is not None and process.poll() is None:
                    process.kill()
                    process.wait()

    def rest_of_demo_world(self) -> Step | None:
        """What is left to build behind the first page; None when all of it stands."""
        step = self._demo_step("stage_demo")
        has_one = has_command(self.places.checkout, "stage_demo")
        return step if has_one and step.is_due else None

    def _demo_world_opens(self) -> list[Step]:
        if self.rest_of_demo_world() is None:
            return []
        return [self._demo_step("stage_demo", "--first", FIRST_GROUPS)]

    def _demo_step(self, *command: str) -> Step:
        mark = self._marks() / f".{'_'.join(command)}"
        return Step("Building the demo world (once) ...", command, "staged", mark)

    def _database_steps(self) -> list[Step]:
        stamp, marks = migrations_stamp(self.places.checkout), self._marks()
        return [
            Step("Preparing the database ...", MIGRATE, stamp, marks / ".migrate"),
            Step("Granting rights ...", ("grant_web_role",), stamp, marks / ".grant_web_role"),
        ]

    def _key_step(self) -> Step:
        """A key for certificates, once; the command itself leaves a key that signs alone."""
        mark = self._marks() / ".rotate_signing_key"
        return Step("Making the signing key ...", SIGNING_KEY, "made", mark)

    def _static_step(self) -> Step:
        checkout = self.places.checkout
        mark = checkout / "var" / ".collectstatic"
        return Step("Collecting the static files ...", COLLECT, static_stamp(checkout), mark)

    def _marks(self) -> Path:
        """Beside the data they speak of: who throws the data away throws the marks away too."""
        return cluster_of(self.places.checkout).data.parent

    def _begin(self, step: Step) -> subprocess.Popen[bytes] | None:
        if not step.is_due or self.is_stopping():
            return None
        print(step.sentence, flush=True)
        log = self._log(step)
        log.parent.mkdir(exist_ok=True)
        with log.open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "manage.py", *step.command],
                cwd=self.places.checkout,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def _finish(self, step: Step, process: subprocess.Popen[bytes] | None) -> None:
        if process is None:
            return
        while process.poll() is None and not self.is_stopping():
            time.sleep(0.05)
        if self.is_stopping():
            process.kill()
            process.wait()
        elif process.returncode:
            raise LaunchError(
                f"The step `manage.py {step.command[0]}` failed; what it said: {self._log(step)}"
            )
        else:
            step.succeeded()

    def _log(self, step: Step) -> Path:
        return self.places.checkout / "var" / f"{step.command[0]}.log"


def has_command(checkout: Path, name: str) -> bool:
    """Whether the portal has this management command, found without starting it."""
    return any(checkout.glob(f"{COMMANDS}/{name}.py"))


def migrations_stamp(checkout: Path) -> str:
    """What the database's shape and rights follow from."""
    files = sorted(checkout.glob("*/migrations/*.py"))
    grants = sorted(path for name in RIGHTS for path in checkout.glob(f"clusters_portal/{name}.py"))
    return fingerprint([checkout / "requirements.txt", *map(str, files), *files, *grants])


def static_stamp(checkout: Path) -> str:
    """What the collected static files follow from; sizes and times suffice for our own."""
    told = [checkout / "requirements.txt", checkout / "package-lock.json"]
    rules = checkout / "clusters_portal" / "staticfiles.py"
    found = (checkout.glob(pattern) for pattern in ("static/**/*.*", "*/static/**/*.*"))
    files = sorted(
        path
        for paths in found
        for path in paths
        if path.relative_to(checkout).parts[0] not in NOT_OURS
    )
    seen = [f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in files]
    return fingerprint([*told, rules, *seen])
