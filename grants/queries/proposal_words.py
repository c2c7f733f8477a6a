"""The words of a proposal as submitted, read from its content whatever form wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grants.models import Proposal


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer in words."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a proposal."""

    id: str
    title: str
    answers: tuple[Answer, ...]


def parts_of(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """The sections with what was answered; statements and empty answers are left out."""
    sections = content.get("sections") or []
    if not isinstance(sections, list):
        return ()
    return tuple(Part(one["id"], one["title"], tuple(_answers(one["answers"]))) for one in sections)


def _answers(rows: list[Mapping[str, Any]]) -> Iterator[Answer]:
    for row in rows:
        if isinstance(row["answer"], str) and row["answer"].strip():
            yield Answer(row["question"], row["answer"].strip())


def words_of(content: Mapping[str, Any]) -> str:
    """All words of the answers, for comparing with what reviewers know."""
    said = [one.answer for part in parts_of(content) for one in part.answers]
    return "\n".join([str(content.get("title", "")), *said])


def content_of(proposal: Proposal) -> dict[str, Any]:
    """What was submitted and counts; empty where nothing counts."""
    return dict(proposal.counting.content) if proposal.counting else {}
