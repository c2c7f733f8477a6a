"""How a person likes to see a list: a saved view of one table."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from accounts.models.users import User


class SavedView(models.Model):
    """Filters, order and columns of one list under a name; seen by nobody else."""

    user = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    table = models.CharField(
        max_length=60, validators=[RegexValidator(r"^[a-z_.]+$", "A table has a short key.")]
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    address = models.CharField(max_length=300)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["table", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "table",
                Lower("name"),
                name="saved_view_name_once",
                violation_error_message="You already have a view of this name.",
            ),
            models.UniqueConstraint(
                fields=["user", "table"],
                condition=models.Q(is_default=True),
                name="saved_view_default_once",
                violation_error_message="A list opens with one view.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & models.Q(address__startswith="/"),
                name="saved_view_has_name_and_place",
                violation_error_message="Give the view a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def link(self) -> str:
        """Where the list opens with this view."""
        return f"{self.address}?{self.query or 'view=all'}"
