"""Whose letterhead stands above the letters of a case."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Agency
from certification.models import Application
from records.models import Letter
from records.registry import Letterhead
from trail.models import Case


def letterhead(case: Case) -> Letterhead | None:
    """The agency that decides on an application or keeps a designation."""
    row = (
        Application.objects.filter(Q(case=case) | Q(designation__case=case))
        .select_related("agency")
        .first()
    )
    return agency_letterhead(row.agency) if row else None


def agency_letterhead(agency: Agency) -> Letterhead:
    """The agency, and who answers there."""
    contact = ", ".join(part for part in (agency.contact_name, agency.contact_email) if part)
    return Letterhead(agency.name, (contact,) if contact else (), agency.time_zone)


def letters_of_case(application: Application) -> QuerySet[Letter]:
    """Every letter of an application and of its designation, the newest first."""
    designation = getattr(application, "designation", None)
    cases = [application.case_id, *([designation.case_id] if designation else [])]
    rows = Letter.objects.filter(case_id__in=cases).select_related("case")
    return rows.order_by("-written_at", "-pk")
