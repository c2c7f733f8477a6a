"""Which Basis counts: the current one, and the one a question names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet

from kit.refusals import Refusal, Refused
from mapping.models import Basis, BasisSwitch, Release
from mapping.queries.panels import Earlier, Sources
from mapping.rules.basis_digests import BasisParts
from mapping.rules.terms import Imputation, RegionType

UNITS = {RegionType.STATE: ("county", "state")}
COUNTY_UNIT = ("county",)


class NoBasis(Refused):
    """There is no Basis that fits the question."""


@dataclass(frozen=True, slots=True)
class BasisChoice:
    """How a command or page names a Basis."""

    definition_set: str
    year: int
    region_type: RegionType = RegionType.ECONOMIC_AREA
    release: str | None = None
    imputation: Imputation | None = None


def _bases() -> QuerySet[Basis]:
    return Basis.objects.select_related(
        "case", "release__case", "totals_release__case", "definition_set", "publication",
        "state_release", "earlier_release", "earlier_totals_release",
    )  # fmt: skip


def current_basis() -> Basis:
    """The Basis that the last switch made current; refused where nothing is loaded."""
    key, _reference = current_basis_key()
    return _bases().get(pk=key)


def current_basis_key() -> tuple[int, str]:
    """Its key and its public name; refused where nothing is loaded."""
    switches = BasisSwitch.objects.order_by("-id")
    last = switches.values_list("basis_id", "basis__case__reference").first()
    if last is None:
        raise NoBasis(Refusal("no_current_basis", "No economic data have been published yet."))
    return last


def basis_by_reference(reference: str) -> Basis | None:
    """The Basis of a public name."""
    return _bases().filter(case__reference=reference).first()


def basis_by_digest(digest: str) -> Basis | None:
    """The Basis that a determination pinned."""
    return _bases().filter(digest=digest).first()


def published_bases() -> QuerySet[Basis]:
    """All Bases that the public may see, newest data first."""
    return _bases().filter(publication__isnull=False).order_by("-release__year", "-publication__at")


def choose_basis(choice: BasisChoice) -> Basis:
    """The Basis for a year and definition set.

    Where several releases of the year exist, the published one counts (the last published of
    them), else the last loaded; `release` names another. Without a wish for an imputation,
    withheld cells are read at midpoints where the file has size classes.
    """
    units = UNITS.get(choice.region_type, COUNTY_UNIT)
    found = _bases().filter(release__year=choice.year, release__unit__in=units)
    name, _, version = choice.definition_set.partition("@")
    found = found.filter(definition_set__code=name)
    if version.isdigit():
        found = found.filter(definition_set__version=int(version))
    if choice.release is not None:
        found = found.filter(release__case__reference=choice.release)
    ordered = list(
        found.order_by(
            F("publication__at").desc(nulls_last=True),
            "release__source",  # County Business Patterns before the Quarterly Census
            "-definition_set__version",
            "-release__loaded_at",
            "-created_at",
        )
    )
    if not ordered:
        raise NoBasis(
            Refusal(
                "no_basis",
                f"No measures of {choice.year} with the definition set {choice.definition_set} "
                f"for regions of type {choice.region_type.value} are loaded.",
            )
        )
    return _with_imputation(ordered, choice.imputation)


def _with_imputation(ordered: list[Basis], wish: Imputation | None) -> Basis:
    same = [
        basis
        for basis in ordered
        if (basis.release_id, basis.definition_set_id)
        == (ordered[0].release_id, ordered[0].definition_set_id)
    ]
    by_reading = {basis.imputation: basis for basis in reversed(same)}
    if wish is Imputation.HIERARCHICAL and wish.value not in by_reading:
        raise NoBasis(
            Refusal(
                "no_basis", "These measures have not been made with the hierarchical imputation."
            )
        )
    # A release without size classes has one plain reading: midpoints change nothing in it.
    for reading in (wish, Imputation.MIDPOINT, Imputation.PUBLISHED):
        if reading is not None and reading.value in by_reading:
            return by_reading[reading.value]
    return same[0]


def sources_of(basis: Basis) -> Sources:
    """The ingredients of a Basis."""
    return Sources(
        release=basis.release,
        totals_release=basis.totals_release,
        definition_set=basis.definition_set,
        imputation=Imputation(basis.imputation),
        absent_establishments=basis.absent_establishments,
        engine=basis.engine,
        state_release=basis.state_release,
        earlier=(
            Earlier(basis.earlier_release, basis.earlier_totals_release)
            if basis.earlier_release
            else None
        ),
    )


def parts_of(sources: Sources, geography: str, class_rules: tuple[str, ...]) -> BasisParts:
    """What the digest of a Basis with these ingredients names."""
    earlier = sources.earlier
    return BasisParts(
        release=sources.release.content_digest,
        totals_release=_content(sources.totals_release),
        definition_set=sources.definition_set.digest,
        geography=geography,
        imputation=sources.imputation.value,
        class_rules=class_rules,
        absent_establishments=sources.absent_establishments,
        engine=sources.engine,
        state_release=_content(sources.state_release),
        earlier_release=_content(earlier.release if earlier else None),
        earlier_totals_release=_content(earlier.totals_release if earlier else None),
    )


def _content(release: Release | None) -> str | None:
    return release.content_digest if release else None
