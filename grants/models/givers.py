"""Who a proposal names: people, subrecipients, givers of matching funds."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accounts.models import Organization
from accounts.models.name_columns import name_key_normalized, skeleton_key_filled, uei_shaped
from accounts.rules.identifiers import NINE_DIGITS, UEI_PATTERN
from certification.models.signing import PersonalLink, SignedWords
from grants.models.proposals import Proposal
from grants.rules.panel_states import MATCH, MatchState
from grants.rules.terms import (
    GIVER_CLASS_WORDS,
    MATCH_KIND_WORDS,
    PERSON_ROLE_WORDS,
    GiverClass,
    MatchKind,
)
from kit.references import new_reference


def match_reference() -> str:
    """Return a fresh reference of a match commitment."""
    return new_reference("MC")


class NamedPerson(models.Model):
    """Somebody whom a proposal names; conflicts are found from it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="people")
    role = models.CharField(
        max_length=20, choices=[(one.value, words) for one, words in PERSON_ROLE_WORDS.items()]
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    employer = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "role", "name_key"],
                name="named_person_once",
                violation_error_message="The proposal already names this person so.",
            ),
            name_key_normalized("named_person"),
            skeleton_key_filled("named_person"),
        ]

    def __str__(self) -> str:
        return self.name


class Subrecipient(models.Model):
    """An organization that would receive part of the award."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="subrecipients")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    organization_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["organization_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "name_key"],
                name="subrecipient_once",
                violation_error_message="The proposal already names this subrecipient.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="subrecipient_amount_positive",
                violation_error_message="A subaward is more than nothing.",
            ),
            uei_shaped("subrecipient", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("subrecipient"),
            skeleton_key_filled("subrecipient"),
        ]

    def __str__(self) -> str:
        return self.organization_name


class MatchCommitment(models.Model):
    """What a giver promises to one proposal; it counts only once the giver has signed."""

    reference = models.CharField(max_length=20, unique=True, default=match_reference)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="match")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    organization_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    skeleton_key = models.CharField(max_length=200)
    uei = models.CharField("unique entity identifier", max_length=12, blank=True)
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
    added_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organization_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "name_key", "kind"],
                condition=~Q(state=MatchState.WITHDRAWN),
                name="match_giver_once",
                violation_error_message="This giver already promises money of this kind here.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="match_amount_positive",
                violation_error_message="A promise is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(giver_class__in=[one.value for one in GiverClass])
                & Q(kind__in=[one.value for one in MatchKind]),
                name="match_kinds_known",
                violation_error_message="Choose the giver's class and the kind from the lists.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[MatchState.SIGNED, MatchState.DECLINED])
                    & Q(answered_at__isnull=False)
                )
                | ~Q(state__in=[MatchState.SIGNED, MatchState.DECLINED]),
                name="match_answer_paired",
                violation_error_message="Who has answered has a time of answer.",
            ),
            uei_shaped("match", UEI_PATTERN, NINE_DIGITS),
            name_key_normalized("match"),
            skeleton_key_filled("match"),
        ]
        triggers = [
            pgtrigger.FSM(name="match_moves", field="state", transitions=list(MATCH.edges()))
        ]

    def __str__(self) -> str:
        return f"{self.organization_name}, {self.amount}"


class GiverLink(PersonalLink):
    """The personal link of a giver who is asked to sign a promise."""

    commitment = models.ForeignKey(MatchCommitment, models.PROTECT, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(used_at=None, closed_at=None),
                name="giver_link_one_open",
                violation_error_message="This giver already has an open link.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="giver_link_expires_after_sent",
                violation_error_message="A link ends after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_email="", code_sent_at=None)
                | (~Q(code_digest="") & ~Q(code_email="") & Q(code_sent_at__isnull=False)),
                name="giver_link_code_paired",
                violation_error_message="A code has a digest, an address and a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"for {self.commitment}"


class GiverSignature(SignedWords):
    """What a giver signed, a promise or a refusal, word for word; never changed."""

    link = models.OneToOneField(GiverLink, models.PROTECT, related_name="signature")
    is_agreed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed_name="") & ~Q(title="") & ~Q(statement=""),
                name="giver_signature_is_complete",
                violation_error_message="A signature has a name, a title and a statement.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="giver_signature_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
