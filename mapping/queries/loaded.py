"""What is loaded already, so that a file need not be read twice."""

from __future__ import annotations

from mapping.models import Release


def loaded_years(kind: str, digest: str) -> dict[int, Release]:
    """Releases that came from this very file, by year."""
    found = Release.objects.filter(kind=kind, digest=digest).select_related("case")
    return {release.year: release for release in found.order_by("year")}


def qcew_releases(kind: str, digest: str) -> list[Release]:
    """Releases that came from this very file, of every kind of area."""
    found = Release.objects.filter(kind__startswith=kind, digest=digest)
    return list(found.select_related("case").order_by("kind"))
