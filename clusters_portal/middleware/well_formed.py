"""What cannot be text is refused at the door, with a sentence, and never becomes a server error.

NUL is the one character that PostgreSQL cannot store. In the fields of a form it is answered at
the field; anywhere else (address, query, headers, hidden fields) it is no reader's doing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.db import DataError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from clusters_portal.problems import is_api
from clusters_portal.web.errors import bad_request

logger = logging.getLogger(__name__)
LONGEST_ADDRESS = 16_384
PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class WellFormedMiddleware:
    """Answer 400 to addresses and headers that hold NUL, and to values no column can hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the address and the headers; the body is looked at by its form."""
        if is_malformed(request):
            logger.warning("malformed request refused")
            return bad_request(request)
        # Pages know no other verbs, not even one smuggled in by a header; the API answers itself.
        if request.method not in PAGE_METHODS and not is_api(request):
            return HttpResponseNotAllowed(PAGE_METHODS)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer 400 when the database could not hold a value: NUL, or a number out of range."""
        if not isinstance(exception, DataError | UnicodeEncodeError):
            return None
        logger.warning("value refused that nothing can store: %s", type(exception).__name__)
        return bad_request(request)


def is_malformed(request: HttpRequest) -> bool:
    """Whether the address or a header holds what no honest browser sends."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_ADDRESS or len(request.path) > LONGEST_ADDRESS:
        return True
    if "\x00" in request.path or b"\x00" in unquote_to_bytes(query):
        return True
    return any("\x00" in value for value in request.META.values() if isinstance(value, str))
