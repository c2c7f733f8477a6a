"""A database of the benchmark's own on the tests' server, dropped afterwards."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import django

from clusters_portal.launcher.postgres import cluster_of, ensure_database, run_sql

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def own_database() -> Iterator[None]:
    """A fresh database with every migration; Django is set up here."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "clusters_portal.settings.test"
    ensure_database(ROOT, purpose="test", durable=False)
    django.setup()
    # Imported here: they need Django.
    from django.db import connections  # noqa: PLC0415
    from django.test.utils import (  # noqa: PLC0415
        setup_test_environment,
        teardown_test_environment,
    )

    from tests.databases import clone, ensure_template, use_database  # noqa: PLC0415

    cluster, name = cluster_of(ROOT, "test"), f"t_{os.getpid()}"
    clone(cluster, ensure_template(cluster), name)
    use_database(cluster, name)
    setup_test_environment()
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        teardown_test_environment()
        connections.close_all()
        run_sql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
