"""What became of one file, in one shape for the command line, pages and the release row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class LoadReport:
    """Outcome of one file (and year): loaded, already loaded, refused or passed over.

    Attributes:
        dropped: Rows that were left out, by reason.
        unknown_codes: Codes that no list of ours has.
        jobs_of_unknown_codes: Jobs under each of them, where the file tells.
        lost_employment: Jobs of cells that were left out.
        statewide: Jobs by state that belong to no one county.
        problems: Everything that refused the file, one by one.
    """

    name: str
    kind: str
    status: str
    year: int | None = None
    reference: str = ""
    rows_read: int = 0
    rows_kept: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    unknown_codes: Sequence[str] = ()
    left_out_codes: Sequence[str] = ()
    jobs_of_unknown_codes: Mapping[str, int] = field(default_factory=dict)
    lost_employment: int = 0
    statewide: Mapping[str, int] = field(default_factory=dict)
    coverage: Mapping[str, int | float] = field(default_factory=dict)
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


MEASURES = "measures"  # the kind of a report on a set of measures, not on a file
LOADED, ALREADY, REFUSED, PASSED_OVER = "loaded", "already loaded", "refused", "passed over"
COVERAGE_WORDS = {
    "counties": "Counties with a row",
    "states": "States with a row",
    "cbsas": "Metropolitan and micropolitan areas with a row",
    "nations": "Nations with a row",
    "counties_without_a_row": "Counties without a row",
    "employment": "Jobs in the cells that were kept",
    "withheld_cells": "Cells withheld by the publisher",
    "employment_by_total_rows": "Jobs by the file's own total rows",
    "statewide_employment": "Statewide jobs that no county has",
    "resolved_under_a_parent": "Rows found under the code above them",
    "is_slice": "A part of the nation only",
    "cells_with_noise_under_2_percent": "Cells with noise under 2%",
    "cells_with_noise_2_to_5_percent": "Cells with noise of 2% to 5%",
    "cells_with_noise_5_percent_or_more": "Cells with noise of 5% or more",
}


def coverage_in_words(coverage: Mapping[str, int | float]) -> list[tuple[str, int | float]]:
    """What a file covers, each figure with words for readers.

    >>> coverage_in_words({"counties": 3})
    [('Counties with a row', 3)]
    """
    return [
        (COVERAGE_WORDS.get(name, name.replace("_", " ").capitalize()), value)
        for name, value in coverage.items()
    ]
