"""Cases, entries, seals, effects, keys, jobs, holds and dispositions."""

from trail.models.cases import Case
from trail.models.effects import Effect, IdempotencyKey, Job
from trail.models.entries import Entry, PersonalNote, Seal
from trail.models.retention import Disposition, LegalHold

__all__ = [
    "Case",
    "Disposition",
    "Effect",
    "Entry",
    "IdempotencyKey",
    "Job",
    "LegalHold",
    "PersonalNote",
    "Seal",
]
