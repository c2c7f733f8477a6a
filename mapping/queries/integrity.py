"""Is every release row, definition and Basis still what it was when it was stored?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mapping.models import (
    Basis,
    CellBlock,
    ClusterIndustry,
    DefinitionSet,
    GeographyEdition,
    Release,
)
from mapping.queries.basis import parts_of, sources_of
from mapping.queries.definitions import sub_clusters_of
from mapping.queries.regions import geography_digest, memberships_digest
from mapping.rules.blocks import block_digest, content_digest
from mapping.rules.definitions import ClusterEntry, definition_digest
from mapping.rules.terms import ClusterKind


@dataclass(frozen=True, slots=True)
class BrokenDigest:
    """Something whose content no longer has the digest that was stored with it.

    Attributes:
        kind: "block", "release", "definition set", "geography" or "basis".
        name: Which one, as a person finds it.
        release: Reference of the release that it belongs to, where it belongs to one.
        region_code: County or state, for a block.
    """

    kind: str
    name: str
    stored: str
    found: str
    release: str = ""
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """How much was checked and what is broken."""

    checked: int
    broken: tuple[BrokenDigest, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.broken


def check_release(release: Release) -> IntegrityReport:
    """Recompute the digest of every block and of the release over them."""
    broken, found_digests = [], []
    rows = CellBlock.objects.filter(release=release).order_by("region_code")
    for region, block, stored in rows.values_list("region_code", "block", "digest").iterator():
        found = block_digest(region, block)
        found_digests.append((region, found))
        if found != stored:
            name = f"region {region} of {release}"
            broken.append(BrokenDigest("block", name, stored, found, release.reference, region))
    whole = content_digest(release.codes, found_digests)
    if whole != release.content_digest:
        broken.append(
            BrokenDigest("release", str(release), release.content_digest, whole, release.reference)
        )
    return IntegrityReport(len(found_digests) + 1, tuple(broken))


def check_definition_set(owner: DefinitionSet) -> IntegrityReport:
    """Recompute a definition set's digest from its rows."""
    clusters = [
        ClusterEntry(cluster.code, cluster.name, ClusterKind(cluster.kind))
        for cluster in owner.clusters.order_by("position")
    ]
    industries = ClusterIndustry.objects.filter(definition_set=owner)
    found = definition_digest(
        clusters,
        industries.values_list("code", "cluster__code"),
        sub_clusters_of(owner),
        industries.exclude(sub_cluster=None).values_list("code", "sub_cluster__code"),
    )
    if found == owner.digest:
        return IntegrityReport(1, ())
    return IntegrityReport(1, (BrokenDigest("definition set", str(owner), owner.digest, found),))


def check_basis(basis: Basis) -> IntegrityReport:
    """Recompute a Basis's digest from what it names, and that of its geography."""
    broken = []
    geography = _geography(basis)
    if geography != basis.geography_digest:
        broken.append(BrokenDigest("geography", basis.geography, basis.geography_digest, geography))
    found = parts_of(sources_of(basis), basis.geography_digest, tuple(basis.class_rules)).digest
    if found != basis.digest:
        broken.append(BrokenDigest("basis", basis.reference, basis.digest, found))
    return IntegrityReport(2, tuple(broken))


def _geography(basis: Basis) -> str:
    if basis.release.unit != "county":
        return geography_digest(basis.release.unit)
    kept = GeographyEdition.objects.filter(digest=basis.geography_digest).first()
    return memberships_digest(kept.areas if kept else {})


def check_sources(basis: Basis) -> IntegrityReport:
    """Everything that one Basis rests on."""
    others = (
        basis.totals_release,
        basis.state_release,
        basis.earlier_release,
        basis.earlier_totals_release,
    )
    releases = [basis.release, *(release for release in others if release)]
    parts = [
        *(check_release(release) for release in releases),
        check_definition_set(basis.definition_set),
        check_basis(basis),
    ]
    return _together(iter(parts))


def check_everything() -> IntegrityReport:
    """All releases, definition sets and Bases."""
    return _together(_all())


def _all() -> Iterator[IntegrityReport]:
    for release in Release.objects.select_related("case").order_by("pk"):
        yield check_release(release)
    for owner in DefinitionSet.objects.order_by("pk"):
        yield check_definition_set(owner)
    related = (
        "case", "release__case", "totals_release", "definition_set", "state_release",
        "earlier_release", "earlier_totals_release",
    )  # fmt: skip
    for basis in Basis.objects.select_related(*related).order_by("pk"):
        yield check_basis(basis)


def _together(parts: Iterator[IntegrityReport]) -> IntegrityReport:
    checked = 0
    broken: list[BrokenDigest] = []
    for part in parts:
        checked += part.checked
        broken += part.broken
    return IntegrityReport(checked, tuple(broken))
