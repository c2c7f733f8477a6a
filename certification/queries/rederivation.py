"""Derive determinations again: from what was pinned, and from the data that were pinned.

Three questions, see docs/decisions/0010: is the stored document whole, does the engine still make
the same of it, and do the release's own blocks still say the same of the region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from certification.models import Application, Determination
from certification.queries.case_facts import state_facts
from certification.rules.canonical import canonical_digest, decode, encode
from certification.rules.concentration import concentration_facts
from certification.rules.determination import CaseFacts, Difference, derive_with, differences
from certification.rules.rulebook import Rulebook
from mapping.models import Basis
from mapping.queries.integrity import BrokenDigest, check_sources
from mapping.queries.recomputation import Recomputation

# Names and digests of what was read are no values: broken ones are reported apart.
SOURCES = "facts.concentration.sources"


@dataclass(frozen=True)
class Rederivation:
    """What came out for one determination."""

    reference: str
    number: int
    digest: str
    differences: tuple[Difference, ...]
    broken: tuple[BrokenDigest, ...]

    @property
    def equal(self) -> bool:
        """Whether every value is the same again."""
        return not self.differences

    @property
    def is_sound(self) -> bool:
        """Whether also the data under the values are untouched."""
        return self.equal and not self.broken


def rederive_case(reference: str) -> list[Rederivation]:
    """Derive again what was determined in an application; its designation's name serves too."""
    designated = Application.objects.filter(designation__case__reference=reference)
    named = Q(case__reference=reference) | Q(case__in=designated.values("case"))
    return list(_rederive(_rows().filter(named)))


def rederive_all() -> list[Rederivation]:
    """Derive again every determination there is."""
    return list(_rederive(_rows()))


def _rows() -> Any:  # noqa: ANN401 - a queryset with its relations
    return Determination.objects.select_related(
        "case",
        "basis__case",
        "basis__release__case",
        "basis__totals_release__case",
        "basis__definition_set",
    ).order_by("basis_id", "case__reference", "number")


def _rederive(rows: Iterable[Determination]) -> Iterator[Rederivation]:
    """One Basis after the other, so that its whole panel is read once."""
    basis: Basis | None = None
    for row in rows:
        if basis is None or basis.pk != row.basis_id:
            basis = row.basis
            fresh, broken = Recomputation(basis), check_sources(basis).broken
        yield Rederivation(
            reference=row.case.reference,
            number=row.number,
            digest=row.digest,
            differences=(*_document(row), *_values(row, fresh)),
            broken=broken,
        )


def _document(row: Determination) -> tuple[Difference, ...]:
    """Whether the stored document is the one that was pinned."""
    found = canonical_digest(row.snapshot)
    return () if found == row.digest else (Difference("digest", row.digest, found),)


def _values(row: Determination, fresh: Recomputation) -> tuple[Difference, ...]:
    """Everything that comes out differently; a document or a block may be beyond reading."""
    try:
        return _compared(row, fresh)
    except (TypeError, KeyError, ValueError, IndexError) as error:
        return (Difference("snapshot", "can be derived", f"cannot be derived: {error!r}"),)


def _compared(row: Determination, fresh: Recomputation) -> tuple[Difference, ...]:
    pinned: CaseFacts = decode(CaseFacts, row.snapshot["facts"])
    rulebook: Rulebook = decode(Rulebook, row.snapshot["rulebook"])
    facts = _measured_again(pinned, fresh)
    derived = encode(derive_with(row.snapshot["engine"], facts, rulebook))
    found = differences(row.snapshot, derived)
    return tuple(one for one in found if not one.path.startswith(SOURCES))


def _measured_again(pinned: CaseFacts, fresh: Recomputation) -> CaseFacts:
    fips, cluster = frozenset(pinned.basis.fips), pinned.basis.cluster_code
    measured = concentration_facts(
        fresh.concentration(fips, cluster), region_name=pinned.concentration.region_name
    )
    return replace(
        pinned,
        basis=replace(pinned.basis, digest=fresh.basis.digest),
        concentration=measured,
        government=replace(pinned.government, states=state_facts(fresh.basis, fips, cluster)),
        convening=replace(pinned.convening, cluster_jobs=int(measured.employment.value)),
    )
