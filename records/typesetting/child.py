"""Runs alone, without Django: reads an order from its input, writes the PDF to its output.

The limits are set before typst is loaded; the packages' folders do not exist and the only
proxies that it could use answer nothing, so that no template can fetch anything.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

PAPERS = Path(__file__).parent / "papers"
NOWHERE = "/nonexistent"
MEMORY, PROCESSOR_SECONDS, FILES = 2_000_000_000, 20, 64
STANDARDS: Any = ["a-2a", "ua-1"]


def limit() -> None:
    """Little memory, little time, no file written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = "http://127.0.0.1:1"


def main() -> None:
    """Set one paper."""
    limit()
    order = json.load(sys.stdin)
    import typst  # noqa: PLC0415 - under the limits

    made = typst.compile(
        str(PAPERS / f"{Path(order['template']).name}.typ"),
        root=str(PAPERS),
        font_paths=[],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(order["data"])},
        pdf_standards=STANDARDS,
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
        timestamp=order["timestamp"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
