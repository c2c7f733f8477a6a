"""Set, meet and sweep deadlines."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from records.models import Deadline
from records.registry import deadline_verb
from trail.models import Case

log = structlog.get_logger(__name__)


@transaction.atomic
def set_deadline(*, case: Case, kind: str, due_at: datetime) -> Deadline:
    """Set the open deadline of a kind; one that is open already is moved."""
    deadline, _ = Deadline.objects.update_or_create(
        case=case, kind=kind, met_at=None, swept_at=None, defaults={"due_at": due_at}
    )
    return deadline


def meet_deadline(*, case: Case, kind: str, at: datetime) -> None:
    """Mark the open deadline of a kind as met."""
    Deadline.objects.filter(case=case, kind=kind, met_at=None, swept_at=None).update(met_at=at)


def sweep_deadlines(*, at: datetime) -> int:
    """Call the verb of every deadline that passed unmet; each in a transaction of its own.

    One whose verb fails stays due, is named in the log, and stops no other.
    """
    due = Deadline.objects.filter(due_at__lte=at, met_at=None, swept_at=None)
    swept = 0
    for pk in due.order_by("due_at").values_list("pk", flat=True):
        try:
            swept += _sweep_one(pk, at)
        except Exception as error:
            log.exception("deadline_failed", deadline=pk, error=repr(error))
    return swept


@transaction.atomic
def _sweep_one(pk: int, at: datetime) -> bool:
    deadline = (
        Deadline.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
        .filter(pk=pk, met_at=None, swept_at=None)
        .first()
    )
    if deadline is None:
        return False
    verb = deadline_verb(deadline.kind)
    if verb is None:
        log.warning("deadline_without_verb", kind=deadline.kind, case=deadline.case.reference)
        return False
    deadline.swept_at = at
    deadline.save(update_fields=["swept_at"])
    verb(deadline.case, at)
    return True
