"""One box for everything: what each app finds for the person who asks, merged into one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.searching import Hit, Kind, Question, kinds

FEW = 5
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Section:
    """What fits of one kind.

    Attributes:
        kind: What it is.
        total: How many fit.
        rows: The shown part.
        page, pages: Which part of how many.
    """

    kind: Kind
    total: int
    rows: Sequence[Hit]
    page: int = 1
    pages: int = 1

    @property
    def has_more(self) -> bool:
        """Whether this is the beginning of a longer list."""
        return self.total > len(self.rows) and self.pages == 1


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: a section for each kind that fits."""

    sections: tuple[Section, ...] = ()

    @property
    def total(self) -> int:
        """How many things fit."""
        return sum(section.total for section in self.sections)


def search(question: Question, only: str = "", page: int = 1) -> Found:
    """Answer with the first few of every kind, or with one page of one kind."""
    known = {kind.code: kind for kind in kinds()}
    if not question.text:
        return Found()
    if only in known:
        return Found((_one(known[only], question, page),))
    found = [_few(kind, question) for kind in kinds()]
    return Found(tuple(section for section in found if section.total))


def _few(kind: Kind, question: Question) -> Section:
    hits = kind.find(replace(question, first=0, count=FEW))
    return Section(kind, hits.total, hits.rows)


def _one(kind: Kind, question: Question, page: int) -> Section:
    first = (max(page, 1) - 1) * PAGE_SIZE
    hits = kind.find(replace(question, first=first, count=PAGE_SIZE))
    pages = max(1, -(-hits.total // PAGE_SIZE))
    if page > pages:
        return _one(kind, question, pages)
    return Section(kind, hits.total, hits.rows, max(page, 1), pages)
