"""The parts of a notice: criteria with anchors, questions of the form, pools of money."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Agency
from grants.models.competitions import Competition
from grants.models.notice_locks import ANCHOR_OWNER, part_stands
from grants.rules.terms import POOL_KIND_WORDS, PoolKind


class Criterion(models.Model):
    """One thing that reviewers score; weights are whole percents that sum to 100."""

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    question = models.TextField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "position"],
                name="criterion_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two criteria stand at the same place.",
            ),
            models.UniqueConstraint(
                fields=["competition", "name"],
                name="criterion_name_once",
                violation_error_message="The competition already has a criterion of this name.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="criterion_weight_is_percent",
                violation_error_message="A weight is a whole percent between 1 and 100.",
            ),
        ]
        triggers = [part_stands("criterion_stands")]

    def __str__(self) -> str:
        return self.name


class Anchor(models.Model):
    """What a proposal looks like that earns this score on this criterion."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="anchors")
    score = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "score"],
                name="anchor_score_once",
                violation_error_message="This score already has an anchor.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="anchor_has_words",
                violation_error_message="An anchor says what earns the score.",
            ),
        ]
        triggers = [part_stands("anchor_stands", ANCHOR_OWNER)]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class FormQuestion(models.Model):
    """One question of the short form, answered in words."""

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80)
    prompt = models.TextField()
    word_limit = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "position"],
                name="form_question_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two questions stand at the same place.",
            ),
            models.CheckConstraint(
                condition=Q(word_limit__gte=50, word_limit__lte=5000),
                name="form_question_limit_sensible",
                violation_error_message="An answer has between 50 and 5,000 words.",
            ),
        ]
        triggers = [part_stands("form_question_stands")]

    def __str__(self) -> str:
        return self.heading


class Pool(models.Model):
    """Money that a competition may give; a state partner's serves its own groups only."""

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="pools")
    kind = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in POOL_KIND_WORDS.items()]
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state_fips = models.CharField(max_length=2, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["-kind", "state_fips"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "kind", "state_fips"],
                name="pool_once",
                violation_error_message="This money is already in the competition.",
            ),
            models.CheckConstraint(
                condition=Q(kind=PoolKind.FEDERAL, state_fips="")
                | Q(kind=PoolKind.STATE, state_fips__regex=r"^\d{2}$"),
                name="pool_state_named",
                violation_error_message="A state's money names its state; federal money does not.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="pool_amount_positive",
                violation_error_message="A pool holds more than nothing.",
            ),
        ]
        triggers = [part_stands("pool_stands")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.amount}"
