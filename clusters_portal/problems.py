"""API errors as RFC 9457 problem documents, whoever noticed them first."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from kit.refusals import Refused
from trail.actions.claim_key import KEY_REUSED

PROBLEM_JSON = "application/problem+json"
API = "/api/"
NO_SUCH_THING = "There is nothing at this address."
UNREADABLE = "What was sent cannot be read: it holds characters or numbers that nothing can store."
KEPT_HEADERS = ("WWW-Authenticate", "Retry-After", "Allow", "Vary")
SENTENCES = {
    HTTPStatus.BAD_REQUEST: ("malformed", UNREADABLE),
    HTTPStatus.FORBIDDEN: ("permission_denied", "You may not do this."),
    HTTPStatus.NOT_FOUND: ("not_found", NO_SUCH_THING),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "server_error",
        "Something went wrong on our side. What was confirmed before is kept.",
    ),
}


def is_api(request: HttpRequest) -> bool:
    """Whether a machine is asking."""
    return request.path.startswith(API)


def problem_page(status: HTTPStatus) -> JsonResponse:
    """Return the problem document for what went wrong outside of the API's own views."""
    code, detail = SENTENCES[status]
    body = problem_body(status, code, detail)
    return JsonResponse(body, status=status, content_type=PROBLEM_JSON)


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Return a problem document for anything that the API refuses."""
    if isinstance(exception, Refused):
        return _problem(_status(exception), exception.refusal.code, exception.refusal.sentence)
    if isinstance(exception, DataError | UnicodeEncodeError):
        return _problem(HTTPStatus.BAD_REQUEST, *SENTENCES[HTTPStatus.BAD_REQUEST])
    response = exception_handler(exception, context)
    if response is None:
        return None
    problem = _problem(response.status_code, _code(exception), _detail(exception))
    for header in KEPT_HEADERS:
        if header in response:
            problem[header] = response[header]
    return problem


def problem_body(status: int, code: str, detail: str) -> dict[str, Any]:
    """Return the members of a problem document."""
    return {
        "type": "about:blank",
        "title": code.replace("_", " ").capitalize(),
        "status": int(status),
        "detail": detail,
        "code": code,
    }


def _status(refused: Refused) -> int:
    if refused.refusal.hides_existence:
        return HTTPStatus.NOT_FOUND
    is_reused = refused.refusal.code == KEY_REUSED
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_reused else HTTPStatus.CONFLICT


def _problem(status: int, code: str, detail: str) -> Response:
    body = problem_body(status, code, detail)
    return Response(body, status=status, content_type=PROBLEM_JSON)


def _code(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "not_found"
    return str(getattr(exception, "default_code", "error"))


def _detail(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return NO_SUCH_THING
    if isinstance(exception, APIException) and isinstance(exception.detail, dict):
        return " ".join(
            f"{field}: {' '.join(map(str, texts))}" for field, texts in exception.detail.items()
        )
    return str(getattr(exception, "detail", exception))
