"""The record of what runs for this checkout, so that anything can be found and ended."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clusters_portal.launcher.processes import end_process, is_alive, start_stamp

if TYPE_CHECKING:
    from pathlib import Path

    from clusters_portal.launcher.places import Places


@dataclass
class Services:
    """Process ids (with start times, so that a reused id is never taken for ours)."""

    path: Path
    port: int = 0
    processes: dict[str, tuple[int, str]] = field(default_factory=dict)
    is_behind: bool = False

    def note(self, name: str, pid: int) -> None:
        """Remember a process, on disk at once where there is room."""
        self.processes[name] = (pid, start_stamp(pid))
        self.is_behind = True
        self.catch_up()

    def catch_up(self) -> None:
        """Write what is not on disk yet; a full disk must not end the portal: ask again."""
        if self.is_behind:
            with contextlib.suppress(OSError):
                self.save()
                self.is_behind = False

    def is_running(self, name: str) -> bool:
        """Whether the remembered process is alive."""
        return name in self.processes and is_alive(*self.processes[name])

    def end(self, name: str, *, patience: float = 10) -> bool:
        """End a remembered process; False when it was not running."""
        if not self.is_running(name):
            return False
        end_process(*self.processes[name], patience=patience)
        return True

    def save(self) -> None:
        """Write the record whole or not at all."""
        draft = self.path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"port": self.port, "processes": self.processes}))
        draft.replace(self.path)

    def forget(self) -> None:
        """Nothing runs any more."""
        self.path.unlink(missing_ok=True)


def read_services(places: Places) -> Services:
    """The record on disk; an unreadable one counts as empty."""
    services = Services(places.sockets / "services.json")
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(services.path.read_text())
        found = {name: (int(pid), str(stamp)) for name, (pid, stamp) in told["processes"].items()}
        services.port, services.processes = int(told["port"]), found
    return services
