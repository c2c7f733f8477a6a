"""Production with fakes: what the tests run against."""

from __future__ import annotations

import os

from .base import *
from .base import CELERY_BROKER_TRANSPORT_OPTIONS, ROOT, database_from_url

IS_DEMO = False
SIGNING_KEYS = ROOT / "var" / "test-signing-keys"
SIGNING_KEYS_ON_DEMAND = True
CACHE_ROOT = ROOT / "var" / "test-cache"
DEBUG = False
SECRET_KEY = "test-only-key-" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# The tests' plumbing starts a cluster of its own and sets the address before Django loads.
DATABASES = {
    "default": database_from_url(
        os.environ.get("PORTAL_DATABASE_URL", "postgresql://nobody@/none?host=/nonexistent")
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_BROKER_URL = "redis+socket:///nonexistent/broker.sock"
# This broker stays away: kombu would knock for six seconds at each effect that wakes a worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "max_retries": 0}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "quarantine": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "clean": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "inbox": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
SCANNER = "sample"
PORTAL_ADDRESS = "http://testserver"
# Nothing is collected for tests, so that nothing is there to serve.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
