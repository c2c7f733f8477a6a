"""A proposal as the rules of submission see it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from grants.models import Competition, Proposal
from grants.queries.proposal_content import content_of, hash_of
from grants.queries.proposals import answers_of, designation_of, form_of
from grants.rules.budget_checks import BudgetTerms
from grants.rules.panel_states import MatchState
from grants.rules.proposal_draft import Promise, ProposalDraft


def draft_of(proposal: Proposal, at: datetime) -> ProposalDraft:
    """Return the proposal with everything that decides what is still wrong with it."""
    competition = proposal.competition
    form = form_of(competition)
    certifier = proposal.certified_by_id
    return ProposalDraft(
        state=proposal.status,
        form=form,
        answers=answers_of(proposal, form),
        terms=terms_of(competition, at),
        giver_classes=frozenset(competition.giver_classes),
        promises=promises_of(proposal),
        roles=tuple(proposal.people.values_list("role", flat=True)),
        subawards=tuple(proposal.subrecipients.values_list("amount", flat=True)),
        is_designated=designation_of(proposal.group, at) is not None,
        competition=competition.status,
        closes_at=competition.closes_at,
        starter=proposal.started_by,
        certifier=f"user:{certifier}" if certifier else "",
        certified_hash=proposal.certified_hash,
        content_hash=hash_of(content_of(proposal)),
    )


def promises_of(proposal: Proposal) -> tuple[Promise, ...]:
    """Return what givers promise, those taken out left out."""
    rows = proposal.match.exclude(state=MatchState.WITHDRAWN)
    return tuple(
        Promise(row.organization_name, row.giver_class, row.amount, MatchState(row.state))
        for row in rows
    )


def terms_of(competition: Competition, at: datetime) -> BudgetTerms:
    """Return the notice's rules about money; those of the day on which it was opened."""
    noticed_at = competition.opened_at or at
    return BudgetTerms(
        share=Fraction(competition.federal_share_numerator, competition.federal_share_denominator),
        floor=competition.federal_floor,
        ceiling=competition.federal_ceiling,
        noticed_on=noticed_at.astimezone(ZoneInfo(competition.time_zone)).date(),
    )
