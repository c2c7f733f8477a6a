"""What an amendment makes of an opened notice, or why it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from grants.rules.extensions import close_after_change
from grants.rules.notice import PART_WORDS, Basics, Dates, Notice, Part, PartText, missing
from kit.refusals import refuse


def revised(
    before: Notice, part: Part, text: PartText, *, at: datetime, is_material: bool
) -> Notice:
    """Return the notice after the change, its close moved where the rule asks for it.

    Raises:
        Refused: ``close_passed``, ``opened_already``, ``shortened``, ``number_stands``,
            ``notice_incomplete``.
    """
    closes_at = before.dates.closes_at
    if closes_at is None or closes_at <= at:
        raise refuse("close_passed", "The closing time has passed: nothing changes any more.")
    after = replace(before, **{part.value: text})  # type: ignore[arg-type]
    after = replace(after, dates=_dates(before.dates, after.dates))
    _check_number(before.basics, after.basics)
    for wrong, sentences in missing(after).items():
        raise refuse("notice_incomplete", f"{PART_WORDS[wrong]}: {sentences[0]}")
    least = close_after_change(
        closes_at=closes_at, at=at, zone=after.dates.time_zone, is_material=is_material
    )
    asked = after.dates.closes_at or closes_at
    return replace(after, dates=replace(after.dates, closes_at=max(asked, least)))


def _dates(before: Dates, after: Dates) -> Dates:
    """The new dates; what was typed as the same minute stays what it was to the second."""
    opens_at, closes_at = (
        old if _minute(old) == _minute(new) else new
        for old, new in ((before.opens_at, after.opens_at), (before.closes_at, after.closes_at))
    )
    if opens_at != before.opens_at:
        raise refuse("opened_already", "The competition is open: its opening stays as it was.")
    if before.closes_at and (closes_at is None or closes_at < before.closes_at):
        raise refuse("shortened", "The closing time may be moved to later, never to earlier.")
    return replace(after, opens_at=opens_at, closes_at=closes_at)


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


def _check_number(before: Basics, after: Basics) -> None:
    if after.opportunity_number != before.opportunity_number:
        raise refuse(
            "number_stands", "People cite the funding opportunity number: it stays as it was."
        )
