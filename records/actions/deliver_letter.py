"""Hand a letter to the mail server; safe to run twice."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from records.models import Letter
from records.sealed_words import unseal
from trail.queries.clock import database_now


@transaction.atomic
def deliver_letter(payload: dict[str, Any]) -> None:
    """Send the kept copy unless it was delivered before."""
    letter = Letter.objects.select_for_update().get(pk=payload["letter"])
    if letter.delivered_at is not None:
        return
    message = EmailMultiAlternatives(letter.subject, unseal(letter.text), to=[letter.to_address])
    if letter.html:
        message.attach_alternative(unseal(letter.html), "text/html")
    message.send()
    letter.delivered_at = database_now()
    letter.save(update_fields=["delivered_at"])
