"""What was counted when a Basis was made; it stands in the entry of its making."""

from __future__ import annotations

from collections.abc import Collection

from mapping.models import Basis
from mapping.rules.contradictions import Contradictions
from trail.models import Entry

MAKE_BASIS, CONTRADICTIONS = "make_basis", "contradictions"


def contradictions_of(bases: Collection[Basis]) -> dict[int, Contradictions]:
    """How often the files of each Basis contradict each other, by the Basis's key.

    Nothing stands there for Bases without totals, of engine 1, or made before it was counted.
    """
    by_case = {basis.case_id: basis.pk for basis in bases}
    entries = Entry.objects.filter(case_id__in=by_case, verb=MAKE_BASIS)
    return {
        by_case[case]: Contradictions(**facts[CONTRADICTIONS])
        for case, facts in entries.values_list("case_id", "facts")
        if CONTRADICTIONS in facts
    }
