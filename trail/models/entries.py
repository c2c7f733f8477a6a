"""Entries and their seals: append-only."""

from __future__ import annotations

import pgtrigger
from django.db import models

from trail.models.cases import Case


class Entry(models.Model):
    """One thing that happened, chained to the one before it in its case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    personal_digest = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sequence"],
                name="entry_sequence_once",
                violation_error_message="Two entries cannot hold the same place in a case.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} ({self.sequence})"


class PersonalNote(models.Model):
    """Personal data of an entry, beside the chain, so that lawful erasure keeps the chain valid."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="personal_note")
    salt = models.CharField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"of entry {self.entry_id}"


class Seal(models.Model):
    """A Merkle root over a batch of entries, chained to the seal before it.

    Version 1 did not cover the time of sealing; version 2 does.
    """

    first_entry_id = models.BigIntegerField()
    last_entry_id = models.BigIntegerField(unique=True)
    entry_count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    root = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="seal_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"entries {self.first_entry_id} to {self.last_entry_id}"
