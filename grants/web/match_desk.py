"""Matching funds as officers see them: the queue, one contribution with its evidence, balances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import actor_of, arrival_of, person_of
from accounts.gates import gate
from accounts.web.tables import Frame, export_links, opens_with_own_view, shown_table
from grants.actions.move_contribution import Note
from grants.actions.verify_contribution import (
    disallow_contribution,
    query_contribution,
    reject_contribution,
    verify_contribution,
)
from grants.forms.match import DisallowForm, MatchFilterForm, RejectForm, VerifyForm, WordsForm
from grants.models import Contribution, MatchEntry
from grants.permissions.awards import (
    agencies_of_awards,
    is_award_staff,
    reads_award,
    staff_award_for,
)
from grants.permissions.match import (
    contribution_for,
    reads_contribution,
    verifies_contribution,
)
from grants.queries.match_balances import counted_of
from grants.queries.match_lists import (
    balance_of,
    contributions_of,
    contributions_of_agencies,
    pledges_of,
)
from grants.queries.match_pages import (
    checks_of,
    evidence_of,
    facts_of,
    giver_word,
    notes_of,
    valuation_of,
)
from grants.queries.match_witness import witness_of
from grants.rules.match.accounts import MatchAccount
from grants.rules.match.recording import judge_refusal, verifier_refusal
from grants.rules.match.states import CONTRIBUTION, NoteKind
from grants.web.award_pages import staff_award_page
from grants.web.match_tables import (
    NOTHING_RECORDED,
    NOTHING_WAITS,
    OWN,
    QUEUE,
    TONES,
    queue_cells,
)
from kit.refusals import Refused
from records.web.table_exports import FORMATS, asked_format, export_table


@gate(is_award_staff)
@require_safe
@opens_with_own_view(QUEUE)
def match_queue(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for verification, the oldest first; or everything; or a file of it."""
    data = request.GET if "state" in request.GET else request.GET.copy()
    if "state" not in request.GET:
        data["state"] = "waiting"
    form = MatchFilterForm(data, is_staff=True)
    found = contributions_of_agencies(
        agencies_of_awards(request),
        person_of(request).pk,
        **form.asked(),
        sort=QUEUE.read(request.GET).sort,
    )
    if asked_format(request):
        return export_table(request, QUEUE, queue_cells(found), name="matching-funds")
    frame = Frame("Contributions", NOTHING_WAITS, form, export_links(request, FORMATS))
    table = shown_table(request, QUEUE, found, queue_cells, frame)
    return render(request, "grants/match/queue.html", {"table": table})


@gate(reads_award)
@require_safe
@opens_with_own_view(OWN)
def staff_award_match(request: HttpRequest, award: str) -> HttpResponseBase:
    """Show promises and contributions of one award; or hand the list out as a file."""
    row, form = staff_award_for(request, award), MatchFilterForm(request.GET)
    found = contributions_of(row, **form.asked(), sort=OWN.read(request.GET).sort)
    if asked_format(request):
        return export_table(request, OWN, queue_cells(found), name="matching-funds")
    frame = Frame("Contributions", NOTHING_RECORDED, form, export_links(request, FORMATS))
    context = staff_award_page(request, award, "Matching funds")
    context |= {
        "table": shown_table(request, OWN, found, queue_cells, frame),
        "pledges": pledges_of(row),
    }
    return render(request, "grants/match/staff_award_match.html", context)


@gate(is_award_staff)
@require_safe
def match_balance(request: HttpRequest) -> HttpResponse:
    """Show what every account of the match ledger holds, over all awards of the agencies."""
    rows = MatchEntry.objects.filter(award__agency__in=agencies_of_awards(request))
    accounts = balance_of(rows)
    context = {
        "accounts": accounts,
        "total": sum(one["amount"] for one in accounts),
        "count": rows.count(),
    }
    return render(request, "grants/match/balance.html", context)


@gate(reads_contribution)
@require_safe
def staff_contribution(request: HttpRequest, contribution: str) -> HttpResponse:
    """Show what the group says beside what proves it."""
    return _page(request, contribution_for(request, contribution))


@require_POST
@gate(verifies_contribution)
def verify(request: HttpRequest, contribution: str) -> HttpResponse:
    """Count it."""
    row, form = contribution_for(request, contribution), VerifyForm(request.POST)
    return _do(request, row, ("verify_form", form), verify_contribution, "Verified. It counts now.")


@require_POST
@gate(verifies_contribution)
def query(request: HttpRequest, contribution: str) -> HttpResponse:
    """Ask the group something."""
    row = contribution_for(request, contribution)
    form = WordsForm(request.POST, label="Your question")
    said = "Asked. The group was written to."
    return _do(request, row, ("query_form", form), query_contribution, said)


@require_POST
@gate(verifies_contribution)
def reject(request: HttpRequest, contribution: str) -> HttpResponse:
    """Turn it down by one of the seven tests."""
    row, form = contribution_for(request, contribution), RejectForm(request.POST)

    def act(**more: Any) -> object:  # noqa: ANN401 - the action's arguments
        return reject_contribution(reason=form.test(), **more)

    return _do(request, row, ("reject_form", form), act, "Rejected. Its entry is reversed.")


@require_POST
@gate(verifies_contribution)
def disallow(request: HttpRequest, contribution: str) -> HttpResponse:
    """Take verified match back, in part or whole."""
    row, form = contribution_for(request, contribution), DisallowForm(request.POST)

    def act(words: str, **more: Any) -> object:  # noqa: ANN401 - the action's arguments
        finding = Note(NoteKind.DISALLOWANCE, words, form.test())
        amount = form.cleaned_data["amount"]
        return disallow_contribution(amount=amount, finding=finding, **more)

    return _do(request, row, ("disallow_form", form), act, "Disallowed by reversing entries.")


def _do(
    request: HttpRequest,
    row: Contribution,
    named: tuple[str, forms.Form],
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    place, form = named
    if not form.is_valid():
        return _page(request, row, **{place: form})
    try:
        act(
            actor=actor_of(request),
            at=arrival_of(request),
            contribution=row,
            words=form.cleaned_data["words"],
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        row.refresh_from_db()
        return _page(request, row, **{place: form})
    messages.success(request, said)
    return redirect("grants:staff_contribution", row.reference)


def _page(request: HttpRequest, row: Contribution, **given: forms.Form) -> HttpResponse:
    context = staff_award_page(request, row.award.reference, row.description)
    is_officer = verifies_contribution(request, row.reference) is None
    witness = witness_of(row, person_of(request).pk)
    context |= {
        "contribution": row,
        "state": CONTRIBUTION.labels[row.status],
        "state_tone": TONES.get(row.status, ""),
        "facts": facts_of(row),
        "valuation": valuation_of(row),
        "checks": checks_of(row),
        "evidence": evidence_of(row, row.award),
        "giver": giver_word(row),
        "notes": notes_of(row),
        "entries": row.entries.order_by("number"),
        "verified": counted_of(row)[MatchAccount.VERIFIED],
        "gate_refusal": verifies_contribution(request, row.reference),
        "refusal": verifier_refusal(witness),
        "judge_refusal": judge_refusal(witness) if is_officer else None,
        **{
            f"can_{verb}": is_officer and CONTRIBUTION.allows(row.status, verb)
            for verb in ("verify", "query", "reject", "disallow")
        },
        "verify_form": VerifyForm(auto_id="id_verify_%s"),
        "query_form": WordsForm(label="Your question", auto_id="id_query_%s"),
        "reject_form": RejectForm(auto_id="id_reject_%s"),
        "disallow_form": DisallowForm(auto_id="id_disallow_%s"),
        **given,
    }
    return render(request, "grants/match/staff_contribution.html", context)
