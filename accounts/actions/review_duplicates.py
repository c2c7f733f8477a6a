"""Open reviews of pairs that may be one organization, and decide them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts.models import DuplicateReview, JoinRequest, Organization
from accounts.queries.duplicates import alike, marks_of, members_of
from accounts.rules.belonging import decider_is_stranger
from accounts.rules.duplicates import Ground, Marks, shared
from accounts.rules.states import DUPLICATE, DuplicateState
from kit.refusals import Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor

MARKS_LOCK = 7_301  # advisory locks of two numbers: this one and a mark's


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found: whether the two are one, which of them stays, and why."""

    is_same: bool
    reason: str
    keeper: int | None = None


@transaction.atomic
def open_reviews(*, at: datetime, organization: Organization) -> list[DuplicateReview]:
    """Open a review of every pair that shares a mark; a decided pair is opened no more.

    Side effects: whoever writes an organization of the same marks waits until the transaction
    ends, so that of two look-alikes of one moment the second sees the first. The row itself is
    written before; the search below then reads what was committed while it waited.
    """
    marks = marks_of(organization)
    lock_marks(marks)
    return [
        open_review(at=at, pair=(organization, other), grounds=shared(marks, marks_of(other)))
        for other in alike(marks, without=organization.pk)
    ]


def lock_marks(marks: Marks) -> None:
    """Wait for others with the same marks; in one order, so that nobody waits in a circle."""
    held = {f"name {marks.name_key}", f"look {marks.skeleton_key}"}
    held |= {f"ein {marks.ein}"} if marks.ein else set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, number) FROM (SELECT DISTINCT hashtext(mark)"
            " AS number FROM unnest(%s::text[]) AS mark ORDER BY 1) AS held",
            [MARKS_LOCK, sorted(held)],
        )


@transaction.atomic
def open_review(
    *, at: datetime, pair: tuple[Organization, Organization], grounds: Iterable[Ground]
) -> DuplicateReview:
    """Open a review of a pair, or add the grounds to the one that is open."""
    first, second = sorted(pair, key=lambda row: row.pk)
    row, is_new = DuplicateReview.objects.select_for_update().get_or_create(
        first=first,
        second=second,
        defaults={"grounds": sorted(grounds), "opened_at": at},
    )
    merged = sorted({*row.grounds, *grounds})
    if not is_new and row.state == DuplicateState.OPEN and merged != row.grounds:
        row.grounds = merged
        row.save(update_fields=["grounds"])
    return row


@transaction.atomic
def decide_duplicate(
    *, actor: Actor, at: datetime, review: DuplicateReview, verdict: Verdict, key: str
) -> DuplicateReview:
    """Say whether the two are one. The other one is then superseded, never deleted.

    Members of the superseded organization do not belong to the one that stays by that; they are
    put before its administrators as people who ask to join.

    Raises:
        Refused: ``already_decided``, ``no_reason``, ``no_keeper``, ``own_organization``.
    """
    body = f"{review.pk}:{verdict!r}"
    claim = claim_key(actor=actor, at=at, key=key, verb="decide_duplicate", body=body)
    rows = DuplicateReview.objects.select_for_update(of=("self",))
    row = rows.select_related("first__case", "second__case").get(pk=review.pk)
    if claim.result_reference:
        return row
    _refuse_unfit(actor, row, verdict)
    verb = "find_same" if verdict.is_same else "find_different"
    row.state = DUPLICATE.move(DuplicateState(row.state), verb)
    row.decided_at, row.decided_by, row.reason = at, str(actor), verdict.reason.strip()
    row.save()
    if verdict.is_same:
        _supersede(at, row, verdict)
    facts = {
        "first": row.first.case.reference,
        "second": row.second.case.reference,
        "grounds": list(row.grounds),
        "reason": row.reason,
        "keeper": _keeper(row, verdict).case.reference if verdict.is_same else "",
    }
    for organization in (row.first, row.second):
        record_entry(case=organization.case, actor=actor, at=at, verb=verb, facts=facts)
    settle_key(claim, str(row.pk))
    return row


def _refuse_unfit(actor: Actor, row: DuplicateReview, verdict: Verdict) -> None:
    pair = (row.first_id, row.second_id)
    is_merged = row.first.superseded_by_id or row.second.superseded_by_id
    if row.state != DuplicateState.OPEN or is_merged:
        raise refuse("already_decided", "Somebody has decided about this pair already.")
    if not verdict.reason.strip():
        raise refuse("no_reason", "Say why, in a sentence that both organizations may read.")
    if verdict.is_same and verdict.keeper not in pair:
        raise refuse("no_keeper", "Choose which of the two stays.")
    refusal = decider_is_stranger(members=members_of(pair), decider=actor.user_pk or 0)
    if refusal is not None:
        raise Refused(refusal)


def _keeper(row: DuplicateReview, verdict: Verdict) -> Organization:
    return row.first if verdict.keeper == row.first_id else row.second


def _supersede(at: datetime, row: DuplicateReview, verdict: Verdict) -> None:
    keeper = _keeper(row, verdict)
    other = row.second if keeper == row.first else row.first
    other.superseded_by, other.superseded_at = keeper, at
    other.save(update_fields=["superseded_by", "superseded_at"])
    asked = keeper.join_requests.filter(answered_at=None).values_list("user_id", flat=True)
    known = members_of([keeper.pk]) | frozenset(asked)
    words = f"Belonged to {other.legal_name}, which turned out to be the same organization."
    JoinRequest.objects.bulk_create(
        JoinRequest(organization=keeper, user_id=member, words=words[:300], asked_at=at)
        for member in sorted(members_of([other.pk]) - known)
    )
