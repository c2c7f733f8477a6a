"""Release rows as they lie in the database, with their digests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mapping.models import CellBlock, Release
from mapping.rules.blocks import block_digest
from mapping.rules.terms import NATION_CODE


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks by region and the digests that were stored with them."""

    by_region: Mapping[str, bytes]
    digests: Mapping[str, str]

    def altered(self) -> list[str]:
        """Regions whose block no longer has the digest it was stored with."""
        return [
            region
            for region, block in sorted(self.by_region.items())
            if block_digest(region, block) != self.digests[region]
        ]


def blocks_of(release: Release, regions: Iterable[str] | None = None) -> Blocks:
    """All blocks of a release but the nation's, or those of some regions."""
    rows = CellBlock.objects.filter(release=release)
    rows = (
        rows.exclude(region_code=NATION_CODE)
        if regions is None
        else rows.filter(region_code__in=list(regions))
    )
    found = rows.order_by("region_code").values_list("region_code", "block", "digest")
    by_region, digests = {}, {}
    for region, block, digest in found:
        by_region[region], digests[region] = bytes(block), digest
    return Blocks(by_region, digests)


def nation_block(release: Release) -> Blocks:
    """The sum over all regions, as it was stored."""
    return blocks_of(release, [NATION_CODE])
