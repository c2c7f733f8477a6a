"""State machines as tables: one pure description that everything else is derived from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kit.refusals import refuse


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb of a lifecycle: where it may start and the one state where it ends.

    Attributes:
        verb: The programme's word for the act ("open_intake").
        sources: States from which the act is allowed.
        target: The state after the act.
        label: What the button says.
    """

    verb: str
    sources: frozenset[StrEnum]
    target: StrEnum
    label: str = ""


@dataclass(frozen=True)
class Machine:
    """A lifecycle.

    Attributes:
        name: Name of the lifecycle, as in the glossary.
        initial: The state of a new row.
        transitions: All legal moves, one target per verb.
        labels: What staff read for each state.
        public_labels: What applicants and the public read (often fewer words).
    """

    name: str
    initial: StrEnum
    transitions: tuple[Transition, ...]
    labels: Mapping[StrEnum, str]
    public_labels: Mapping[StrEnum, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        verbs = [t.verb for t in self.transitions]
        if len(verbs) != len(set(verbs)):
            message = f"{self.name}: one target per verb, but a verb is listed twice"
            raise ValueError(message)
        unnamed = [s for s in self.states if s not in self.labels]
        if unnamed:
            message = f"{self.name}: no label for {unnamed}"
            raise ValueError(message)

    @property
    def states(self) -> tuple[StrEnum, ...]:
        """Every state, in the order of the enumeration."""
        return tuple(type(self.initial))

    def transition(self, verb: str) -> Transition:
        """Return the row of a verb.

        Raises:
            KeyError: the lifecycle has no such verb (a programming error, not a refusal).
        """
        for row in self.transitions:
            if row.verb == verb:
                return row
        raise KeyError(verb)

    def allows(self, state: StrEnum, verb: str) -> bool:
        """Whether the verb may be done in this state."""
        return state in self.transition(verb).sources

    def move(self, state: StrEnum, verb: str) -> StrEnum:
        """Return the state after the verb.

        Raises:
            Refused: code ``illegal_transition`` when the verb is not possible here.
        """
        row = self.transition(verb)
        if state not in row.sources:
            act = (row.label or verb.replace("_", " ")).lower()
            raise refuse(
                "illegal_transition",
                f"This {self.name} is “{self.labels[state].lower()}”: "
                f"you cannot {act} it now. Reload the page to see where it stands.",
            )
        return row.target

    def verbs(self, state: StrEnum) -> tuple[str, ...]:
        """Verbs possible in a state, in table order."""
        return tuple(t.verb for t in self.transitions if state in t.sources)

    def edges(self) -> tuple[tuple[str, str], ...]:
        """Return every legal (from, to) as text, sorted, for the database trigger."""
        pairs = {(s.value, t.target.value) for t in self.transitions for s in t.sources}
        return tuple(sorted(pair for pair in pairs if pair[0] != pair[1]))

    def public_label(self, state: StrEnum) -> str:
        """Return what applicants read for a state."""
        return self.public_labels.get(state, self.labels[state])

    def choices(self) -> list[tuple[str, str]]:
        """Return Django choices."""
        return [(state.value, self.labels[state]) for state in self.states]
