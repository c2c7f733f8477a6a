"""What the officers' page of data releases lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapping.models import Basis, BasisSwitch, DataLoad, DefinitionSet, ReferenceFile, Release
from trail.models import Job


@dataclass(frozen=True, slots=True)
class ListedBasis:
    """One Basis, whether the public sees it, and whether it counts now."""

    basis: Basis
    is_published: bool
    is_current: bool


LOAD_DATA = "load_data"  # the kind of the jobs that `manage.py load_data` writes down
LATEST_LOADS = 3


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """Everything that is loaded."""

    bases: Sequence[ListedBasis]
    releases: Sequence[Release]
    definition_sets: Sequence[DefinitionSet]
    files: Sequence[ReferenceFile]
    switches: Sequence[BasisSwitch]
    loads: Sequence[Job]
    sent: Sequence[DataLoad]


def releases_page() -> ReleasesPage:
    """Gather the page."""
    switches = list(
        BasisSwitch.objects.select_related(
            "basis__release", "basis__case", "basis__definition_set"
        )[:10]
    )
    current = switches[0].basis_id if switches else None
    bases = Basis.objects.select_related("case", "release", "definition_set", "publication")
    return ReleasesPage(
        bases=[
            ListedBasis(basis, hasattr(basis, "publication"), basis.pk == current)
            for basis in bases
        ],
        releases=list(Release.objects.select_related("case")),
        definition_sets=list(DefinitionSet.objects.all()),
        files=list(ReferenceFile.objects.all()),
        switches=switches,
        loads=list(Job.objects.filter(kind=LOAD_DATA).order_by("-created_at")[:LATEST_LOADS]),
        sent=list(DataLoad.objects.select_related("case")[:LATEST_LOADS]),
    )
