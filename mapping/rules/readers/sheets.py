"""Cluster definition sheets: one row per NAICS code with its cluster, and its part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mapping.rules.definitions import ClusterEntry, SubClusterEntry, definition_digest
from mapping.rules.readers.layouts import sheet_vintage
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.terms import ClusterKind

MISSING = {"", "#N/A"}
LEAF_DIGITS = 6
LONGEST_CODE, LONGEST_SUB_CODE, LONGEST_NAME = 8, 12, 120
_KINDS = {
    "traded": ClusterKind.TRADED,
    "local": ClusterKind.LOCAL,
    "resource": ClusterKind.RESOURCE,
    "resource_or_special": ClusterKind.RESOURCE,
}
# Sheets without a kind column number their clusters by it: 1 traded, 101 local, 1001 resource.
_FIRST_LOCAL, _FIRST_RESOURCE = 101, 1001


@dataclass(frozen=True)
class ParsedSheet:
    """A definition set as its sheet states it.

    `left_out` are the six-digit codes of the sheet's vintage that it puts in no cluster: a sheet
    may be partial, and its report says so.
    """

    clusters: tuple[ClusterEntry, ...]
    cluster_of: Mapping[str, str]
    vintages: tuple[int, ...]
    digest: str
    rows_read: int
    dropped: Mapping[str, int]
    unknown_codes: tuple[str, ...]
    sub_clusters: tuple[SubClusterEntry, ...] = ()
    sub_cluster_of: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def read_sheet(source: SourceFile, industries: Mapping[int, frozenset[str]]) -> ParsedSheet:
    """Read a sheet and find the vintages whose codes it uses.

    A code missing from the named vintage but present in the one before widens the set to both;
    a code that no loaded list has is reported and kept out.

    Raises:
        FileRefused: a code stands twice, or a cluster is unclear; every such line is named.
    """
    named = sheet_vintage(source)
    rows = _Rows(source)
    for line, row in enumerate(source.rows(), start=2):
        rows.take(line, row)
    rows.refuse_if_faulty()
    vintages, unknown = _vintages(source, set(rows.cluster_of), named, industries)
    for code in unknown:
        del rows.cluster_of[code]
        rows.sub_cluster_of.pop(code, None)
    clusters = tuple(sorted(rows.clusters.values(), key=lambda entry: _in_order(entry.code)))
    parts = tuple(sorted(rows.sub_clusters.values(), key=lambda part: _in_order(part.code)))
    return ParsedSheet(
        clusters=clusters,
        cluster_of=rows.cluster_of,
        vintages=vintages,
        digest=definition_digest(
            clusters, rows.cluster_of.items(), parts, rows.sub_cluster_of.items()
        ),
        rows_read=rows.read,
        dropped=dict(rows.dropped) | ({"unknown codes": len(unknown)} if unknown else {}),
        unknown_codes=tuple(unknown),
        sub_clusters=parts,
        sub_cluster_of=rows.sub_cluster_of,
        left_out=_left_out(industries[named], rows.cluster_of),
    )


def _in_order(code: str) -> tuple[tuple[int, str], ...]:
    """`T1` before `T10`, `T01.9` before `T01.10`."""
    return tuple((len(piece), piece) for piece in code.split("."))


def _left_out(codes: Iterable[str], placed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(code for code in codes if len(code) == LEAF_DIGITS and code not in placed))


class _Rows:
    """The sheet's rows as they are read, with everything that is wrong with them."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.at = {name: index for index, name in enumerate(source.header)}
        self.clusters: dict[str, ClusterEntry] = {}
        self.sub_clusters: dict[str, SubClusterEntry] = {}
        self.cluster_of: dict[str, str] = {}
        self.sub_cluster_of: dict[str, str] = {}
        self.dropped = Counter[str]()
        self.read = 0
        self.twice: list[str] = []
        self.unclear: list[str] = []
        self.first_line: dict[str, int] = {}
        if ("sub_cluster" in self.at) != ("sub_cluster_code" in self.at):
            raise FileRefused(
                source.name,
                "sub_cluster_unclear",
                ["sub-clusters need two columns: sub_cluster_code and sub_cluster"],
            )

    def take(self, line: int, row: list[str]) -> None:
        """Take one row, or note what is wrong with it."""
        self.read += 1
        cells = [cell.strip() for cell in row]
        if len(cells) != len(self.at):
            self.unclear.append(
                f"line {line}: has {len(cells)} cells where the header has {len(self.at)}"
            )
            return
        code = cells[-1]
        if code in MISSING:
            self.dropped["no code in this vintage"] += 1
            return
        if code in self.first_line:
            first = self.first_line[code]
            self.twice.append(f"line {line}: code {code} stands already on line {first}")
            return
        self.first_line[code] = line
        self._place(line, cells, code)

    def refuse_if_faulty(self) -> None:
        """Refuse the sheet with every line that is wrong."""
        if self.unclear:
            raise FileRefused(self.source.name, "cluster_unclear", self.unclear)
        if self.twice:
            raise FileRefused(self.source.name, "industry_twice", self.twice)

    def _place(self, line: int, cells: list[str], code: str) -> None:
        entry = self._entry(line, cells)
        if entry is None:
            return
        if self.clusters.setdefault(entry.code, entry) != entry:
            self.unclear.append(f"line {line}: cluster {entry.code} has two names or kinds")
            return
        self.cluster_of[code] = entry.code
        part = self._part(line, cells, entry)
        if part is None:
            return
        if self.sub_clusters.setdefault(part.code, part) != part:
            self.unclear.append(f"line {line}: sub-cluster {part.code} has two names")
        self.sub_cluster_of[code] = part.code

    def _entry(self, line: int, cells: list[str]) -> ClusterEntry | None:
        code, name = cells[0], cells[1]
        text = cells[self.at["kind"]].lower() if "kind" in self.at else _kind_by_number(code)
        if not code or not name or text not in _KINDS:
            self.unclear.append(
                f"line {line}: a row needs a cluster code, a name and traded, local or resource"
            )
            return None
        if len(name) > LONGEST_NAME:
            self.unclear.append(f"line {line}: a name has at most {LONGEST_NAME} characters")
            return None
        if len(code) > LONGEST_CODE or "." in code:
            self.unclear.append(
                f"line {line}: a cluster code has at most {LONGEST_CODE} characters and no point"
            )
            return None
        return ClusterEntry(code, name, _KINDS[text])

    def _part(self, line: int, cells: list[str], entry: ClusterEntry) -> SubClusterEntry | None:
        if "sub_cluster" not in self.at:
            return None
        code, name = cells[self.at["sub_cluster_code"]], cells[self.at["sub_cluster"]]
        if code in MISSING and name in MISSING:
            return None
        if code in MISSING or name in MISSING:
            self.unclear.append(f"line {line}: a sub-cluster needs a code and a name")
            return None
        # Many sheets number the parts of every cluster anew.
        own = code.removeprefix(f"{entry.code}.")
        full = f"{entry.code}.{own}"
        if "." in own or not own or len(full) > LONGEST_SUB_CODE or len(name) > LONGEST_NAME:
            self.unclear.append(
                f"line {line}: sub-cluster code {code} is not one of cluster {entry.code} "
                f"(such as {entry.code}.1)"
            )
            return None
        return SubClusterEntry(full, name, entry.code)


def _kind_by_number(code: str) -> str:
    if not code.isdigit():
        return ""
    number = int(code)
    if number >= _FIRST_RESOURCE:
        return "resource"
    return "local" if number >= _FIRST_LOCAL else "traded"


def _vintages(
    source: SourceFile, codes: set[str], named: int, industries: Mapping[int, frozenset[str]]
) -> tuple[tuple[int, ...], list[str]]:
    if named not in industries:
        raise FileRefused(
            source.name, "vintage_not_loaded", [f"load the list of NAICS {named} codes first"]
        )
    earlier = max((year for year in industries if year < named), default=None)
    beyond = codes - industries[named]
    if not beyond or earlier is None:
        return (named,), sorted(beyond)
    if beyond & industries[earlier]:
        return (earlier, named), sorted(beyond - industries[earlier])
    return (named,), sorted(beyond)
