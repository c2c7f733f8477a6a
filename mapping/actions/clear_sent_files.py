"""Clear the inbox: files of loads that never came to their end, and files that belong to none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import storages
from django.db import transaction

from mapping.actions.ask_for_load import INBOX
from mapping.models import DataLoad
from mapping.queries.loads import is_file_needed, loads_to_clear
from trail.actions.record_entry import record_entry
from trail.actions.run_job import move_job
from trail.actors import SYSTEM
from trail.models import Job

NEVER_BEGAN = "It never began, and its files are no longer kept. Send them again."
# Its row may still be on the way: files are kept before the load that names them is committed.
YOUNG = timedelta(days=1)


def clear_sent_files(*, at: datetime) -> int:
    """Give up loads that waited too long, then delete every file that nobody needs.

    Side effects: an entry in each load's case; a load that never began fails, so that it does not
    bar the next one. Safe to run twice: what could not be deleted is found again.

    Returns:
        How many files were deleted.
    """
    for load in loads_to_clear(at):
        _give_up(load, at)
    store, deleted = storages[INBOX], 0
    for name in _names(INBOX):
        if store.get_modified_time(name) < at - YOUNG and not is_file_needed(name):
            store.delete(name)
            deleted += 1
    return deleted


@transaction.atomic
def _give_up(load: DataLoad, at: datetime) -> None:
    row = DataLoad.objects.select_for_update(of=("self",)).select_related("case").get(pk=load.pk)
    # Asked again under the lock: somebody may have started it again since.
    if row not in loads_to_clear(at):
        return
    job = Job.objects.select_for_update().get(reference=row.job_reference)
    if job.is_open:
        kept = {name: job.arguments[name] for name in ("title", "back") if name in job.arguments}
        move_job(job, "fail", message=NEVER_BEGAN, arguments=kept)
    row.cleared_at = at
    row.save(update_fields=["cleared_at"])
    record_entry(
        case=row.case,
        actor=SYSTEM,
        at=at,
        verb="clear_sent_files",
        facts={"files": list(row.files.values_list("name", flat=True))},
    )


def _names(inbox: str) -> list[str]:
    try:
        return sorted(storages[inbox].listdir("")[1])
    except FileNotFoundError:  # nothing was ever sent
        return []
