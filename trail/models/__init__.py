"""Cases, entries, seals, effects, keys, jobs."""

from trail.models.cases import Case
from trail.models.effects import Effect, IdempotencyKey, Job
from trail.models.entries import Entry, PersonalNote, Seal

__all__ = ["Case", "Effect", "Entry", "IdempotencyKey", "Job", "PersonalNote", "Seal"]
