"""Officers look at organizations: which may be one, what each says, whose domain it is."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.prove_domain import confirm_domain
from accounts.actions.review_duplicates import decide_duplicate
from accounts.actors import actor_of, arrival_of
from accounts.forms.organizations import ConfirmDomainForm, VerdictForm
from accounts.gates import gate
from accounts.models import DuplicateReview
from accounts.permissions.organizations import confirms_domains, reviews_organizations
from accounts.queries.duplicates import members_of, reviews
from accounts.rules.duplicates import GROUND_WORDS, Ground
from accounts.rules.states import DUPLICATE, DuplicateState
from accounts.web.organization_pages import facts_of, organization_at
from kit.refusals import Refused
from trail.queries.timeline import timeline

PAGE_SIZE = 25
TITLES = {
    "open_case": "File opened",
    "create_organization": "Organization registered",
    "change_organization": "Details changed",
    "join_family": "Parent organization named",
    "leave_family": "Tie to the parent ended",
    "claim_domain": "E-mail domain named",
    "prove_domain": "E-mail domain proved",
    "end_domain": "E-mail domain given up",
    "ask_to_join": "Somebody asked to join",
    "let_in": "Somebody was let in",
    "turn_down": "A request to join was turned down",
    "find_same": "Found to be one organization",
    "find_different": "Found to be two organizations",
}


@gate(reviews_organizations)
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show pairs that may be one organization."""
    asked = request.GET.get("state", "")
    state = DuplicateState(asked) if asked in set(DuplicateState) else DuplicateState.OPEN
    page = Paginator(reviews(state), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"review": row, "grounds": _grounds(row)} for row in page],
        "state": state,
        "states": [(one.value, DUPLICATE.labels[one]) for one in DuplicateState],
    }
    return render(request, "accounts/organizations/duplicates.html", context)


@gate(reviews_organizations)
@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, organization: str, other: str) -> HttpResponse:
    """Show both side by side and take the finding."""
    row = get_object_or_404(
        reviews(None), first__case__reference=organization, second__case__reference=other
    )
    form = VerdictForm(request.POST or None, pair=(row.first, row.second))
    if request.method == "POST" and form.is_valid():
        try:
            decide_duplicate(
                actor=actor_of(request),
                at=arrival_of(request),
                review=row,
                verdict=form.verdict(),
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Your finding is on the record of both organizations.")
            return redirect("accounts:duplicates")
    context = {
        "review": row,
        "grounds": _grounds(row),
        "pair": [
            {"organization": one, "facts": facts_of(one), "members": _members(one.pk)}
            for one in (row.first, row.second)
        ],
        "state": DUPLICATE.labels[DuplicateState(row.state)],
        "is_open": row.state == DuplicateState.OPEN,
        "form": form,
    }
    return render(request, "accounts/organizations/duplicate.html", context)


@gate(reviews_organizations)
@require_safe
def staff_organization(request: HttpRequest, organization: str) -> HttpResponse:
    """Show an organization to officers: what it says, its domains, its record."""
    return _staff_page(request, organization, ConfirmDomainForm())


@require_POST
@gate(confirms_domains)
def confirm(request: HttpRequest, organization: str) -> HttpResponse:
    """Confirm an e-mail domain."""
    form = ConfirmDomainForm(request.POST)
    if form.is_valid():
        try:
            confirm_domain(
                actor=actor_of(request),
                at=arrival_of(request),
                organization=organization_at(organization),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error("domain", refused.refusal.sentence)
        else:
            messages.success(request, "The domain is confirmed, with your reason on the record.")
            return redirect("accounts:staff_organization", organization=organization)
    return _staff_page(request, organization, form)


def _staff_page(request: HttpRequest, reference: str, form: ConfirmDomainForm) -> HttpResponse:
    row = organization_at(reference)
    moments = [
        {"at": one.at, "title": TITLES.get(one.verb, one.verb.replace("_", " ").capitalize())}
        | {"who": one.actor_name}
        for one in timeline(row.case)[:30]
    ]
    context = {
        "organization": row,
        "facts": facts_of(row),
        "members": _members(row.pk),
        "domains": list(row.domains.filter(ended_at=None).order_by("domain")),
        "pairs": list(reviews().filter(Q(first=row) | Q(second=row))),
        "moments": moments,
        "form": form,
        "refusal": confirms_domains(request),
    }
    return render(request, "accounts/organizations/staff_organization.html", context)


def _grounds(row: DuplicateReview) -> list[str]:
    return [GROUND_WORDS[Ground(one)] for one in row.grounds]


def _members(organization: int) -> int:
    return len(members_of([organization]))
