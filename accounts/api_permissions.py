"""API permissions: nothing is open unless it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # the framework's views import this module by way of their settings
    from rest_framework.views import APIView


class DenyByDefault(BasePermission):
    """Refuse; every API view names its own permission."""

    message = "This part of the API is not open."

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        """Never."""
        return False


class PublicReadOnly(BasePermission):
    """Let anybody read."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Only methods that change nothing; what the view does not know at all answers 405."""
        method = str(request.method)
        return method in {"GET", "HEAD", "OPTIONS"} or not hasattr(view, method.lower())
