"""What the pages of an organization share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.actors import arrival_of
from accounts.forms.organizations import ClaimDomainForm, InviteMemberForm
from accounts.models import Organization
from accounts.permissions.organizations import administrator_of_organization
from accounts.places import county_name
from accounts.queries.belonging import requests_to
from accounts.queries.organizations import subsidiaries_of
from accounts.queries.size_standards import size_answer
from accounts.rules.identifiers import ein_hidden
from accounts.rules.organizations import LEGAL_FORM_WORDS, LegalForm
from accounts.rules.size_class import BANDS, Figures


def organization_at(reference: str) -> Organization:
    """Return the organization that the gate has let the reader open."""
    rows = Organization.objects.select_related("case", "parent__case", "superseded_by__case")
    return get_object_or_404(rows, case__reference=reference)


def organization_page(
    request: HttpRequest, reference: str, form: InviteMemberForm, **more: object
) -> HttpResponse:
    """Show an organization with its people; ``form`` invites one more."""
    row = organization_at(reference)
    members = row.roles.filter(until=None).select_related("user").order_by("user__name")
    figures = Figures(row.naics, row.employees, row.receipts_band)
    context = {
        "organization": row,
        "facts": facts_of(row),
        "size": size_answer(figures, arrival_of(request).date()),
        "subsidiaries": list(subsidiaries_of(row)),
        "members": list(members),
        "requests": list(requests_to(row)),
        "domains": list(row.domains.filter(ended_at=None).order_by("domain")),
        "domain_form": ClaimDomainForm(),
        "invitations": row.invitations.filter(answered_at=None).order_by("-invited_at"),
        "refusal": administrator_of_organization(request, organization=reference),
        "form": form,
        **more,
    }
    return render(request, "accounts/organizations/organization.html", context)


def facts_of(row: Organization) -> list[dict[str, object]]:
    """Return what an organization says of itself, for members and officers."""
    band = BANDS.get(row.receipts_band)
    form = LEGAL_FORM_WORDS[LegalForm(row.legal_form)] if row.legal_form else None
    employees = None if row.employees is None else f"{row.employees:,}"
    return [
        {"label": "Legal form", "value": form},
        {"label": "County", "value": county_name(row.county_fips) or None},
        {"label": "Unique entity identifier (UEI)", "value": row.uei or None},
        {
            "label": "Employer identification number (EIN)",
            "value": ein_hidden(row.ein) or ("Not kept" if row.is_sole_proprietor else None),
            "note": "Private" if row.ein else "",
        },
        {"label": "Industry code (NAICS)", "value": row.naics or None},
        {"label": "Employees", "value": employees, "note": "Private"},
        {
            "label": "Average annual receipts",
            "value": band.words if band else None,
            "note": "Private",
        },
    ]
