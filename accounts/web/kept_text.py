"""What a form brought after its writer was signed out: shown again, sent only by its writer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.gates import gate, signed_in
from accounts.kept_text import forget, kept_for


@gate(signed_in)
def kept_text(request: HttpRequest) -> HttpResponse:
    """Show what was kept, with the ways on."""
    kept = kept_for(request)
    if kept is None:
        return redirect("dashboard")
    return render(request, "accounts/kept_text/kept_text.html", {"kept": kept})


@require_POST
@gate(signed_in)
def forget_text(request: HttpRequest) -> HttpResponse:
    """Drop it."""
    kept = kept_for(request)
    forget(request)
    return redirect(kept.page or "dashboard") if kept else redirect("dashboard")
