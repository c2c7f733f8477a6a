"""Personal links, and what was signed through them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from certification.models.partners import GovernmentCommitment
from certification.models.roster import Participant
from records.models import Letter


class PersonalLink(models.Model):
    """A link for somebody without an account; only digests of its token and code are kept.

    The token is derived from ``nonce`` and the portal's secret, so that neither the row nor the
    kept copy of the letter opens anything.
    """

    nonce = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_email = models.EmailField(blank=True)
    code_sent_at = models.DateTimeField(null=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Invitation(PersonalLink):
    """The personal link of a participant or of a government."""

    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="invitations"
    )
    commitment = models.ForeignKey(
        GovernmentCommitment, models.PROTECT, null=True, related_name="invitations"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, commitment=None)
                | Q(participant=None, commitment__isnull=False),
                name="invitation_of_one",
                violation_error_message="An invitation is of one participant or one government.",
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(used_at=None, closed_at=None, participant__isnull=False),
                name="invitation_one_open_per_participant",
                violation_error_message="This participant already has an open invitation.",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(used_at=None, closed_at=None, commitment__isnull=False),
                name="invitation_one_open_per_commitment",
                violation_error_message="This government already has an open request.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="invitation_expires_after_sent",
                violation_error_message="An invitation ends after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_email="", code_sent_at=None)
                | (~Q(code_digest="") & ~Q(code_email="") & Q(code_sent_at__isnull=False)),
                name="invitation_code_paired",
                violation_error_message="A code has a digest, an address and a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"for {self.participant or self.commitment}"


class SignedWords(models.Model):
    """What somebody signed, word for word."""

    signed_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    email = models.EmailField()
    statement = models.TextField()
    at = models.DateTimeField()
    ip_digest = models.CharField(max_length=64, blank=True)
    copy = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.signed_name}, {self.title}"


class Signature(SignedWords):
    """What a participant or a government signed; never changed."""

    class Answer(models.TextChoices):
        """Both answers are kept alike."""

        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="signature")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    is_public_consented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(signed_name="") & ~Q(title="") & ~Q(statement=""),
                name="signature_is_complete",
                violation_error_message="A signature has a name, a title and a statement.",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["confirmed", "declined"]),
                name="signature_answer_known",
                violation_error_message="The answer is confirmed or declined.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signature_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    @property
    def answer_words(self) -> str:
        """The answer in the words of the page: governments sign, participants confirm."""
        if self.answer == self.Answer.CONFIRMED and self.invitation.commitment_id is not None:
            return "Signed"
        return self.get_answer_display()
