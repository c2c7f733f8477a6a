"""Long work that somebody asked for: how far it is, and stopping it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from accounts.permissions.jobs import asked_for_job
from accounts.session_clock import without_activity_when_polled
from kit.refusals import Refused
from trail.actions.perform_job import cancel_job
from trail.models import Job


@without_activity_when_polled
@gate(asked_for_job)
def job(request: HttpRequest, job: str) -> HttpResponse:
    """Show one piece of long work; htmx asks this page again while it runs."""
    row = get_object_or_404(Job, reference=job)
    return render(
        request, "accounts/jobs/job.html", {"job": row, "back": row.arguments.get("back")}
    )


@require_POST
@gate(asked_for_job)
def stop_job(request: HttpRequest, job: str) -> HttpResponse:
    """Stop it, at once or at its next safe place."""
    row = get_object_or_404(Job, reference=job)
    try:
        row = cancel_job(actor=actor_of(request), at=arrival_of(request), job=row)
    except Refused as refused:
        messages.info(request, refused.refusal.sentence)
    else:
        messages.success(request, "We stop it." if row.is_open else "It is stopped.")
    return redirect("accounts:job", job=job)
