"""What upper apps say about the papers of their kinds of case; what is not registered is denied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kit.refusals import Refusal
from records.models import Document
from trail.models import Case


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper of a case, in words."""

    code: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CaseDoor:
    """Everything that pages about papers ask the app of a case.

    Attributes:
        kinds: Every kind of paper of these cases, by code.
        opens: Whether the reader may see the list of the case's papers.
        reads: Whether the reader may open one paper.
        adds: Which kinds the reader may add now, or why none.
        changes: Whether the reader may replace, mark or remove one paper.
        pinned: Whether a paper was submitted, so that it has to stay.
        page: The context of ``case.html`` around the pages.
        about: What a paper may be evidence for, as (code, words).
    """

    kinds: Mapping[str, PaperKind]
    opens: Callable[[HttpRequest, Case], Refusal | None]
    reads: Callable[[HttpRequest, Document], Refusal | None]
    adds: Callable[[HttpRequest, Case], tuple[str, ...] | Refusal]
    changes: Callable[[HttpRequest, Document], Refusal | None]
    pinned: Callable[[Document], bool]
    page: Callable[[HttpRequest, Case], dict[str, Any]]
    about: Callable[[HttpRequest, Case], tuple[tuple[str, str], ...]]


_doors: dict[str, CaseDoor] = {}


def register_papers(case_kind: str, door: CaseDoor) -> None:
    """Name what holds for papers of a kind of case."""
    _doors[case_kind] = door


def door_of(case: Case) -> CaseDoor | None:
    """Return what holds for a case's papers; None denies everything."""
    return _doors.get(case.kind)


def is_pinned(document: Document) -> bool:
    """Whether a paper was submitted; a case nobody speaks for keeps all it has."""
    door = door_of(document.case)
    return True if door is None else door.pinned(document)
