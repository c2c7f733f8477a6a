"""A release carried to another NAICS vintage, by a named rule."""

from __future__ import annotations

from kit.refusals import Refusal, Refused
from mapping.models import IndustryChange, Release
from mapping.queries.blocks import blocks_of, nation_block
from mapping.rules.concordances import Carried, Split, SplitRule, carry
from mapping.rules.panel import TOTAL_CODE, spread
from mapping.rules.terms import NATION_CODE


class NoConcordance(Refused):
    """No loaded concordance leads from one vintage to the other."""


def weights_of(release: Release) -> Split:
    """The rule `by-employment`, with the national jobs of a release as weights."""
    block = nation_block(release).by_region
    table = spread([NATION_CODE], release.codes, block)
    jobs = dict(zip(release.codes, table.employment[0].tolist(), strict=True))
    return Split(SplitRule.BY_EMPLOYMENT, jobs, release.reference)


def carried(release: Release, to_vintage: int, split: Split) -> tuple[tuple[str, ...], Carried]:
    """Regions of a release and its published jobs on the codes of a later vintage.

    Args:
        release: Six-digit cells.
        to_vintage: The vintage that follows the release's.
        split: How codes that split are shared out.

    Raises:
        NoConcordance: the concordance between the two vintages is not loaded.
    """
    changes = IndustryChange.objects.filter(
        old_vintage=release.naics_vintage, new_vintage=to_vintage
    )
    pairs = list(changes.values_list("old_code", "new_code"))
    if not pairs:
        raise NoConcordance(
            Refusal(
                "no_concordance",
                f"No concordance from NAICS {release.naics_vintage} to {to_vintage} is loaded.",
            )
        )
    blocks = blocks_of(release).by_region
    regions = tuple(sorted(blocks))
    table = spread(regions, release.codes, blocks)
    leaves = [at for at, code in enumerate(release.codes) if code != TOTAL_CODE]
    codes = [release.codes[at] for at in leaves]
    return regions, carry(codes, table.employment[:, leaves], pairs, split)
