"""Web connections give up early; workers, beat and commands do not."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from clusters_portal.launcher.cluster import WEB_ROLE
from tests.house.tree import ROOT

ASK = """
import django, json
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    found = {}
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute("SHOW " + name)
        found[name] = cursor.fetchone()[0]
print(json.dumps(found))
"""
NO_LIMITS = {
    "lock_timeout": "0",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
WEB_LIMITS = {
    "lock_timeout": "3s",
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "15s",
}
PRODUCTION = {
    "PORTAL_SECRET_KEY": "of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_ADDRESS": "https://portal.example",
    "PORTAL_BROKER_URL": "redis://broker",
    "PORTAL_MAIL_HOST": "mail.example",
    "PORTAL_MAIL_FROM": "no-reply@portal.example",
}


def limits(process: str, settings: str) -> dict[str, str]:
    here = connection.settings_dict
    address = f"postgresql://{WEB_ROLE}@/{here['NAME']}?host={here['HOST'].replace('/', '%2F')}"
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={
            **os.environ,
            **PRODUCTION,
            "DJANGO_SETTINGS_MODULE": f"clusters_portal.settings.{settings}",
            "PORTAL_DATABASE_URL": address,
            "PORTAL_PROCESS": process,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("settings", ["production", "demo"])
def test_web_connections_give_up_early(settings):
    assert limits("web", settings) == WEB_LIMITS


@pytest.mark.parametrize("process", ["worker", "beat", ""])
def test_other_processes_have_no_such_limits(process):
    assert limits(process, "production") == NO_LIMITS
