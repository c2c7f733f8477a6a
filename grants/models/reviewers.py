"""What is known of people who review: expertise, employers, relations, addresses, training."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import Organization, User
from accounts.models.name_columns import name_key_normalized, skeleton_key_filled, uei_shaped
from accounts.rules.identifiers import NINE_DIGITS, UEI_PATTERN
from grants.rules.reviewers import RELATION_WORDS, RelationKind
from kit.references import new_reference
from trail.models import Case

state_digits = RegexValidator(r"^\d{2}$", "A state code has two digits.")


def employment_reference() -> str:
    """Return a fresh reference of an entry of a reviewer's employers."""
    return new_reference("RE")


def relation_reference() -> str:
    """Return a fresh reference of a declared relation."""
    return new_reference("RR")


def alias_reference() -> str:
    """Return a fresh reference of a further address."""
    return new_reference("RM")


class ReviewerProfile(models.Model):
    """What a reviewer says of the own expertise; conflicts are found from the rows below it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    expertise = models.TextField(blank=True)
    industries: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=6), default=list, blank=True
    )
    states: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=2, validators=[state_digits]), default=list, blank=True
    )
    has_no_relations = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)


class ReviewerEmployment(models.Model):
    """Where the person works or worked in the last 36 months, and in which unit."""

    reference = models.CharField(max_length=20, unique=True, default=employment_reference)
    profile = models.ForeignKey(ReviewerProfile, models.PROTECT, related_name="employments")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    organization_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    unit_key = models.CharField(max_length=200, blank=True)
    is_large = models.BooleanField(default=False)
    state_fips = models.CharField(max_length=2, blank=True, validators=[state_digits])
    since = models.DateField()
    until = models.DateField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="reviewer_employment_ends_after_start",
                violation_error_message="A job ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(state_fips="") | Q(state_fips__regex=r"^\d{2}$"),
                name="reviewer_employment_state_two_digits",
                violation_error_message="A state code has two digits.",
            ),
            models.CheckConstraint(
                condition=(Q(unit="") & Q(unit_key="")) | (~Q(unit="") & ~Q(unit_key="")),
                name="reviewer_employment_unit_paired",
                violation_error_message="A unit is compared by its key.",
            ),
            uei_shaped("reviewer_employment", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("reviewer_employment"),
            skeleton_key_filled("reviewer_employment"),
        ]

    def __str__(self) -> str:
        return self.organization_name


class ReviewerRelation(models.Model):
    """A person or organization that the reviewer declares to be tied to."""

    reference = models.CharField(max_length=20, unique=True, default=relation_reference)
    profile = models.ForeignKey(ReviewerProfile, models.PROTECT, related_name="relations")
    kind = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in RELATION_WORDS.items()]
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
    until = models.DateField(null=True)
    declared_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind", "name_key"],
                condition=Q(removed_at=None),
                name="reviewer_relation_once",
                violation_error_message="You have declared this already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in RelationKind]),
                name="reviewer_relation_kind_known",
                violation_error_message="Choose the kind of relation from the list.",
            ),
            uei_shaped("reviewer_relation", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("reviewer_relation"),
            skeleton_key_filled("reviewer_relation"),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewerAddress(models.Model):
    """A further e-mail address of the person: proved by a code, or only said."""

    reference = models.CharField(max_length=20, unique=True, default=alias_reference)
    profile = models.ForeignKey(ReviewerProfile, models.PROTECT, related_name="addresses")
    email = models.EmailField()
    nonce = models.CharField(max_length=64, unique=True)
    code_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "reviewer addresses"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                "profile",
                Lower("email"),
                condition=Q(removed_at=None),
                name="reviewer_address_once",
                violation_error_message="This address is in your profile already.",
            )
        ]

    def __str__(self) -> str:
        return self.email


class TrainingAttempt(models.Model):
    """One try at scoring the sample proposals; a passed one counts for a year."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    samples_version = models.PositiveSmallIntegerField()
    scores: models.JSONField[Any, Any] = models.JSONField()
    is_passed = models.BooleanField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "-at"], name="training_of_person")]
        triggers = [
            pgtrigger.Protect(
                name="training_attempt_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"training of {self.user}"
