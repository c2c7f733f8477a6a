"""Where the real data lie, for tests that need them; without them they skip and say why."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from mapping.rules.readers.source_file import SourceFile, open_source

FOLDER = Path(
    os.environ.get("PORTAL_REAL_DATA")
    or Path(__file__).resolve().parents[3].parent / "shared" / "data"
)
needs_real_data = pytest.mark.skipif(
    not (FOLDER / "cbp").is_dir(),
    reason="no real data: set PORTAL_REAL_DATA to the folder that holds cbp/, geo/, naics/",
)


@lru_cache(maxsize=16)
def real_file(path: str) -> SourceFile:
    return open_source(Path(path).name, (FOLDER / path).read_bytes())
