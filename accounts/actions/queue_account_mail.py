"""Letters about accounts: written now, delivered by the outbox, never kept.

They may hold one-time codes, so the text is erased once it was delivered.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from trail.actions.queue_effect import queue_effect
from trail.models import Case, Effect

KIND = "deliver_account_mail"


@dataclass(frozen=True, slots=True)
class AccountMail:
    """A rendered message to one address."""

    address: str
    subject: str
    text: str
    html: str = ""


@transaction.atomic
def queue_account_mail(*, at: datetime, mail: AccountMail, case: Case | None = None) -> None:
    """Put the message into the outbox, so that a mail server that is down loses nothing."""
    key = f"account-mail:{uuid.uuid4().hex}"
    payload = {
        "key": key,
        "address": mail.address,
        "subject": " ".join(mail.subject.split())[:200],
        "text": mail.text.strip() + "\n",
        "html": mail.html,
    }
    queue_effect(key=key, kind=KIND, at=at, payload=payload, case=case)


def write_account_mail(template: str, *, address: str, context: Mapping[str, Any]) -> AccountMail:
    """Render ``<template>.subject.txt`` and ``<template>.txt``."""
    values = {"portal_address": settings.PORTAL_ADDRESS, **context}
    return AccountMail(
        address=address,
        subject=render_to_string(f"{template}.subject.txt", values),
        text=render_to_string(f"{template}.txt", values),
        html=render_to_string(f"{template}.html", values),
    )


def deliver_account_mail(payload: dict[str, Any]) -> None:
    """Hand the message to the mail server, then erase it from the outbox."""
    if "text" not in payload:
        return
    message = EmailMultiAlternatives(payload["subject"], payload["text"], to=[payload["address"]])
    if payload["html"]:
        message.attach_alternative(payload["html"], "text/html")
    message.send()
    Effect.objects.filter(key=payload["key"]).update(payload={"key": payload["key"]})
