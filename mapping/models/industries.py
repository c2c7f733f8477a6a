"""NAICS in its vintages, and how codes went over from one to the next."""

from __future__ import annotations

from django.db import models


class Industry(models.Model):
    """A NAICS code of one vintage, two to six digits."""

    vintage = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["vintage", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["vintage", "code"],
                name="industry_once",
                violation_error_message="This code is already in this vintage.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class IndustryChange(models.Model):
    """One piece of an old code and where it went; splits and merges repeat codes."""

    old_vintage = models.PositiveSmallIntegerField()
    old_code = models.CharField(max_length=6)
    new_vintage = models.PositiveSmallIntegerField()
    new_code = models.CharField(max_length=6)
    piece = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["old_vintage", "old_code"], name="industry_change_old"),
            models.Index(fields=["new_vintage", "new_code"], name="industry_change_new"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} ({self.old_vintage}) to {self.new_code} ({self.new_vintage})"


class PublisherTitle(models.Model):
    """A title as a publisher's files print it; tells which parent and child are one industry."""

    source = models.CharField(max_length=40)
    code = models.CharField(max_length=6)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "code"],
                name="publisher_title_once",
                violation_error_message="This code already has a title of this publisher.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
