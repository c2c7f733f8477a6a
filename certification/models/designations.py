"""Designations: who holds one, for which cluster and region, for which term."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from certification.models.applications import Application
from certification.models.groups import ClusterGroup
from certification.rules.states import DESIGNATION, DesignationState
from trail.models import Case


class Designation(models.Model):
    """A group is a Designated Cluster for a term; cluster and region are kept as decided."""

    class TermKind(models.TextChoices):
        """What kind of term it is."""

        FULL = "full", "Full term"

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, models.PROTECT, related_name="designation")
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="designations")
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(
        max_length=20, choices=DESIGNATION.choices(), default=DesignationState.IN_FORCE
    )
    cluster_code = models.CharField(max_length=8)
    definition_set_code = models.CharField(max_length=60)
    region_key = models.CharField(max_length=64)
    term_kind = models.CharField(max_length=20, choices=TermKind.choices, default=TermKind.FULL)
    term = DateRangeField()
    designated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            ExclusionConstraint(
                name="designation_terms_do_not_overlap",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("definition_set_code", RangeOperators.EQUAL),
                    ("cluster_code", RangeOperators.EQUAL),
                    ("region_key", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This group already holds a designation in these days.",
            ),
            models.CheckConstraint(
                condition=Q(term__startswith__isnull=False, term__endswith__isnull=False),
                name="designation_term_is_bounded",
                violation_error_message="A term has a first and a last day.",
            ),
            models.CheckConstraint(
                condition=Q(state=DesignationState.ENDED, ended_at__isnull=False)
                | (~Q(state=DesignationState.ENDED) & Q(ended_at=None)),
                name="designation_end_paired",
                violation_error_message="An ended designation has a time of its end.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="designation_moves",
                field="state",
                transitions=list(DESIGNATION.edges()),
            ),
            pgtrigger.Protect(name="designation_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="designation_terms_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "ended_at"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Designation {self.number}"

    @property
    def reference(self) -> str:
        """The designation's reference, as in addresses."""
        return self.case.reference
