"""Cluster definition sheets: one row per NAICS code with its cluster."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mapping.rules.definitions import ClusterEntry, definition_digest
from mapping.rules.readers.layouts import sheet_vintage
from mapping.rules.readers.source_file import FileRefused, SourceFile
from mapping.rules.terms import ClusterKind

MISSING = {"", "#N/A"}
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
    """A definition set as its sheet states it."""

    clusters: tuple[ClusterEntry, ...]
    cluster_of: Mapping[str, str]
    vintages: tuple[int, ...]
    digest: str
    rows_read: int
    dropped: Mapping[str, int]
    unknown_codes: tuple[str, ...]


def read_sheet(source: SourceFile, industries: Mapping[int, frozenset[str]]) -> ParsedSheet:
    """Read a sheet and find the vintages whose codes it uses.

    A code missing from the named vintage but present in the one before widens the set to both;
    a code that no loaded list has is reported and kept out.
    """
    named = sheet_vintage(source)
    with_kind = "kind" in source.header
    entries: dict[str, ClusterEntry] = {}
    cluster_of: dict[str, str] = {}
    dropped, read = Counter[str](), 0
    for line, row in enumerate(source.rows(), start=2):
        read += 1
        code = row[-1].strip()
        if code in MISSING:
            dropped["no code in this vintage"] += 1
            continue
        if code in cluster_of:
            raise FileRefused(
                source.name, "industry_twice", [f"line {line}: code {code} stands twice"]
            )
        entry = _entry(source, line, row, with_kind=with_kind)
        if entries.setdefault(entry.code, entry) != entry:
            raise FileRefused(
                source.name,
                "cluster_unclear",
                [f"line {line}: cluster {entry.code} has two names or kinds"],
            )
        cluster_of[code] = entry.code
    vintages, unknown = _vintages(source, set(cluster_of), named, industries)
    for code in unknown:
        del cluster_of[code]
    clusters = tuple(sorted(entries.values(), key=lambda entry: (len(entry.code), entry.code)))
    return ParsedSheet(
        clusters=clusters,
        cluster_of=cluster_of,
        vintages=vintages,
        digest=definition_digest(clusters, cluster_of.items()),
        rows_read=read,
        dropped=dict(dropped) | ({"unknown codes": len(unknown)} if unknown else {}),
        unknown_codes=tuple(unknown),
    )


def _entry(source: SourceFile, line: int, row: list[str], *, with_kind: bool) -> ClusterEntry:
    code, name = row[0].strip(), row[1].strip()
    text = row[2].strip().lower() if with_kind else _kind_by_number(code)
    if not code or not name or text not in _KINDS:
        raise FileRefused(
            source.name,
            "cluster_unclear",
            [f"line {line}: a row needs a cluster code, a name and traded, local or resource"],
        )
    return ClusterEntry(code, name, _KINDS[text])


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
