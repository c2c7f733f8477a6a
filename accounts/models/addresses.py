"""Changes of the address with which a person signs in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models.users import User
from trail.models import Case


class AddressChange(models.Model):
    """Somebody asks to sign in with another address; it counts once its code was entered.

    A change that was done is what is known of the former address: letters to it stay the
    person's, and later checks of conflicts know the person by it.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="address_changes")
    old_address = models.EmailField()
    new_address = models.EmailField()
    asked_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(done_at=None, dropped_at=None),
                name="address_change_waits_once",
                violation_error_message="A change of your address is waiting for a code already.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None),
                name="address_change_ends_one_way",
                violation_error_message="A change of address is either done or dropped.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, dropped_at=None) | Q(code_digest=""),
                name="address_change_forgets_code",
                violation_error_message="A code that is used up is not kept.",
            ),
            models.CheckConstraint(
                condition=~Q(new_address__iexact=F("old_address")),
                name="address_change_changes",
                violation_error_message="You sign in with this address already.",
            ),
        ]
        indexes = [
            models.Index(
                Lower("old_address"), condition=Q(done_at__isnull=False), name="former_address"
            ),
            models.Index(Lower("new_address"), F("asked_at"), name="address_asked_for"),
        ]

    def __str__(self) -> str:
        return f"{self.old_address} to {self.new_address}"
