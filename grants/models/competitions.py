"""Competitions: what is offered, to whom, by which rules, until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency
from grants.models.notice_locks import rubric_is_whole, terms_stand
from grants.rules.notice import LARGE_AWARD, REVIEWS_OF_LARGE
from grants.rules.states import COMPETITION, CompetitionState
from grants.rules.terms import (
    ACTIVITY_WORDS,
    GIVER_CLASS_WORDS,
    KIND_WORDS,
    LINE_RULE_WORDS,
    MATCH_PACE_WORDS,
    RANKING_RULE_WORDS,
    TIE_RULE_WORDS,
    CompetitionKind,
    LineRule,
    MatchPace,
    RankingRule,
    TieRule,
)
from trail.models import Case

ACTIVITIES = [(one.value, words) for one, words in ACTIVITY_WORDS.items()]
GIVER_CLASSES = [(one.value, words) for one, words in GIVER_CLASS_WORDS.items()]
NOT_OPENED = [
    CompetitionState.DRAFT,
    CompetitionState.CLEARANCE,
    CompetitionState.SCHEDULED,
    CompetitionState.CANCELLED,
]
BEFORE_SCHEDULE = [
    CompetitionState.DRAFT,
    CompetitionState.CLEARANCE,
    CompetitionState.CANCELLED,
]


class CompetitionQuerySet(models.QuerySet["Competition"]):
    """The words in which competitions are asked for."""

    def opened(self) -> CompetitionQuerySet:
        """Return those that were opened once: only these does the public know."""
        return self.filter(opened_at__isnull=False)


class Competition(models.Model):
    """A notice of funding opportunity and its course.

    ``bundle`` is what opening pinned: terms, form, criteria, weights and anchors, word for word;
    ``bundle_hash`` is its SHA-256, published. The federal share of the total cost is an exact
    fraction, numerator over denominator: 1/2 asks for one dollar of match per federal dollar.
    ``closes_at`` is the first instant that is too late: a stated 4:59 p.m. is kept as 5:00 p.m.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=20,
        choices=[(one.value, words) for one, words in KIND_WORDS.items()],
        default=CompetitionKind.PLANNING_GRANT,
    )
    state = models.CharField(
        max_length=20, choices=COMPETITION.choices(), default=CompetitionState.DRAFT
    )
    opportunity_number = models.CharField("funding opportunity number", max_length=40)
    listing_number = models.CharField("assistance listing number", max_length=6, blank=True)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=40)
    exigency = models.TextField(blank=True)
    shortest_years = models.PositiveSmallIntegerField(default=1)
    longest_years = models.PositiveSmallIntegerField(default=2)
    activities: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=30, choices=ACTIVITIES), default=list, blank=True
    )
    federal_floor = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    federal_ceiling = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    federal_share_numerator = models.PositiveSmallIntegerField(default=1)
    federal_share_denominator = models.PositiveSmallIntegerField(default=2)
    match_pace = models.CharField(
        max_length=10,
        choices=[(one.value, words) for one, words in MATCH_PACE_WORDS.items()],
        default=MatchPace.PRO_RATA,
    )
    giver_classes: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=20, choices=GIVER_CLASSES), default=list, blank=True
    )
    score_low = models.PositiveSmallIntegerField(default=1)
    score_high = models.PositiveSmallIntegerField(default=9)
    reviews_per_proposal = models.PositiveSmallIntegerField(default=3)
    ranking_rule = models.CharField(
        max_length=20,
        choices=[(one.value, words) for one, words in RANKING_RULE_WORDS.items()],
        default=RankingRule.RAW,
    )
    tie_rule = models.CharField(
        max_length=20,
        choices=[(one.value, words) for one, words in TIE_RULE_WORDS.items()],
        default=TieRule.MERIT_CRITERION,
    )
    line_rule = models.CharField(
        max_length=20,
        choices=[(one.value, words) for one, words in LINE_RULE_WORDS.items()],
        default=LineRule.RANK,
    )
    quality_threshold = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    programme_factors = models.TextField(blank=True)
    bundle: models.JSONField[Any, Any] = models.JSONField(null=True)
    bundle_hash = models.CharField(max_length=64, blank=True)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    announced_at = models.DateTimeField(null=True)

    objects = CompetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "opportunity_number"],
                name="competition_number_once",
                violation_error_message="Your agency already has a competition of this number.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(opportunity_number="") & ~Q(time_zone=""),
                name="competition_is_named",
                violation_error_message="A competition has a number, a title and a time zone.",
            ),
            models.CheckConstraint(
                condition=Q(listing_number="") | Q(listing_number__regex=r"^\d{2}\.\d{3}$"),
                name="competition_listing_shaped",
                violation_error_message="An assistance listing number looks like 11.307.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="competition_closes_after_opening",
                violation_error_message="A competition closes after it opens.",
            ),
            models.CheckConstraint(
                condition=Q(
                    federal_share_numerator__gt=0,
                    federal_share_numerator__lte=F("federal_share_denominator"),
                ),
                name="competition_share_is_fraction",
                violation_error_message="The federal share lies above 0 and at most at 1.",
            ),
            models.CheckConstraint(
                condition=Q(federal_floor__gte=0, federal_ceiling__gte=F("federal_floor")),
                name="competition_ceiling_over_floor",
                violation_error_message="The ceiling is not below the floor.",
            ),
            models.CheckConstraint(
                condition=Q(shortest_years__gte=1, longest_years__gte=F("shortest_years")),
                name="competition_years_in_order",
                violation_error_message="The longest period is not shorter than the shortest.",
            ),
            models.CheckConstraint(
                condition=Q(score_high__gt=F("score_low")),
                name="competition_scale_in_order",
                violation_error_message="The highest score lies above the lowest.",
            ),
            models.CheckConstraint(
                condition=Q(reviews_per_proposal__gte=3),
                name="competition_three_reviews",
                violation_error_message="Every proposal is read by at least three reviewers.",
            ),
            models.CheckConstraint(
                condition=Q(state=CompetitionState.DRAFT)
                | Q(federal_ceiling__lte=LARGE_AWARD)
                | Q(reviews_per_proposal__gte=REVIEWS_OF_LARGE),
                name="competition_large_five_reviews",
                violation_error_message="Proposals for more than a million have five reviewers.",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, bundle=None, bundle_hash="", state__in=NOT_OPENED)
                | Q(
                    opened_at__isnull=False,
                    bundle__isnull=False,
                    bundle_hash__regex=r"^[0-9a-f]{64}$",
                ),
                name="competition_opened_paired",
                violation_error_message="An opened competition has its pinned rules.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_SCHEDULE)
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gte=F("opens_at") + timedelta(days=30),
                ),
                name="competition_window_of_30_days",
                violation_error_message="A competition is open for at least 30 days.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_SCHEDULE)
                | Q(closes_at__gte=F("opens_at") + timedelta(days=60))
                | ~Q(exigency=""),
                name="competition_short_window_has_reason",
                violation_error_message="A competition of fewer than 60 days says why.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CompetitionState.CANCELLED,
                    cancelled_at__isnull=False,
                )
                & ~Q(cancel_reason="")
                | (
                    ~Q(state=CompetitionState.CANCELLED)
                    & Q(cancelled_at__isnull=True, cancel_reason="")
                ),
                name="competition_cancel_paired",
                violation_error_message="A cancelled competition says when and why.",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="competition_desk")]
        triggers = [
            pgtrigger.FSM(
                name="competition_moves", field="state", transitions=list(COMPETITION.edges())
            ),
            pgtrigger.Protect(name="competition_stays", operation=pgtrigger.Delete),
            terms_stand(),
            rubric_is_whole(),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """The competition's reference, as in addresses."""
        return self.case.reference

    @property
    def status(self) -> CompetitionState:
        """The state, typed."""
        return CompetitionState(self.state)
