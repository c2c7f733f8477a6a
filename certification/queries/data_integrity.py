"""Whether the rows under a Basis still have the digests that were written with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mapping.models import Basis, Release
from mapping.queries.blocks import blocks_of, nation_block
from mapping.queries.regions import geography_digest
from mapping.rules.blocks import block_digest, content_digest


@dataclass(frozen=True)
class BrokenDigest:
    """Something that no longer has its digest."""

    name: str
    stored: str
    found: str


def broken_digests(basis: Basis) -> tuple[BrokenDigest, ...]:
    """Every block, release and geography of a Basis whose content has changed."""
    broken = list(_of_release(basis.release))
    if basis.totals_release is not None:
        broken += _of_release(basis.totals_release)
    geography = geography_digest(basis.release.unit)
    if geography != basis.geography_digest:
        broken.append(
            BrokenDigest(f"geography {basis.geography}", basis.geography_digest, geography)
        )
    return tuple(broken)


def _of_release(release: Release) -> Iterator[BrokenDigest]:
    blocks, nation = blocks_of(release), nation_block(release)
    content = {**blocks.by_region, **nation.by_region}
    stored = {**blocks.digests, **nation.digests}
    found = {region: block_digest(region, block) for region, block in content.items()}
    for region, digest in found.items():
        if digest != stored[region]:
            name = f"{release.reference} {release.unit} {region}"
            yield BrokenDigest(name, stored[region], digest)
    whole = content_digest(release.codes, found.items())
    if whole != release.content_digest:
        yield BrokenDigest(f"{release.reference} as a whole", release.content_digest, whole)
