"""A roster from a file: look at every row first, then write to all of them or to nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from certification.actions.invite_participants import invite_participants
from certification.forms.roster_file import JudgedRow, RosterFileForm, judge_rows
from certification.models import ClusterGroup
from certification.permissions.groups import administers_group
from certification.rules.participants import FIRM_ROLE_WORDS, INSTITUTION_KIND_WORDS
from certification.rules.roster_file import COLUMNS, MOST_ROWS
from certification.web.group_pages import group_at, group_page
from certification.web.roster_entries import names_to_refuse, roster_frame
from certification.web.roster_job import AT_ONCE, IMPORT_ROSTER
from kit.refusals import Refused
from records.exports import Column, ExportForm, Table, export_response
from trail.actions.run_job import ask_for_job
from trail.models import Job


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def import_roster(request: HttpRequest, group: str) -> HttpResponse:
    """Take a file and show what it would do; with ``confirmed``, do it."""
    here = group_at(request, group)
    is_confirmed = "confirmed" in request.POST
    form = RosterFileForm(request.POST or None, request.FILES or None)
    context = group_page(request, group, "Members")
    context |= {
        "columns": COLUMNS,
        "most_rows": MOST_ROWS,
        "roles": FIRM_ROLE_WORDS.values(),
        "kinds": INSTITUTION_KIND_WORDS.values(),
    }
    if request.method == "POST" and form.is_valid():
        frame = roster_frame(here, names_to_refuse(request, here), arrival_of(request).date())
        judged = judge_rows(form.cleaned_data["rows"], frame)
        if is_confirmed and len(judged) > AT_ONCE and all(row.entry for row in judged):
            job = _ask_for_import(request, here, form.cleaned_data["content"], len(judged))
            return redirect("accounts:job", job.reference)
        if is_confirmed and _invite_all(request, group, judged):
            return redirect("certification:members", group)
        context |= {
            "judged": judged,
            "good": sum(row.entry is not None for row in judged),
            "bad": [row for row in judged if row.problems],
            "content": form.cleaned_data["content"],
        }
    context["form"] = form
    return render(request, "certification/roster/import.html", context)


@gate(administers_group)
@require_GET
def import_template(request: HttpRequest, group: str) -> HttpResponseBase:  # noqa: ARG001 - the gate reads it
    """Download a file with the columns and nothing else."""
    columns = [Column(name, "As on the page for files.") for name in COLUMNS]
    table = Table("roster-template", "Columns of a roster", columns, (), "The portal")
    return export_response(table, ExportForm.CSV)


def _ask_for_import(request: HttpRequest, group: ClusterGroup, content: str, count: int) -> Job:
    """Many letters are written by a worker, so that nobody has to wait in front of the page."""
    return ask_for_job(
        actor=actor_of(request),
        at=arrival_of(request),
        kind=IMPORT_ROSTER,
        arguments={
            "title": f"Add {count} organizations to {group.name}",
            "back": reverse("certification:members", args=[group.reference]),
            "group": group.pk,
            "user": person_of(request).pk,
            "content": content,
            "key": request.POST.get("idempotency_key", ""),
        },
    )


def _invite_all(request: HttpRequest, group: str, judged: list[JudgedRow]) -> bool:
    entries = [row.entry for row in judged if row.entry is not None]
    if len(entries) != len(judged):
        messages.error(request, "Nothing was written: some rows have errors.")
        return False
    try:
        added = invite_participants(
            actor=actor_of(request),
            at=arrival_of(request),
            group=group_at(request, group),
            entries=entries,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, f"Nothing was written. {refused.refusal.sentence}")
        return False
    text = f"{len(added)} organizations are on the roster, and we have written to each of them."
    messages.success(request, text)
    return True
