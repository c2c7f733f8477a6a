"""Beat's looks at loads of data files."""

from celery import shared_task

from mapping.actions.clear_sent_files import clear_sent_files as clear
from mapping.actions.load_sent_files import notice_cut_loads as notice
from trail.queries.clock import database_now


@shared_task(name="mapping.tasks.notice_cut_loads")
def notice_cut_loads() -> int:
    """Say of loads whose worker is gone that they were cut off."""
    return notice(at=database_now())


@shared_task(name="mapping.tasks.clear_sent_files")
def clear_sent_files() -> int:
    """Delete sent files that no load will read any more."""
    return clear(at=database_now())
