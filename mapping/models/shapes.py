"""Shapes for maps: drawn once at load, one set per geography, in two levels of detail."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mapping.models.definitions import append_only
from mapping.rules.geometry import Detail
from mapping.rules.terms import RegionType

LINES = "lines"
LAYERS = [
    *((item.value, item.value) for item in RegionType if item is not RegionType.NATION),
    (LINES, LINES),
]
DETAILS = [(item.value, item.value) for item in Detail]


class ShapeSet(models.Model):
    """All shapes that were drawn from one file of borders for one geography."""

    geography_digest = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    source_digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["geography_digest", "source_digest"],
                name="shape_set_once",
                violation_error_message="The shapes of this geography are drawn already.",
            ),
        ]
        triggers = [append_only("shape_set_append_only")]

    def __str__(self) -> str:
        return f"{self.source}, {self.drawn_at:%Y-%m-%d}"


class Shape(models.Model):
    """One region as SVG path data, with the box around it and a point inside it."""

    shape_set = models.ForeignKey(ShapeSet, models.PROTECT, related_name="shapes", db_index=False)
    layer = models.CharField(max_length=6, choices=LAYERS)
    region_code = models.CharField(max_length=12)
    detail = models.CharField(max_length=6, choices=DETAILS)
    path = models.TextField()
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()
    label_x = models.IntegerField()
    label_y = models.IntegerField()
    neighbours: ArrayField[Any, Any] = ArrayField(models.CharField(max_length=5), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shape_set", "layer", "detail", "region_code"],
                name="shape_once",
                violation_error_message="A region has one shape per set and level of detail.",
            ),
            models.CheckConstraint(
                condition=Q(left__lte=models.F("right"), top__lte=models.F("bottom")),
                name="shape_box_in_order",
                violation_error_message="The box around a shape is upside down.",
            ),
        ]
        triggers = [append_only("shape_append_only")]

    def __str__(self) -> str:
        return f"{self.layer} {self.region_code} ({self.detail})"
