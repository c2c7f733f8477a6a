"""Agencies and their officers."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from accounts.models.users import User
from accounts.rules.roles import ROLE_LABELS, AgencyRoleKind
from trail.models import Case


class Agency(models.Model):
    """A federal or state agency with its own zone, officers and letterhead."""

    class Kind(models.TextChoices):
        """Level of government."""

        FEDERAL = "federal", "Federal agency"
        STATE = "state", "State agency"

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state_fips = models.CharField(
        max_length=2, blank=True, validators=[RegexValidator(r"^\d{2}$", "A state has 2 digits.")]
    )
    time_zone = models.CharField(max_length=60, default="America/New_York")
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField()
    postal_address = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="federal", state_fips=""))
                | (models.Q(kind="state") & ~models.Q(state_fips="")),
                name="agency_state_has_state",
                violation_error_message="A state agency names its state; a federal one does not.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyRole(models.Model):
    """Somebody is an officer of an agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="roles")
    user = models.ForeignKey(User, models.PROTECT, related_name="agency_roles")
    role = models.CharField(
        max_length=30, choices=[(kind.value, label) for kind, label in ROLE_LABELS.items()]
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    granted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user", "role"],
                condition=models.Q(until=None),
                name="agency_role_once",
                violation_error_message="This person already holds the role.",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="agency_role_ends_after_start",
                violation_error_message="A role ends after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.label}, {self.agency.short_name}"

    @property
    def label(self) -> str:
        """Return the role in words."""
        return ROLE_LABELS[AgencyRoleKind(self.role)]
