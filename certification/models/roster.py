"""The roster: who was asked to belong, and what they answered."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.models.name_columns import name_key_normalized, skeleton_key_filled, uei_shaped
from accounts.rules.identifiers import NINE_DIGITS, UEI_PATTERN
from accounts.rules.size_class import BANDS
from certification.models.groups import ClusterGroup, county_digits
from certification.rules.groups import (
    PARTICIPANT_KIND_WORDS,
    SIZE_CLASS_WORDS,
    ParticipantKind,
    SizeClass,
)
from certification.rules.participants import (
    FIRM_ROLE_WORDS,
    INSTITUTION_KIND_WORDS,
    FirmRole,
    InstitutionKind,
)
from certification.rules.states import PARTICIPANT, ParticipantState
from kit.references import new_reference

KINDS = [(kind.value, words) for kind, words in PARTICIPANT_KIND_WORDS.items()]
SIZES = [(size.value, words) for size, words in SIZE_CLASS_WORDS.items()]
FIRM_ROLES = [(role.value, words) for role, words in FIRM_ROLE_WORDS.items()]
INSTITUTION_KINDS = [(kind.value, words) for kind, words in INSTITUTION_KIND_WORDS.items()]
LISTED_STATES = [ParticipantState.INVITED, ParticipantState.CONFIRMED, ParticipantState.EXPIRED]
naics_shape = RegexValidator(r"^\d{2,6}$", "A NAICS code has two to six digits.")


def participant_reference() -> str:
    """Return a fresh reference of a participant."""
    return new_reference("PT")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """The words in which the roster is asked."""

    def confirmed(self) -> ParticipantQuerySet:
        """Return those who signed: nobody else counts."""
        return self.filter(state=ParticipantState.CONFIRMED)

    def firms(self) -> ParticipantQuerySet:
        """Return the firms."""
        return self.filter(kind=ParticipantKind.FIRM)

    def institutions(self) -> ParticipantQuerySet:
        """Return the institutions."""
        return self.filter(kind=ParticipantKind.INSTITUTION)


class Participant(models.Model):
    """A firm or institution that was asked to belong; it counts only once it has signed."""

    reference = models.CharField(max_length=20, unique=True, default=participant_reference)
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="participants")
    kind = models.CharField(max_length=20, choices=KINDS)
    organization_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
    county_fips = models.CharField(max_length=5, validators=[county_digits])
    naics = models.CharField(max_length=6, blank=True, validators=[naics_shape])
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField()
    firm_role = models.CharField(max_length=20, choices=FIRM_ROLES, blank=True)
    role_note = models.CharField(max_length=200, blank=True)
    size_class = models.CharField(max_length=10, choices=SIZES, blank=True)
    employees = models.PositiveIntegerField(null=True)
    receipts_band = models.CharField(
        max_length=30, blank=True, choices=[(one.code, one.words) for one in BANDS.values()]
    )
    corporate_family = models.CharField(max_length=200, blank=True)
    institution_kinds: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=30, choices=INSTITUTION_KINDS), default=list, blank=True
    )
    votes = models.PositiveSmallIntegerField(default=1)
    has_voting_seat = models.GeneratedField(
        expression=Q(votes__gt=0),  # type: ignore[arg-type]  # the stubs forget conditions
        output_field=models.BooleanField(),
        db_persist=True,
    )
    is_public_consented = models.BooleanField(default=False)
    state = models.CharField(
        max_length=20, choices=PARTICIPANT.choices(), default=ParticipantState.INVITED
    )
    added_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name_key"],
                condition=Q(state__in=LISTED_STATES),
                name="participant_name_once",
                violation_error_message="An organization of this name is already on the roster.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="firm", firm_role__in=[r.value for r in FirmRole], institution_kinds=[]
                )
                | (Q(kind="institution", firm_role="") & ~Q(institution_kinds=[])),
                name="participant_role_fits_kind",
                violation_error_message="A firm has a role; an institution has at least one kind.",
            ),
            models.CheckConstraint(
                condition=Q(institution_kinds__contained_by=[k.value for k in InstitutionKind]),
                name="participant_institution_kinds_known",
                violation_error_message="Choose the kinds of institution from the list.",
            ),
            models.CheckConstraint(
                condition=Q(size_class__in=["", *(size.value for size in SizeClass)]),
                name="participant_size_class_known",
                violation_error_message="A firm is small or not.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[ParticipantState.CONFIRMED, ParticipantState.DECLINED])
                    & Q(answered_at__isnull=False)
                )
                | (
                    ~Q(state__in=[ParticipantState.CONFIRMED, ParticipantState.DECLINED])
                    & Q(answered_at=None)
                ),
                name="participant_answer_paired",
                violation_error_message="Who has answered has a time of answer, and nobody else.",
            ),
            models.CheckConstraint(
                condition=Q(county_fips__regex=r"^\d{5}$"),
                name="participant_county_five_digits",
                violation_error_message="A county code has five digits.",
            ),
            models.CheckConstraint(
                condition=Q(receipts_band__in=["", *BANDS]),
                name="participant_receipts_band_known",
                violation_error_message="Choose the band of receipts from the list.",
            ),
            uei_shaped("participant", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("participant"),
            skeleton_key_filled("participant"),
        ]
        indexes = [
            models.Index(fields=["group", "skeleton_key"], name="participant_look_alike"),
            models.Index(fields=["group", "state"], name="participant_state"),
            GinIndex(OpClass(F("name_key"), name="gin_trgm_ops"), name="participant_name_words"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="participant_moves",
                field="state",
                transitions=list(PARTICIPANT.edges()),
            )
        ]

    def __str__(self) -> str:
        return self.organization_name

    @property
    def is_firm(self) -> bool:
        """Whether it is a firm."""
        return self.kind == ParticipantKind.FIRM

    @property
    def role_words(self) -> str:
        """What it does or is, in words."""
        if self.is_firm:
            return FIRM_ROLE_WORDS[FirmRole(self.firm_role)]
        return ", ".join(INSTITUTION_KIND_WORDS[InstitutionKind(k)] for k in self.institution_kinds)
