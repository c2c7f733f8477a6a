"""A load whose process is killed half-way leaves nothing behind, and can be done again."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from mapping.models import Basis, CellBlock, Release
from mapping.queries.basis import current_basis
from tests.factories.mapping import cell_lines, load, write_small_files

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE = 60


def loading(path):
    """The command in a process of its own, on this test's database."""
    named = connection.settings_dict
    program = (
        "import json, sys, django; from django.conf import settings; django.setup();"
        "from django.db import connection;"
        "connection.settings_dict.update(json.loads(sys.argv[1]));"
        "from django.core.management import call_command;"
        "call_command('load_data', sys.argv[2], year=2020)"
    )
    place = {key: named[key] for key in ("NAME", "HOST", "PORT", "USER")}
    return subprocess.Popen(
        [sys.executable, "-c", program, json.dumps(place), str(path)],
        cwd=CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "clusters_portal.settings.test"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def waits_for_blocks(other):
    """Whether a process has written its release and waits to write the blocks."""
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
                       ["mapping_cellblock"])  # fmt: skip
        return cursor.fetchone() is not None


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def test_killed_load_leaves_nothing_and_the_published_stays(tmp_path):
    folder = write_small_files(tmp_path / "data")
    load(folder)
    before = (Release.objects.count(), CellBlock.objects.count(), Basis.objects.count())
    counts, path = current_basis(), folder / "cells.csv"
    path.write_text("\n".join(cell_lines(factor=3)) + "\n")
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("LOCK TABLE mapping_cellblock IN SHARE MODE")
        process = loading(path)
        until(lambda: waits_for_blocks(holder) or process.poll() is not None)
        assert process.poll() is None
        process.kill()
        process.wait()
        holder.rollback()
    finally:
        holder.close()
    until(lambda: not waits_for_blocks(connection))
    assert before == (
        Release.objects.count(), CellBlock.objects.count(), Basis.objects.count(),
    )  # fmt: skip
    assert current_basis() == counts
    until(
        lambda: load(path, year=2020)[0].status == "loaded" or Release.objects.count() > before[0]
    )
    assert Release.objects.count() == before[0] + 1
