"""Appeals against results."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from grants.models.proposals import Proposal
from grants.rules.debrief import GROUND_WORDS
from grants.rules.selection_states import APPEAL, AppealState
from kit.references import new_reference

DECIDED = [AppealState.UPHELD, AppealState.DISMISSED]


def appeal_reference() -> str:
    """Return a fresh reference of an appeal."""
    return new_reference("AP")


class ResultAppeal(models.Model):
    """An applicant says that the result rests on an error; one per proposal."""

    reference = models.CharField(max_length=20, unique=True, default=appeal_reference)
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="result_appeal")
    state = models.CharField(max_length=20, choices=APPEAL.choices(), default=AppealState.FILED)
    ground = models.CharField(
        max_length=30, choices=[(one.value, words) for one, words in GROUND_WORDS.items()]
    )
    words = models.TextField()
    filed_by = models.CharField(max_length=120)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reasons = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="result_appeal_has_words",
                violation_error_message="An appeal says what went wrong.",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__lt=models.F("due_at")),
                name="result_appeal_in_time",
                violation_error_message="An appeal is filed within thirty days.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=DECIDED, decided_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(reasons="")
                )
                | (~Q(state__in=DECIDED) & Q(decided_at=None, decided_by="", reasons="")),
                name="result_appeal_decided_paired",
                violation_error_message="A decided appeal has a person, a time and reasons.",
            ),
            models.CheckConstraint(
                condition=~Q(state=AppealState.UPHELD) | ~Q(remedy=""),
                name="result_appeal_upheld_has_remedy",
                violation_error_message="An upheld appeal says what the agency will do.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="result_appeal_moves", field="state", transitions=list(APPEAL.edges())
            ),
            pgtrigger.Protect(
                name="result_appeal_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "proposal", "ground", "words", "filed_by", "filed_at"
                ),
            ),
            pgtrigger.Protect(name="result_appeal_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def status(self) -> AppealState:
        """The state, typed."""
        return AppealState(self.state)
