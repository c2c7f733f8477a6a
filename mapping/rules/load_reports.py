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


LOADED, ALREADY, REFUSED, PASSED_OVER = "loaded", "already loaded", "refused", "passed over"
