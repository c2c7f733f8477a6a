"""A sample world on one machine; the only settings that know demo credentials."""

from __future__ import annotations

import os
from pathlib import Path

from clusters_portal.cache import cache_at
from clusters_portal.launcher.places import places_of
from clusters_portal.launcher.postgres import database_url
from clusters_portal.launcher.valkey import broker_url
from clusters_portal.storage import document_storages

from .base import *
from .base import ROOT, WEB_TIMEOUTS, database_from_url

IS_DEMO = True
SIGNING_KEYS_ON_DEMAND = True
DEBUG = False
SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {
    "default": database_from_url(os.environ.get("PORTAL_DATABASE_URL") or database_url(ROOT))
}
if os.environ.get("PORTAL_PROCESS") == "web":
    DATABASES["default"]["OPTIONS"]["options"] = WEB_TIMEOUTS
# Beside the data that they speak of: who throws the one away throws the other away too.
STATE = Path(os.environ.get("PORTAL_STATE") or places_of(ROOT).state)
DOCUMENT_ROOT = STATE / "documents"
SEAL_JOURNAL = STATE / "seals.jsonl"
CELERY_BROKER_URL = os.environ.get("PORTAL_BROKER_URL") or broker_url(places_of(ROOT))
CACHES = cache_at(CELERY_BROKER_URL)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = ROOT / "var" / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clusters_portal.staticfiles.PortalStaticFilesStorage"},
    **document_storages(DOCUMENT_ROOT),
}
# The sample world's scanner knows one harmless test virus.
SCANNER = os.environ.get("PORTAL_SCANNER", "sample")

# Everybody in the demo world signs in with these; they exist in no other settings.
DEMO_PASSWORD = "sample-clusters-2026"  # noqa: S105
DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
