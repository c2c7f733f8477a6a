"""docs/environment.md and the code name the same variables; the image is what it claims to be."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.tree import ROOT, SOURCE

NAME = re.compile(r"\bPORTAL_[A-Z_]+")
ROW = re.compile(r"^\| `(PORTAL_[A-Z_]+)` \| (yes|no) \|", re.MULTILINE)
DOCS = ROOT / "docs" / "environment.md"
DEPLOYED = ("Dockerfile", "docker-compose.yml", "Makefile", ".ci/run", "manage.py")
REQUIRED = {
    "PORTAL_SECRET_KEY": "0123456789abcdef" * 4,
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_ADDRESS": "https://portal.example",
    "PORTAL_DATABASE_URL": "postgresql://portal_web@/none?host=/nonexistent",
    "PORTAL_BROKER_URL": "redis://broker.example",
    "PORTAL_MAIL_HOST": "mail.example",
    "PORTAL_MAIL_FROM": "no-reply@portal.example",
}


def documented() -> dict[str, bool]:
    return {name: word == "yes" for name, word in ROW.findall(DOCS.read_text(encoding="utf-8"))}


def read_in_code() -> set[str]:
    paths = [path for folder in SOURCE for path in (ROOT / folder).rglob("*.py")]
    paths += [ROOT / name for name in DEPLOYED] + sorted((ROOT / "deploy").glob("*"))
    return {
        name
        for path in paths
        if path.is_file() and path.name != "portal.env"
        for name in NAME.findall(path.read_text(encoding="utf-8"))
    }


def production(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ours = ("PORTAL_", "DJANGO_")  # browser tests set one of Django's for their own process
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "clusters_portal.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_variable_that_the_code_reads_is_documented_and_no_other():
    assert set(documented()) == read_in_code()


def test_what_is_called_required_is_what_production_requires():
    text = (ROOT / "clusters_portal" / "settings" / "production.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'(?:required|secret|hosts|https_address)\("(PORTAL_[A-Z_]+)"', text))
    asked.discard("PORTAL_OLD_SECRET_KEY")
    section = DOCS.read_text(encoding="utf-8").partition("## Composing")[0]
    assert {name for name, word in ROW.findall(section) if word == "yes"} == asked == set(REQUIRED)


@pytest.mark.parametrize("missing", ["PORTAL_SECRET_KEY", "PORTAL_HOSTS", "PORTAL_MAIL_HOST"])
def test_production_refuses_to_start_without_a_required_variable(missing):
    done = production("check", **{**REQUIRED, missing: ""})
    assert done.returncode != 0
    assert f"Set {missing} in the environment" in done.stderr


def test_the_deploy_check_is_clean():
    done = production("check", "--deploy", "--fail-level", "INFO", **REQUIRED)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_a_key_that_is_too_short_does_not_start():
    """The planted fault: the check above does not pass whatever it is given."""
    faulty = REQUIRED | {"PORTAL_SECRET_KEY": "short"}
    done = production("check", "--deploy", "--fail-level", "INFO", **faulty)
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def dockerfile() -> list[str]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def test_everything_the_image_copies_exists():
    copied = [
        source
        for line in dockerfile()
        if line.startswith("COPY ") and "--from=" not in line
        for source in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_is_pinned_and_runs_as_nobody_in_particular():
    lines = dockerfile()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(":" in image and not image.endswith(":latest") for image in images)
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in {"root", "0"}
    assert lines.index(f"USER {users[-1]}") < next(n for n, x in enumerate(lines) if x[:3] == "CMD")


def test_secrets_and_state_stay_out_of_the_image():
    ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert {".git", ".venv", "var", "node_modules", "deploy/portal.env"} <= ignored


def test_the_composition_pins_images_and_names_what_exists():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    images = re.findall(r"^\s+image: (\S+)", text, re.MULTILINE)
    foreign = [image for image in images if image != "clusters-portal"]
    assert foreign
    assert all(re.search(r":\d", image) for image in foreign)
    mounted = re.findall(r"- (\./[^:]+):", text)
    assert mounted
    assert [name for name in mounted if not (ROOT / name).exists()] == []


def test_a_fresh_composition_makes_its_signing_key_once():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    set_up = text.partition("\n  set-up:")[2].partition("\n  database:")[0]
    steps = re.findall(r"manage\.py ([a-z_]+(?: --[a-z-]+)*)", set_up)
    assert steps == ["migrate --no-input", "grant_web_role", "rotate_signing_key --if-missing"]


def test_the_composition_has_every_process_and_one_beat():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    services = text.partition("\nservices:\n")[2].partition("\nnetworks:\n")[0]
    names = set(re.findall(r"^  ([a-z-]+):", services, re.MULTILINE))
    assert names == {"front", "web", "worker", "beat", "set-up", "database", "broker", "scanner"}
    assert text.count("celery beat") == 1 or text.count("clusters_portal.celery beat") == 1
