"""Load files and folders in the right order, make the Bases they allow, publish if asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from kit.refusals import Refusal, Refused
from mapping.actions.draw_shapes import draw_shapes
from mapping.actions.load_source import load_source
from mapping.actions.make_basis import make_basis
from mapping.actions.publish_basis import publish_basis
from mapping.actions.switch_basis import switch_basis
from mapping.models import Basis, BasisSwitch
from mapping.queries.ingredients import possible_sources
from mapping.queries.loads import LOADING_LOCK
from mapping.queries.regions import geography_digest
from mapping.rules.load_reports import LOADED, MEASURES, PASSED_OVER, REFUSED, LoadReport
from mapping.rules.readers.layouts import LOADING_ORDER, Layout, layout_of
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.terms import Imputation
from trail.actors import Actor
from trail.registry import JobStopped

Progress = Callable[[int, int, str], None]
UNKNOWN_LAYOUT = "no reader knows this layout"


class LoadStopped(JobStopped):
    """Somebody asked to stop; what was read before stays, and its reports come along."""

    def __init__(self, reports: list[LoadReport]) -> None:
        super().__init__("Stopped. Files that were read before stay loaded; of the others nothing.")
        self.reports = reports


class LoadUnderWay(Refused):
    """Two loads at once would race."""


@dataclass(frozen=True)
class LoadWish:
    """What to load and what to do with it."""

    paths: Sequence[Path]
    year: int | None = None
    is_published: bool = False


def load_files(
    *, actor: Actor, at: datetime, wish: LoadWish, progress: Progress
) -> list[LoadReport]:
    """Load every file on its own: a refused one leaves nothing behind and stops no other.

    Side effects: releases, Bases with measures, publications and a switch of the current Basis,
    each in a transaction of its own, so that a long run can be stopped between files.

    Raises:
        LoadUnderWay: somebody else is loading at this moment.
        LoadStopped: `progress` raised JobStopped; it does so between files and between Bases.
    """
    reports: list[LoadReport] = []
    try:
        with _alone():
            _load_all(actor, at, wish, progress, reports)
    except JobStopped as stopped:
        raise LoadStopped(reports) from stopped
    return reports


@contextmanager
def _alone() -> Iterator[None]:
    """One load at a time: two would race for the same releases and Bases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOADING_LOCK])
        (is_ours,) = cursor.fetchone()
        if not is_ours:
            raise LoadUnderWay(
                Refusal("load_under_way", "Another load is under way; try again when it is done.")
            )
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOADING_LOCK])


def _load_all(
    actor: Actor, at: datetime, wish: LoadWish, progress: Progress, reports: list[LoadReport]
) -> None:
    found, passed = _recognised(wish.paths)
    reports += passed
    for number, (path, layout) in enumerate(found):
        progress(number, len(found), f"{path.name}: {layout.value}")
        try:
            with path.open("rb") as stream:
                source = open_source(path.name, stream)
            reports += load_source(actor=actor, at=at, source=source, layout=layout, year=wish.year)
        except Refused as refused:
            reports.append(_refusal(path.name, layout.value, refused))
    progress(len(found), len(found), "all files read")
    made = _make_bases(actor, at, progress)
    draw_shapes(at=at, geography_digest=geography_digest("county"))
    reports += [_made(basis) for basis in made]
    if wish.is_published:
        _publish(actor, at, made)


def _recognised(paths: Sequence[Path]) -> tuple[list[tuple[Path, Layout]], list[LoadReport]]:
    """Files with their layouts, in the order of loading; only their beginnings are read."""
    found: list[tuple[Path, Layout]] = []
    reports: list[LoadReport] = []
    for path, is_named in _files(paths):
        status = REFUSED if is_named else PASSED_OVER
        try:
            with path.open("rb") as stream:
                layout = layout_of(open_source(path.name, stream, is_peek=True))
        except FileRefused as refused:
            is_foreign = refused.refusal.code == "not_a_table" and not is_named
            report = _refusal(path.name, "", refused)
            reports.append(_passed_over(path.name, PASSED_OVER) if is_foreign else report)
            continue
        if layout is None:
            reports.append(_passed_over(path.name, status))
        else:
            found.append((path, layout))
    found.sort(key=lambda item: (LOADING_ORDER.index(item[1]), item[0].name))
    return found, reports


def _files(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    """Files with whether they were named themselves; folders are walked whole."""
    files: list[tuple[Path, bool]] = []
    for path in paths:
        if path.is_dir():
            files += [(item, False) for item in sorted(path.rglob("*")) if item.is_file()]
        else:
            files.append((path, True))
    return files


def _refusal(name: str, kind: str, refused: Refused) -> LoadReport:
    problems = refused.problems if isinstance(refused, FileRefused) else [refused.refusal.sentence]
    return LoadReport(
        name=name,
        kind=kind,
        status=REFUSED,
        problems=problems,
        notes=[refused.refusal.sentence],
    )


def _passed_over(name: str, status: str) -> LoadReport:
    return LoadReport(name=name, kind="", status=status, notes=[f"{name}: {UNKNOWN_LAYOUT}."])


def _make_bases(actor: Actor, at: datetime, progress: Progress) -> list[Basis]:
    made = []
    wanted = possible_sources()
    for number, sources in enumerate(wanted):
        label = f"measures: {sources.release}, {sources.definition_set}, {sources.imputation}"
        progress(number, len(wanted), label)
        basis, is_new = make_basis(actor=actor, at=at, sources=sources)
        if is_new:
            made.append(basis)
    progress(len(wanted), len(wanted), "measures stored")
    return made


def _made(basis: Basis) -> LoadReport:
    return LoadReport(
        name=str(basis),
        kind=MEASURES,
        status=LOADED,
        year=basis.year,
        reference=basis.reference,
        notes=[f"withheld cells: {basis.imputation}"],
    )


def _publish(actor: Actor, at: datetime, made: list[Basis]) -> None:
    for basis in Basis.objects.filter(publication=None):
        publish_basis(actor=actor, at=at, basis=basis)
    candidates = [basis for basis in made if basis.release.unit == "county"]
    if not candidates:
        return
    newest = max(candidates, key=_rank)
    current = BasisSwitch.objects.order_by("-id").select_related("basis__release").first()
    if current is None or _rank(newest) >= _rank(current.basis):
        switch_basis(actor=actor, at=at, basis=newest)


def _rank(basis: Basis) -> tuple[bool, bool, int, bool, datetime]:
    """Real data before synthetic, then the newest year, with totals, the newest definitions."""
    return (
        not basis.is_synthetic,
        basis.imputation == Imputation.PUBLISHED,
        basis.year,
        basis.totals_release_id is not None,
        basis.definition_set.loaded_at,
    )
