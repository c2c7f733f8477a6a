"""What is to be assigned, and under which limits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kit.refusals import refuse

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Load:
    """How many proposals each reviewer reads, at least and at most."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One assignment to be made.

    Attributes:
        affinity: P x R, how well a reviewer fits a proposal; any finite numbers.
        forbidden: P x R, true for a conflict: such a pair is never made.
        reviews: how many reviewers each proposal gets.
        load: limits of every reviewer.
        institutions: R labels; two reviewers of one label never read the same proposal. Empty
            text stands for nobody's institution. No labels: no such limit.
        kept: P x R, true for pairs the chair has fixed; none by default.
        loads: R limits, where each reviewer has own ones; they replace ``load``.
    """

    affinity: Floats
    forbidden: Flags
    reviews: int
    load: Load
    institutions: tuple[str, ...] = ()
    kept: Flags = field(default_factory=lambda: np.zeros((0, 0), dtype=np.bool_))
    loads: tuple[Load, ...] = ()

    def __post_init__(self) -> None:
        if not self.kept.size:
            object.__setattr__(self, "kept", np.zeros(self.affinity.shape, dtype=np.bool_))
        self._refuse_shapes()
        self._refuse_figures()

    def _refuse_shapes(self) -> None:
        shape = self.affinity.shape
        if self.affinity.ndim != 2 or 0 in shape:
            raise refuse("no_pairs", "There must be a proposal and a reviewer at least.")
        if self.forbidden.shape != shape or self.kept.shape != shape:
            raise refuse(
                "shapes_differ",
                f"Affinities are {shape[0]} proposals by {shape[1]} reviewers; conflicts and "
                "fixed pairs must have that shape too.",
            )
        if self.institutions and len(self.institutions) != shape[1]:
            raise refuse("shapes_differ", "Name one institution for each reviewer.")
        if self.loads and len(self.loads) != shape[1]:
            raise refuse("shapes_differ", "Give limits for each reviewer.")

    def _refuse_figures(self) -> None:
        if not np.isfinite(self.affinity).all():
            raise refuse("affinity_not_a_number", "Every affinity must be a finite number.")
        limits = (self.load, *self.loads)
        if self.reviews < 1 or any(not 0 <= one.low <= one.high for one in limits):
            raise refuse(
                "limits_absurd", "Ask for one review or more, and a load from low to high."
            )
        clash = np.argwhere(self.kept & self.forbidden)
        if len(clash):
            raise refuse(
                "kept_is_forbidden",
                f"Proposal {clash[0][0]} and reviewer {clash[0][1]} are in conflict and cannot "
                "be fixed as a pair.",
            )

        self._refuse_kept()

    def _refuse_kept(self) -> None:
        """Fixed pairs must leave room for the limits they are part of."""
        per_proposal, per_reviewer = self.kept.sum(axis=1), self.kept.sum(axis=0)
        together = any(
            self.kept[:, members].sum(axis=1).max() > 1
            for members in self.shared_institutions.values()
        )
        if per_proposal.max() > self.reviews or (per_reviewer > self.highs).any() or together:
            raise refuse(
                "kept_too_many",
                "The fixed pairs alone break a limit: reviews per proposal, load, or one "
                "reviewer per institution.",
            )

    @property
    def lows(self) -> Whole:
        """The least load of each reviewer (R)."""
        return self._limits([one.low for one in self.loads], self.load.low)

    @property
    def highs(self) -> Whole:
        """The highest load of each reviewer (R)."""
        return self._limits([one.high for one in self.loads], self.load.high)

    def _limits(self, own: list[int], otherwise: int) -> Whole:
        if own:
            return np.array(own, dtype=np.int64)
        return np.full(self.affinity.shape[1], otherwise, dtype=np.int64)

    @property
    def best_possible(self) -> Floats:
        """Each proposal's own best sum, were it alone (P); minus infinity where it cannot be."""
        allowed = np.where(self.forbidden, -np.inf, self.affinity)
        best: Floats = np.sort(allowed, axis=1)[:, -self.reviews :].sum(axis=1)
        return best if self.affinity.shape[1] >= self.reviews else np.full(len(best), -np.inf)

    @property
    def shared_institutions(self) -> dict[str, list[int]]:
        """Institutions with two reviewers or more, and which."""
        members: dict[str, list[int]] = {}
        for reviewer, label in enumerate(self.institutions):
            if label:
                members.setdefault(label, []).append(reviewer)
        return {label: them for label, them in members.items() if len(them) > 1}

    def turned(self, rows: Whole, columns: Whole) -> Problem:
        """The same problem with proposals and reviewers in another order."""
        place = np.ix_(rows, columns)
        return Problem(
            self.affinity[place],
            self.forbidden[place],
            self.reviews,
            self.load,
            tuple(self.institutions[column] for column in columns) if self.institutions else (),
            self.kept[place],
            tuple(self.loads[column] for column in columns) if self.loads else (),
        )
