"""Note that a reviewer opened something confidential."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from grants.models import Assignment, ReviewReading


@transaction.atomic
def log_reading(*, at: datetime, assignment: Assignment, what: str) -> ReviewReading:
    """Write who read what, when; the assignment names the reader."""
    return ReviewReading.objects.create(assignment=assignment, what=what, read_at=at)
