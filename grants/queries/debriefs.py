"""The debrief of one proposal: what was scored, what was written, what was checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from grants.models import Proposal, Review
from grants.queries.panel_scores import counted_assignments
from grants.queries.ranking_inputs import Pinned
from grants.queries.results import results_of
from grants.rules.debrief import CriterionLine, Told, TurnedAway
from grants.rules.results import SELECTED, line_of
from grants.rules.screening import RULE_CITATIONS, RULE_WORDS, ScreeningRule
from grants.rules.states import ProposalState
from records.models import Publication


def announced(
    proposal: Proposal, at: datetime
) -> tuple[Publication, Mapping[str, Any] | None] | None:
    """The released results and the proposal's own line; None while they are embargoed.

    A proposal that was found not eligible has no line, and is told its reasons on the same day.
    """
    publication = results_of(proposal.competition.case.reference, at)
    if publication is None:
        return None
    line = line_of(publication.snapshot, proposal.case.reference)
    if line is None and proposal.status is not ProposalState.INELIGIBLE:
        return None
    return publication, line


def turned_away(proposal: Proposal) -> TurnedAway:
    """Why a proposal was not judged, and what came of the request to look again."""
    finding = proposal.screenings.filter(is_agreed=True).latest("written_at")
    rule = ScreeningRule(finding.rule)
    again = proposal.reconsiderations.exclude(is_granted=None).first()
    return TurnedAway(
        rule=RULE_WORDS[rule],
        citation=RULE_CITATIONS[rule],
        explanation=finding.explanation,
        answer=again.rationale if again else "",
        eligibility=_eligibility(proposal),
    )


def told(proposal: Proposal, publication: Publication, line: Mapping[str, Any]) -> Told:
    """Everything that the group is told."""
    pinned = Pinned(proposal.competition)
    standing = pinned.derived.ranking.of(proposal.case.reference)
    reviews = list(
        Review.objects.filter(
            assignment__in=counted_assignments(proposal.competition), assignment__proposal=proposal
        ).order_by("pk")
    )
    return Told(
        is_selected=line["outcome"] == SELECTED,
        mean=standing.mean,
        rank=line["rank"],
        ranked=max(len(publication.snapshot["ranked"]), line["rank"]),
        criteria=tuple(
            CriterionLine(one.name, one.percent, standing.criteria[one.key])
            for one in pinned.inputs.weights
        ),
        strengths=tuple(one.strengths for one in reviews if one.strengths.strip()),
        weaknesses=tuple(one.weaknesses for one in reviews if one.weaknesses.strip()),
        eligibility=_eligibility(proposal),
    )


def _eligibility(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """The values on which eligibility rests."""
    competition, counting = proposal.competition, proposal.counting
    term = proposal.designation.term
    first, last = (date_format(day, "F j, Y") for day in (term.lower, term.upper))
    rows = [
        ("Designation", f"{proposal.designation.reference}, {first} to {last}"),
        ("Asked for", f"${proposal.federal_amount:,.2f}"),
        (
            "Floor and ceiling",
            f"${competition.federal_floor:,.2f} to ${competition.federal_ceiling:,.2f}",
        ),
        ("Matching funds", f"${proposal.match_amount:,.2f}"),
    ]
    if counting is not None:
        rows.insert(0, ("Receipt", counting.receipt_number))
    return tuple(rows)
