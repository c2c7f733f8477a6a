"""What awards tell the lower apps: letterhead, retention, the reminder before the last day."""

from __future__ import annotations

from grants.actions.offer_award import REMINDER, remind_recipient
from grants.actions.schedule_reports import WATCH
from grants.actions.watch_reports import watch_reports
from grants.queries.award_records import award_letterhead, award_standing
from records.registry import register_deadline, register_letterhead
from trail.retention_registry import register_retention


def register_awards() -> None:
    """Tell the lower apps; called once, when every model is loaded."""
    register_deadline(REMINDER, remind_recipient)
    register_deadline(WATCH, watch_reports)
    register_letterhead("award", award_letterhead)
    register_retention("award", award_standing)
