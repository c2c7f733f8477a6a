"""How proposals were ranked, drawn, recommended and selected: written once, never changed."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import User
from grants.models.competitions import Competition
from grants.models.notices import Pool
from grants.models.proposals import Proposal
from grants.rules.selection import ADVICE_WORDS
from kit.references import new_reference

DIGEST_SHAPE = r"^[0-9a-f]{64}$"
ADVICE = [(one.value, words) for one, words in ADVICE_WORDS.items()]


def ranking_reference() -> str:
    """Return a fresh reference of a pinned ranking."""
    return new_reference("RK")


def never_changed(name: str) -> pgtrigger.Protect:
    """A trigger that keeps rows as they were written."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class PinnedRanking(models.Model):
    """The ranking on which a selection rests: its inputs, word for word, and what came of them.

    ``digest`` is the SHA-256 of inputs and result; ``manage.py rederive_ranking`` makes the result
    again from the inputs alone.
    """

    reference = models.CharField(max_length=20, unique=True, default=ranking_reference)
    competition = models.OneToOneField(Competition, models.PROTECT, related_name="ranking")
    inputs: models.JSONField[Any, Any] = models.JSONField()
    result: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)
    pinned_by = models.CharField(max_length=120)
    pinned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST_SHAPE),
                name="pinned_ranking_digest_shaped",
                violation_error_message="A pinned ranking has the digest of its words.",
            )
        ]
        triggers = [never_changed("pinned_ranking_append_only")]

    def __str__(self) -> str:
        return self.reference


class Draw(models.Model):
    """The one draw of a competition: a list fixed first, a public random value read later.

    ``salt`` keeps outsiders from finding the list by trying; it is published with the results.
    """

    competition = models.OneToOneField(Competition, models.PROTECT, related_name="draw")
    references: models.JSONField[Any, Any] = models.JSONField()
    salt = models.CharField(max_length=64)
    list_digest = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    fixed_by = models.CharField(max_length=120)
    fixed_at = models.DateTimeField()
    value = models.CharField(max_length=300, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    order: models.JSONField[Any, Any] = models.JSONField(null=True)
    drawn_by = models.CharField(max_length=120, blank=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(list_digest__regex=DIGEST_SHAPE) & ~Q(salt="") & ~Q(source=""),
                name="draw_list_is_fixed",
                violation_error_message="A draw has the digest of its list and names the source "
                "of its random value.",
            ),
            models.CheckConstraint(
                condition=Q(value="", seed="", order=None, drawn_by="", drawn_at=None)
                | (
                    Q(drawn_at__isnull=False, order__isnull=False, seed__regex=DIGEST_SHAPE)
                    & ~Q(value="")
                    & ~Q(drawn_by="")
                ),
                name="draw_drawn_paired",
                violation_error_message="A held draw has a value, a seed, an order, a person and "
                "a time.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="draw_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="draw_list_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "competition", "references", "salt", "list_digest", "source", "fixed_at"
                ),
            ),
            pgtrigger.Protect(
                name="draw_held_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__drawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"draw of {self.competition}"


class ProposalAdvice(models.Model):
    """What a programme officer recommends for one proposal."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="advice")
    advice = models.CharField(max_length=20, choices=ADVICE)
    follows_rank = models.BooleanField()
    reason = models.TextField(blank=True)
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(follows_rank=True) | ~Q(reason=""),
                name="proposal_advice_departure_has_reason",
                violation_error_message="A recommendation that departs from the rank says why.",
            )
        ]
        triggers = [never_changed("proposal_advice_append_only")]

    def __str__(self) -> str:
        return self.get_advice_display()


class Selection(models.Model):
    """The selecting official's decision on a competition."""

    competition = models.OneToOneField(Competition, models.PROTECT, related_name="selection")
    ranking = models.ForeignKey(PinnedRanking, models.PROTECT, related_name="selections")
    rationale = models.TextField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="selection_has_rationale",
                violation_error_message="A decision says why.",
            )
        ]
        triggers = [never_changed("selection_append_only")]

    def __str__(self) -> str:
        return f"selection of {self.competition}"


class SelectedCase(models.Model):
    """What was decided on one proposal."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="cases")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="selected_case")
    is_selected = models.BooleanField()
    is_by_rank = models.BooleanField()
    pool = models.ForeignKey(Pool, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    factor = models.CharField(max_length=300, blank=True)
    rationale = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_selected=True, pool__isnull=False, amount__gt=0)
                | Q(is_selected=False, pool=None, amount=0),
                name="selected_case_is_paid",
                violation_error_message="A selected proposal has money and a pool; another none.",
            ),
            models.CheckConstraint(
                condition=Q(is_by_rank=True) | (~Q(factor="") & ~Q(rationale="")),
                name="selected_case_departure_has_reasons",
                violation_error_message="A choice out of rank names its factor and its reasons.",
            ),
        ]
        triggers = [never_changed("selected_case_append_only")]

    def __str__(self) -> str:
        return "selected" if self.is_selected else "not selected"
