"""Publications: the only way anything becomes public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from trail.models import Case

# What is written when it is prepared, and never again.
FACTS = [
    "case",
    "kind",
    "number",
    "prepared_by",
    "prepared_at",
    "show_from",
    "is_correction",
    "why",
    "snapshot",
    "digest",
]


class PublicationQuerySet(models.QuerySet["Publication"]):
    """The words in which publications are asked for."""

    def shown_at(self, moment: Any) -> PublicationQuerySet:  # noqa: ANN401 - a moment or an expression
        """Return what the public reads at a moment."""
        return self.filter(shown__contains=moment)

    def waiting(self) -> PublicationQuerySet:
        """Return what was prepared and neither released nor discarded."""
        return self.filter(released_at=None, discarded_at=None)


class Publication(models.Model):
    """A snapshot prepared by one person and released by another, immutable once released.

    Attributes:
        number: Counts everything prepared; never public, since it would tell of what is not.
        version: Counts the released versions of one entry.
        shown: From when until when the public reads this version; open until the next one.
        show_from: The moment that was set for it; at once if there is none.
        why: What is new in this version and why; public where it is a correction.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    prepared_by = models.CharField(max_length=120)
    prepared_at = models.DateTimeField()
    show_from = models.DateTimeField(null=True)
    is_correction = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    released_by = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(null=True)
    shown: DateTimeRangeField = DateTimeRangeField(null=True)
    discarded_by = models.CharField(max_length=120, blank=True)
    discarded_at = models.DateTimeField(null=True)
    discard_reason = models.TextField(blank=True)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="publication_number_once",
                violation_error_message="This publication number is taken.",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "version"],
                name="publication_version_once",
                violation_error_message="An entry has each version once.",
            ),
            ExclusionConstraint(
                name="publication_one_shown",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("shown", RangeOperators.OVERLAPS),
                ],
                violation_error_message="The public reads one version of an entry at a time.",
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("released_by")),
                name="publication_two_persons",
                violation_error_message="A second person must release a publication.",
            ),
            models.CheckConstraint(
                condition=Q(released_by="", released_at=None)
                | (~Q(released_by="") & Q(released_at__isnull=False)),
                name="publication_released_paired",
                violation_error_message="A release has a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(discarded_by="", discarded_at=None, discard_reason="")
                | (~Q(discarded_by="") & ~Q(discard_reason="") & Q(discarded_at__isnull=False)),
                name="publication_discarded_paired",
                violation_error_message="A discarded publication has a person, a time, a reason.",
            ),
            models.CheckConstraint(
                condition=Q(
                    released_at__isnull=False,
                    discarded_at=None,
                    version__isnull=False,
                    shown__startswith__isnull=False,
                )
                | Q(shown=None, version=None, released_at=None)
                | Q(shown=None, version=None, discarded_at__isnull=False),
                name="publication_shown_once_released",
                violation_error_message="Only what was released and not stopped is shown.",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False) | ~Q(why=""),
                name="publication_correction_says_why",
                violation_error_message="A correction says what was wrong, and why.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="publication_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="publication_facts_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*FACTS),
            ),
            pgtrigger.Protect(
                name="publication_released_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_at IS NOT NULL AND (OLD.released_at, OLD.released_by)"
                    " IS DISTINCT FROM (NEW.released_at, NEW.released_by)"
                ),
            ),
            pgtrigger.Protect(
                name="publication_discarded_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__discarded_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="publication_start_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.shown IS NOT NULL AND NEW.shown IS NOT NULL"
                    " AND lower(OLD.shown) <> lower(NEW.shown)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def public_from(self) -> datetime | None:
        """Since when, or from when on, the public reads it."""
        return self.shown.lower if self.shown else None

    @property
    def public_until(self) -> datetime | None:
        """When the next version took its place."""
        return self.shown.upper if self.shown else None
