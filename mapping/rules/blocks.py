"""The compact row of one county or state: its cells as packed records, with a digest.

A block is an array of 19-byte little-endian records, sorted by the position of the code in the
release's list of codes. Joining blocks and one `bincount` sums any union of regions.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

CELL = np.dtype(
    [
        ("code", "<u2"),
        ("flag", "u1"),
        ("establishments", "<i4"),
        ("employment", "<i4"),
        ("payroll", "<i8"),
    ]
)
Cells = NDArray[np.void]


def pack(cells: Cells) -> bytes:
    """Cells of one region, sorted by code, as bytes."""
    return np.sort(cells, order="code").tobytes()


def unpack(block: bytes | memoryview) -> Cells:
    """The inverse of `pack`."""
    return np.frombuffer(bytes(block), dtype=CELL)


def block_digest(region_code: str, block: bytes | memoryview) -> str:
    """SHA-256 of a region's block; the region is part of it, so that blocks cannot be swapped."""
    return hashlib.sha256(region_code.encode() + b"|" + bytes(block)).hexdigest()


def content_digest(codes: Sequence[str], digests: Iterable[tuple[str, str]]) -> str:
    """Digest of a whole release: its code list, then region and block digest in region order."""
    total = hashlib.sha256(",".join(codes).encode())
    for region, digest in sorted(digests):
        total.update(f"\n{region}:{digest}".encode())
    return total.hexdigest()


def split_by_region(regions: NDArray[np.str_], cells: Cells) -> list[tuple[str, bytes]]:
    """Group cells by region and pack each group."""
    if not _is_in_order(regions, cells):
        order = np.lexsort((cells["code"], regions))
        regions, cells = regions[order], cells[order]
    starts = [0, *(np.flatnonzero(regions[1:] != regions[:-1]) + 1).tolist()]
    ends = [*starts[1:], len(cells)]
    return [
        (str(regions[start]), cells[start:end].tobytes())
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _is_in_order(regions: NDArray[np.str_], cells: Cells) -> bool:
    """The publishers' files are; sorting millions of texts would cost more than reading them."""
    changes = np.flatnonzero(regions[1:] != regions[:-1])
    names = [str(name) for name in regions[np.concatenate([changes, [-1]])]] if len(regions) else []
    within = np.ones(max(len(cells) - 1, 0), dtype=bool)
    within[changes] = False
    rises = cells["code"][1:] > cells["code"][:-1]
    return names == sorted(set(names)) and bool(rises[within].all())
