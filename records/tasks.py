"""Beat's sweep of deadlines."""

from celery import shared_task

from records.actions.set_deadline import sweep_deadlines as sweep
from trail.queries.clock import database_now


@shared_task(name="records.tasks.sweep_deadlines")
def sweep_deadlines() -> int:
    """Call the verb of every deadline that passed unmet."""
    return sweep(at=database_now())
