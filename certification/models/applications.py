"""Applications: what a group asks for, section by section, and how far it has come."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Agency, User
from certification.models.groups import ClusterGroup
from certification.models.rulebooks import Rulebook
from certification.rules.application_form import SECTIONS
from certification.rules.states import APPLICATION, DECIDED, LIVE, STAGES, ApplicationState
from mapping.models import Basis
from trail.models import Case

LIVE_STATES = sorted(LIVE)
SECTION_IDS = [section.id for section in SECTIONS]


class ApplicationQuerySet(models.QuerySet["Application"]):
    """The words in which applications are asked for."""

    def live(self) -> ApplicationQuerySet:
        """Return those that are not decided yet."""
        return self.filter(state__in=LIVE_STATES)


class Application(models.Model):
    """A group's request to be designated for one cluster in one region.

    Cluster and region are copied from the group when the application starts: the group may
    change later, the application says what was asked for. ``content`` is what was certified and
    submitted, word for word; ``content_hash`` is its SHA-256.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    group = models.ForeignKey(ClusterGroup, models.PROTECT, related_name="applications")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=APPLICATION.choices(), default=ApplicationState.DRAFT
    )
    definition_set_code = models.CharField(max_length=60)
    cluster_code = models.CharField(max_length=8)
    cluster_name = models.CharField(max_length=120)
    region_name = models.CharField(max_length=160)
    region_key = models.CharField(max_length=64)
    started_by = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    certified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    certified_at = models.DateTimeField(null=True)
    certified_title = models.CharField(max_length=200, blank=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    submitted_at = models.DateTimeField(null=True)
    receipt_number = models.CharField(max_length=20, blank=True)
    content: models.JSONField[Any, Any] = models.JSONField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, null=True, related_name="applications")
    basis = models.ForeignKey(Basis, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "definition_set_code", "cluster_code", "region_key"],
                condition=Q(state__in=LIVE_STATES),
                name="application_one_live",
                violation_error_message="This group already has an application under way for the "
                "same cluster and region.",
            ),
            models.UniqueConstraint(
                fields=["receipt_number"],
                condition=~Q(receipt_number=""),
                name="application_receipt_once",
                violation_error_message="A receipt number is given once.",
            ),
            models.CheckConstraint(
                condition=Q(certified_by=None, certified_at=None, certified_title="")
                | (
                    Q(certified_by__isnull=False, certified_at__isnull=False)
                    & ~Q(certified_title="")
                ),
                name="application_certified_paired",
                violation_error_message="A certification has a person, a title and a time.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by="", submitted_at=None, receipt_number="", content=None)
                | (
                    Q(submitted_at__isnull=False, content__isnull=False)
                    & ~Q(submitted_by="")
                    & ~Q(receipt_number="")
                    & Q(content_hash__regex=r"^[0-9a-f]{64}$")
                ),
                name="application_submitted_paired",
                violation_error_message="A submission has a person, a time, a receipt, its words.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, rulebook=None, basis=None)
                | Q(accepted_at__isnull=False, rulebook__isnull=False, basis__isnull=False),
                name="application_accepted_paired",
                violation_error_message="An accepted application has its rulebook and its data.",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="application_queue")]
        triggers = [
            pgtrigger.FSM(
                name="application_moves", field="state", transitions=list(APPLICATION.edges())
            ),
            pgtrigger.Protect(
                name="application_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.content IS NOT NULL AND (OLD.content, OLD.content_hash,"
                    " OLD.receipt_number, OLD.submitted_at, OLD.submitted_by) IS DISTINCT FROM"
                    " (NEW.content, NEW.content_hash, NEW.receipt_number, NEW.submitted_at,"
                    " NEW.submitted_by)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.name}: {self.cluster_name}, {self.region_name}"

    @property
    def reference(self) -> str:
        """The application's reference, as in addresses."""
        return self.case.reference

    @property
    def status(self) -> ApplicationState:
        """The state, typed."""
        return ApplicationState(self.state)

    @property
    def stage(self) -> str:
        """Which of the four words applicants read."""
        return STAGES[self.status].value

    @property
    def is_decided(self) -> bool:
        """Whether nothing more can happen in this application."""
        return self.status in DECIDED


class ApplicationSection(models.Model):
    """The answers of one section, with the version that guards against lost updates."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="sections")
    section_id = models.CharField(max_length=30)
    answers: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "section_id"],
                name="application_section_once",
                violation_error_message="An application has each section once.",
            ),
            models.CheckConstraint(
                condition=Q(section_id__in=SECTION_IDS),
                name="application_section_known",
                violation_error_message="The form has no such section.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} of {self.application_id}"
