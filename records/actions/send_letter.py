"""Write a letter now; deliver it when the outbox gets to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from records.models import Letter
from records.queries.notices import wants_digest
from records.rules.letters import header_line
from trail.actions.queue_effect import queue_effect
from trail.models import Case


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a letter goes."""

    address: str
    name: str = ""


@transaction.atomic
def send_letter(  # noqa: PLR0913 - the facts of a letter
    *,
    case: Case | None,
    at: datetime,
    template: str,
    to: Recipient,
    context: Mapping[str, Any],
    key: str,
    is_notice: bool = False,
) -> Letter:
    """Render ``<template>.subject.txt``, ``.txt`` and ``.html``, keep the copy, queue delivery.

    Args:
        case: The case whose letter it is.
        at: When it was written.
        template: Folder and stem, "certification/mail/invitation".
        to: One person.
        context: Values for the templates; ``portal_address`` is added.
        key: Unique per letter, so that an act repeated does not write twice.
        is_notice: It asks for nothing and starts no clock: it may wait for a daily digest. What
            the law or a deadline rests on never waits.
    """
    values = {"portal_address": settings.PORTAL_ADDRESS, "to": to, **context}
    subject = header_line(render_to_string(f"{template}.subject.txt", values))
    is_held = is_notice and wants_digest(to.address)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "case": case,
            "template": template,
            "to_address": to.address,
            "to_name": header_line(to.name, 200),
            "subject": subject,
            "text": render_to_string(f"{template}.txt", values).replace("\0", "").strip() + "\n",
            "html": render_to_string(f"{template}.html", values).replace("\0", ""),
            "written_at": at,
            "is_held": is_held,
        },
    )
    if is_held or not is_new:
        return letter
    queue_effect(
        key=f"letter:{key}", kind="deliver_letter", at=at, payload={"letter": letter.pk}, case=case
    )
    return letter
