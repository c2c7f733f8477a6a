"""Awards and their matching funds as bare rows, in whatever state a test needs.

What people do is tested through actions; these rows stand for what happened before.
"""

from __future__ import annotations

import hashlib
import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.models import (
    Award,
    BudgetLine,
    Contribution,
    FundEntry,
    FundingSource,
    MatchEntry,
    PinnedRanking,
    Pledge,
    SelectedCase,
    Selection,
    SourceEvidence,
)
from grants.rules.award_states import AWARD, AwardState
from grants.rules.match.accounts import FUND_FUNNEL, MATCH_FUNNEL, FundStep, MatchStep
from grants.rules.match.states import CONTRIBUTION, ContributionState
from grants.rules.panel_states import MatchState
from grants.rules.states import CompetitionState, ProposalState
from grants.rules.terms import GiverClass, MatchKind
from kit.references import new_reference
from records.models import Document, DocumentVersion
from tests.factories.accounts import make_user
from tests.factories.grants import DIGEST, make_competition, make_proposal, new_case
from trail.queries.clock import database_now

_numbers = itertools.count(1)
FEDERAL = Decimal("200000.00")
LINES = {"personnel": (120_000, 80_000), "travel": (20_000, 20_000), "other": (60_000, 100_000)}


def make_selected(**changes: Any) -> SelectedCase:
    """A proposal that the selecting official chose; ``competition``, ``group``, ``amount``."""
    amount = changes.pop("amount", FEDERAL)
    competition = changes.pop("competition", None) or make_competition(CompetitionState.ANNOUNCED)
    proposal = make_proposal(
        competition, ProposalState.SELECTED, federal_amount=amount, match_amount=amount, **changes
    )
    selection = Selection.objects.filter(competition=competition).first() or _select(competition)
    return SelectedCase.objects.create(
        selection=selection,
        proposal=proposal,
        is_selected=True,
        is_by_rank=True,
        pool=competition.pools.first(),
        amount=amount,
    )


def _select(competition: Any) -> Selection:
    now = database_now()
    ranking = PinnedRanking.objects.create(
        competition=competition,
        inputs={},
        result={},
        digest=DIGEST,
        pinned_by="user:1",
        pinned_at=now,
    )
    return Selection.objects.create(
        competition=competition,
        ranking=ranking,
        rationale="By rank.",
        decided_by=make_user(),
        decided_at=now,
    )


def make_award(
    state: AwardState = AwardState.ACCEPTED, *, selected: SelectedCase | None = None, **changes: Any
) -> Award:
    """An award of 200,000 at one half, its budget, and its money as far as the state has it.

    ``lines``: federal and match by category. ``group``, ``competition``: of the proposal.
    """
    made = {name: changes.pop(name) for name in ("group", "competition") if name in changes}
    lines = changes.pop("lines", LINES)
    federal = sum((Decimal(one) for one, _ in lines.values()), Decimal(0))
    selected = selected or make_selected(amount=federal, **made)
    now, today = database_now(), database_now().date()
    values: dict[str, Any] = {
        "case": new_case("award", "AW", now),
        "selected": selected,
        "agency": selected.proposal.competition.agency,
        "group": selected.proposal.group,
        "title": selected.proposal.title,
        "federal_amount": federal,
        "federal_share_numerator": 1,
        "federal_share_denominator": 2,
        "noncash_percent": 40,
        "match_pace": "pro_rata",
        "starts_on": today - timedelta(days=100),
        "ends_on": today + timedelta(days=265),
        "terms": "What the award asks for.",
        "drafted_by": "user:1",
        "drafted_at": now - timedelta(days=130),
        **changes,
    }
    award = Award.objects.create(**values)
    BudgetLine.objects.bulk_create(
        BudgetLine(award=award, category=name, federal=Decimal(one), match=Decimal(other))
        for name, (one, other) in lines.items()
    )
    _walk(award, state)
    award.refresh_from_db()
    return award


def _walk(award: Award, goal: AwardState) -> None:
    now, rows = database_now(), Award.objects.filter(pk=award.pk)
    for state in _path(goal):
        more: dict[str, Any] = {}
        if state == AwardState.FUNDS_CONFIRMED:
            _allot(award)
            post_fund(award, FundStep.RESERVE, award.federal_amount)
        if state == AwardState.OBLIGATED:
            more = {"number": f"PG{next(_numbers):08}", "obligated_at": now}
            post_fund(award, FundStep.OBLIGATE, award.federal_amount)
        if state == AwardState.OFFERED:
            more = {"offered_at": now, "answer_by": now.date() + timedelta(days=30)}
        if state in (AwardState.ACCEPTED, AwardState.DECLINED):
            more = {
                "answered_by": make_user(),
                "answered_at": now,
                "answered_title": "Director",
                "answered_statement": "We answer for our group.",
            }
        if state == AwardState.WITHDRAWN:
            late = now.date() + timedelta(days=31)
            more = {"withdrawn_at": now, "withdrawn_on": late, "withdrawal_reason": "No answer."}
        rows.update(state=state, **more)


def _path(goal: AwardState) -> list[AwardState]:
    ways: dict[AwardState, list[AwardState]] = {AwardState.DRAFTED: []}
    queue = [AwardState.DRAFTED]
    for here in queue:
        for before, after in AWARD.edges():
            if before == here and AwardState(after) not in ways:
                ways[AwardState(after)] = [*ways[here], AwardState(after)]
                queue.append(AwardState(after))
    return ways[goal]


def _allot(award: Award) -> None:
    pool = award.selected.pool
    if pool is not None and not pool.entries.exists():
        _post_fund(pool, None, FundStep.ALLOT, pool.amount)


def post_fund(award: Award, step: FundStep, amount: Decimal, **changes: Any) -> FundEntry:
    """An entry of the award's pool."""
    return _post_fund(award.selected.pool, award, step, amount, **changes)


def _post_fund(
    pool: Any, award: Award | None, step: FundStep, amount: Decimal, **changes: Any
) -> FundEntry:
    reverses = changes.pop("reverses", None)
    source, target = FUND_FUNNEL.ends(step, is_reversal=reverses is not None)
    values: dict[str, Any] = {
        "number": FundEntry.objects.filter(pool=pool).count() + 1,
        "step": step,
        "source": source,
        "target": target,
        "amount": amount,
        "reverses": reverses,
        "reason": "For a test",
        "by": "user:1",
        "at": database_now(),
        **changes,
    }
    return FundEntry.objects.create(pool=pool, award=award, **values)


def make_pledge(award: Award, name: str = "Maumee Glass", **changes: Any) -> Pledge:
    """A signed pledge in the approved budget: 100,000 in cash; ``is_posted=False``: no entries."""
    is_posted = changes.pop("is_posted", True)
    values: dict[str, Any] = {
        "giver_name": name,
        "name_key": name_key(name),
        "skeleton_key": skeleton_of(name),
        "giver_class": GiverClass.PRIVATE,
        "kind": MatchKind.CASH,
        "amount": Decimal("100000.00"),
        "contact_name": "Gil Giver",
        "contact_email": "gil@example.org",
        "state": MatchState.SIGNED,
        "listed_by": "user:1",
        "listed_at": database_now(),
        **changes,
    }
    pledge = Pledge.objects.create(award=award, **values)
    if is_posted:
        post_match(pledge, MatchStep.PLEDGE, pledge.amount)
        post_match(pledge, MatchStep.COMMIT, pledge.amount)
    return pledge


def make_source(name: str = "Maumee Glass", **changes: Any) -> FundingSource:
    """A payment of 100,000; ``evidence``: of which award's case a file proves it."""
    number = f"CHK-{next(_numbers)}"
    values: dict[str, Any] = {
        "kind": "payment",
        "giver_name": name,
        "name_key": name_key(name),
        "skeleton_key": skeleton_of(name),
        "number": number,
        "number_key": name_key(changes.get("number", number)),
        "dated_on": database_now().date(),
        "amount": Decimal("100000.00"),
        "origin": "private",
        "recorded_by": "user:1",
        "recorded_at": database_now(),
        **changes,
    }
    return FundingSource.objects.create(**values)


def add_evidence(source: FundingSource, award: Award, words: str = "") -> SourceEvidence:
    """A file of the award's case that proves the source."""
    number = next(_numbers)
    document = Document.objects.create(
        case=award.case,
        reference=new_reference("DOC"),
        kind="match_evidence",
        title=f"Bank record {number}",
        created_by="user:1",
        created_at=database_now(),
    )
    digest = hashlib.sha256((words or str(number)).encode()).hexdigest()
    DocumentVersion.objects.create(
        document=document,
        number=1,
        sha256=digest,
        size=1_000,
        original_name="record.pdf",
        uploaded_by="user:1",
        uploaded_at=database_now(),
        state="clean",
        media_type="application/pdf",
        scan_engine="sample",
        scan_verdict="nothing found",
        scanned_at=database_now(),
        checked_at=database_now(),
    )
    return SourceEvidence.objects.create(
        source=source,
        document=document,
        sha256=digest,
        added_by="user:1",
        added_at=database_now(),
    )


def make_contribution(
    pledge: Pledge,
    state: ContributionState = ContributionState.RECORDED,
    amount: Decimal | int = 10_000,
    **changes: Any,
) -> Contribution:
    """A contribution with its entries: recorded, and verified where the state says so."""
    day: date = pledge.award.starts_on + timedelta(days=10)
    source = changes.pop("source", None) or make_source(pledge.giver_name)
    values: dict[str, Any] = {
        "kind": "cash" if pledge.kind == MatchKind.CASH else "goods",
        "category": "personnel",
        "description": "Pay of two planners",
        "given_from": day,
        "given_through": day,
        "amount": Decimal(amount),
        "recorded_at": database_now(),
        **changes,
    }
    values.setdefault("recorded_by", make_user())
    row = Contribution.objects.create(award=pledge.award, pledge=pledge, source=source, **values)
    post_match(pledge, MatchStep.CONTRIBUTE, row.amount, contribution=row)
    for step in _way_of(state):
        Contribution.objects.filter(pk=row.pk).update(state=step)
    if state == ContributionState.VERIFIED:
        if not source.evidence.exists():
            add_evidence(source, pledge.award)
        post_match(pledge, MatchStep.VERIFY, row.amount, contribution=row, by_user=make_user())
    row.refresh_from_db()
    return row


def _way_of(goal: ContributionState) -> list[ContributionState]:
    ways: dict[str, list[ContributionState]] = {ContributionState.RECORDED: []}
    queue: list[str] = [ContributionState.RECORDED]
    for here in queue:
        for before, after in CONTRIBUTION.edges():
            if before == here and after not in ways:
                ways[after] = [*ways[here], ContributionState(after)]
                queue.append(after)
    return ways[goal]


def post_match(pledge: Pledge, step: MatchStep, amount: Decimal, **changes: Any) -> MatchEntry:
    """An entry of the award's match ledger."""
    reverses = changes.pop("reverses", None)
    source, target = MATCH_FUNNEL.ends(step, is_reversal=reverses is not None)
    user: User | None = changes.pop("by_user", None)
    values: dict[str, Any] = {
        "number": MatchEntry.objects.filter(award=pledge.award).count() + 1,
        "step": step,
        "source": source,
        "target": target,
        "amount": amount,
        "reverses": reverses,
        "reason": "For a test",
        "by": f"user:{user.pk}" if user else "user:1",
        "by_user": user,
        "at": database_now(),
        **changes,
    }
    return MatchEntry.objects.create(award=pledge.award, pledge=pledge, **values)
