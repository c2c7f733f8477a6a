"""The launcher's own promises, where they can be shown in a moment."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from clusters_portal.launcher import (
    binaries,
    packages,
    places,
    processes,
    running,
    supervisor,
    valkey,
)
from clusters_portal.launcher.cluster import cluster_of
from clusters_portal.launcher.failures import LaunchError
from clusters_portal.launcher.record import Services, read_services
from tests.house.tree import ROOT, python_files

UNIX_SOCKET_LIMIT = 107


def test_launcher_needs_nothing_but_the_standard_library():
    names = {"clusters_portal", *sys.stdlib_module_names}
    for path in python_files("clusters_portal/launcher"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].split(".")[0] in names, f"{path.name}: {line}"


def test_an_older_python_gets_one_sentence(tmp_path):
    """The entry is read by any Python 3; here its floor is raised above the one we have."""
    entry = (ROOT / "clusters_portal" / "launcher" / "__main__.py").read_text(encoding="utf-8")
    script = tmp_path / "entry.py"
    script.write_text(entry.replace("OLDEST = (3, 11)", "OLDEST = (9, 0)"), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The portal needs Python 3.11 or newer; this is Python 3.")
    assert done.stderr.count("\n") == 1


@pytest.mark.enable_socket
def test_a_taken_port_names_the_next_one(monkeypatch, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(LaunchError, match=f"PORT={port + 1}"):
            running.port_to_use(tmp_path)


@pytest.mark.parametrize("wish", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, tmp_path, wish):
    monkeypatch.setenv("PORT", wish)
    with pytest.raises(LaunchError, match="no port number"):
        running.port_to_use(tmp_path)


def test_a_registry_that_does_not_answer_is_one_sentence(monkeypatch, tmp_path):
    said = subprocess.CompletedProcess([], 1, "", "error: Failed to resolve host name")
    monkeypatch.setattr(packages, "_tried", lambda *_: said)
    with pytest.raises(LaunchError, match="npm registry did not answer") as refusal:
        packages._run(["npm", "ci"], tmp_path, "npm")
    assert "\n" not in str(refusal.value)


def test_sockets_stay_short_however_deep_the_checkout(tmp_path):
    deep = tmp_path / "/".join(["a-rather-long-folder-name"] * 8)
    found = places.places_of(deep)
    cluster = cluster_of(deep, "test")
    for path in (cluster.socket_folder / ".s.PGSQL.5432", valkey.socket_path(found)):
        assert len(os.fsencode(path)) <= UNIX_SOCKET_LIMIT


def test_checkouts_do_not_share_anything(tmp_path):
    one, other = (places.places_of(tmp_path / name) for name in ("one", "other"))
    assert one.sockets != other.sockets
    assert one.state != other.state


def test_a_file_in_place_of_a_folder_is_one_sentence(tmp_path):
    (tmp_path / "state").write_text("", encoding="utf-8")
    with pytest.raises(LaunchError, match="cannot be used"):
        places.private_folder(tmp_path / "state", (os.getuid(), os.getgid()))


def test_a_planted_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "state").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LaunchError, match="belongs to somebody else"):
        places.private_folder(tmp_path / "state", (os.getuid(), os.getgid()))


def test_a_stubborn_process_is_killed_and_a_reused_number_is_not():
    script = "import signal, time; signal.signal(15, signal.SIG_IGN);"
    script += "print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        stamp = processes.start_stamp(child.pid)
        processes.end_process(child.pid, stamp + "9")
        assert child.poll() is None, "another start time: another process"
        begun = time.monotonic()
        processes.end_process(child.pid, stamp, first=signal.SIGTERM, patience=0.2)
        assert time.monotonic() - begun < 5
        assert not processes.is_alive(child.pid, stamp)


def test_the_record_survives_and_a_broken_one_counts_as_empty(tmp_path):
    found = places.Places(tmp_path, tmp_path, tmp_path, None)
    services = Services(tmp_path / "services.json", 8001)
    services.note("web", os.getpid())
    again = read_services(found)
    assert (again.port, again.is_running("web")) == (8001, True)
    services.path.write_text("{half", encoding="utf-8")
    assert read_services(found).processes == {}


def test_a_full_disk_does_not_end_the_supervisor(tmp_path):
    """As on a full disk, nothing can be written where the record belongs."""
    services = Services(tmp_path / "gone" / "services.json", 8001)
    services.note("web", os.getpid())
    assert services.is_running("web")
    watching = supervisor.Supervisor(
        places.Places(tmp_path, tmp_path, tmp_path, None), services, {}
    )
    looks = []

    def look():
        looks.append(len(looks))
        watching.is_stopping = len(looks) > 1
        raise OSError(28, "No space left on device")

    watching.look = look
    watching.watch()
    assert looks == [0, 1]


def test_the_record_is_written_as_soon_as_the_disk_has_room_again(tmp_path, monkeypatch):
    """Otherwise a part started meanwhile could not be found, and `make stop` would miss it."""
    found = places.Places(tmp_path, tmp_path, tmp_path / "gone", None)
    services = Services(found.sockets / "services.json", 8001)
    services.note("worker", os.getpid())
    assert not read_services(found).is_running("worker")
    found.sockets.mkdir()
    monkeypatch.setattr(supervisor, "server_pid", lambda _cluster: 1)
    supervisor.Supervisor(found, services, {}).look()
    assert read_services(found).is_running("worker")


def test_a_broker_is_pinged_not_guessed_from_its_socket(tmp_path):
    found = places.Places(tmp_path, tmp_path, tmp_path, None)
    valkey.socket_path(found).parent.mkdir()
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(valkey.socket_path(found)))
    assert valkey.socket_path(found).exists()
    assert not valkey.answers(found)


def test_programs_run_as_the_servers_user():
    found = places.places_of(ROOT)
    programs = binaries.find_programs(found)
    assert binaries.major_version(programs, found) >= binaries.FEATURE_FLOOR
