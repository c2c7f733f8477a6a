"""Cache headers of the API: an answer changes only with the Basis or the question."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_permissions import PublicReadOnly
from mapping.api.asking import basis_of
from mapping.models import Basis

KEPT_FOR = 300
# Part of every tag: a change of what answers look like makes the old ones stale.
FORM = "3"


# Public answers without secrets or sessions may be compressed.
@method_decorator(gzip_page, name="dispatch")
class BasisView(APIView):
    """A public view whose answers rest on one Basis: the named one, else the current one."""

    permission_classes = [PublicReadOnly]
    authentication_classes: list[Any] = []
    basis: Basis

    def respond(self, request: Request, **route: str) -> HttpResponseBase:
        """Answer, or say that nothing has changed since the reader last asked.

        Raises:
            NoBasis: nothing is loaded yet (status 409, code no_current_basis).
        """
        self.basis = basis_of(request)
        return tagged(request, self.basis.digest, lambda: self.answer(request, **route))

    def answer(self, request: Request, **route: str) -> HttpResponseBase:
        """Answer anew; every view says how."""
        raise TypeError(f"{type(self).__name__} does not answer {request.path} ({route})")


def tagged(
    request: Request, content: str, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer with a tag of the content and the question, or 304 where the reader has it."""
    question = f"{FORM}|{content}|{request.get_full_path()}"
    etag = quote_etag(hashlib.sha256(question.encode()).hexdigest()[:32])
    # Compressed on the way, a tag comes back as a weak one.
    asked = {
        one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))
    }
    response: HttpResponseBase = Response(status=304) if etag in asked else answer()
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response
