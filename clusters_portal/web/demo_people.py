"""Be somebody of the demo world with one press; the door does not exist in other settings."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.gates import public
from accounts.models import User
from clusters_portal.demo.personas import BY_KEY

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_POST
def be_somebody(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as a demo persona."""
    if not settings.IS_DEMO or key not in BY_KEY:
        raise Http404
    user = User.objects.filter(email=BY_KEY[key].email).first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="mfa")
    return redirect("dashboard")
