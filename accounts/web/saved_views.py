"""One's own views of lists: save, rename, open with, delete; all by plain forms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actions.save_view import (
    ViewDetails,
    delete_view,
    open_with_view,
    rename_view,
    save_view,
)
from accounts.actors import arrival_of, person_of
from accounts.forms.views import OwnViewForm, RenameViewForm, SaveViewForm
from accounts.gates import gate, signed_in
from accounts.models import SavedView
from kit.refusals import Refused


@gate(signed_in)
def saved_views(request: HttpRequest) -> HttpResponse:
    """List one's own views of every list."""
    views = list(SavedView.objects.filter(user=person_of(request)))
    return render(request, "accounts/saved_views/saved_views.html", {"views": views})


@require_POST
@gate(signed_in)
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is on the screen under a name; lead back to it."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        said = next(iter(form.errors.values()))[0]
        messages.error(request, f"The view was not saved. {_field_words(form)}{said}")
        return redirect(_way_back(form))
    try:
        details = ViewDetails(**form.cleaned_data)
        view = save_view(user=person_of(request), at=arrival_of(request), details=details)
    except Refused as refused:
        messages.error(request, f"The view was not saved. {refused.refusal.sentence}")
        return redirect(_way_back(form))
    messages.success(request, f"The view “{view}” is saved. You find it above the list.")
    return redirect(view.link)


@require_POST
@gate(signed_in)
def rename(request: HttpRequest) -> HttpResponse:
    """Give a view another name."""
    view = _own(request)
    form = RenameViewForm(request.POST, user=person_of(request))
    if not form.is_valid():
        messages.error(request, "Nothing was renamed. Enter a name of at most 60 characters.")
        return redirect("accounts:saved_views")
    try:
        rename_view(view=view, name=form.cleaned_data["name"])
    except Refused as refused:
        messages.error(request, f"Nothing was renamed. {refused.refusal.sentence}")
    else:
        messages.success(request, f"The view is now called “{view}”.")
    return redirect("accounts:saved_views")


@require_POST
@gate(signed_in)
def open_with(request: HttpRequest) -> HttpResponse:
    """Let a list open with this view, or no longer."""
    is_default = request.POST.get("open") == "yes"
    view = open_with_view(view=_own(request), is_default=is_default)
    how = f"with “{view}”" if is_default else "with everything again"
    messages.success(request, f"The list now opens {how}.")
    return redirect("accounts:saved_views")


@require_POST
@gate(signed_in)
def delete(request: HttpRequest) -> HttpResponse:
    """Forget a view."""
    view = _own(request)
    delete_view(view=view)
    messages.success(request, f"The view “{view}” is deleted. The list itself is untouched.")
    return redirect("accounts:saved_views")


def _field_words(form: SaveViewForm) -> str:
    """Name the field that is wrong, where people see it."""
    return "Name: " if "name" in form.errors else ""


def _own(request: HttpRequest) -> SavedView:
    form = OwnViewForm(request.POST, user=person_of(request))
    form.is_valid()
    view: SavedView | None = form.cleaned_data.get("view")
    if view is None:
        raise Http404
    return view


def _way_back(form: SaveViewForm) -> str:
    address = form.cleaned_data.get("address")
    return f"{address}?{form.cleaned_data.get('query', '')}" if address else "accounts:saved_views"
