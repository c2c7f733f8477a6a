"""What upper apps tell the trail at start-up; what is not registered is denied or left waiting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # models are loaded after the registry
    from trail.models import Entry, Job

EffectHandler = Callable[["dict[str, Any]"], None]
_handlers: dict[str, EffectHandler] = {}


def register_effect(kind: str, handler: EffectHandler) -> None:
    """Name the function that performs a kind of effect; it must be safe to run twice."""
    _handlers[kind] = handler


def effect_handler(kind: str) -> EffectHandler | None:
    """Return the handler of a kind, or None while its app is not installed."""
    return _handlers.get(kind)


Watcher = Callable[["Entry"], None]
_watchers: dict[str, list[Watcher]] = {}


def watch_cases(kind: str, watcher: Watcher) -> None:
    """Name a function that runs whenever something is recorded on a case of this kind.

    It runs in the transaction of the act, after the entry is written; it must not record on the
    same case.
    """
    known = _watchers.setdefault(kind, [])
    if watcher not in known:
        known.append(watcher)


def watchers_of(kind: str) -> list[Watcher]:
    """Return who watches cases of a kind."""
    return _watchers.get(kind, [])


class JobStopped(Exception):
    """Raised where a job notices that somebody asked to stop it."""


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came of a job: a sentence, and facts such as where to look."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


Report = Callable[[int, int, str], None]
JobRunner = Callable[["Job", Report], JobResult]
_runners: dict[str, JobRunner] = {}


def register_job(kind: str, runner: JobRunner) -> None:
    """Name the function that does a kind of long work; it must be safe to run twice."""
    _runners[kind] = runner


def job_runner(kind: str) -> JobRunner:
    """Return the function that does a kind of work; KeyError for an unknown one."""
    return _runners[kind]
