#!/usr/bin/env python
"""Django's door for operators; on its own it uses the demo settings."""

import contextlib
import os
import sys
from pathlib import Path

WITHOUT_DATABASE = {"help", "collectstatic", "check", "routes"}


def main() -> None:
    """Run one command; in the demo settings the database is started when it rests."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusters_portal.settings.demo")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the setting

    from clusters_portal.launcher.failures import LaunchError  # noqa: PLC0415 - the same

    try:
        with _database(sys.argv):
            execute_from_command_line(sys.argv)
    except LaunchError as refusal:
        sys.exit(str(refusal))


def _database(arguments: list[str]) -> contextlib.AbstractContextManager[object]:
    """Hold the demo database for the length of the command, unless another one is named."""
    is_demo = os.environ["DJANGO_SETTINGS_MODULE"] == "clusters_portal.settings.demo"
    is_needed = len(arguments) > 1 and arguments[1] not in WITHOUT_DATABASE
    if not is_demo or not is_needed or "PORTAL_DATABASE_URL" in os.environ:
        return contextlib.nullcontext()
    from clusters_portal.launcher.postgres import leased_database  # noqa: PLC0415 - demo only
    from clusters_portal.launcher.processes import adopt_orphans  # noqa: PLC0415 - the same

    adopt_orphans()
    return leased_database(Path(__file__).resolve().parent)


if __name__ == "__main__":
    main()
