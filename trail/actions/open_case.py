"""Open a case for a new aggregate."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kit.references import new_reference
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.models import Case


@transaction.atomic
def open_case(*, actor: Actor, at: datetime, kind: str, prefix: str) -> Case:
    """Create the case with its first entry; the reference is the aggregate's public name."""
    case = Case.objects.create(reference=new_reference(prefix), kind=kind, opened_at=at)
    record_entry(case=case, actor=actor, at=at, verb="open_case", facts={"kind": kind})
    return case
