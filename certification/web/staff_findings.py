"""Findings from further evidence: one officer writes, a second one checks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts.gates import gate
from certification.actions.resolve_unknown import Check, resolve_unknown
from certification.actions.write_finding import Evidence, write_finding
from certification.forms.decisions import CheckForm, FindingForm
from certification.models import Finding
from certification.permissions.decisions import OpenedCase, case_for, works_on_case
from certification.queries.assessments import determination_of
from certification.queries.papers import citable_versions
from certification.rules.results import TestResult
from certification.web.staff_pages import VerbPage, acting, bound, verb_form

WRITE = VerbPage(
    verb="resolve_unknown",
    title="Settle an open question",
    lead="The published data leave this point open. Cite evidence with the lowest and the highest "
    "figure it allows: whether the point is met follows from them. A second officer checks it.",
    button="Send to a second officer",
    done="The finding waits for a second officer.",
    has_letter=False,
)
CHECK = VerbPage(
    verb="resolve_unknown",
    title="Check a finding",
    lead="If you agree, the point is settled for good and the applicant is told.",
    button="Send your answer",
    done="Your answer is on record.",
)


@gate(works_on_case)
def write(request: HttpRequest, application: str, test: str) -> HttpResponse:
    """Write a finding on one point."""
    opened = case_for(request, application)
    form = FindingForm(bound(request), documents=citable_versions(opened.application))
    asked = _test(opened, test)

    def act(key: str) -> None:
        data = form.cleaned_data
        evidence = Evidence(
            test_id=test,
            evidence_class=form.kind(),
            source=data["source"],
            shows=data["shows"],
            low=data["low"],
            high=data["high"],
            reasoning=data["reasoning"],
            is_confidential=data["is_confidential"],
            document=form.document_version(),
        )
        write_finding(**acting(request, opened), evidence=evidence, key=key)

    extra = {"test": asked, "papers_url": reverse("records:papers", args=[application])}
    return verb_form(request, application, WRITE, form, act, extra)


@gate(works_on_case)
def check(request: HttpRequest, application: str, finding: int) -> HttpResponse:
    """Agree with a finding, or send it back."""
    opened, form = case_for(request, application), CheckForm(bound(request))
    row = Finding.objects.filter(
        pk=finding, determination__case=opened.application.case, is_agreed=None
    ).first()
    if row is None and request.method != "POST":
        raise Http404

    def act(key: str) -> None:
        answer = Check(finding, form.is_agreed, form.cleaned_data["note"])
        resolve_unknown(**acting(request, opened), check=answer, key=key)

    extra = {"finding": row, "test": _test(opened, row.test_id) if row else None}
    return verb_form(request, application, CHECK, form, act, extra)


def _test(opened: OpenedCase, test_id: str) -> TestResult:
    """The result that the finding is about; 404 where the determination has no such test."""
    try:
        return determination_of(opened.application).content().result(test_id)
    except KeyError:
        raise Http404 from None
