"""The money that pays for awards, from the appropriation to the payment: balanced entries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from grants.models.awards import Award
from grants.models.ledger_locks import Scope, ledger_laws
from grants.models.notices import Pool
from grants.models.selection import never_changed
from grants.rules.match.accounts import FUND_ACCOUNT_WORDS, FUND_FUNNEL, FundAccount, FundStep

ACCOUNTS = [(one.value, words) for one, words in FUND_ACCOUNT_WORDS.items()]


class FundEntry(models.Model):
    """An amount moves from one account of a pool to the next; written once, never changed."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="entries")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="fund_entries")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    source = models.CharField(max_length=16, choices=ACCOUNTS)
    target = models.CharField(max_length=16, choices=ACCOUNTS)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pool", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "number"],
                name="fund_entry_number_once",
                violation_error_message="The ledger of the pool has this entry.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason=""),
                name="fund_entry_moves_something",
                violation_error_message="An entry moves at least one cent and says why.",
            ),
            models.CheckConstraint(
                condition=Q(step=FundStep.ALLOT, award=None)
                | (~Q(step=FundStep.ALLOT) & Q(award__isnull=False)),
                name="fund_entry_names_award",
                violation_error_message="Money beyond the allotment belongs to an award.",
            ),
        ]
        triggers = [
            never_changed("fund_entry_append_only"),
            ledger_laws(
                "grants_fundentry",
                FUND_FUNNEL,
                ("grants_pool", "pool_id"),
                (Scope("pool_id", FundAccount.AVAILABLE), Scope("award_id", FundAccount.RESERVED)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.amount}"
