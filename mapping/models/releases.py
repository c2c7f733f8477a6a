"""Data releases: one file, one year, never changed; and the reference files beside them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mapping.models.definitions import append_only
from trail.models import Case


class ReferenceFile(models.Model):
    """A loaded file of geography, codes or population: its digest makes loading idempotent."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField()
    rows_kept = models.PositiveIntegerField()
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "digest"],
                name="reference_file_once",
                violation_error_message="This file is already loaded.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """What one file says of one year. `digest` is the file's, `content_digest` the blocks'."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    naics_vintage = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10)
    digits = models.PositiveSmallIntegerField()
    suppression = models.TextField()
    codes: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=6))
    digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField()
    rows_kept = models.PositiveIntegerField()
    report: models.JSONField[Any, Any] = models.JSONField(default=dict)
    is_synthetic = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "digest"],
                name="release_file_once",
                violation_error_message="This file is already loaded.",
            ),
        ]
        triggers = [append_only("release_append_only")]

    def __str__(self) -> str:
        return f"{self.source}, {self.year}"

    @property
    def reference(self) -> str:
        """The release's public name."""
        return self.case.reference


class CellBlock(models.Model):
    """All cells of one county or state in one release, packed for NumPy (rules/blocks.py)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="blocks")
    region_code = models.CharField(max_length=5)
    block = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "region_code"],
                name="cell_block_once",
                violation_error_message="A region has one block per release.",
            ),
        ]
        triggers = [append_only("cell_block_append_only")]

    def __str__(self) -> str:
        return self.region_code
