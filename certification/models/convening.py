"""The organization that convenes a group: management, admission, board, dues, antitrust."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certification.models.groups import ClusterGroup
from certification.rules.convening_board import SEAT_CLASS_WORDS, SeatClass
from certification.rules.participants import CONVENING_FORM_WORDS, ConveningForm

FORMS = [(form.value, words) for form, words in CONVENING_FORM_WORDS.items()]
SEAT_CLASSES = [(one.value, words) for one, words in SEAT_CLASS_WORDS.items()]


class ConveningBody(models.Model):
    """What criterion 5 asks of the convening organization; a row may be incomplete while drafted.

    ``version`` rises with each save, so that two editors notice one another.
    """

    group = models.OneToOneField(ClusterGroup, models.PROTECT, related_name="convening")
    legal_name = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=20, choices=FORMS, blank=True)
    fiscal_sponsor_name = models.CharField(max_length=200, blank=True)
    formation_plan = models.TextField(blank=True)
    management_fte = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    is_management_paid_or_pledged = models.BooleanField(default=False)
    has_open_admission_rule = models.BooleanField(default=False)
    admission_rule_text = models.TextField(blank=True)
    members_jobs = models.PositiveIntegerField(null=True)
    has_published_dues = models.BooleanField(default=False)
    dues_relief_rule = models.TextField(blank=True)
    has_antitrust_statement = models.BooleanField(default=False)
    antitrust_policy_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "convening bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=["", *(form.value for form in ConveningForm)]),
                name="convening_form_known",
                violation_error_message="Choose what the convening organization is.",
            ),
            models.CheckConstraint(
                condition=Q(management_fte__gte=0),
                name="convening_management_not_negative",
                violation_error_message="Management cannot be less than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(has_open_admission_rule=False) | ~Q(admission_rule_text=""),
                name="convening_admission_rule_written",
                violation_error_message="Add the text of the admission rule.",
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name or "a convening organization without a name"


class BoardSeats(models.Model):
    """How many seats of the board one class of members holds."""

    body = models.ForeignKey(ConveningBody, models.PROTECT, related_name="board")
    seat_class = models.CharField(max_length=20, choices=SEAT_CLASSES)
    seats = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "board seats"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "seat_class"],
                name="board_seats_class_once",
                violation_error_message="This class already has its seats.",
            ),
            models.CheckConstraint(
                condition=Q(seat_class__in=[one.value for one in SeatClass]),
                name="board_seats_class_known",
                violation_error_message="Choose the class from the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{SEAT_CLASS_WORDS[SeatClass(self.seat_class)]}: {self.seats}"

    @property
    def is_firm_class(self) -> bool:
        """Whether the seats belong to a class of firms."""
        return SeatClass(self.seat_class).is_firm_class


class DuesRow(models.Model):
    """One line of the dues schedule: who pays how much a year."""

    body = models.ForeignKey(ConveningBody, models.PROTECT, related_name="dues")
    position = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=120)
    yearly_amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "position"],
                name="dues_row_position_once",
                violation_error_message="Two lines cannot hold the same place.",
            ),
            models.CheckConstraint(
                condition=Q(yearly_amount__gte=0),
                name="dues_row_not_negative",
                violation_error_message="Dues cannot be less than nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer}: ${self.yearly_amount:,}"
