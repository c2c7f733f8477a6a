"""Payments on their way: files for the disbursing office, what it answered, money paid back."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from grants.models.funds import FundEntry
from grants.models.payments import PaymentCertification, PaymentLine
from grants.models.selection import DIGEST_SHAPE, never_changed
from grants.rules.payment_states import CAUSE_WORDS, RepaymentCause
from kit.references import new_reference


def file_reference() -> str:
    """Return a fresh reference of a payment file."""
    return new_reference("PF")


class PaymentFile(models.Model):
    """Certified payments for the disbursing office; ``content`` is the file, byte for byte."""

    reference = models.CharField(max_length=20, unique=True, default=file_reference)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    reconciled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST_SHAPE, count__gt=0, total__gt=0),
                name="payment_file_complete",
                violation_error_message="A payment file has payments, their sum and its digest.",
            ),
            models.CheckConstraint(
                condition=Q(reconciled_by=None, reconciled_at=None)
                | Q(reconciled_by__isnull=False, reconciled_at__isnull=False),
                name="payment_file_reconciled_paired",
                violation_error_message="A reconciled file has a person and a time.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_file_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_file_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "reference", "agency", "content", "digest", "count", "total", "made_by"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentResults(models.Model):
    """A file of results as the disbursing office sent it; the same file is read once."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    paid = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "digest"],
                name="payment_results_once",
                violation_error_message="This file of results was read before.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST_SHAPE),
                name="payment_results_digest_shaped",
                violation_error_message="A file of results has a digest.",
            ),
        ]
        triggers = [never_changed("payment_results_append_only")]

    def __str__(self) -> str:
        return self.name


class PaymentOrder(models.Model):
    """One payment of a file, and how it ended."""

    class Result(models.TextChoices):
        """How a payment ended."""

        PAID = "paid", "Paid"
        FAILED = "failed", "Failed"

    file = models.ForeignKey(PaymentFile, models.PROTECT, related_name="orders")
    certification = models.OneToOneField(PaymentCertification, models.PROTECT, related_name="order")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    result = models.CharField(max_length=8, blank=True, choices=Result.choices)
    results = models.ForeignKey(PaymentResults, models.PROTECT, null=True, related_name="orders")
    result_on = models.DateField(null=True)
    trace = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    pay_entry = models.OneToOneField(FundEntry, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & (
                    Q(result="", results=None, result_on=None, pay_entry=None)
                    | (
                        Q(
                            result="paid",
                            results__isnull=False,
                            result_on__isnull=False,
                            pay_entry__isnull=False,
                        )
                        & ~Q(trace="")
                    )
                    | (
                        Q(
                            result="failed",
                            results__isnull=False,
                            result_on__isnull=False,
                            pay_entry=None,
                        )
                        & ~Q(reason="")
                    )
                ),
                name="payment_order_result_paired",
                violation_error_message="A paid order has a day, a trace and an entry; a failed "
                "one says why.",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="payment_order_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="payment_order_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.result <> '' OR OLD.amount IS DISTINCT FROM NEW.amount OR "
                    "OLD.certification_id IS DISTINCT FROM NEW.certification_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification}"


class Refund(models.Model):
    """Money that came back on one line of a paid request, wholly or in part.

    Only a wrong cost lowers the costs to date: what came back for want of match may be drawn again.
    """

    line = models.ForeignKey(PaymentLine, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    number = models.CharField("reference of the repayment", max_length=60)
    received_on = models.DateField()
    cause = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in CAUSE_WORDS.items()]
    )
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=[one.value for one in RepaymentCause]),
                name="refund_has_cause",
                violation_error_message="Say why the money came back.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(number="") & ~Q(reason=""),
                name="refund_is_something",
                violation_error_message="A repayment has an amount, a reference and a reason.",
            ),
            models.UniqueConstraint(
                fields=["line", "number"],
                name="refund_once",
                violation_error_message="This repayment is recorded on this line already.",
            ),
        ]
        triggers = [
            never_changed("refund_append_only"),
            pgtrigger.Trigger(
                name="refund_not_over",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("most", "numeric"), ("before", "numeric")],
                func="""
                    SELECT l.approved INTO most FROM grants_paymentline l
                        JOIN grants_paymentrequest p ON p.id = l.request_id
                        WHERE l.id = NEW.line_id AND p.state IN ('paid', 'reconciled')
                        FOR UPDATE;
                    SELECT coalesce(sum(amount), 0) INTO before FROM grants_refund
                        WHERE line_id = NEW.line_id;
                    IF most IS NULL OR before + NEW.amount > most THEN
                        RAISE EXCEPTION 'pgtrigger: no more is paid back than was paid';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.amount}"
