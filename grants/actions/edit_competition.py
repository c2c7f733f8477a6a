"""A programme officer changes one part of a draft; nobody's text is overwritten unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grants.actions.move_competition import Asked, Step, begin_act, finish_act
from grants.actions.write_notice import save_columns, write_part
from grants.models import Competition
from grants.queries.notices import notice_of
from grants.rules.bundles import Change, changes_between, part_lines
from grants.rules.notice import PART_WORDS, Part, PartText, part_refusals
from kit.refusals import Refusal, Refused
from trail.actors import Actor


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wrote in a part, and the version of the draft from which they started."""

    part: Part
    text: PartText
    version: int


class StaleNotice(Refused):
    """Somebody else saved this part since; carries what is saved and where the texts differ."""

    def __init__(self, saved: Competition, differences: list[Change]) -> None:
        super().__init__(
            Refusal(
                "stale_text",
                "Somebody else saved this part while you were writing. Nothing is lost: "
                "compare the two texts and choose.",
            )
        )
        self.saved = saved
        self.differences = differences


@transaction.atomic
def edit_competition(
    *, actor: Actor, at: datetime, competition: Competition, edit: Edit, key: str = ""
) -> Competition:
    """Write one part of the draft and raise the version.

    The same text sent again changes nothing. Two officers who write in different parts do not
    meet: a change is stale only where the same part reads otherwise than what was seen.

    Raises:
        Refused: ``illegal_transition`` outside the draft, what `rules.notice.part_refusals` says.
        StaleNotice: this part was saved by somebody else since ``edit.version``.
    """
    asked = Asked("edit_competition", key, {"edit": repr(edit)}, within="ask_clearance")
    act = begin_act(actor=actor, at=at, competition=competition, asked=asked)
    row = act.competition
    if act.is_repeat:
        return row
    refusals = part_refusals(edit.text)
    if refusals:
        raise Refused(refusals[0])
    saved = notice_of(row).part(edit.part)
    differences = changes_between(part_lines(edit.part, edit.text), part_lines(edit.part, saved))
    if not differences:
        return row
    if edit.version < _last_version_of(row, edit.part):
        raise StaleNotice(row, differences)
    write_part(row, edit.text)
    version = row.version + 1
    save_columns(row, {"version": version, "saved_by": actor.name, "saved_at": at})
    facts = {"part": PART_WORDS[edit.part], "code": edit.part.value, "version": version}
    finish_act(act, Step(facts=facts))
    return row


def _last_version_of(row: Competition, part: Part) -> int:
    """The version with which this part was saved last, as the trail tells."""
    entries = row.case.entries.filter(verb="edit_competition", facts__code=part.value)
    facts = entries.order_by("-sequence").values_list("facts", flat=True).first()
    return int(facts["version"]) if facts else 0
