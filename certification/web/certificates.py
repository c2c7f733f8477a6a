"""Certificates for the public: download, check, the standing in signed form, the key set."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import arrival_of
from accounts.gates import public
from certification.forms.certificates import CertificateFileForm, ReferenceForm
from certification.queries.certificates import (
    certificate_paper,
    check_file,
    check_reference,
    facts_of,
    standing_of,
)
from certification.queries.register import entry_on, today
from certification.rules.certificates import KIND, STANDING_KIND, Answer, Checked, about_of
from certification.rules.register import Published
from records.actions.keep_paper import keep_paper
from records.queries.signing_keys import key_set
from records.signing.documents import sign_document
from records.signing.keys import signing_pair
from trail.models import Case

KINDS = {
    Answer.IN_FORCE: "success",
    Answer.NOT_YET: "info",
    Answer.ENDED: "warning",
    Answer.REPLACED: "warning",
    Answer.PAPER: "success",
    Answer.ALTERED: "error",
    Answer.NOT_OURS: "error",
    Answer.UNKNOWN: "error",
}


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file or a reference and say what the portal knows of it."""
    form, asked = CertificateFileForm(), ReferenceForm()
    checked, status = None, 200
    if request.method == "POST":
        form = CertificateFileForm(request.POST, request.FILES)
        if form.is_valid():
            checked = check_file(form.cleaned_data["file"].read(), arrival_of(request))
        else:
            status = 409
    elif "reference" in request.GET:
        asked = ReferenceForm(request.GET)
        if asked.is_valid():
            return redirect("certification:check_designation", asked.cleaned_data["reference"])
    context = {"form": form, "asked": asked, **_told(checked)}
    return render(request, "certification/certificates/check.html", context, status=status)


@public
@require_safe
def check_designation(request: HttpRequest, designation: str) -> HttpResponse:
    """Say how a designation stands: the page that the QR code of its certificate names."""
    checked = check_reference(designation, arrival_of(request))
    context = {"form": CertificateFileForm(), "asked": ReferenceForm(), **_told(checked)}
    context["reference"] = designation
    status = 404 if checked.answer is Answer.UNKNOWN else 200
    return render(request, "certification/certificates/check.html", context, status=status)


@public
@require_safe
def certificate_pdf(request: HttpRequest, designation: str) -> HttpResponse:
    """Hand out the certificate as signed PDF."""
    found = _found(request, designation)
    data = keep_paper(
        at=arrival_of(request),
        case=Case.objects.get(reference=designation),
        kind=KIND,
        about=about_of(designation, found.release),
        write=lambda: certificate_paper(found),
    )
    return _file(data, f"certificate-{designation}-version-{found.release}.pdf", "application/pdf")


@public
@require_safe
def certificate_json(request: HttpRequest, designation: str) -> HttpResponse:
    """Hand out the certificate as signed JSON."""
    found = _found(request, designation)
    text = sign_document(facts_of(found), signing_pair(), KIND)
    name = f"certificate-{designation}-version-{found.release}.json"
    return _file(text.encode(), name, "application/json")


@public
@require_safe
def standing(request: HttpRequest, designation: str) -> HttpResponse:
    """Answer whether the group is in good standing, signed."""
    found = _found(request, designation)
    facts = standing_of(found, arrival_of(request))
    text = sign_document(facts, signing_pair(), STANDING_KIND)
    return HttpResponse(text, content_type="application/json")


@public
@require_safe
def keys(_request: HttpRequest) -> JsonResponse:
    """Publish every key that signs or once signed."""
    return JsonResponse(key_set(), content_type="application/jwk-set+json")


def _found(request: HttpRequest, designation: str) -> Published:
    at = arrival_of(request)
    found = entry_on(designation, today(at), at)
    if found is None:
        raise Http404
    return found


def _told(checked: Checked | None) -> dict[str, Any]:
    if checked is None:
        return {"checked": None}
    entry = checked.found.entry if checked.found else None
    return {"checked": checked, "entry": entry, "alert": KINDS[checked.answer]}


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
