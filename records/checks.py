"""What an operator is told before the portal opens: a scanner that scans."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

ADDRESS = re.compile(r"unix:/.+|tcp:[^:]+:\d+")


@register(Tags.security, deploy=True)
def check_scanner(**_told: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """Refuse the sample scanner, which finds nothing real, and an address that is none.

    No scanner at all is allowed: documents wait, and nobody can read them.
    """
    if settings.SCANNER == "sample" and not settings.IS_DEMO:
        hint = "Name ClamAV's daemon: unix:/run/clamav/clamd.ctl or tcp:clamd:3310."
        return [Error("The sample scanner finds no real virus.", hint=hint, id="records.E001")]
    if settings.SCANNER not in {"", "sample"} and not ADDRESS.fullmatch(settings.SCANNER):
        hint = "It is unix:PATH or tcp:HOST:PORT."
        return [Error("PORTAL_SCANNER cannot be read.", hint=hint, id="records.E002")]
    return []
