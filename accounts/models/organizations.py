"""Firms, institutions and public bodies that people belong to."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from accounts.models.users import User
from trail.models import Case


class Organization(models.Model):
    """An organization; geography lies above, so that place and industry are checked text here."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    legal_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    uei = models.CharField(
        "unique entity identifier",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[A-HJ-NP-Z0-9]{12}$", "A UEI has 12 letters and digits.")],
    )
    county_fips = models.CharField(
        max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", "A county has 5 digits.")]
    )
    naics = models.CharField(
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2,6}$", "A NAICS code is digits.")],
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uei"],
                condition=~models.Q(uei=""),
                name="organization_uei_once",
                violation_error_message="Another organization already has this UEI.",
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name


class OrganizationRole(models.Model):
    """Somebody belongs to an organization."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="roles")
    user = models.ForeignKey(User, models.PROTECT, related_name="organization_roles")
    is_administrator = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"],
                condition=models.Q(until=None),
                name="organization_role_once",
                violation_error_message="This person already belongs to the organization.",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="organization_role_ends_after_start",
                violation_error_message="A membership ends after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organization}"


class OrganizationInvitation(models.Model):
    """An e-mail address is asked to join; whoever signs in with that address may accept.

    There is no link to leak: the address itself, verified at sign-up, is the key.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    is_administrator = models.BooleanField(default=False)
    invited_by = models.CharField(max_length=120)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(answered_at=None),
                name="organization_invitation_once",
                violation_error_message="This person has already been invited.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_accepted=False) | models.Q(answered_at__isnull=False),
                name="organization_invitation_accepted_when",
                violation_error_message="An accepted invitation says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organization}"
