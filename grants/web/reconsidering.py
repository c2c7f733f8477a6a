"""The applicant's page: ask to look again at "not eligible"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of, arrival_of
from accounts.gates import NOBODY_KNOWS, gate
from grants.actions.reconsider import ask_reconsideration
from grants.forms.panels import AskAgainForm
from grants.permissions.proposals import proposal_for, represents_proposal
from grants.rules.screening import RULE_CITATIONS, ScreeningRule, reconsideration_until
from grants.web.competition_pages import bound, key_of
from kit.refusals import Refused


@gate(represents_proposal)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, proposal: str) -> HttpResponse:
    """Show the finding and take the request, once and within ten days."""
    row = proposal_for(request, proposal).proposal
    finding = row.screenings.filter(is_agreed=True, outcome="ineligible").last()
    if finding is None or finding.checked_at is None:
        raise Refused(NOBODY_KNOWS)
    form, status = AskAgainForm(bound(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            ask_reconsideration(
                actor=actor_of(request),
                at=arrival_of(request),
                proposal=row,
                reason=form.cleaned_data["reason"],
                key=key_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
            status = 409
        else:
            messages.success(request, "We have your request. Somebody who took no part answers.")
            return redirect("grants:ask_reconsideration", proposal)
    context = {
        "form": form,
        "proposal": row,
        "finding": finding,
        "citation": RULE_CITATIONS[ScreeningRule(finding.rule)],
        "until": reconsideration_until(finding.checked_at),
        "is_over": arrival_of(request) >= reconsideration_until(finding.checked_at),
        "asked": row.reconsiderations.first(),
    }
    return render(request, "grants/screening/ask_again.html", context, status=status)
