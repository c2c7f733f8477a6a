"""Everything comes back, row for row; what is not a whole backup is refused."""

import gzip
import io
import json
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from clusters_portal.backup.making import make_backup
from clusters_portal.backup.manifest import read_manifest
from clusters_portal.backup.rows import TABLES, names, own_line, read_sequences, read_table
from clusters_portal.launcher.cluster import cluster_of, run_sql
from clusters_portal.storage import document_storages
from records.vault import keep_clean_bytes, keep_in_quarantine
from tests.databases import CHECKOUT
from tests.db.certification.cases import group_of, office
from tests.factories.applications import certified
from trail.actions.seal_entries import seal_entries
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)
NAME = f"restored_{os.getpid()}"


@pytest.fixture
def world(settings, tmp_path):
    """A group ready to submit, papers in both stores, sealed."""
    settings.SEAL_JOURNAL = tmp_path / "state" / "seals.jsonl"
    settings.STORAGES = {
        **settings.STORAGES,
        **document_storages(tmp_path / "state" / "documents"),
    }
    certified(group_of(office()))
    seal_entries(at=database_now())
    keep_clean_bytes(b"A rendered letter")
    keep_in_quarantine(io.BytesIO(b"What somebody sent"))


@pytest.fixture
def backup(world, tmp_path):
    folder = tmp_path / "backup"
    make_backup(folder)
    return folder


@pytest.fixture
def empty_database():
    """A new database beside the test's own, which is the default again afterwards."""
    cluster, before = cluster_of(CHECKOUT, "test"), dict(connection.settings_dict)
    run_sql(cluster, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    run_sql(cluster, f"CREATE DATABASE {NAME}")
    yield cluster.url(NAME)
    connection.close()
    connection.settings_dict.clear()
    connection.settings_dict.update(before)
    run_sql(cluster, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def everything():
    with own_line() as line:
        return {name: read_table(line, name) for name in names(line, TABLES)}, read_sequences(line)


def test_a_restored_database_is_row_for_row_equal(backup, empty_database, tmp_path, capsys):
    before = everything()
    capsys.readouterr()
    state = tmp_path / "elsewhere"
    call_command("restore", backup, into=empty_database, state=state, json=True)
    told = json.loads(capsys.readouterr().out)
    assert connection.settings_dict["NAME"] == NAME
    assert everything() == before
    assert (told["equal"], told["trail"], told["papers"]) == (True, "whole", 2)
    assert told["rows"] == sum(table.rows for table in before[0].values()) > 100
    papers = {path.relative_to(state).parts[1] for path in state.glob("documents/*/*")}
    assert papers == {"clean", "quarantine"}
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", backup, into=empty_database, state=tmp_path / "third")


def test_a_backup_is_a_snapshot_and_says_what_it_holds(backup):
    manifest = read_manifest(backup)
    assert manifest.tables["trail_entry"].rows > 0
    assert "documents/clean/" in " ".join(manifest.files)
    assert ["trail", "0001_initial"] in manifest.migrations
    assert oct(backup.stat().st_mode)[-3:] == "700"


def test_a_backup_wants_an_empty_folder(backup):
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", backup)


def test_backup_and_check_say_what_they_did(world, tmp_path, capsys):
    call_command("backup", tmp_path / "one", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["papers"] == 2
    call_command("restore", tmp_path / "one", check=True)
    assert "is whole" in capsys.readouterr().out


def _cut_short(folder):
    path = folder / "tables" / "trail_entry.gz"
    path.write_bytes(path.read_bytes()[:-20])


def _alter_a_row(folder):
    path = folder / "tables" / "trail_case.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"group", b"grope")))


def _alter_contents(folder):
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"rows": 1', '"rows": 2', 1))


def _lose_a_paper(folder):
    next((folder / "documents" / "clean").iterdir()).unlink()


def _lose_contents(folder):
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut_short, "trail_entry.gz was altered or cut short"),
        (_alter_a_row, "trail_case.gz was altered"),
        (_alter_contents, "table of contents .* was altered"),
        (_lose_a_paper, "is missing"),
        (_lose_contents, "no finished backup"),
    ],
)
def test_a_damaged_backup_is_refused(backup, damage, said):
    damage(backup)
    with pytest.raises(CommandError, match=said):
        call_command("restore", backup, check=True)


def test_a_newer_backup_is_refused(world, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('trail', '9999_x', now())"
        )
    make_backup(tmp_path / "newer")
    with pytest.raises(CommandError, match="newer version of the portal: it knows trail 9999_x"):
        call_command("restore", tmp_path / "newer", check=True)


def test_a_database_in_use_and_a_journal_in_use_are_refused(backup, settings):
    with pytest.raises(CommandError, match=r"seals\.jsonl exists"):
        call_command("restore", backup)
    settings.SEAL_JOURNAL.unlink()
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", backup)


def test_an_altered_paper_stops_the_backup(world, tmp_path):
    storages["clean"].save("0" * 64, ContentFile(b"not what its name says"))
    with pytest.raises(CommandError, match="was altered"):
        call_command("backup", tmp_path / "one")
    assert not (tmp_path / "one" / "manifest.json").exists()
