"""A programme officer drafts the award to a selected proposal, and writes its terms."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from grants.actions.move_award import Act, Asked, Step, begin_act, finish_act
from grants.actions.move_proposal import lock_proposal
from grants.models import Award, BudgetLine, Competition, SelectedCase
from grants.queries.award_budgets import LineOfBudget, lines_of_submission
from grants.rules.award_signing import period_refusal
from grants.rules.award_states import AwardState
from grants.rules.award_terms import STANDARD_TERMS
from grants.rules.match.caps import noncash_rule_on
from grants.rules.report_states import ReportPace
from grants.rules.states import CompetitionState, ProposalState
from kit.periods import add_years
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actors import Actor

DRAFT = frozenset({AwardState.DRAFTED})


@dataclass(frozen=True, slots=True)
class AwardTerms:
    """What an officer may write in a draft; money and budget are those of the proposal."""

    starts_on: date
    ends_on: date
    pre_award_days: int
    noncash_percent: int
    has_advances: bool
    terms: str
    report_pace: ReportPace = ReportPace.QUARTERLY


@transaction.atomic
def draft_award(*, actor: Actor, at: datetime, selected: SelectedCase, key: str = "") -> Award:
    """Draft the award: amount, share and budget of the submitted proposal, standard terms.

    Side effects: case, trail.

    Raises:
        Refused: ``not_announced``, ``not_selected``, ``already_drafted``, ``no_budget``,
            ``budget_differs``.
    """
    claim = None
    if key:
        claim = claim_key(actor=actor, at=at, key=key, verb="draft_award", body=str(selected.pk))
        if claim.result_reference:
            return Award.objects.get(case__reference=claim.result_reference)
    # The proposal is the lock: it cannot be withdrawn meanwhile, nor drafted twice.
    proposal = lock_proposal(selected.proposal)
    if proposal.competition.status is not CompetitionState.ANNOUNCED:
        raise refuse("not_announced", "The results of this competition are not announced.")
    if not selected.is_selected or proposal.status is not ProposalState.SELECTED:
        raise refuse("not_selected", "This proposal is not selected.")
    if Award.objects.filter(selected=selected).exists():
        raise refuse("already_drafted", "The award to this proposal is drafted already.")
    lines = _lines(selected)
    award = _create(actor, at, selected, lines)
    facts = {"proposal": proposal.case.reference, "federal": str(award.federal_amount)}
    record_entry(case=award.case, actor=actor, at=at, verb="draft_award", facts=facts)
    if claim is not None:
        settle_key(claim, award.reference)
    return award


@transaction.atomic
def write_award(
    *, actor: Actor, at: datetime, award: Award, terms: AwardTerms, key: str = ""
) -> None:
    """Write period, terms and how it is paid; only while the award is a draft.

    Raises:
        Refused: ``not_at_this_stage``, ``period_in_order``, ``period_too_long``,
            ``terms_missing``, ``over_the_cap``, ``too_early``.
    """
    said = {name: str(value) for name, value in asdict(terms).items()}
    asked = Asked("write_award", key, said, within=DRAFT)
    act = begin_act(actor=actor, at=at, award=award, asked=asked)
    if act.is_repeat:
        return
    _check(act, terms)
    changes = {**asdict(terms), "terms": terms.terms.strip()}
    finish_act(
        act, Step(facts={"period": f"{terms.starts_on} to {terms.ends_on}"}, changes=changes)
    )


@transaction.atomic
def send_to_risk_review(*, actor: Actor, at: datetime, award: Award, key: str = "") -> None:
    """Close the draft; the checks of risk follow.

    Raises:
        Refused: ``illegal_transition``.
    """
    act = begin_act(actor=actor, at=at, award=award, asked=Asked("begin_risk_review", key))
    if not act.is_repeat:
        finish_act(act, Step(facts={"version": act.award.version}))


def _lines(selected: SelectedCase) -> tuple[LineOfBudget, ...]:
    lines = lines_of_submission(selected.proposal)
    if not lines:
        raise refuse("no_budget", "The submitted proposal has no budget to award.")
    if sum((one.federal for one in lines), Decimal(0)) != selected.amount:
        raise refuse(
            "budget_differs",
            "The federal column of the submitted budget differs from the selected amount.",
        )
    return lines


def _create(
    actor: Actor, at: datetime, selected: SelectedCase, lines: tuple[LineOfBudget, ...]
) -> Award:
    proposal, competition = selected.proposal, selected.proposal.competition
    first = date(at.year + (at.month == 12), at.month % 12 + 1, 1)
    award = Award.objects.create(
        case=open_case(actor=actor, at=at, kind="award", prefix="AW"),
        selected=selected,
        agency=competition.agency,
        group=proposal.group,
        title=proposal.title,
        federal_amount=selected.amount,
        federal_share_numerator=competition.federal_share_numerator,
        federal_share_denominator=competition.federal_share_denominator,
        noncash_percent=_noncash_cap(competition),
        match_pace=competition.match_pace,
        starts_on=first,
        ends_on=date.fromordinal(add_years(first, proposal.years).toordinal() - 1),
        terms=STANDARD_TERMS.strip(),
        drafted_by=str(actor),
        drafted_at=at,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(award=award, category=one.category, federal=one.federal, match=one.match)
        for one in lines
    )
    return award


def _noncash_cap(competition: Competition) -> int:
    """The cap of the day on which the competition opened: it was announced with it."""
    day = competition.opened_at or competition.created_at
    return noncash_rule_on(day.date()).percent


def _check(act: Act, terms: AwardTerms) -> None:
    years = act.award.selected.proposal.years
    refusal = period_refusal(starts_on=terms.starts_on, ends_on=terms.ends_on, years=years)
    if refusal is not None:
        raise Refused(refusal)
    if not terms.terms.strip():
        raise refuse("terms_missing", "Write the terms of the award.")
    cap = _noncash_cap(act.award.selected.proposal.competition)
    if not 0 <= terms.noncash_percent <= cap:
        raise refuse(
            "over_the_cap",
            f"Match other than cash: a whole percent from 0 to {cap}, the cap on the day on which "
            "the competition opened. The terms may be stricter, not looser.",
        )
    if not 0 <= terms.pre_award_days <= 90:
        raise refuse("too_early", "Costs before the period are allowed for at most 90 days.")
