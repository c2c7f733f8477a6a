"""Record what was given: valued by its rule, tied to one paper, counted once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.actions.move_contribution import lock_award
from grants.actions.post_entry import Posting, post_entry
from grants.models import Award, Contribution, FundingSource, Pledge
from grants.queries.match_balances import left_of_pledge, left_of_source
from grants.queries.pool_givers import giver_of, pool_giver_refusal
from grants.rules.match import recording
from grants.rules.match.accounts import MatchStep
from grants.rules.match.recording import Frame, Gift
from grants.rules.match.states import CONTRIBUTION, ContributionKind, Origin, SourceKind
from grants.rules.match.values import Valuation, appraise
from grants.rules.terms import GiverClass, MatchKind
from kit.refusals import Refusal, Refused, refuse
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.record_entry import record_entry
from trail.actors import Actor
from trail.rules.chain import canonical

SOURCE_LOCK = 200306  # the same as in the trigger of the ledger


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """The paper behind a contribution, as somebody writes it down."""

    kind: SourceKind
    number: str
    dated_on: date
    amount: Decimal
    origin: Origin
    statute: str = ""


@dataclass(frozen=True, slots=True)
class GiftDraft:
    """What was given, as somebody writes it down; ``figures`` are the calculator's answers."""

    kind: ContributionKind
    category: str
    description: str
    given_from: date
    given_through: date
    figures: Mapping[str, str]
    paper: PaperDraft


@transaction.atomic
def record_contribution(
    *, actor: Actor, at: datetime, pledge: Pledge, gift: GiftDraft, key: str = ""
) -> Contribution:
    """Write a contribution and its first entry; the paper is found or made.

    Raises:
        Refused: what `rules.match.values` and `rules.match.recording` say;
            ``award_not_active``, ``feeds_the_award``, ``paper_differs``, ``no_number``,
            ``no_words``.
    """
    body = canonical({"pledge": pledge.pk, "gift": repr(asdict(gift))})
    claim = (
        claim_key(actor=actor, at=at, key=key, verb="record_contribution", body=body)
        if key
        else None
    )
    if claim is not None and claim.result_reference:
        return Contribution.objects.get(reference=claim.result_reference)
    award = lock_award(pledge.award_id)
    today = at.astimezone(ZoneInfo(award.agency.time_zone)).date()
    _require(pool_giver_refusal(award, giver_of(pledge)))
    _require(recording.recording_refusal(frame_of(award), _facts(pledge, gift), today))
    valuation = appraise(gift.kind, gift.figures, gift.given_from)
    source = _find_source(actor, at, pledge, gift.paper)
    row = _write(actor, at, pledge, gift, (source, valuation))
    facts = {
        "contribution": row.reference,
        "pledge": pledge.reference,
        "source": source.reference,
        "amount": str(row.amount),
    }
    record_entry(case=award.case, actor=actor, at=at, verb="record_contribution", facts=facts)
    if claim is not None:
        settle_key(claim, row.reference)
    return row


def frame_of(award: Award) -> Frame:
    """What the award says about what may be given."""
    matched = award.lines.filter(match__gt=0).values_list("category", flat=True)
    return Frame(award.starts_on, award.ends_on, award.pre_award_days, frozenset(matched))


def number_key(number: str) -> str:
    """What spellings of one document number share.

    >>> number_key("CHK-0017") == number_key("chk 0017")
    True
    """
    return "".join(re.findall(r"[^\W_]+", name_key(number)))[:80]


def hold_source(pk: int) -> None:
    """Let nobody else count on the paper until the transaction ends, for whatever award."""
    with connection.cursor() as cursor:
        # A row of sources cannot be locked: nobody may update one. This lock stands for it.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SOURCE_LOCK, pk])


def _write(
    actor: Actor,
    at: datetime,
    pledge: Pledge,
    gift: GiftDraft,
    worth: tuple[FundingSource, Valuation],
) -> Contribution:
    source, valuation = worth
    description = " ".join(gift.description.split())[:300]
    if not description:
        raise refuse("no_words", "Say in a few words what was given.")
    of_pledge, of_source = left_of_pledge(pledge), left_of_source(source)
    _require(recording.room_refusal(valuation.amount, of_pledge=of_pledge, of_source=of_source))
    row = Contribution.objects.create(
        award_id=pledge.award_id,
        pledge=pledge,
        source=source,
        kind=gift.kind,
        category=gift.category,
        description=description,
        given_from=gift.given_from,
        given_through=gift.given_through,
        amount=valuation.amount,
        valuation=dict(valuation.kept),
        recorded_by_id=actor.user_pk or 0,
        recorded_at=at,
    )
    entry = Posting(pledge, MatchStep.CONTRIBUTE, row.amount, f"Recorded: {description}", row)
    post_entry(actor=actor, at=at, entry=entry)
    if source.evidence.exists():
        row.state = CONTRIBUTION.move(row.status, "attach_evidence")
        row.save(update_fields=["state"])
    return row


def _find_source(actor: Actor, at: datetime, pledge: Pledge, paper: PaperDraft) -> FundingSource:
    """The paper if the portal knows it, else a new one; held until the transaction ends."""
    number = number_key(paper.number)
    if not number:
        raise refuse("no_number", "Enter the number of the paper: a check, invoice or letter.")
    # The same giver typed another way is the same giver: names that look alike meet.
    looks = skeleton_of(pledge.giver_name)
    found = FundingSource.objects.filter(skeleton_key=looks, number_key=number).first()
    if found is None:
        found, _ = FundingSource.objects.get_or_create(
            name_key=name_key(pledge.giver_name),
            number_key=number,
            defaults={
                "kind": paper.kind,
                "giver_name": pledge.giver_name,
                "skeleton_key": looks,
                "number": paper.number.strip()[:80],
                "dated_on": paper.dated_on,
                "amount": paper.amount,
                "origin": paper.origin,
                "statute": paper.statute.strip()[:200],
                "recorded_by": str(actor),
                "recorded_at": at,
            },
        )
    _require(_difference(found, paper))
    hold_source(found.pk)
    return found


def _difference(found: FundingSource, paper: PaperDraft) -> Refusal | None:
    said = (paper.kind, paper.dated_on, paper.amount, paper.origin, paper.statute.strip())
    if said == (found.kind, found.dated_on, found.amount, found.origin, found.statute):
        return None
    return Refusal(
        "paper_differs",
        "A paper of this giver with this number is in the portal already, with another amount, "
        "date, kind or origin. A paper is written down once: check the number and the figures.",
    )


def _facts(pledge: Pledge, gift: GiftDraft) -> Gift:
    return Gift(
        kind=gift.kind,
        category=gift.category,
        given_from=gift.given_from,
        given_through=gift.given_through,
        pledge_kind=MatchKind(pledge.kind),
        giver_class=GiverClass(pledge.giver_class),
        origin=gift.paper.origin,
        statute=gift.paper.statute,
        paper=gift.paper.kind,
        paper_dated_on=gift.paper.dated_on,
    )


def _require(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
