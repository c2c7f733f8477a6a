"""An award word for word: what the four sign under, and what the recipient accepts."""

from __future__ import annotations

from typing import Any

from accounts.models import AgencyRole
from grants.models import Award, FundEntry
from grants.rules.award_signing import SIGNERS
from grants.rules.award_states import StepKind
from grants.rules.report_states import ReportPace
from trail.rules.chain import canonical, digest


def words_of(award: Award) -> dict[str, Any]:
    """Return everything that an award says, as JSON values, with the review of its risk."""
    return {
        **_terms(award),
        "version": award.version,
        "pool": award.selected.pool_id,
        "risk": [
            [one.check_name, one.outcome, one.source, one.looked_on.isoformat(), one.note]
            for one in award.risk_findings.filter(version=award.version).order_by("check_name")
        ],
    }


def digest_of(award: Award) -> str:
    """Return the fingerprint of an award's words: a signature names it."""
    return digest(canonical(words_of(award)))


def offer_digest(award: Award) -> str:
    """Return the fingerprint of what the recipient reads: all but the review of risk."""
    days = [award.offered_at and award.offered_at.isoformat(), award.number]
    return digest(canonical({**_terms(award), "offer": days}))


def _terms(award: Award) -> dict[str, Any]:
    # Every quarter goes without saying: it was the only pace before awards had one, and the
    # digests of those that were signed then still name their words.
    paced = award.report_pace != ReportPace.QUARTERLY
    return {
        **({"reports": award.report_pace} if paced else {}),
        "reference": award.reference,
        "title": award.title,
        "group": award.group.reference,
        "federal": str(award.federal_amount),
        "share": [award.federal_share_numerator, award.federal_share_denominator],
        "noncash": award.noncash_percent,
        "pace": award.match_pace,
        "period": [award.starts_on.isoformat(), award.ends_on.isoformat(), award.pre_award_days],
        "advances": award.has_advances,
        "terms": award.terms,
        "lines": [
            [one.category, str(one.federal), str(one.match)]
            for one in award.lines.order_by("category")
        ],
        "conditions": [
            [
                one.nature,
                one.reason,
                one.action,
                one.time_allowed,
                one.reconsideration,
                one.holds_payments,
            ]
            for one in award.conditions.filter(removed_at=None)
        ],
    }


def findings_of(award: Award) -> dict[str, str]:
    """Return the outcome of each check done on the version in hand."""
    rows = award.risk_findings.filter(version=award.version)
    return dict(rows.values_list("check_name", "outcome"))


def signed_steps(award: Award) -> dict[str, str]:
    """Return who signed which step that still stands."""
    rows = award.steps.filter(voided_at=None).values_list("kind", "signed_by_id")
    return {kind: f"user:{person}" for kind, person in rows}


def workers_of(award: Award) -> frozenset[str]:
    """Return who drafted the award, wrote its conditions and checked its risk."""
    found = award.risk_findings.values_list("found_by", flat=True)
    wrote = award.conditions.values_list("written_by", flat=True)
    return frozenset({award.drafted_by, *found, *wrote})


def may_sign_for(award: Award, kind: StepKind, user: int) -> bool:
    """Whether somebody holds the office that signs a step."""
    rows = AgencyRole.objects.filter(agency=award.agency_id, user_id=user, until=None)
    return rows.filter(role=SIGNERS[kind]).exists()


def has_money(award: Award) -> bool:
    """Whether entries of the pool name this award."""
    return FundEntry.objects.filter(award=award).exists()
