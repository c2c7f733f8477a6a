"""A biased walker over the match ledger in the real database (review.md 5).

A plain random walker finds one planted bug of five. This one moves what is there: all of it, a
part, or one cent too much; the whole funnel at once; draws to the limit, three cents about it;
reverses one of the last six entries at 40, 60 or 100 %.

Each sequence starts from the same award and is rolled back. Entries never change, so at its end
the rows show every step: they are judged, prefix by prefix, by sums of this file's own.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from django.db import DatabaseError, transaction

from accounts.actors import actor_from_user
from accounts.queries.look_of_names import skeleton_of
from accounts.rules.names import name_key
from grants.actions.post_entry import Posting, post_entry
from grants.models import Award, Contribution, FundingSource, MatchEntry, Pledge
from grants.queries.match_balances import held_in, left_of_pledge, left_of_source
from grants.rules.match import limits, recording
from grants.rules.match.accounts import MatchAccount, MatchStep
from grants.rules.match.limits import Standing, Terms
from grants.rules.terms import MatchPace
from kit.refusals import Refused
from tests.factories.accounts import make_user
from tests.factories.awards import add_evidence, make_award, make_pledge
from trail.actors import Actor
from trail.queries.clock import database_now

CENT = Decimal("0.01")
ORDER = ("outside", "pledged", "committed", "contributed", "verified")


class Broken(AssertionError):
    """A law does not hold."""


@dataclass
class Scene:
    """What every sequence starts from: an award, two promises, papers, people."""

    award: Award
    pledges: list[Pledge]
    sources: list[FundingSource]
    people: list[Actor]
    proved: frozenset[int]
    terms: Terms


@dataclass
class Walk:
    """One sequence; what was accepted is counted."""

    scene: Scene
    chance: random.Random
    drawn: Decimal = Decimal(0)
    counted: Counter[str] = field(default_factory=Counter)


def make_scene() -> Scene:
    """An award of 200,000 with two givers and three papers, one of them without a file."""
    award = make_award()
    pledges = [
        make_pledge(award, "Maumee Glass", amount=Decimal(3000)),
        make_pledge(award, "Toledo", is_posted=False),
    ]
    now = database_now()
    sources = [
        FundingSource.objects.create(
            kind="payment",
            giver_name=name,
            name_key=name_key(name),
            skeleton_key=skeleton_of(name),
            number=f"W{award.pk}-{number}",
            number_key=f"w{award.pk}n{number}",
            dated_on=award.starts_on,
            amount=amount,
            origin="private",
            recorded_by="user:1",
            recorded_at=now,
        )
        for number, (name, amount) in enumerate(
            [("Maumee Glass", Decimal(900)), ("Toledo", Decimal(2000)), ("Maumee Glass", 5000)]
        )
    ]
    for source in sources[:2]:
        add_evidence(source, award)
    people = [actor_from_user(make_user()) for _ in range(2)]
    share = limits.Fraction(1, 2)
    pace = MatchPace.PRO_RATA
    terms = Terms(Decimal(200_000), share, 40, pace, award.starts_on, award.ends_on)
    proved = frozenset(one.pk for one in sources[:2])
    return Scene(award, pledges, sources, people, proved, terms)


def run_sequence(scene: Scene, seed: int, steps: int) -> Counter[str]:
    """Walk, judge, take everything back."""
    walk = Walk(scene, random.Random(seed))  # noqa: S311 - not for secrets
    with transaction.atomic():
        for _ in range(steps):
            step(walk)
        judge(walk)
        transaction.set_rollback(True)
    return walk.counted


def step(walk: Walk) -> None:
    """One act of the walker, accepted or refused."""
    acts = (move, move, funnel, give, give, verify, verify, draw, reverse, reverse, reverse)
    act = walk.chance.choice(acts)
    try:
        with transaction.atomic():
            act(walk)
    except Refused as refused:
        walk.counted[f"refused: {refused.refusal.code}"] += 1
    except DatabaseError as error:
        if "pgtrigger" not in str(error):
            raise
        walk.counted["refused by the database"] += 1
    else:
        walk.counted[act.__name__] += 1


def move(walk: Walk) -> None:
    """Pledge or commit: all that is there, a part, or one cent too much."""
    pledge = walk.chance.choice(walk.scene.pledges)
    verb = walk.chance.choice([MatchStep.PLEDGE, MatchStep.COMMIT])
    there = (
        Decimal(1000)
        if verb is MatchStep.PLEDGE
        else held_in(pledge.entries.all(), MatchAccount.PLEDGED)
    )
    post(walk, pledge, verb, some_of(walk, there))


def funnel(walk: Walk) -> None:
    """A promise, committed, given and verified in one go."""
    pledge = walk.chance.choice(walk.scene.pledges)
    amount = Decimal(walk.chance.randint(100, 50_000)) / 100
    post(walk, pledge, MatchStep.PLEDGE, amount)
    post(walk, pledge, MatchStep.COMMIT, amount)
    verify_one(walk, give_one(walk, pledge, amount, walk.chance.choice(walk.scene.sources)))


def give(walk: Walk) -> None:
    """Record a contribution: what the promise or the paper has left, a part, a cent too much."""
    pledge = walk.chance.choice(walk.scene.pledges)
    source = walk.chance.choice(walk.scene.sources)
    there = walk.chance.choice([left_of_pledge(pledge), left_of_source(source)])
    give_one(walk, pledge, some_of(walk, there), source)


def give_one(walk: Walk, pledge: Pledge, amount: Decimal, source: FundingSource) -> Contribution:
    """The rule, then the row, then its entry: as `record_contribution` does."""
    refusal = recording.room_refusal(
        amount, of_pledge=left_of_pledge(pledge), of_source=left_of_source(source)
    )
    if refusal is not None:
        raise Refused(refusal)
    if amount <= 0:
        raise Refused(recording.Refusal("nothing", "Nothing is left."))
    recorder = walk.chance.choice(walk.scene.people)
    day = walk.scene.award.starts_on
    row = Contribution.objects.create(
        award=walk.scene.award,
        pledge=pledge,
        source=source,
        kind="cash",
        category="personnel",
        description="Pay",
        given_from=day,
        given_through=day,
        amount=amount,
        recorded_by_id=recorder.user_pk,
        recorded_at=database_now(),
    )
    post(walk, pledge, MatchStep.CONTRIBUTE, amount, row)
    return row


def verify(walk: Walk) -> None:
    """Verify one of the last contributions, again now and then."""
    rows = list(walk.scene.award.contributions.order_by("-pk")[:4])
    if rows:
        verify_one(walk, walk.chance.choice(rows))


def verify_one(walk: Walk, row: Contribution) -> None:
    """The rule of the verifier, then the entry: as `verify_contribution` does."""
    person = walk.chance.choice(walk.scene.people)
    # Who belongs to the giver, and whether files are checked, is asked in test_match_acts.
    seen = recording.Witness(
        is_recorder=row.recorded_by_id == person.user_pk,
        is_of_giver=False,
        is_of_group=False,
        has_evidence=row.source_id in walk.scene.proved,
        is_evidence_checked=True,
    )
    refusal = recording.verifier_refusal(seen)
    if refusal is not None:
        raise Refused(refusal)
    post(walk, row.pledge, MatchStep.VERIFY, row.amount, row, person)


def draw(walk: Walk) -> None:
    """Draw to the limit, up to three cents below or above it."""
    standing = standing_of(walk)
    cap = limits.cap_on(walk.scene.terms, standing, walk.scene.award.starts_on)
    about = Decimal(walk.chance.choice([-3, -2, -1, 0, 1, 2, 3])) / 100
    amount = cap.limit - walk.drawn + about
    refusal = limits.may_draw(walk.scene.terms, standing, amount, walk.scene.award.starts_on)
    if refusal is not None:
        raise Refused(refusal)
    if amount > 0:
        walk.drawn += amount
        # What was drawn beyond the eligible match is the fault, whatever was verified later.
        if walk.drawn > eligible(walk):
            raise Broken(f"drawn {walk.drawn} of {eligible(walk)}")


def reverse(walk: Walk) -> None:
    """Take back one of the last six entries: 40, 60 or 100 % of it."""
    rows = list(
        MatchEntry.objects.filter(award=walk.scene.award)
        .select_related("pledge", "contribution")
        .order_by("-number")[:6]
    )
    if not rows:
        return
    row = walk.chance.choice(rows)
    part = Decimal(walk.chance.choice([40, 60, 100])) / 100
    amount = (row.amount * part).quantize(CENT, ROUND_DOWN) or row.amount
    entry = Posting(row.pledge, MatchStep(row.step), amount, "Taken back", row.contribution, row)
    post_entry(actor=walk.scene.people[0], at=database_now(), entry=entry)


def post(
    walk: Walk,
    pledge: Pledge,
    verb: MatchStep,
    amount: Decimal,
    row: Contribution | None = None,
    person: Actor | None = None,
) -> None:
    """One entry through the only door."""
    entry = Posting(pledge, verb, amount, "A step of the walk", row)
    post_entry(actor=person or walk.scene.people[0], at=database_now(), entry=entry)


def some_of(walk: Walk, there: Decimal) -> Decimal:
    """All, a part, or a cent too much."""
    part = (there * walk.chance.randint(1, 99) / 100).quantize(CENT, ROUND_DOWN)
    return walk.chance.choice([there, part, there + CENT])


def eligible(walk: Walk) -> Decimal:
    """Verified cash; the walk gives cash only."""
    rows = MatchEntry.objects.filter(award=walk.scene.award)
    return held_in(rows, MatchAccount.VERIFIED)


def standing_of(walk: Walk) -> Standing:
    """What the limit is asked with."""
    return Standing(cash=eligible(walk), costs=Decimal(10**9), drawn=walk.drawn)


def judge(walk: Walk) -> None:
    """Every law of review.md 5 that rows can show, by sums of this file's own.

    Raises:
        Broken: one does not hold.
    """
    rows = list(
        MatchEntry.objects.filter(award=walk.scene.award)
        .select_related("contribution")
        .order_by("number")
    )
    by_pk = {one.pk: one for one in rows}
    back: Counter[int] = Counter()
    held: dict[tuple[object, str], Decimal] = {}
    used: Counter[int] = Counter()
    for place, row in enumerate(rows, start=1):
        _require(row.number == place and row.amount > 0, "numbers are dense, amounts positive")
        if row.reverses_id:
            prior = by_pk[row.reverses_id]
            back[prior.pk] += row.amount
            _require(prior.reverses_id is None, "no reversal of a reversal")
            _require(prior.number < row.number, "only an earlier entry is reversed")
            _require(back[prior.pk] <= prior.amount, "reversals sum to no more than the entry")
            mirror = (prior.target, prior.source, prior.step, prior.pledge_id)
            _require((row.source, row.target, row.step, row.pledge_id) == mirror, "mirrored")
        for scope, first in ((("p", row.pledge_id), 1), (("c", row.contribution_id), 3)):
            for account, change in ((row.source, -row.amount), (row.target, row.amount)):
                held[scope, account] = held.get((scope, account), Decimal(0)) + change
                inner = scope[1] is not None and ORDER.index(account) >= first
                _require(not inner or held[scope, account] >= 0, f"{account} below nothing")
        if row.step == "contribute":
            sign = -1 if row.reverses_id else 1
            used[row.contribution.source_id] += sign * row.amount
        if row.step == "verify" and not row.reverses_id:
            _require(row.by_user_id != row.contribution.recorded_by_id, "another verifies")
            _require(row.contribution.source_id in walk.scene.proved, "verified with evidence")
    for source in walk.scene.sources:
        _require(used[source.pk] <= source.amount, "a paper counts once")


def _require(holds: object, law: str) -> None:
    if not holds:
        raise Broken(law)
