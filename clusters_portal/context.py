"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django's signature
    """Whether this is a demo; the address for links in print."""
    return {"is_demo": settings.IS_DEMO, "portal_address": settings.PORTAL_ADDRESS}
