"""`python -m drills.portal FOLDER PORT`: the usual supervisor, over servers of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from clusters_portal.launcher.running import run_portal

SETTINGS = "drills.settings"

if __name__ == "__main__":
    sys.exit(run_portal(Path(sys.argv[1]), int(sys.argv[2]), settings=SETTINGS))
