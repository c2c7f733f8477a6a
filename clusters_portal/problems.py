"""API errors as RFC 9457 problem documents."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from kit.refusals import Refused

PROBLEM_JSON = "application/problem+json"


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Return a problem document for anything that the API refuses."""
    if isinstance(exception, Refused):
        status = 404 if exception.refusal.hides_existence else 409
        return _problem(status, exception.refusal.code, exception.refusal.sentence)
    response = exception_handler(exception, context)
    if response is None:
        return None
    problem = _problem(response.status_code, _code(exception), _detail(exception))
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in response:
            problem[header] = response[header]
    return problem


def _problem(status: int, code: str, detail: str) -> Response:
    body = {
        "type": "about:blank",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
    }
    return Response(body, status=status, content_type=PROBLEM_JSON)


def _code(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "not_found"
    return str(getattr(exception, "default_code", "error"))


def _detail(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "There is nothing at this address."
    if isinstance(exception, APIException) and isinstance(exception.detail, dict):
        return " ".join(
            f"{field}: {' '.join(map(str, texts))}" for field, texts in exception.detail.items()
        )
    return str(getattr(exception, "detail", exception))
