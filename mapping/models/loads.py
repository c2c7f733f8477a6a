"""Files that an officer sent to be loaded, and what became of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from mapping.models.definitions import append_only
from trail.models import Case


class DataLoad(models.Model):
    """One sending of files. The work itself is a job of the trail; a new attempt is a new job."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True)
    job_reference = models.CharField(max_length=20, unique=True)
    reports: models.JSONField[Any, Any] = models.JSONField(default=list)
    # Seen running while nobody held the lock of loading: seen so twice, it was cut off.
    suspected_at = models.DateTimeField(null=True)
    # From then on its files are no longer kept: it came to its end, or waited too long for one.
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1986, year__lte=2100),
                name="data_load_year_plausible",
                violation_error_message="The files begin with the year 1986.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The load's name."""
        return self.case.reference


class SentDataFile(models.Model):
    """A file of a load as it was sent; its bytes lie in the inbox until the load is cleared."""

    load = models.ForeignKey(DataLoad, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    kept_as = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["load", "name"],
                name="sent_data_file_once",
                violation_error_message="Two files of one load need different names.",
            ),
        ]
        triggers = [append_only("sent_data_file_append_only")]

    def __str__(self) -> str:
        return self.name
