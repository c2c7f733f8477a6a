"""At the moment of announcement: every proposal gets its result, every applicant a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from grants.actions import move_proposal
from grants.actions.move_competition import Asked, Step, begin_act, finish_act
from grants.models import Competition, Proposal, SelectedCase
from grants.queries.debriefs import turned_away
from grants.rules.debrief import appeal_until, quartile
from grants.rules.result_letters import not_judged, not_selected, selected
from grants.rules.results import RESERVE, line_of
from grants.rules.states import CompetitionState, ProposalState
from records.models import Publication
from trail.actors import SYSTEM


@transaction.atomic
def announce_results(payload: dict[str, Any]) -> None:
    """Announce, unless the release was stopped before its time. Safe to run twice."""
    publication = Publication.objects.select_related("case").get(pk=payload["publication"])
    competition = Competition.objects.get(pk=payload["competition"])
    at = publication.public_from
    if at is None or competition.status is not CompetitionState.SELECTION:
        return
    act = begin_act(actor=SYSTEM, at=at, competition=competition, asked=Asked("announce"))
    ranked = len(publication.snapshot["ranked"])
    cases = SelectedCase.objects.filter(selection__competition=competition).exclude(
        proposal__state=ProposalState.WITHDRAWN
    )
    for case in cases.select_related("proposal__case").order_by("pk"):
        line = line_of(publication.snapshot, case.proposal.case.reference)
        if line is not None:
            _tell(case, dict(line), ranked, at)
    for proposal in competition.proposals.filter(state=ProposalState.INELIGIBLE).order_by("pk"):
        _tell_turned_away(move_proposal.lock_proposal(proposal), at)
    facts = {"digest": publication.digest}
    finish_act(act, Step(facts=facts, changes={"announced_at": at}))


def _tell(case: SelectedCase, line: dict[str, Any], ranked: int, at: datetime) -> None:
    verb = "select" if case.is_selected else "not_select"
    step = move_proposal.begin_act(
        actor=SYSTEM, at=at, proposal=case.proposal, asked=move_proposal.Asked(verb)
    )
    proposal = step.proposal
    until = appeal_until(at, proposal.competition.agency.time_zone)
    path = reverse("grants:proposal_debrief", args=[proposal.case.reference])
    if case.is_selected:
        letter = selected(proposal.title, f"${case.amount:,.2f}", until, path)
    else:
        quarter = quartile(line["rank"], max(ranked, line["rank"]))
        is_reserve = line["outcome"] == RESERVE
        letter = not_selected(proposal.title, quarter, until, path, is_reserve=is_reserve)
    move_proposal.finish_act(step, move_proposal.Step(facts={"rank": line["rank"]}, letter=letter))


def _tell_turned_away(proposal: Proposal, at: datetime) -> None:
    """Everybody is told on the same day, also who was found not eligible."""
    until = appeal_until(at, proposal.competition.agency.time_zone)
    path = reverse("grants:proposal_debrief", args=[proposal.case.reference])
    letter = not_judged(proposal.title, turned_away(proposal).rule, until, path)
    move_proposal.write_to_applicants(at=at, proposal=proposal, letter=letter, key="results")
