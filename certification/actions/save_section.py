"""Save what was written in one section; nobody's text is overwritten unseen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.store_answers import Written, store_answers
from certification.models import Application, ApplicationSection
from certification.rules.application_form import BY_ID
from certification.rules.submission import edit_refusal
from kit.refusals import Refused
from trail.actions.record_entry import record_entry
from trail.actors import Actor


@transaction.atomic
def save_section(
    *, actor: Actor, at: datetime, application: Application, written: Written
) -> ApplicationSection:
    """Store the answers as they are, unfinished ones too, and raise the version.

    The same text sent again is not a new version, so that a repeated save is harmless. A change
    takes back a certification: somebody must read the new words. Autosaves leave no entry on the
    trail; the version tells of them, and the trail of what was certified and submitted.

    Raises:
        StaleText: the section was saved by somebody else since ``version``.
        Refused: ``not_a_draft``.
    """
    row = (
        Application.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=application.pk)
    )
    refusal = edit_refusal(row.status)
    if refusal is not None:
        raise Refused(refusal)
    section = BY_ID[written.section_id]
    saved = row.sections.get(section_id=section.id)
    if store_answers(actor=actor, at=at, section=section, saved=saved, written=written):
        _take_back_certification(row, actor, at, section.title)
    return saved


def _take_back_certification(
    application: Application, actor: Actor, at: datetime, section: str
) -> None:
    if application.certified_at is None:
        return
    application.certified_by = application.certified_at = None
    application.certified_title = ""
    application.save(update_fields=["certified_by", "certified_at", "certified_title"])
    record_entry(
        case=application.case,
        actor=actor,
        at=at,
        verb="change_after_certification",
        facts={"section": section},
    )
