"""One entry of the roster: add, show, correct, remind, take back."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actors import actor_of, arrival_of
from accounts.gates import gate
from certification.actions.edit_participant import UNANSWERED, edit_participant
from certification.actions.invite_participants import invite_participants
from certification.actions.remind_addressee import remind_addressee
from certification.actions.take_back_request import take_back_request
from certification.forms.roster import FORMS, FirmForm, InstitutionForm, RosterFrame
from certification.models import ClusterGroup, Participant
from certification.permissions.groups import administers_group, reads_group
from certification.queries.county_index import county_index, county_names
from certification.queries.roster import listed_keys, roster_flags
from certification.rules.groups import ParticipantKind
from certification.web.group_pages import group_at, group_page
from certification.web.roster_words import LABELS, add_route, list_route, tag_of
from kit.refusals import Refused
from trail.queries.keys import is_settled


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, group: str) -> HttpResponse:
    """Put a firm on the roster and write to it."""
    return _add(request, group, ParticipantKind.FIRM)


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def add_institution(request: HttpRequest, group: str) -> HttpResponse:
    """Put an institution on the roster and write to it."""
    return _add(request, group, ParticipantKind.INSTITUTION)


@gate(reads_group)
@require_GET
def participant(request: HttpRequest, group: str, participant: str) -> HttpResponse:
    """Show one entry: what is said, what was answered, what can be done."""
    row = _row(request, group, participant)
    kind = ParticipantKind(row.kind)
    letters = row.invitations.select_related("signature").order_by("-sent_at")
    context = group_page(request, group, LABELS[kind])
    context |= {
        "row": row,
        "county": county_names([row.county_fips]).get(row.county_fips, row.county_fips),
        "tag": tag_of(row),
        "letters": letters,
        "signature": next((one.signature for one in letters if one.used_at), None),
        "flags": roster_flags(context["group"]).get(row.pk, ()),
        "is_unanswered": row.state in UNANSWERED,
        "label": LABELS[kind],
        "list_url": reverse(list_route(kind), args=[group]),
    }
    return render(request, "certification/roster/participant.html", context)


@gate(administers_group)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, group: str, participant: str) -> HttpResponse:
    """Correct an entry that nobody has answered yet."""
    row = _row(request, group, participant)
    frame = roster_frame(row.group, listed_keys(row.group, without=row), arrival_of(request).date())
    names = frame.counties.names
    initial = {
        **{name: getattr(row, name) for name in FirmForm.base_fields if hasattr(row, name)},
        "institution_kinds": row.institution_kinds,
        "county": names.get(row.county_fips, row.county_fips),
    }
    form = FORMS[ParticipantKind(row.kind)](request.POST or None, initial=initial, frame=frame)
    if request.method == "POST" and form.is_valid() and _correct(request, row, form):
        messages.success(
            request, f"The entry of {form.cleaned_data['organization_name']} is saved."
        )
        return redirect("certification:participant", group, participant)
    context = group_page(request, group, LABELS[ParticipantKind(row.kind)])
    context |= {"form": form, "row": row, "is_unanswered": row.state in UNANSWERED}
    return render(request, "certification/roster/correct.html", context)


@gate(administers_group)
@require_POST
def remind(request: HttpRequest, group: str, participant: str) -> HttpResponse:
    """Write again with a new link."""
    row = _row(request, group, participant)
    try:
        remind_addressee(
            actor=actor_of(request),
            at=arrival_of(request),
            addressee=row,
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, f"We have written to {row.contact_email} again, with a new link.")
    return redirect("certification:participant", group, participant)


@gate(administers_group)
@require_POST
def take_back_participant(request: HttpRequest, group: str, participant: str) -> HttpResponse:
    """Take back an invitation that nobody has answered."""
    row = _row(request, group, participant)
    take_back_request(
        actor=actor_of(request),
        at=arrival_of(request),
        addressee=row,
        key=request.POST.get("idempotency_key", ""),
    )
    messages.success(request, f"The invitation of {row} is taken back; its link no longer works.")
    return redirect(list_route(ParticipantKind(row.kind)), group)


def _add(request: HttpRequest, group: str, kind: ParticipantKind) -> HttpResponse:
    here = group_at(request, group)
    frame = roster_frame(here, names_to_refuse(request, here), arrival_of(request).date())
    form = FORMS[kind](request.POST or None, frame=frame)
    if request.method == "POST" and form.is_valid():
        added = _invite(request, here, form)
        if added is not None:
            _say_added(request, here, added)
            again = "again" in request.POST
            return redirect(add_route(kind) if again else list_route(kind), group)
    context = group_page(request, group, LABELS[kind])
    context |= {"form": form, "is_firm": kind is ParticipantKind.FIRM}
    return render(request, "certification/roster/add.html", context)


def _invite(
    request: HttpRequest, group: ClusterGroup, form: FirmForm | InstitutionForm
) -> Participant | None:
    try:
        added = invite_participants(
            actor=actor_of(request),
            at=arrival_of(request),
            group=group,
            entries=[form.entry()],
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error("organization_name", refused.refusal.sentence)
        return None
    return added[0]


def _correct(
    request: HttpRequest, row: Participant, form: FirmForm | InstitutionForm
) -> Participant | None:
    try:
        return edit_participant(
            actor=actor_of(request),
            at=arrival_of(request),
            participant=row,
            entry=form.entry(),
            key=request.POST.get("idempotency_key", ""),
        )
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return None


def _say_added(request: HttpRequest, group: ClusterGroup, added: Participant) -> None:
    text = f"We have written to {added.contact_email}. {added} counts as soon as it confirms."
    messages.success(request, text)
    for sentence in roster_flags(group).get(added.pk, ()):
        messages.warning(request, f"{sentence} If it is the same organization, take one back.")


def _row(request: HttpRequest, group: str, reference: str) -> Participant:
    rows = group_at(request, group).participants.select_related("group__case")
    return get_object_or_404(rows, reference=reference)


def names_to_refuse(request: HttpRequest, group: ClusterGroup) -> frozenset[str]:
    """Return the names that are listed; none when this form was acted upon already.

    Somebody whose answer was lost sends again: then the act gives its first result again.
    """
    if is_settled(actor_of(request), request.POST.get("idempotency_key", "")):
        return frozenset()
    return listed_keys(group)


def roster_frame(group: ClusterGroup, keys: frozenset[str], on: date) -> RosterFrame:
    """Return what a form needs to know of the roster."""
    region = county_names(group.counties.values_list("fips", flat=True))
    return RosterFrame(county_index(), on, keys, region)
