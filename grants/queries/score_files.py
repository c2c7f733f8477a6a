"""Scores as a CSV file: proposal, reviewer, score."""

from __future__ import annotations

import csv
from pathlib import Path

from grants.rules.scoring.reviews import Score
from kit.refusals import refuse

COLUMNS = ("proposal", "reviewer", "score")


def read_scores(path: Path) -> list[Score]:
    """Read a file with a header row; each fault names its line.

    Raises:
        Refused: ``file_unreadable``, ``columns_missing``, ``score_not_a_number``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse("file_unreadable", f"{path} cannot be read as text.") from error
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise refuse("columns_missing", f"The first line must name {', '.join(missing)}.")
    return [_score(row, number) for number, row in enumerate(rows, 2)]


def _score(row: dict[str, str | None], line: int) -> Score:
    proposal, reviewer = (row["proposal"] or "").strip(), (row["reviewer"] or "").strip()
    if not proposal or not reviewer:
        raise refuse("name_missing", f"Line {line} names no proposal or no reviewer.")
    try:
        value = float(row["score"] or "")
    except ValueError as error:
        raise refuse("score_not_a_number", f"Line {line} has no number as its score.") from error
    return Score(proposal, reviewer, value)
