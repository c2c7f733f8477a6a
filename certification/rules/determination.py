"""A determination: facts, rulebook and results in one snapshot that anybody can derive again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from certification.rules.canonical import decode, digest_of, encode
from certification.rules.concentration import (
    ConcentrationFacts,
    Note,
    concentration,
    concentration_notes,
)
from certification.rules.convening import ConveningFacts, convening
from certification.rules.diversity import DiversityFacts, diversity
from certification.rules.government import GovernmentFacts, government
from certification.rules.institutions import InstitutionFacts, institutions
from certification.rules.results import TestResult
from certification.rules.rulebook import Rulebook

ENGINE_VERSION = "1"


@dataclass(frozen=True)
class BasisFacts:
    """Which data were used, and for what place and cluster."""

    reference: str
    digest: str
    label: str
    is_synthetic: bool
    cluster_code: str
    fips: tuple[str, ...]


@dataclass(frozen=True)
class CaseFacts:
    """Everything that the criteria look at."""

    basis: BasisFacts
    concentration: ConcentrationFacts
    diversity: DiversityFacts
    institutions: tuple[InstitutionFacts, ...]
    government: GovernmentFacts
    convening: ConveningFacts


@dataclass(frozen=True)
class Determination:
    """What an engine made of the facts under a rulebook, and the digest over all of it."""

    engine: str
    rulebook: Rulebook
    facts: CaseFacts
    results: tuple[TestResult, ...]
    notes: tuple[Note, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over engine, rulebook, facts, results and notes."""
        return digest_of(self)

    def result(self, test_id: str) -> TestResult:
        """The result of one test.

        Raises:
            KeyError: the determination holds no such test.
        """
        for result in self.results:
            if result.id == test_id:
                return result
        raise KeyError(test_id)


@dataclass(frozen=True)
class Difference:
    """One place where two snapshots disagree."""

    path: str
    pinned: Any
    derived: Any


def derive(facts: CaseFacts, rulebook: Rulebook) -> Determination:
    """Judge the facts by the rulebook with the engine in force."""
    return derive_with(ENGINE_VERSION, facts, rulebook)


def derive_with(engine: str, facts: CaseFacts, rulebook: Rulebook) -> Determination:
    """Judge with a named engine; every engine that ever decided a case is kept.

    Raises:
        KeyError: there is no engine of this version.
    """
    return ENGINES[engine](facts, rulebook)


def rederive(snapshot: Mapping[str, Any]) -> tuple[Determination, tuple[Difference, ...]]:
    """Derive again from a stored snapshot and say where the stored results differ."""
    facts = decode(CaseFacts, snapshot["facts"])
    rulebook = decode(Rulebook, snapshot["rulebook"])
    derived = derive_with(snapshot["engine"], facts, rulebook)
    return derived, differences(snapshot, encode(derived))


def differences(pinned: Any, derived: Any, path: str = "") -> tuple[Difference, ...]:  # noqa: ANN401
    """Every leaf at which two encoded things differ, in the order of the first."""
    if isinstance(pinned, Mapping) and isinstance(derived, Mapping):
        names = [*pinned, *(name for name in derived if name not in pinned)]
        pairs = [(name, pinned.get(name), derived.get(name)) for name in names]
    elif isinstance(pinned, list) and isinstance(derived, list) and len(pinned) == len(derived):
        pairs = [
            (_name(one, number), one, other)
            for number, (one, other) in enumerate(zip(pinned, derived, strict=True))
        ]
    else:
        return () if pinned == derived else (Difference(path, pinned, derived),)
    return tuple(
        difference
        for name, one, other in pairs
        for difference in differences(one, other, f"{path}.{name}" if path else str(name))
    )


def _name(item: Any, number: int) -> str:  # noqa: ANN401
    """A result is named by its id, any other item of a list by its place."""
    return str(item["id"]) if isinstance(item, Mapping) and "id" in item else str(number)


def _engine_1(facts: CaseFacts, rulebook: Rulebook) -> Determination:
    results = (
        *concentration(facts.concentration, rulebook),
        *diversity(facts.diversity, rulebook),
        *institutions(facts.institutions, rulebook),
        *government(facts.government, rulebook),
        *convening(facts.convening, rulebook),
    )
    notes = concentration_notes(facts.concentration, rulebook)
    return Determination("1", rulebook, facts, results, notes)


ENGINES: Mapping[str, Callable[[CaseFacts, Rulebook], Determination]] = {"1": _engine_1}
