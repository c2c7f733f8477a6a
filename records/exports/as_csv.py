"""CSV as RFC 4180 has it, line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from records.rules.cells import csv_cell


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines, the header first."""
    writer = csv.writer(_Echo())
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([csv_cell(cell) for cell in row])
