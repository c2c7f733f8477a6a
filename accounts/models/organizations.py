"""Firms, institutions and public bodies that people belong to."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.models.name_columns import name_key_normalized, skeleton_key_filled, uei_shaped
from accounts.models.users import User
from accounts.rules.identifiers import EIN_PATTERN, NINE_DIGITS, UEI_PATTERN
from accounts.rules.organizations import LEGAL_FORM_WORDS, LegalForm
from accounts.rules.size_class import BANDS
from trail.models import Case

MOST_EMPLOYEES = 5_000_000
FAMILY_LOCK = 7_301_002  # advisory lock: one change of families at a time, or two make a circle
NO_CIRCLE = """
    IF NEW.parent_id IS NULL OR NEW.parent_id = NEW.id THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock(7301002);
    IF EXISTS (
        WITH RECURSIVE above(id, steps) AS (
            SELECT NEW.parent_id, 1
            UNION ALL
            SELECT parent.parent_id, above.steps + 1
            FROM above JOIN accounts_organization parent ON parent.id = above.id
            WHERE parent.parent_id IS NOT NULL AND above.steps <= 20
        )
        SELECT 1 FROM above WHERE id = NEW.id OR steps > 20
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a corporate family has no circle';
    END IF;
    RETURN NEW;
"""  # the lock is FAMILY_LOCK, the depth accounts.rules.organizations.DEEPEST


class Organization(models.Model):
    """An organization; geography lies above, so that place and industry are checked text here.

    Only members and officers see the tax number and the figures of size; nothing public does.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    legal_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    skeleton_key = models.CharField(max_length=200, db_index=True)
    legal_form = models.CharField(
        max_length=30,
        blank=True,
        choices=[(form.value, words) for form, words in LEGAL_FORM_WORDS.items()],
    )
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
    ein = models.CharField("employer identification number", max_length=9, blank=True)
    county_fips = models.CharField(
        max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", "A county has 5 digits.")]
    )
    naics = models.CharField(
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2,6}$", "A NAICS code is digits.")],
    )
    employees = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MOST_EMPLOYEES)]
    )
    receipts_band = models.CharField(
        max_length=30, blank=True, choices=[(one.code, one.words) for one in BANDS.values()]
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsidiaries"
    )
    # The organization that this one turned out to be; nothing is deleted.
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded")
    superseded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uei"],
                condition=~Q(uei="") & Q(superseded_by=None),
                name="organization_uei_once",
                violation_error_message="Another organization already has this UEI.",
            ),
            uei_shaped("organization", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("organization"),
            skeleton_key_filled("organization"),
            models.CheckConstraint(
                condition=Q(ein="") | Q(ein__regex=EIN_PATTERN),
                name="organization_ein_shape",
                violation_error_message="An EIN has nine digits.",
            ),
            models.CheckConstraint(
                condition=Q(ein="") | ~Q(legal_form=LegalForm.SOLE_PROPRIETOR),
                name="organization_no_ein_of_sole_proprietor",
                violation_error_message="The tax number of a sole proprietor is never kept.",
            ),
            models.CheckConstraint(
                condition=Q(receipts_band__in=["", *BANDS]),
                name="organization_receipts_band_known",
                violation_error_message="Choose the band of receipts from the list.",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None, superseded_at=None)
                | (
                    Q(superseded_by__isnull=False, superseded_at__isnull=False)
                    & ~Q(superseded_by=F("id"))
                ),
                name="organization_superseded_by_another",
                violation_error_message="A merged organization names another one, and since when.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organization_not_its_own_parent",
                violation_error_message="An organization cannot be its own parent.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="organization_name_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="organization_family_has_no_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),  # type: ignore[no-untyped-call]
                func=NO_CIRCLE,
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def is_sole_proprietor(self) -> bool:
        """Whether one person is the business: then no tax number is kept."""
        return self.legal_form == LegalForm.SOLE_PROPRIETOR


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
                condition=Q(until=None),
                name="organization_role_once",
                violation_error_message="This person already belongs to the organization.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
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
                condition=Q(answered_at=None),
                name="organization_invitation_once",
                violation_error_message="This person has already been invited.",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
                name="organization_invitation_accepted_when",
                violation_error_message="An accepted invitation says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organization}"
