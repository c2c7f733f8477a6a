"""Plant one tampering after the other, triggers off, and see whether each is found and named."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.db import connection, transaction

from trail.models import Case, Entry, Seal
from trail.queries.verification import verify_trail

NEEDED_ENTRIES = 4


@dataclass(frozen=True)
class Targets:
    """Where a forger strikes: two cases, three seals, and a copy of the journal."""

    case: Case
    other: Case
    seals: tuple[Seal, ...]
    journal: Path

    def names(self) -> dict[str, object]:
        """The names that a statement or an expectation may use in braces."""
        mine = list(Entry.objects.filter(case=self.case).order_by("sequence"))
        theirs = list(Entry.objects.filter(case=self.other).order_by("sequence"))
        return {
            "a": self.case.reference,
            "b": self.other.reference,
            "case": self.case.pk,
            "other": self.other.pk,
            "last": mine[-1].pk,
            **{f"e{number}": entry.pk for number, entry in enumerate(mine[:4], start=1)},
            **{f"o{number}": entry.pk for number, entry in enumerate(theirs[:2], start=1)},
            **{f"s{number}": seal.pk for number, seal in enumerate(self.seals[:3], start=1)},
            "newest": self.seals[-1].pk,
            "newest_last": self.seals[-1].last_entry_id,
            "new": Entry.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1,
            "first_last": self.seals[0].last_entry_id,
            "kept_e2": self._over(mine[1]).last_entry_id,
            "seal_of_e2": self._over(mine[1]).pk,
            "seal_of_first": self._over(mine[0]).pk,
            "seal_of_last": self._over(mine[-1]).pk,
            "seal_of_neighbours": self._over(self.neighbours()[0]).pk,
        }

    def neighbours(self) -> tuple[Entry, Entry]:
        """Two entries of different cases that follow one another under one seal.

        Raises:
            LookupError: no seal holds such two.
        """
        sealed = Entry.objects.filter(pk__lte=self.seals[-1].last_entry_id).order_by("pk")
        for one, next_one in pairwise(sealed.iterator()):
            if one.case_id != next_one.case_id and self._over(one) == self._over(next_one):
                return one, next_one
        message = "the trail needs two cases that grow under one seal"
        raise LookupError(message)

    def _over(self, entry: Entry) -> Seal:
        return next(seal for seal in self.seals if entry.pk <= seal.last_entry_id)


@dataclass(frozen=True)
class Tampering:
    """One change behind the portal's back: statements, or a small piece of forging."""

    name: str
    plant: str | Callable[[Targets], None]
    broken: str


@dataclass(frozen=True)
class Outcome:
    """What the check said after one tampering."""

    name: str
    expected: str
    found: str
    reason: str

    @property
    def is_found(self) -> bool:
        """Whether the first broken row was named."""
        return self.found == self.expected


def targets(journal: Path) -> Targets:
    """Two sealed cases with entries enough, of different times; the first ones that fit.

    Raises:
        LookupError: the trail is too short to tamper with.
    """
    seals = tuple(Seal.objects.order_by("last_entry_id"))
    long = Case.objects.filter(entry_count__gte=NEEDED_ENTRIES).order_by("pk")
    sealed = [case for case in long if _is_sealed(case, seals)]
    if len(sealed) < 2 or len(seals) < 3:
        message = "the trail needs two sealed cases with four entries and three seals"
        raise LookupError(message)
    return Targets(sealed[0], sealed[1], seals, journal)


def _is_sealed(case: Case, seals: tuple[Seal, ...]) -> bool:
    last = case.entries.order_by("sequence").last()
    if not seals or last is None or last.pk > seals[-1].last_entry_id:
        return False
    # Entries of one act share its time: to swap two equal times would change nothing.
    two, three = case.entries.order_by("sequence")[1:3]
    return two.at != three.at


def try_tampering(tampering: Tampering, journal: Path) -> Outcome:
    """Plant it in a transaction that is rolled back and in a copy of the journal; then ask."""
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        copy = Path(folder) / "seals.jsonl"
        shutil.copyfile(journal, copy)
        struck = targets(copy)
        names = struck.names()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            if isinstance(tampering.plant, str):
                cursor.execute(tampering.plant.format(**names))
        if not isinstance(tampering.plant, str):
            tampering.plant(struck)
        report = verify_trail(copy)
        transaction.set_rollback(True)
    expected = tampering.broken.format(**names)
    return Outcome(tampering.name, expected, report.first_broken, report.reason)
