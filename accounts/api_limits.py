"""How often one address may ask the API; counted in the shared cache, open while that is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # the framework's views import this module by way of their settings
    from rest_framework.views import APIView


class PerAddressLimit(SimpleRateThrottle):
    """The same limit for every door: costly questions cannot be asked without end."""

    scope = "address"

    def get_cache_key(self, request: Request, view: APIView) -> str:  # noqa: ARG002
        """Count by the reader's address, which strangers cannot set (front_headers)."""
        return f"api-limit:{request.META.get('REMOTE_ADDR', '')}"
