"""`python -m clusters_portal.launcher.probe`: ask the web process next door whether it is ready."""

from __future__ import annotations

import os
import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/health/ready"


def main() -> int:
    """Exit 0 when it is; the host and scheme are what the trusted front would send."""
    host = os.environ.get("PORTAL_HOSTS", "localhost").split(",")[0]
    request = urllib.request.Request(ADDRESS, headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - the same
            return 0 if answer.status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
