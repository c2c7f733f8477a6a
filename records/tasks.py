"""Beat's sweeps: deadlines, documents that wait for the scanner, the quarantine."""

from celery import shared_task

from records.actions.check_document import recheck_waiting
from records.actions.check_document import sweep_quarantine as sweep_files
from records.actions.set_deadline import sweep_deadlines as sweep
from records.actions.write_digests import write_digests as write
from trail.queries.clock import database_now


@shared_task(name="records.tasks.sweep_deadlines")
def sweep_deadlines() -> int:
    """Call the verb of every deadline that passed unmet."""
    return sweep(at=database_now())


@shared_task(name="records.tasks.recheck_waiting_documents")
def recheck_waiting_documents() -> int:
    """Ask the scanner again for what waits."""
    return recheck_waiting(at=database_now())


@shared_task(name="records.tasks.sweep_quarantine")
def sweep_quarantine() -> int:
    """Delete from quarantine what nobody waits for."""
    return sweep_files(at=database_now())


@shared_task(name="records.tasks.write_digests")
def write_digests() -> int:
    """Write the daily digests that are due."""
    return write(at=database_now())
