"""Pages for what went wrong; below ``/api/`` the same as problem documents."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.gates import public
from clusters_portal.problems import is_api, problem_page


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What was sent cannot be read. The page knows nobody: the request may be a forgery."""
    if is_api(request):
        return problem_page(HTTPStatus.BAD_REQUEST)
    return render(None, "400.html", status=400)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing at this address, or nothing for this person."""
    if is_api(request):
        return problem_page(HTTPStatus.NOT_FOUND)
    return render(request, "404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A refusal without a sentence of its own."""
    if is_api(request):
        return problem_page(HTTPStatus.FORBIDDEN)
    return render(request, "403.html", status=403)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; what was acknowledged before is kept."""
    if is_api(request):
        return problem_page(HTTPStatus.INTERNAL_SERVER_ERROR)
    return render(request, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was too old or came from elsewhere."""
    if is_api(request):
        return problem_page(HTTPStatus.FORBIDDEN)
    return render(request, "csrf.html", status=403)
