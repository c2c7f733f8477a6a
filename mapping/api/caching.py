"""Cache headers of the API: an answer changes only with the Basis or the question."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_permissions import PublicReadOnly
from mapping.models import Basis
from mapping.queries.basis import current_basis

KEPT_FOR = 300


class BasisView(APIView):
    """A public view whose answers rest on the current Basis."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    basis: Basis

    def respond(self, request: Request, **route: str) -> Response:
        """Answer, or say that nothing has changed since the reader last asked.

        Raises:
            NoBasis: nothing is loaded yet (status 409, code no_current_basis).
        """
        self.basis = current_basis()
        etag = self._etag(request)
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        response = Response(status=304) if etag in asked else self.answer(request, **route)
        response["ETag"] = etag
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return response

    def answer(self, request: Request, **route: str) -> Response:
        """Answer anew; every view says how."""
        raise TypeError(f"{type(self).__name__} does not answer {request.path} ({route})")

    def _etag(self, request: Request) -> str:
        question = f"{self.basis.digest}|{request.get_full_path()}"
        return quote_etag(hashlib.sha256(question.encode()).hexdigest()[:32])
