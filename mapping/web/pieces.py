"""What the public pages share: addresses of regions, the page without data, the source line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mapping.models import Basis
from mapping.queries.pages_basis import source_line
from mapping.queries.pages_data import ShownData, data_choices, shown_data
from mapping.queries.published import NotPublished
from mapping.rules.terms import RegionType

REGION_NOUNS = {
    RegionType.STATE: "State",
    RegionType.ECONOMIC_AREA: "Economic area",
    RegionType.CBSA: "Metropolitan or micropolitan area",
    RegionType.COUNTY: "County",
}


def region_type_or_404(text: str) -> RegionType:
    """Return the region type that an address names.

    Raises:
        Http404: there are no pages of such regions.
    """
    try:
        region_type = RegionType(text)
    except ValueError:
        raise Http404 from None
    if region_type is RegionType.NATION:
        raise Http404
    return region_type


def region_address(region_type: RegionType, code: str) -> str:
    """Return the address of a region's page."""
    return reverse("mapping:region", args=[region_type.value, code])


def addresses(region_type: RegionType, suffix: str = "") -> Callable[[str], str]:
    """Return the function from a code to its page's address; for maps with thousands of links."""
    start, end = region_address(region_type, "-").rsplit("-", 1)
    return lambda code: f"{start}{code}{end}{suffix}"


def asked_data(request: HttpRequest) -> ShownData | None:
    """Return the data that an address names, or those in force; None before any data.

    Raises:
        Http404: the address names data that are not public.
    """
    try:
        return shown_data(request.GET.get("basis", "")[:40])
    except NotPublished:
        raise Http404 from None


def about_data(data: ShownData) -> dict[str, Any]:
    """Return what every page says that can show other data than those in force."""
    choices = data_choices()
    return {
        **about_basis(data.basis),
        "data": data,
        "data_choices": choices if len(choices) > 1 else [],
    }


def without_data(request: HttpRequest) -> HttpResponse:
    """Say that nothing is loaded yet, and what an operator does about it."""
    return render(request, "mapping/maps/no_data.html")


def about_basis(basis: Basis) -> dict[str, Any]:
    """Return what every page with figures says about where they come from."""
    return {"basis": basis, "source": source_line(basis)}
