"""Requests for payment: what was asked for by budget line, who reviewed, certified and held it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from grants.models.awards import CATEGORIES, Award, SpecificCondition
from grants.models.funds import FundEntry
from grants.models.selection import never_changed
from grants.rules.payment_states import (
    OUTCOME_WORDS,
    PAYMENT,
    REVIEW_WORDS,
    PaymentState,
    ReviewKind,
)
from kit.references import new_reference

NOT_SUBMITTED = [PaymentState.DRAFT, PaymentState.WITHDRAWN]


def payment_reference() -> str:
    """Return a fresh reference of a request for payment."""
    return new_reference("PY")


class PaymentRequest(models.Model):
    """A request for reimbursement or advance, as SF-270 has it: costs to date, line by line.

    ``round`` counts how often it was submitted; reviews and certifications name theirs.
    ``pay_by`` is the last of the 30 days of 2 CFR 200.305(b).
    """

    reference = models.CharField(max_length=20, unique=True, default=payment_reference)
    award = models.ForeignKey(Award, models.PROTECT, related_name="payment_requests")
    state = models.CharField(max_length=20, choices=PAYMENT.choices(), default=PaymentState.DRAFT)
    round = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    costs_from = models.DateField()
    costs_through = models.DateField()
    progress = models.TextField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    signed_title = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True)
    pay_by = models.DateField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state=PaymentState.DRAFT),
                name="payment_request_one_draft",
                violation_error_message="A request is being prepared already. Finish that one.",
            ),
            models.CheckConstraint(
                condition=Q(costs_through__gte=F("costs_from")),
                name="payment_request_days_in_order",
                violation_error_message="The last day of the costs is not before the first.",
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_by=None,
                    submitted_at=None,
                    pay_by=None,
                    signed_title="",
                    statement="",
                    round=0,
                    state__in=NOT_SUBMITTED,
                )
                | (
                    Q(
                        submitted_by__isnull=False,
                        submitted_at__isnull=False,
                        pay_by__isnull=False,
                        round__gt=0,
                    )
                    & ~Q(signed_title="")
                    & ~Q(statement="")
                    & ~Q(state=PaymentState.DRAFT)
                ),
                name="payment_request_signed_paired",
                violation_error_message="A submitted request has a person, a title, a statement, "
                "a time and a day to pay by.",
            ),
        ]
        indexes = [models.Index(fields=["award", "state"], name="payment_request_of_award")]
        triggers = [
            pgtrigger.FSM(
                name="payment_request_moves", field="state", transitions=list(PAYMENT.edges())
            ),
            pgtrigger.Protect(name="payment_request_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_request_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.award_id IS DISTINCT FROM NEW.award_id OR "
                    "OLD.state NOT IN ('draft', 'returned') AND ("
                    "OLD.costs_from IS DISTINCT FROM NEW.costs_from OR "
                    "OLD.costs_through IS DISTINCT FROM NEW.costs_through OR "
                    "OLD.progress IS DISTINCT FROM NEW.progress OR "
                    "OLD.round IS DISTINCT FROM NEW.round OR "
                    "OLD.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id OR "
                    "OLD.submitted_at IS DISTINCT FROM NEW.submitted_at OR "
                    "OLD.statement IS DISTINCT FROM NEW.statement)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def status(self) -> PaymentState:
        """The state, typed."""
        return PaymentState(self.state)


class PaymentLine(models.Model):
    """One line of the budget in a request: cumulative federal costs, and what is asked for now."""

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="lines")
    category = models.CharField(max_length=20, choices=CATEGORIES)
    costs_to_date = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    advance = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    asked = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    approved = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "category"],
                name="payment_line_once",
                violation_error_message="The request has this line already.",
            ),
            models.CheckConstraint(
                condition=Q(costs_to_date__gte=0, advance__gte=0, asked__gte=0)
                & Q(asked__lte=F("costs_to_date") + F("advance")),
                name="payment_line_asked_for_costs",
                violation_error_message="A line asks for no more than its costs and its advance.",
            ),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(approved__gte=0, approved__lte=F("asked")),
                name="payment_line_approved_in_part",
                violation_error_message="No more is approved than was asked for.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="payment_line_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("stands", "text"), ("owner", "bigint")],
                func="""
                    owner := CASE WHEN TG_OP = 'DELETE' THEN OLD.request_id
                        ELSE NEW.request_id END;
                    SELECT state INTO stands FROM grants_paymentrequest
                        WHERE id = owner FOR SHARE;
                    IF TG_OP = 'UPDATE' AND stands = 'submitted'
                            AND NEW.request_id = OLD.request_id
                            AND NEW.category = OLD.category
                            AND NEW.costs_to_date = OLD.costs_to_date
                            AND NEW.advance = OLD.advance AND NEW.asked = OLD.asked THEN
                        RETURN NEW;
                    END IF;
                    IF stands NOT IN ('draft', 'returned') THEN
                        RAISE EXCEPTION 'pgtrigger: the lines of a submitted request stand';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.get_category_display()


class RequestReview(models.Model):
    """What one of the two reviewers said of one round of a request."""

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in REVIEW_WORDS.items()]
    )
    outcome = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in OUTCOME_WORDS.items()]
    )
    words = models.TextField()
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "round", "kind"],
                name="request_review_once",
                violation_error_message="This review is done.",
            ),
            models.UniqueConstraint(
                fields=["request", "round", "reviewed_by"],
                name="request_review_two_people",
                violation_error_message="You did the other review of this request. "
                "Another officer must do this one.",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & Q(kind__in=[one.value for one in ReviewKind]),
                name="request_review_has_words",
                violation_error_message="A review says what you looked at and found.",
            ),
        ]
        triggers = [never_changed("request_review_append_only")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"


class PaymentCertification(models.Model):
    """A certifying officer's signature: this amount is due. A failed payment needs another."""

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="certifications")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    statement = models.TextField()
    certified_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    approve_entry = models.OneToOneField(FundEntry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "number"],
                name="payment_certification_once",
                violation_error_message="This payment is certified.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(statement=""),
                name="payment_certification_complete",
                violation_error_message="A certification names its amount and its statement.",
            ),
        ]
        triggers = [
            never_changed("payment_certification_append_only"),
            pgtrigger.Trigger(
                name="payment_certification_third_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM grants_requestreview r
                            WHERE r.request_id = NEW.request_id
                            AND r.reviewed_by_id = NEW.certified_by_id)
                        OR EXISTS (SELECT 1 FROM grants_paymentrequest p
                            WHERE p.id = NEW.request_id AND NEW.certified_by_id
                            IN (p.submitted_by_id, p.started_by_id)) THEN
                        RAISE EXCEPTION 'pgtrigger: whoever asked or reviewed does not certify';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}, {self.amount}"


class PaymentHold(models.Model):
    """A payment waits, because a specific condition of the award says so, and we wrote why."""

    request = models.ForeignKey(PaymentRequest, models.PROTECT, related_name="holds")
    condition = models.ForeignKey(SpecificCondition, models.PROTECT, related_name="holds")
    reason = models.TextField()
    held_by = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    released_by = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(released_at=None),
                name="payment_hold_one_open",
                violation_error_message="This payment is held already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                & (
                    Q(released_by="", released_at=None)
                    | (~Q(released_by="") & Q(released_at__isnull=False))
                ),
                name="payment_hold_released_paired",
                violation_error_message="A hold says why, and who released it and when.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_hold_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_hold_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_at IS NOT NULL OR OLD.reason IS DISTINCT FROM NEW.reason OR "
                    "OLD.condition_id IS DISTINCT FROM NEW.condition_id OR "
                    "OLD.request_id IS DISTINCT FROM NEW.request_id"
                ),
            ),
            pgtrigger.Trigger(
                name="payment_hold_has_term",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM grants_specificcondition c
                            JOIN grants_paymentrequest p ON p.award_id = c.award_id
                            WHERE c.id = NEW.condition_id AND p.id = NEW.request_id
                            AND c.holds_payments AND c.removed_at IS NULL) THEN
                        RAISE EXCEPTION 'pgtrigger: only a term of the award holds a payment';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.reason
