"""Size standards by industry as dated rows: a class is judged by the rows of its day."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.rules.size_class import MEASURE_WORDS, Measure, Standard


class SizeStandardQuerySet(models.QuerySet["SizeStandard"]):
    """The words in which the table is asked."""

    def in_force(self, on: date) -> SizeStandardQuerySet:
        """Return the rows that hold on a day."""
        return self.filter(Q(effective_to=None) | Q(effective_to__gt=on), Q(effective_from__lte=on))


class SizeStandard(models.Model):
    """How large a concern of an industry may be and still be small. Only its end may be set."""

    naics = models.CharField(max_length=6)
    measure = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in MEASURE_WORDS.items()]
    )
    limit = models.BigIntegerField()
    citation = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    objects = SizeStandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(naics__regex=r"^[0-9]{6}$"),
                name="size_standard_six_digits",
                violation_error_message="A size standard belongs to a six-digit NAICS code.",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=[one.value for one in Measure]),
                name="size_standard_measure_known",
                violation_error_message="A size standard counts employees or receipts.",
            ),
            models.CheckConstraint(
                condition=Q(limit__gt=0),
                name="size_standard_limit_positive",
                violation_error_message="A limit is more than zero.",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="size_standard_ends_after_start",
                violation_error_message="A size standard ends after it starts.",
            ),
            ExclusionConstraint(
                name="size_standard_one_in_force",
                expressions=[
                    ("naics", RangeOperators.EQUAL),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_to"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Another size standard of this industry holds then.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="size_standard_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="size_standard_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["effective_to"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naics}: {self.as_rule().words}"

    def as_rule(self) -> Standard:
        """Return the row as the rule reads it."""
        return Standard(
            self.naics,
            Measure(self.measure),
            self.limit,
            self.citation,
            self.effective_from,
            self.note,
        )
