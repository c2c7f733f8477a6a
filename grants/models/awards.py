"""Awards: what was promised to a selected group, by whose four signatures, on which terms."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import Agency, User
from certification.models import ClusterGroup
from grants.models.selection import SelectedCase, never_changed
from grants.rules.award_signing import CHECK_WORDS, RiskCheck
from grants.rules.award_states import AWARD, STEP_WORDS, AwardState, StepKind
from grants.rules.budget_lines import CATEGORY_WORDS
from grants.rules.report_states import REPORT_PACE_WORDS, ReportPace
from grants.rules.terms import MATCH_PACE_WORDS, MatchPace
from trail.models import Case

CATEGORIES = [(one.value, words) for one, words in CATEGORY_WORDS.items()]
OFFERED = [
    AwardState.OFFERED,
    AwardState.ACCEPTED,
    AwardState.DECLINED,
    AwardState.WITHDRAWN,
]
NUMBERED = [AwardState.OBLIGATED, *OFFERED]
# What the four sign; it changes only in the draft.
TERMS = (
    "federal_amount",
    "federal_share_numerator",
    "federal_share_denominator",
    "noncash_percent",
    "match_pace",
    "report_pace",
    "starts_on",
    "ends_on",
    "pre_award_days",
    "has_advances",
    "terms",
)
SIGNED = (
    "award_id",
    "kind",
    "version",
    "words_digest",
    "statement",
    "signed_by_id",
    "signed_at",
)


def changed(*columns: str) -> str:
    """SQL: whether any of these columns changes."""
    return " OR ".join(f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in columns)


class Award(models.Model):
    """The award to one selected proposal.

    ``version`` counts the changes of its draft; a signature names the version that it signs.
    ``number`` is the federal award identification number, given when the money is obligated.
    ``noncash_percent`` is how much of the required match may be given otherwise than in cash.
    ``withdrawn_on`` is the day in the agency's zone: an offer stands to the end of its last day.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    selected = models.OneToOneField(SelectedCase, models.PROTECT, related_name="award")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=AWARD.choices(), default=AwardState.DRAFTED)
    number = models.CharField("federal award identification number", max_length=30, blank=True)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    federal_amount = models.DecimalField(max_digits=14, decimal_places=2)
    federal_share_numerator = models.PositiveSmallIntegerField()
    federal_share_denominator = models.PositiveSmallIntegerField()
    noncash_percent = models.PositiveSmallIntegerField()
    match_pace = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in MATCH_PACE_WORDS.items()]
    )
    report_pace = models.CharField(
        max_length=12,
        choices=[(one.value, words) for one, words in REPORT_PACE_WORDS.items()],
        default=ReportPace.QUARTERLY,
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    pre_award_days = models.PositiveSmallIntegerField(default=0)
    has_advances = models.BooleanField(default=False)
    terms = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    obligated_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_title = models.CharField(max_length=200, blank=True)
    answered_statement = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="award_number_once",
                violation_error_message="Another award has this number.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NUMBERED, obligated_at__isnull=False) & ~Q(number="")
                | ~Q(state__in=NUMBERED) & Q(obligated_at=None),
                name="award_obligated_paired",
                violation_error_message="An obligated award has a number and a time.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OFFERED, offered_at__isnull=False, answer_by__isnull=False)
                | ~Q(state__in=OFFERED) & Q(offered_at=None, answer_by=None),
                name="award_offered_paired",
                violation_error_message="An offer has a time and a last day to answer.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=[AwardState.ACCEPTED, AwardState.DECLINED],
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    )
                    & ~Q(answered_title="")
                    & ~Q(answered_statement="")
                )
                | (
                    ~Q(state__in=[AwardState.ACCEPTED, AwardState.DECLINED])
                    & Q(
                        answered_by=None,
                        answered_at=None,
                        answered_title="",
                        answered_statement="",
                    )
                ),
                name="award_answered_paired",
                violation_error_message="An answer has a person, a title, a time and its words.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AwardState.WITHDRAWN,
                    withdrawn_at__isnull=False,
                    withdrawn_on__isnull=False,
                )
                & ~Q(withdrawal_reason="")
                | ~Q(state=AwardState.WITHDRAWN)
                & Q(withdrawn_at=None, withdrawn_on=None, withdrawal_reason=""),
                name="award_withdrawn_paired",
                violation_error_message="An offer that is taken back has a day and a reason.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gt=F("answer_by")),
                name="award_withdrawn_after_last_day",
                violation_error_message="An offer stands to the end of its last day to answer.",
            ),
            models.CheckConstraint(
                condition=Q(report_pace__in=[one.value for one in ReportPace]),
                name="award_report_pace_known",
                violation_error_message="Reports come every quarter, half-year or year.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="award_period_in_order",
                violation_error_message="The period of performance ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(pre_award_days__lte=90),
                name="award_pre_award_90_days",
                violation_error_message="Costs before the period are allowed for at most 90 days.",
            ),
            models.CheckConstraint(
                condition=Q(federal_amount__gt=0),
                name="award_is_paid",
                violation_error_message="An award is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(
                    federal_share_numerator__gt=0,
                    federal_share_numerator__lte=F("federal_share_denominator"),
                ),
                name="award_share_is_fraction",
                violation_error_message="The federal share lies above 0 and at most at 1.",
            ),
            models.CheckConstraint(
                condition=Q(noncash_percent__lte=100),
                name="award_noncash_percent",
                violation_error_message="The share of match other than cash is at most 100%.",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="award_desk")]
        triggers = [
            pgtrigger.FSM(name="award_moves", field="state", transitions=list(AWARD.edges())),
            pgtrigger.Protect(name="award_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="award_terms_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state <> 'drafted' AND ({changed(*TERMS)})"),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def reference(self) -> str:
        """The award's reference, as in addresses."""
        return self.case.reference

    @property
    def status(self) -> AwardState:
        """The state, typed."""
        return AwardState(self.state)

    @property
    def pace(self) -> MatchPace:
        """When the match must be there, typed."""
        return MatchPace(self.match_pace)


class BudgetLine(models.Model):
    """A line of the approved budget, federal and match."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="lines")
    category = models.CharField(max_length=20, choices=CATEGORIES)
    federal = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    match = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "category"],
                name="budget_line_once",
                violation_error_message="The budget has this line already.",
            ),
            models.CheckConstraint(
                condition=Q(federal__gte=0, match__gte=0)
                & Q(category__in=[one for one, _ in CATEGORIES]),
                name="budget_line_not_negative",
                violation_error_message="A line is a category of the budget, and not negative.",
            ),
        ]
        triggers = [never_changed("budget_line_append_only")]

    def __str__(self) -> str:
        return self.get_category_display()


class RiskFinding(models.Model):
    """What one check of the risk review found (2 CFR 200.206)."""

    class Outcome(models.TextChoices):
        """What was found."""

        CLEAR = "clear", "Nothing found"
        CONCERN = "concern", "A concern, met by a specific condition"
        BARRED = "barred", "The award cannot be made"
        NOT_NEEDED = "not_needed", "Does not apply"

    award = models.ForeignKey(Award, models.PROTECT, related_name="risk_findings")
    version = models.PositiveIntegerField()
    check_name = models.CharField(max_length=30)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    source = models.CharField(max_length=300)
    looked_on = models.DateField()
    note = models.TextField(blank=True)
    found_by = models.CharField(max_length=120)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "version", "check_name"],
                name="risk_finding_once",
                violation_error_message="This check is done already.",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & (Q(outcome__in=["clear", "not_needed"]) | ~Q(note="")),
                name="risk_finding_has_source",
                violation_error_message="A finding names where you looked; a concern says what.",
            ),
        ]
        triggers = [never_changed("risk_finding_append_only")]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.get_outcome_display()}"

    @property
    def title(self) -> str:
        """The check in words."""
        return CHECK_WORDS[RiskCheck(self.check_name)].title


class SpecificCondition(models.Model):
    """A condition with the five elements of its notice (2 CFR 200.208(d))."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="conditions")
    nature = models.TextField()
    reason = models.TextField()
    action = models.TextField()
    time_allowed = models.CharField(max_length=200)
    reconsideration = models.TextField()
    holds_payments = models.BooleanField(default=False)
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    removed_by = models.CharField(max_length=120, blank=True)
    removed_at = models.DateTimeField(null=True)
    removal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(nature="")
                & ~Q(reason="")
                & ~Q(action="")
                & ~Q(time_allowed="")
                & ~Q(reconsideration=""),
                name="specific_condition_five_elements",
                violation_error_message="A condition says what it is, why, what removes it, by "
                "when, and how to ask for another look.",
            ),
            models.CheckConstraint(
                condition=Q(removed_by="", removed_at=None, removal_reason="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="") & ~Q(removal_reason="")),
                name="specific_condition_removed_paired",
                violation_error_message="A removed condition has a person, a time and a reason.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="specific_condition_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="specific_condition_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "award", "nature", "reason", "action", "time_allowed", "reconsideration"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.nature


class AwardStep(models.Model):
    """One of the four signatures under a version of an award; a change voids it."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="steps")
    kind = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in STEP_WORDS.items()]
    )
    version = models.PositiveIntegerField()
    words_digest = models.CharField(max_length=64)
    statement = models.TextField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind"],
                condition=Q(voided_at=None),
                name="award_step_once",
                violation_error_message="This step is signed.",
            ),
            models.UniqueConstraint(
                fields=["award", "signed_by"],
                condition=Q(voided_at=None),
                name="award_step_four_people",
                violation_error_message="You signed another step of this award. Each of the four "
                "steps needs another person.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in StepKind])
                & Q(words_digest__regex=r"^[0-9a-f]{64}$")
                & ~Q(statement=""),
                name="award_step_names_words",
                violation_error_message="A signature names the words that it signs.",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="award_step_void_paired",
                violation_error_message="A void signature has a time and a reason.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="award_step_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="award_step_words_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.voided_at IS NOT NULL OR {changed(*SIGNED)}"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
