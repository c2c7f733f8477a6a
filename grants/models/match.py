"""Matching funds of an award: promises, contributions, their sources and the entries that count."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import Organization, User
from accounts.models.name_columns import name_key_normalized, skeleton_key_filled
from certification.models.signing import PersonalLink, SignedWords
from grants.models.awards import CATEGORIES, Award
from grants.models.givers import MatchCommitment
from grants.models.ledger_locks import MATCH_LAWS, Scope, ledger_laws
from grants.models.selection import never_changed
from grants.rules.match.accounts import (
    MATCH_ACCOUNT_WORDS,
    MATCH_FUNNEL,
    MatchAccount,
    MatchStep,
)
from grants.rules.match.states import (
    CONTRIBUTION,
    CONTRIBUTION_KIND_WORDS,
    FEDERAL_ORIGINS,
    NOTE_WORDS,
    ORIGIN_WORDS,
    REJECTION_WORDS,
    SOURCE_KIND_WORDS,
    ContributionState,
    NoteKind,
)
from grants.rules.panel_states import MATCH, MatchState
from grants.rules.terms import GIVER_CLASS_WORDS, MATCH_KIND_WORDS
from kit.references import new_reference
from records.models import Document

ACCOUNTS = [(one.value, words) for one, words in MATCH_ACCOUNT_WORDS.items()]
WORDS_OF_CONTRIBUTION = (
    "award",
    "pledge",
    "source",
    "kind",
    "category",
    "description",
    "given_from",
    "given_through",
    "amount",
    "valuation",
    "recorded_by",
)
WITH_REASON = [NoteKind.REJECTION, NoteKind.DISALLOWANCE]


def pledge_reference() -> str:
    """Return a fresh reference of a pledge."""
    return new_reference("PL")


def source_reference() -> str:
    """Return a fresh reference of a funding source."""
    return new_reference("FS")


def contribution_reference() -> str:
    """Return a fresh reference of a contribution."""
    return new_reference("CN")


class Pledge(models.Model):
    """A giver's promise to an award: from the proposal, or made later.

    What of it still stands, was given and was verified is the balance of its entries.
    """

    reference = models.CharField(max_length=20, unique=True, default=pledge_reference)
    award = models.ForeignKey(Award, models.PROTECT, related_name="pledges")
    commitment = models.OneToOneField(
        MatchCommitment, models.PROTECT, null=True, related_name="pledge"
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    giver_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    giver_class = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in GIVER_CLASS_WORDS.items()]
    )
    kind = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in MATCH_KIND_WORDS.items()]
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    purpose = models.CharField(max_length=300, blank=True)
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField()
    state = models.CharField(max_length=20, choices=MATCH.choices(), default=MatchState.LISTED)
    listed_by = models.CharField(max_length=120)
    listed_at = models.DateTimeField()

    class Meta:
        ordering = ["giver_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="pledge_amount_positive",
                violation_error_message="A promise is more than nothing.",
            ),
            models.UniqueConstraint(
                fields=["award", "name_key", "kind"],
                condition=~Q(state__in=[MatchState.WITHDRAWN, MatchState.DECLINED]),
                name="pledge_giver_once",
                violation_error_message="This giver already promises match of this kind here.",
            ),
            name_key_normalized("pledge"),
            skeleton_key_filled("pledge"),
        ]
        triggers = [
            pgtrigger.FSM(name="pledge_moves", field="state", transitions=list(MATCH.edges())),
            pgtrigger.Protect(name="pledge_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pledge_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("award", "amount", "kind", "giver_name", "name_key"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_name}, {self.amount}"


class FundingSource(models.Model):
    """What stands behind contributions: one paper, counted once over all awards of the portal."""

    reference = models.CharField(max_length=20, unique=True, default=source_reference)
    kind = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in SOURCE_KIND_WORDS.items()]
    )
    giver_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    number = models.CharField("document number", max_length=80)
    number_key = models.CharField(max_length=80)
    dated_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    origin = models.CharField(
        max_length=24, choices=[(one.value, words) for one, words in ORIGIN_WORDS.items()]
    )
    statute = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["giver_name", "dated_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "number_key"],
                name="funding_source_once",
                violation_error_message="A paper of this giver with this number is in the portal.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(number_key=""),
                name="funding_source_is_worth",
                violation_error_message="A source has a number and is worth more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(statute="") | Q(origin__in=sorted(FEDERAL_ORIGINS)),
                name="funding_source_statute_federal",
                violation_error_message="Only federal money needs a statute.",
            ),
            name_key_normalized("funding_source"),
            skeleton_key_filled("funding_source"),
        ]
        triggers = [never_changed("funding_source_append_only")]

    def __str__(self) -> str:
        return f"{self.giver_name}, {self.number}"


class SourceEvidence(models.Model):
    """A file that proves a source; the same file proves no other."""

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="evidence")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="source_evidence_digest_shaped",
                violation_error_message="Evidence has the fingerprint of its file.",
            )
        ]
        triggers = [never_changed("source_evidence_append_only")]

    def __str__(self) -> str:
        return str(self.document)


class Contribution(models.Model):
    """Something that was given, on a day or over days, valued by a rule of its kind.

    ``valuation`` keeps what the calculator was told and which dated rule it used.
    """

    reference = models.CharField(max_length=20, unique=True, default=contribution_reference)
    award = models.ForeignKey(Award, models.PROTECT, related_name="contributions")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="contributions")
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="contributions")
    kind = models.CharField(
        max_length=24,
        choices=[(one.value, words) for one, words in CONTRIBUTION_KIND_WORDS.items()],
    )
    category = models.CharField(max_length=20, choices=CATEGORIES)
    description = models.CharField(max_length=300)
    given_from = models.DateField()
    given_through = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    valuation: models.JSONField[Any, Any] = models.JSONField(default=dict)
    state = models.CharField(
        max_length=20, choices=CONTRIBUTION.choices(), default=ContributionState.RECORDED
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(description=""),
                name="contribution_is_worth",
                violation_error_message="A contribution is named and worth more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(given_through__gte=F("given_from")),
                name="contribution_days_in_order",
                violation_error_message="The last day is not before the first.",
            ),
        ]
        indexes = [models.Index(fields=["award", "state"], name="contribution_of_award")]
        triggers = [
            pgtrigger.FSM(
                name="contribution_moves", field="state", transitions=list(CONTRIBUTION.edges())
            ),
            pgtrigger.Protect(name="contribution_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="contribution_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*WORDS_OF_CONTRIBUTION),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def status(self) -> ContributionState:
        """The state, typed."""
        return ContributionState(self.state)


class MatchEntry(models.Model):
    """An amount moves from one account of a pledge to the next; written once, never changed."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="entries")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="entries")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, related_name="entries"
    )
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    source = models.CharField(max_length=16, choices=ACCOUNTS)
    target = models.CharField(max_length=16, choices=ACCOUNTS)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=120)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "number"],
                name="match_entry_number_once",
                violation_error_message="The ledger of the award has this entry.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason=""),
                name="match_entry_moves_something",
                violation_error_message="An entry moves at least one cent and says why.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(step__in=[MatchStep.CONTRIBUTE, MatchStep.VERIFY])
                    & Q(contribution__isnull=False)
                )
                | (Q(step__in=[MatchStep.PLEDGE, MatchStep.COMMIT]) & Q(contribution=None)),
                name="match_entry_names_contribution",
                violation_error_message="What was given or verified names its contribution.",
            ),
        ]
        indexes = [
            models.Index(fields=["pledge"], name="match_entry_of_pledge"),
        ]
        triggers = [
            never_changed("match_entry_append_only"),
            ledger_laws(
                "grants_matchentry",
                MATCH_FUNNEL,
                ("grants_award", "award_id"),
                (
                    Scope("pledge_id", MatchAccount.PLEDGED),
                    Scope("contribution_id", MatchAccount.CONTRIBUTED),
                ),
                MATCH_LAWS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.amount}"


class ContributionNote(models.Model):
    """What was asked, answered or found about a contribution; never changed."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="notes")
    kind = models.CharField(
        max_length=14, choices=[(one.value, words) for one, words in NOTE_WORDS.items()]
    )
    reason = models.CharField(
        max_length=20,
        blank=True,
        choices=[(one.value, words) for one, words in REJECTION_WORDS.items()],
    )
    words = models.TextField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="")
                & (
                    (Q(kind__in=WITH_REASON) & ~Q(reason=""))
                    | (~Q(kind__in=WITH_REASON) & Q(reason=""))
                ),
                name="contribution_note_has_reason",
                violation_error_message="A rejection names the test that failed, and says why.",
            )
        ]
        triggers = [never_changed("contribution_note_append_only")]

    def __str__(self) -> str:
        return self.get_kind_display()


class AwardGiverLink(PersonalLink):
    """The personal link of a giver who is asked to sign a pledge or confirm a contribution."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, related_name="links")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="links")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pledge__isnull=False, contribution=None)
                | Q(pledge=None, contribution__isnull=False),
                name="award_giver_link_of_one",
                violation_error_message="A link is of one pledge or one contribution.",
            ),
            models.UniqueConstraint(
                fields=["pledge", "contribution"],
                condition=Q(used_at=None, closed_at=None),
                nulls_distinct=False,
                name="award_giver_link_one_open",
                violation_error_message="This giver already has an open link.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="award_giver_link_expires_after_sent",
                violation_error_message="A link ends after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_email="", code_sent_at=None)
                | (~Q(code_digest="") & ~Q(code_email="") & Q(code_sent_at__isnull=False)),
                name="award_giver_link_code_paired",
                violation_error_message="A code has a digest, an address and a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"for {self.pledge or self.contribution}"


class AwardGiverSignature(SignedWords):
    """What a giver signed, yes or no, word for word; never changed."""

    link = models.OneToOneField(AwardGiverLink, models.PROTECT, related_name="signature")
    is_agreed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed_name="") & ~Q(title="") & ~Q(statement=""),
                name="award_giver_signature_complete",
                violation_error_message="A signature has a name, a title and a statement.",
            )
        ]
        triggers = [never_changed("award_giver_signature_append_only")]
