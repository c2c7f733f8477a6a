"""Rulebooks as dated rows: a case is judged by the rows that were in force for it."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from certification.rules import rulebook as rules


class Rulebook(models.Model):
    """One version of the programme's numbers. Only its end may still be set."""

    code = models.SlugField(max_length=20)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="rulebook_version_once",
                violation_error_message="This version of the rulebook exists.",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="rulebook_ends_after_start",
                violation_error_message="A rulebook ends after it starts.",
            ),
            ExclusionConstraint(
                name="rulebook_one_in_force",
                expressions=[
                    ("code", RangeOperators.EQUAL),
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
                violation_error_message="Another version is in force in these days.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="rulebook_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="rulebook_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["effective_to"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def rules(self) -> rules.Rulebook:
        """The rulebook as the criteria read it; its parameters in the order of their keys."""
        rows = sorted(self.parameters.all(), key=lambda row: row.key)
        return rules.Rulebook(
            code=self.code,
            version=self.version,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            parameters=tuple(
                rules.Parameter(row.key, rules.parse_value(row.value), row.title, row.citation)
                for row in rows
            ),
        )


class RulebookParameter(models.Model):
    """One number of a rulebook, written as text so that it stays exact."""

    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="parameters")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    citation = models.CharField(max_length=200)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["rulebook", "key"],
                name="rulebook_parameter_once",
                violation_error_message="A rulebook has each parameter once.",
            ),
            models.CheckConstraint(
                condition=Q(value__regex=r"^[0-9]+(\.[0-9]+|/[1-9][0-9]*)?$"),
                name="rulebook_parameter_is_number",
                violation_error_message="Write a number such as 15, 0.30 or 2/3.",
            ),
            models.CheckConstraint(
                condition=~Q(citation=""),
                name="rulebook_parameter_is_cited",
                violation_error_message="Say where the number is written.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="rulebook_parameter_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
