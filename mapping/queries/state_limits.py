"""State limits of a Basis, read once per process: releases never change."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from mapping.models import Release
from mapping.queries.blocks import blocks_of
from mapping.rules.panel import TOTAL_CODE, Ints, Table, spread
from mapping.rules.state_limits import StateLimits, state_limits

if TYPE_CHECKING:
    from collections.abc import Sequence


def limits_of(release: Release, state_release: Release, units: Sequence[str]) -> Ints:
    """The most that a missing cell of these counties can hold, by the release's leaf codes."""
    limits = _limits(
        release.pk, release.content_digest, state_release.pk, state_release.content_digest
    )
    leaves = np.array([code != TOTAL_CODE for code in release.codes], dtype=bool)
    found: Ints = limits.of(units)[:, leaves]
    return found


@lru_cache(maxsize=4)
def _limits(release_id: int, digest: str, state_id: int, state_digest: str) -> StateLimits:
    del digest, state_digest  # part of the key only: rows never change, but tests reuse numbers
    counties, cells = _table(Release.objects.get(pk=release_id))
    states, state_cells = _table(Release.objects.get(pk=state_id))
    return state_limits(states, state_cells, counties, cells)


def _table(release: Release) -> tuple[list[str], Table]:
    blocks = blocks_of(release).by_region
    units = sorted(blocks)
    return units, spread(units, release.codes, blocks)
