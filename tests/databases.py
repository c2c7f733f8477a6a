"""The tests' databases: one server per checkout, one template per set of migrations.

The template is migrated once as the owner and named after a digest of every migration,
so a changed migration makes a new one by itself. Each test process works on a clone.
A test with real commits (``transaction=True``) gets a fresh clone afterwards instead of
Django's flush: rows that migrations put there stay, and it costs less.

A database is 1,500 files, and some file systems take a second to make them: where the machine has
a file system in memory with room to spare, the clones stand there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase

from clusters_portal.launcher.cluster import WEB_ROLE
from clusters_portal.launcher.postgres import (
    Cluster,
    cluster_of,
    ensure_database,
    run_sql,
)
from clusters_portal.launcher.processes import is_alive

CHECKOUT = Path(__file__).resolve().parent.parent
GRANTS = (
    CHECKOUT / "clusters_portal" / "management" / "commands" / "grant_web_role.py",
    CHECKOUT / "clusters_portal" / "queries" / "web_rights.py",
)
SKIPPED = {".venv", "node_modules", "var"}
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the servers' user is made inside
ROOM = 2 * 1024**3
ON_DISK, IN_MEMORY = "pg_default", "in_memory"


def migrations_digest() -> str:
    """A digest of all migrations of this checkout and of the packages' versions."""
    digest = hashlib.sha256((CHECKOUT / "requirements.txt").read_bytes())
    for path in (*sorted(CHECKOUT.glob("*/migrations/*.py")), *GRANTS):
        if path.parts[len(CHECKOUT.parts)] not in SKIPPED:
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def use_database(cluster: Cluster, name: str, *, role: str | None = None) -> None:
    """Point Django's default connection (of every thread to come) at this database."""
    connection = connections["default"]
    connection.close()
    settings = connections.settings["default"]
    settings.update(
        NAME=name, HOST=str(cluster.socket_folder), PORT="", USER=role or "portal_owner"
    )
    connection.settings_dict.update(settings)


@contextlib.contextmanager
def only_one(cluster: Cluster):
    """Processes of one test run must not make the template at the same time."""
    with (cluster.places.sockets / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def databases_like(cluster: Cluster, pattern: str) -> list[str]:
    """Names of the server's databases that match."""
    return run_sql(
        cluster, f"SELECT datname FROM pg_database WHERE datname ~ '{pattern}'"
    ).splitlines()


def ensure_fast_place(cluster: Cluster) -> str:
    """The tablespace where the databases of a run stand: in memory where there is room."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return ON_DISK
    checkout = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
    folder = MEMORY / f"clusters-portal-{os.getuid()}-{checkout}"
    with only_one(cluster):
        known = run_sql(cluster, f"SELECT 1 FROM pg_tablespace WHERE spcname = '{IN_MEMORY}'")
        if known and any(folder.glob("PG_*")):
            return IN_MEMORY
        if known:  # the machine was started anew: nothing of it is left
            forget_fast_place(cluster)
        shutil.rmtree(folder, ignore_errors=True)  # of a server that is no more
        cluster.places.owned_folder(folder)
        run_sql(cluster, f"CREATE TABLESPACE {IN_MEMORY} LOCATION '{folder}'")
    return IN_MEMORY


def forget_fast_place(cluster: Cluster) -> None:
    """Drop the tablespace and what the server believes to stand there."""
    lost = f"""
        SELECT datname FROM pg_database JOIN pg_tablespace AS place ON place.oid = dattablespace
        WHERE spcname = '{IN_MEMORY}'"""
    for name in run_sql(cluster, lost).splitlines():
        run_sql(cluster, f"DROP DATABASE {name} WITH (FORCE)")
    run_sql(cluster, f"DROP TABLESPACE {IN_MEMORY}")


def ensure_template(cluster: Cluster) -> str:
    """Migrate the template of today's migrations, unless it is there already."""
    name, place = f"template_{migrations_digest()}", ensure_fast_place(cluster)
    with only_one(cluster):
        known = databases_like(cluster, "^template_[0-9a-f]{12}$")
        if name in known:
            return name
        for old in known:
            run_sql(cluster, f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
        draft = f"draft_{os.getpid()}"
        run_sql(cluster, f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")
        run_sql(cluster, f"CREATE DATABASE {draft} TABLESPACE {place}")
        use_database(cluster, draft)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("grant_web_role", verbosity=0)
        connections["default"].close()
        run_sql(cluster, f"ALTER DATABASE {draft} SET TABLESPACE {ON_DISK}")
        # Renamed only when whole: an interrupted migration leaves no template behind.
        run_sql(cluster, f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


def drop_orphans(cluster: Cluster) -> None:
    """Clones of test processes that were killed."""
    for name in databases_like(cluster, "^(t|draft|restored)_[0-9]+$"):
        if not is_alive(int(name.rpartition("_")[2])):
            run_sql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def clone(cluster: Cluster, template: str, name: str, place: str = ON_DISK) -> None:
    """Make (or make anew) a database as a copy of the template, in this tablespace."""
    run_sql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    with only_one(cluster):
        options = f"TEMPLATE {template} TABLESPACE {place} STRATEGY file_copy"
        run_sql(cluster, f"CREATE DATABASE {name} {options}")


@pytest.fixture(scope="module", autouse=True)
def actors_log_in_as_the_web_role(request: pytest.FixtureRequest):
    """In race modules, and where a module asks for it, people act with the web login's rights.

    The owner still makes the clones: what happens between tests needs rights that no act has.
    """
    asked = request.node.get_closest_marker("web_role") is not None
    if not asked and "race" not in request.path.stem:
        yield
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    cluster, name = cluster_of(CHECKOUT, "test"), f"t_{os.getpid()}"
    with blocker.unblock():
        use_database(cluster, name, role=WEB_ROLE)
        yield
        use_database(cluster, name, role=os.environ.get("PORTAL_TEST_ROLE"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Replace pytest-django's database by a clone of the template."""
    ensure_database(CHECKOUT, purpose="test", durable=False)
    cluster = cluster_of(CHECKOUT, "test")
    name = f"t_{os.getpid()}"
    drop_orphans(cluster)
    with django_db_blocker.unblock():
        template, place = ensure_template(cluster), ensure_fast_place(cluster)
        clone(cluster, template, name, place)
        use_database(cluster, name, role=os.environ.get("PORTAL_TEST_ROLE"))

        def start_afresh(_case: TransactionTestCase) -> None:
            connections.close_all()
            clone(cluster, template, name, place)
            # It remembers codes and limits by the number of a person, and numbers begin anew.
            cache.clear()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", start_afresh)
            yield
        connections.close_all()
    run_sql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
