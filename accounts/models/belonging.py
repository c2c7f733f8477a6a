"""Other ways to belong: an e-mail domain that the organization proved, a request to join."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.organizations import Organization
from accounts.models.users import User
from accounts.rules.belonging import DOMAIN_PATTERN


class OrganizationDomain(models.Model):
    """A domain that an organization says is its own; it counts once it is proved.

    The code is sent to a mailbox of the domain that only its keeper reads; of the code we keep a
    keyed digest.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=190)
    claimed_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=120)
    sent_to = models.EmailField(blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True)
    proven_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(domain__regex=DOMAIN_PATTERN),
                name="organization_domain_shape",
                violation_error_message="A domain is written in small letters, digits and dots.",
            ),
            models.UniqueConstraint(
                fields=["organization", "domain"],
                condition=Q(ended_at=None),
                name="organization_domain_claimed_once",
                violation_error_message="The organization has named this domain already.",
            ),
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(ended_at=None, proven_at__isnull=False),
                name="organization_domain_proven_once",
                violation_error_message="Another organization has proved this domain.",
            ),
            models.CheckConstraint(
                condition=Q(proven_at=None, proven_by="")
                | (Q(proven_at__isnull=False) & ~Q(proven_by="")),
                name="organization_domain_proven_by_whom",
                violation_error_message="A proved domain says by whom and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class JoinRequest(models.Model):
    """Somebody asks to belong; an administrator of the organization answers."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="join_requests")
    user = models.ForeignKey(User, models.PROTECT, related_name="join_requests")
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"],
                condition=Q(answered_at=None),
                name="join_request_once",
                violation_error_message="You have asked already.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="", is_accepted=False)
                | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="join_request_answered_by_whom",
                violation_error_message="An answer says who gave it and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} to {self.organization}"
