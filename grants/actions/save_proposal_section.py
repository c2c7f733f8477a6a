"""Save what was written in one section of a proposal; nobody's text is overwritten unseen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from certification.actions.store_answers import Written, store_answers
from certification.rules.application_form import Section
from grants.actions.edit_proposal import begin_edit, finish_edit
from grants.actions.move_proposal import change
from grants.models import Proposal, ProposalSection
from grants.queries.proposals import form_of
from grants.rules.budget import read_budget
from grants.rules.proposal_form import ABOUT, BUDGET
from kit.refusals import refuse
from trail.actors import Actor


@transaction.atomic
def save_proposal_section(
    *, actor: Actor, at: datetime, proposal: Proposal, written: Written
) -> ProposalSection:
    """Store the answers as they are, unfinished ones too, and raise the version.

    The same text sent again is not a new version. A change takes back a certification. Autosaves
    leave no entry on the trail; the version tells of them, and the trail of what was certified.

    Raises:
        StaleText: the section was saved by somebody else since ``version``.
        Refused: ``not_a_draft``, ``no_section``.
    """
    row = begin_edit(proposal)
    section = _section(row, written.section_id)
    # A question that an amendment added has no row before its first answer.
    saved, _ = row.sections.select_for_update().get_or_create(section_id=section.id)
    if store_answers(actor=actor, at=at, section=section, saved=saved, written=written):
        _note_figures(row, section.id, saved.answers)
        finish_edit(row, actor=actor, at=at, section=section.title)
    return saved


def _section(proposal: Proposal, section_id: str) -> Section:
    for section in form_of(proposal.competition):
        if section.id == section_id:
            return section
    raise refuse("no_section", "This notice no longer asks this. Reload the page.")


def _note_figures(proposal: Proposal, section_id: str, answers: dict[str, str | bool]) -> None:
    """Lists show title and amounts; once a version counts, those of that version."""
    if proposal.counting_id is not None:
        return
    if section_id == ABOUT:
        years = str(answers["years"])
        title = str(answers["title"]).strip()[:200] or proposal.title
        change(
            proposal,
            {"title": title, "years": int(years) if years.isdecimal() else proposal.years},
        )
    if section_id == BUDGET:
        budget = read_budget(answers)
        change(proposal, {"federal_amount": budget.federal, "match_amount": budget.match})
