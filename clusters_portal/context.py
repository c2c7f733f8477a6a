"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from clusters_portal.demo.personas import code_now, people_here


def portal(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django's signature
    """Whether this is a demo; the address for links in print."""
    known = {"is_demo": settings.IS_DEMO, "portal_address": settings.PORTAL_ADDRESS}
    return (
        known
        | {
            "demo_people": people_here,
            "demo_password": settings.DEMO_PASSWORD,
            "demo_code": code_now,
        }
        if settings.IS_DEMO
        else known
    )
