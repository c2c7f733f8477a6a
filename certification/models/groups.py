"""Groups: which cluster, which region, who runs them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import Agency, User
from certification.rules.groups import (
    REGION_KIND_WORDS,
    SEAT_ROLE_WORDS,
    RegionKind,
    SeatRole,
)
from kit.references import new_reference
from trail.models import Case

REGION_KINDS = [(kind.value, words) for kind, words in REGION_KIND_WORDS.items()]
SEAT_ROLES = [(role.value, words) for role, words in SEAT_ROLE_WORDS.items()]
county_digits = RegexValidator(r"^\d{5}$", "A county code has five digits.")
state_digits = RegexValidator(r"^\d{2}$", "A state code has two digits.")


def seat_reference() -> str:
    """Return a fresh reference of a seat."""
    return new_reference("ST")


def seat_invitation_reference() -> str:
    """Return a fresh reference of an invitation to a seat."""
    return new_reference("SI")


class ClusterGroup(models.Model):
    """Firms, institutions and governments of one cluster in one region, preparing together.

    ``region_key`` is the digest of the sorted county list: two spellings of one region meet.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    definition_set_code = models.CharField(max_length=60)
    cluster_code = models.CharField(max_length=8)
    cluster_name = models.CharField(max_length=120)
    region_kind = models.CharField(max_length=20, choices=REGION_KINDS)
    region_code = models.CharField(max_length=5, blank=True)
    region_name = models.CharField(max_length=160)
    region_key = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(region_kind__in=[kind.value for kind in RegionKind]),
                name="group_region_kind_known",
                violation_error_message="A region is an economic area, a state, a metropolitan "
                "area or a list of counties.",
            ),
            models.CheckConstraint(
                condition=Q(region_kind="custom", region_code="")
                | (~Q(region_kind="custom") & ~Q(region_code="")),
                name="group_known_region_has_code",
                violation_error_message="A known region has a code; a list of counties has none.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(cluster_code="") & ~Q(region_name=""),
                name="group_is_named",
                violation_error_message="A group has a name, a cluster and a region.",
            ),
        ]
        indexes = [
            models.Index(fields=["definition_set_code", "cluster_code"], name="group_cluster"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """The group's reference, as in addresses."""
        return self.case.reference


class GroupCounty(models.Model):
    """One county of a group's region; always listed, also for known regions."""

    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="counties")
    fips = models.CharField(max_length=5, validators=[county_digits])

    class Meta:
        ordering = ["fips"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "fips"],
                name="group_county_once",
                violation_error_message="This county is already in the region.",
            ),
            models.CheckConstraint(
                condition=Q(fips__regex=r"^\d{5}$"),
                name="group_county_five_digits",
                violation_error_message="A county code has five digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.fips


class GroupSeat(models.Model):
    """Somebody acts for a group; the one who certifies is never the one who administers."""

    reference = models.CharField(max_length=20, unique=True, default=seat_reference)
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=SEAT_ROLES)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=Q(until=None),
                name="group_seat_one_per_person",
                violation_error_message="This person already has a seat in the group.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in SeatRole]),
                name="group_seat_role_known",
                violation_error_message="A seat is administrator or authorized representative.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="group_seat_ends_after_start",
                violation_error_message="A seat ends after it starts.",
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(until=None), name="group_seat_open")]

    def __str__(self) -> str:
        return f"{self.user}, {SEAT_ROLE_WORDS[SeatRole(self.role)].lower()}"


class SeatInvitation(models.Model):
    """A person was asked to take a seat; the link is personal and works once."""

    reference = models.CharField(max_length=20, unique=True, default=seat_invitation_reference)
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="seat_invitations")
    role = models.CharField(max_length=30, choices=SEAT_ROLES)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    nonce = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "group",
                Lower("email"),
                condition=Q(accepted_at=None, closed_at=None),
                name="seat_invitation_one_open",
                violation_error_message="This person already has an open invitation.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="seat_invitation_accepted_paired",
                violation_error_message="An accepted invitation has a person and a time.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="seat_invitation_expires_after_sent",
                violation_error_message="An invitation ends after it was sent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {SEAT_ROLE_WORDS[SeatRole(self.role)].lower()}"
