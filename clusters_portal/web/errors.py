"""Pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing at this address, or nothing for this person."""
    return render(request, "404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A refusal without a sentence of its own."""
    return render(request, "403.html", status=403)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; what was acknowledged before is kept."""
    return render(request, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was too old or came from elsewhere."""
    return render(request, "csrf.html", status=403)
