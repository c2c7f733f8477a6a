"""What selecting officials do: designate, deny, return."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.gates import gate
from certification.actions.deny import deny
from certification.actions.designate import designate
from certification.actions.return_case import return_case
from certification.forms.decisions import DenyForm, DesignateForm, ReturnForm
from certification.permissions.decisions import OpenedCase, case_for, decides_case
from certification.queries.assessments import determination_of, test_findings
from certification.rules.debrief import debrief
from certification.web.staff_pages import VerbPage, acting, bound, verb_form

DESIGNATE = VerbPage(
    verb="designate",
    title="Designate",
    lead="A full term of four years from today. Nothing is public before two publishers have "
    "released it.",
    button="Designate",
    done="Designated. The applicant is told; publishers can prepare the release.",
    is_grave=True,
)
DENY = VerbPage(
    verb="deny",
    title="Deny",
    lead="The applicant gets a finding for every test, the way to close each gap, and 30 days to "
    "appeal.",
    button="Deny",
    done="Denied. The applicant is told and can read the debrief.",
    is_grave=True,
)
RETURN = VerbPage(
    verb="return_case",
    title="Return for more review",
    lead="Say what is to be done. You may decide the case when it comes back.",
    button="Return the case",
    done="The case is back with the programme officers.",
)


@gate(decides_case, fresh=True)
def designate_group(request: HttpRequest, application: str) -> HttpResponse:
    """Decide for the group."""
    opened, form = case_for(request, application), DesignateForm(bound(request))

    def act(key: str) -> None:
        designate(**acting(request, opened), rationale=form.cleaned_data["rationale"], key=key)

    return verb_form(request, application, DESIGNATE, form, act, _told(opened))


@gate(decides_case, fresh=True)
def deny_group(request: HttpRequest, application: str) -> HttpResponse:
    """Decide against the group."""
    opened, form = case_for(request, application), DenyForm(bound(request))

    def act(key: str) -> None:
        rationale = form.cleaned_data["rationale"]
        reason = form.reason_code()
        deny(**acting(request, opened), reason=reason, rationale=rationale, key=key)

    return verb_form(request, application, DENY, form, act, _told(opened))


@gate(decides_case)
def return_to_review(request: HttpRequest, application: str) -> HttpResponse:
    """Send the case back."""
    opened, form = case_for(request, application), ReturnForm(bound(request))

    def act(key: str) -> None:
        note = form.cleaned_data["note"]
        return_case(**acting(request, opened), reason=form.reason_code(), note=note, key=key)

    return verb_form(request, application, RETURN, form, act)


def _told(opened: OpenedCase) -> dict[str, Any]:
    """What the decision rests on: findings per test, and what the officers wrote."""
    application = opened.application
    found = debrief(test_findings(determination_of(application)))
    recommendation = application.recommendations.filter(returned_at=None).last()
    proposal = application.denial_proposals.last()
    return {"debrief": found, "recommendation": recommendation, "proposal": proposal}
