"""The demo's settings with a mail server that can fail, and a scanner that never answers."""

from __future__ import annotations

import os

from clusters_portal.settings.demo import *  # noqa: F403 - a settings module

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("DRILL_MAIL_PORT", "1"))
EMAIL_TIMEOUT = 5
SCANNER = "tcp:127.0.0.1:1"
# The night of the deadline stands behind a front; without one, requests carry no stamp.
TRUSTED_FRONTS = frozenset({"127.0.0.1"})
