"""What a reader of cells hands over, and the checks that every cell file must pass."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mapping.rules.blocks import Cells
from mapping.rules.readers.source_file import FileRefused, SourceFile

Texts = NDArray[np.str_]
MOST_DIGITS = 8  # jobs and firms of a cell: the whole nation has nine
PAYROLL_DIGITS = 12


@dataclass(frozen=True)
class KnownCodes:
    """What is loaded already and a cell file is checked against.

    Attributes:
        regions: Codes of counties or states.
        industries: NAICS codes of each vintage.
        titles: The publisher's titles by code.
    """

    regions: frozenset[str]
    industries: Mapping[int, frozenset[str]]
    titles: Mapping[str, str] = field(default_factory=dict)

    def vintages_with(self, code: str) -> list[int]:
        """Vintages in which a code exists."""
        return sorted(year for year, codes in self.industries.items() if code in codes)


@dataclass(frozen=True)
class ParsedCells:
    """One release's cells: a region and a record each, codes as positions in `codes`.

    Attributes:
        dropped: Rows that were left out, by reason.
        unknown_codes: Jobs under codes that only the publisher has.
        lost_employment: Jobs of six-digit rows that no region and industry of ours holds.
        mapped_regions: Counties that are known by the table of changes only.
        statewide: Jobs by state that belong to no one county.
    """

    year: int
    vintage: int
    codes: tuple[str, ...]
    regions: Texts
    cells: Cells
    rows_read: int
    dropped: Mapping[str, int]
    coverage: Mapping[str, int | float]
    unknown_codes: Mapping[str, int] = field(default_factory=dict)
    lost_employment: int = 0
    notes: tuple[str, ...] = ()
    mapped_regions: tuple[str, ...] = ()
    statewide: Mapping[str, int] = field(default_factory=dict)


def whole_numbers(
    name: str, column: str, texts: Sequence[str], digits: int = MOST_DIGITS
) -> NDArray[np.int64]:
    """A column of whole numbers of zero or more; every other text is named with its line."""
    joined = "".join(texts)
    longest = len(max(texts, key=len))
    if joined.isascii() and joined.isdigit() and all(texts) and longest <= digits:
        return np.array(list(map(int, texts)), dtype=np.int64)
    wrong = [
        f"line {line}: {column} is {text!r}, not a whole number from 0 to {'9' * digits}"
        for line, text in enumerate(texts, start=2)
        if not (text.isascii() and text.isdigit() and len(text) <= digits)
    ]
    raise FileRefused(name, "bad_number", wrong)


def columns_of(source: SourceFile, count: int) -> list[list[str]]:
    """All columns of a plain comma-separated file (no quotes), the header left out.

    Whole columns of texts, never a list per row: the collector would walk those over and over.
    """
    lines = source.text[source.text.find("\n") + 1 :].split("\n")
    while lines and not lines[-1]:
        lines.pop()
    wrong = [
        f"line {number} has {line.count(',') + 1} columns instead of {count}"
        for number, line in enumerate(lines, start=2)
        if line.count(",") != count - 1
    ]
    if wrong or not lines:
        raise FileRefused(source.name, "broken_rows", wrong or ["it has a header and no rows"])
    flat = ",".join(lines).split(",")
    return [flat[column::count] for column in range(count)]


def refuse_duplicates(name: str, regions: Sequence[str], codes: Sequence[str]) -> None:
    """A cell stated twice has no value."""
    keys = [f"{region} {code}" for region, code in zip(regions, codes, strict=True)]
    if len(set(keys)) == len(keys):
        return
    lines: dict[str, list[int]] = {}
    for line, key in enumerate(keys, start=2):
        lines.setdefault(key, []).append(line)
    raise FileRefused(
        name,
        "duplicate_cell",
        [
            f"region and code {key} stand {len(found)} times (lines {found[0]} and {found[1]})"
            for key, found in lines.items()
            if len(found) > 1
        ],
    )


def refuse_unknown_regions(name: str, regions: Sequence[str], known: KnownCodes) -> None:
    """Every region must be loaded before its data."""
    if not known.regions:
        raise FileRefused(name, "regions_not_loaded", ["load the list of counties first"])
    unknown = sorted(set(regions) - known.regions)
    if unknown:
        counts = Counter(regions)
        raise FileRefused(
            name,
            "unknown_region",
            [f"region code {code} ({counts[code]} rows) is not known" for code in unknown],
        )


def refuse_foreign_codes(
    name: str, codes: Sequence[str], vintage: int, known: KnownCodes, jobs: Sequence[int] = ()
) -> None:
    """A code that the year's vintage does not have means another vintage or a damaged file.

    Args:
        name: The file's.
        codes: The codes found.
        vintage: The one that the file's year speaks.
        known: What is loaded.
        jobs: Of each code, where they are known: what reading on would lose.
    """
    if vintage not in known.industries:
        raise FileRefused(
            name, "vintage_not_loaded", [f"load the list of NAICS {vintage} codes first"]
        )
    foreign = sorted(set(codes) - known.industries[vintage])
    if not foreign:
        return
    problems = [_where_it_belongs(code, vintage, known) for code in foreign]
    if jobs:
        of_code = Counter[str]()
        for code, count in zip(codes, jobs, strict=True):
            of_code[code] += count
        lost = sum(of_code[code] for code in foreign)
        sentence = (
            f"{len(foreign)} codes with {lost:,} jobs are not in NAICS {vintage}, which the file's "
            "year speaks, and would be lost"
        )
        problems = [
            sentence,
            *(
                f"{problem}: {of_code[code]:,} jobs"
                for code, problem in zip(foreign, problems, strict=True)
            ),
        ]
    raise FileRefused(name, "wrong_vintage", problems)


def all_codes(observed: Sequence[str], vintage: frozenset[str]) -> tuple[str, ...]:
    """Six-digit files list every sibling that the vintage has: a residual may lie in any."""
    if observed and len(observed[0]) == 4:
        return tuple(observed)
    parents = {code[:4] for code in observed}
    siblings = {code for code in vintage if len(code) == 6 and code[:4] in parents}
    return tuple(sorted(siblings | set(observed)))


def _where_it_belongs(code: str, vintage: int, known: KnownCodes) -> str:
    elsewhere = known.vintages_with(code)
    if elsewhere:
        listed = ", ".join(map(str, elsewhere))
        return f"code {code} is not in NAICS {vintage} (it is in NAICS {listed})"
    return f"code {code} is in no NAICS list"
