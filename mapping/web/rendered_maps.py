"""Drawn maps kept on disk, by Basis and query: drawn once, then read.

The cache fails open: where the folder cannot be written or read, the map is drawn anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

# Part of every key: a change of how maps are drawn leaves the old ones unread.
DRAWING = "4"


def kept_map(digest: str, query: str, draw: Callable[[], str]) -> str:
    """Return a map from the cache, or draw and keep it.

    Args:
        digest: Digest of the Basis (and of whatever else the map rests on).
        query: What is drawn, as text.
        draw: Draws it.
    """
    name = hashlib.sha256(f"{DRAWING}|{query}".encode()).hexdigest()[:32]
    path = Path(settings.CACHE_ROOT) / "maps" / digest[:16] / f"{name}.svg"
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8")
    drawn = draw()
    with contextlib.suppress(OSError):
        _keep(path, drawn)
    return drawn


def _keep(path: Path, text: str) -> None:
    """Write beside and rename, so that nobody reads half a map."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, delete=False, encoding="utf-8", suffix=".part"
    ) as file:
        file.write(text)
    Path(file.name).replace(path)
