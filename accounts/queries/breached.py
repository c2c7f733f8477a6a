"""Was a password published in a breach? Asked of a file, never of the network.

The file is the public download ordered by hash: a line is the password's SHA-1 in capitals, a
colon and how often it was seen. It is read by halving, so its size does not matter.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

HASH_LENGTH = 40
LONGEST_LINE = 80


def is_breached(password: str, file: Path) -> bool:
    """Whether the file holds the password."""
    # SHA-1 is the file's format, not a protection.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(0, middle - 1))
            if middle:
                lines.readline(LONGEST_LINE)  # the rest of a line that began before
            start = lines.tell()
            found = lines.readline(LONGEST_LINE)[:HASH_LENGTH].upper()
            if found == wanted:
                return True
            if start >= high or not found or found > wanted:
                high = middle
            else:
                low = lines.tell()
    return False
