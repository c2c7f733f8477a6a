"""The Basis: what exactly a figure was computed from, and which Basis counts now."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mapping.models.definitions import DefinitionSet, append_only
from mapping.models.releases import Release
from mapping.rules.open_cells import ENGINES
from mapping.rules.terms import Imputation
from trail.models import Case

IMPUTATIONS = [(item.value, item.value) for item in Imputation]


class GeographyEdition(models.Model):
    """Which county lay in which area when a Basis was made; current tables may move on."""

    digest = models.CharField(max_length=64, unique=True)
    areas: models.JSONField[Any, Any] = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        triggers = [append_only("geography_edition_append_only")]

    def __str__(self) -> str:
        return self.digest[:12]


class Basis(models.Model):
    """An immutable naming of everything behind a measure; its digest is its identity."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="bases")
    totals_release = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="bases_as_totals"
    )
    state_release = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="bases_as_states"
    )
    earlier_release = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="bases_as_earlier"
    )
    earlier_totals_release = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="bases_as_earlier_totals"
    )
    definition_set = models.ForeignKey(DefinitionSet, models.PROTECT, related_name="bases")
    geography = models.CharField(max_length=60)
    geography_digest = models.CharField(max_length=64)
    imputation = models.CharField(max_length=12, choices=IMPUTATIONS)
    class_rules: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=20))
    absent_establishments = models.PositiveSmallIntegerField()
    engine = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(imputation__in=[item.value for item in Imputation]),
                name="basis_imputation_known",
                violation_error_message="Cells are read as published, at midpoints or shared out.",
            ),
            models.CheckConstraint(
                condition=Q(engine__in=ENGINES),
                name="basis_engine_known",
                violation_error_message="Measures are made by an engine that exists.",
            ),
        ]
        triggers = [append_only("basis_append_only")]

    def __str__(self) -> str:
        return f"{self.release}, {self.definition_set}"

    @property
    def reference(self) -> str:
        """The Basis's public name."""
        return self.case.reference

    @property
    def year(self) -> int:
        """The year of the data."""
        return self.release.year

    @property
    def is_synthetic(self) -> bool:
        """Whether any part of it was invented."""
        return self.release.is_synthetic or self.definition_set.is_synthetic


class BasisPublication(models.Model):
    """From when the public may see the measures of a Basis."""

    basis = models.OneToOneField(Basis, models.PROTECT, related_name="publication")
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)

    class Meta:
        triggers = [append_only("basis_publication_append_only")]

    def __str__(self) -> str:
        return f"{self.basis_id} from {self.at:%Y-%m-%d}"


class BasisSwitch(models.Model):
    """The act that makes a Basis the current one; the last row counts."""

    basis = models.ForeignKey(Basis, models.PROTECT, related_name="switches")
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)

    class Meta:
        ordering = ["-id"]
        triggers = [append_only("basis_switch_append_only")]

    def __str__(self) -> str:
        return f"to {self.basis_id} at {self.at:%Y-%m-%d %H:%M}"
