"""Arrays in the cache's folder: what takes seconds to add up is added up once for a machine.

They are derived and may be thrown away. A name holds the digest of what they were made from, so
that nothing grows old; where the folder cannot be read or written, whoever asks adds up anew.
"""

from __future__ import annotations

import contextlib
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


def read_arrays(name: str) -> Arrays | None:
    """Return what is kept under a name; None where nothing whole is there."""
    try:
        with np.load(_path(name), allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def keep_arrays(name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays: written beside and renamed, so that nobody reads half a file."""
    path, anything = _path(name), dict[str, Any](arrays)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False, suffix=".part") as file:
            np.savez(file, allow_pickle=False, **anything)
        Path(file.name).replace(path)


def _path(name: str) -> Path:
    return Path(settings.CACHE_ROOT) / "sums" / f"{name}.npz"
