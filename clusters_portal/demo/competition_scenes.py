"""Competitions of the demo world, brought out by the acts that officers use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.actions.found_agency import NewAgency, found_agency
from accounts.actors import actor_from_user
from accounts.models import Agency, User
from clusters_portal.demo.competition_texts import ANSWER, FACTORS, LIMIT_REASON, QUESTION, WAITING
from grants.actions.amend_competition import Revision, amend_competition
from grants.actions.answer_inquiry import PublicAnswer, answer_inquiry, ask_inquiry
from grants.actions.ask_clearance import ask_clearance
from grants.actions.create_competition import NewCompetition, create_competition
from grants.actions.edit_competition import Edit, edit_competition
from grants.actions.open_competition import open_competition
from grants.actions.schedule_competition import schedule_competition
from grants.actions.sign_clearance import Signature, sign_clearance
from grants.models import Competition
from grants.queries.notices import notice_of
from grants.rules.local_times import instant_of, local_of
from grants.rules.notice import Dates, Part, PartText, PoolLine
from grants.rules.terms import ClearanceKind, PoolKind
from trail.actors import SYSTEM

People = dict[str, User]
DAY = timedelta(days=1)
OPENS, CLOSES = time(9, 0), time(17, 0)
PARTNER = NewAgency(
    name="Ohio Office of Regional Industry",
    short_name="Ohio Regional Industry",
    slug="oh-ori",
    kind=Agency.Kind.STATE,
    state_fips="39",
    contact_name="Helen Park",
    contact_email="help@regional-industry.example",
)
SIGNERS = (
    (ClearanceKind.LEGAL, "grace", ""),
    (ClearanceKind.BUDGET, "hugo", ""),
    (ClearanceKind.PAPERWORK, "nadia", "0610-0094"),
)


@dataclass(frozen=True)
class Round:
    """One competition of the demo world; days count from today, before it below 0."""

    number: str
    title: str
    opens_in: int
    closes_in: int
    federal: int = 1_200_000
    state: int = 300_000
    threshold: int | None = None


TITLE = "Planning grants for Designated Clusters"
OPEN = Round("ORC-PG-27-01", f"{TITLE}, 2027", -70, 2)
JUDGED = Round("ORC-PG-26-02", f"{TITLE}, autumn 2026", -115, -45)
DECIDED = Round("ORC-PG-26-01", f"{TITLE}, summer 2026", -180, -110, 640_000, 100_000, 4)
COMING = Round("ORC-PG-27-02", f"{TITLE}, summer 2027", 40, 110)


def stage_competitions(people: People, agency: Agency, at: datetime) -> None:
    """Bring out one that is open and one that waits for its signatures.

    What is there already stays as it is.
    """
    known = set(Competition.objects.values_list("opportunity_number", flat=True))
    if OPEN.number not in known:
        row = bring_out(people, agency, at, OPEN)
        talk_about(people, row, at)
    if COMING.number not in known:
        hand_to_clearance(people, write_draft(people, agency, at, COMING), at - 3 * DAY)


@transaction.atomic
def bring_out(people: People, agency: Agency, at: datetime, plan: Round) -> Competition:
    """Write, clear, schedule and open a competition, each at its time."""
    row = write_draft(people, agency, at, plan)
    opens_at = row.opens_at or at
    hand_to_clearance(people, row, opens_at - 12 * DAY)
    for kind, signer, number in SIGNERS:
        sign_clearance(
            actor=actor_from_user(people[signer]),
            at=opens_at - 8 * DAY,
            competition=row,
            signature=Signature(kind, number),
        )
    officer = actor_from_user(people["dana"])
    schedule_competition(actor=officer, at=opens_at - 5 * DAY, competition=row)
    open_competition(at=opens_at, competition=row)
    row.refresh_from_db()
    return row


@transaction.atomic
def write_draft(people: People, agency: Agency, at: datetime, plan: Round) -> Competition:
    """Write a competition, part by part, some weeks before it opens."""
    opens_at = _moment(at, plan.opens_in, OPENS, agency.time_zone)
    closes_at = _moment(at, plan.closes_in, CLOSES, agency.time_zone)
    written_at = min(opens_at, at) - 25 * DAY
    officer = actor_from_user(people["dana"])
    row = create_competition(
        actor=officer,
        at=written_at,
        agency=agency,
        new=NewCompetition(plan.number, plan.title),
        key=f"demo {plan.number}",
    )
    notice = notice_of(row)
    partner = _partner(people, written_at)
    parts: dict[Part, PartText] = {
        Part.BASICS: replace(notice.basics, listing_number="11.307"),
        Part.DATES: Dates(opens_at, closes_at, agency.time_zone, ""),
        Part.MONEY: replace(
            notice.money,
            federal_floor=Decimal(50_000),
            federal_ceiling=Decimal(400_000),
            pools=(
                PoolLine(PoolKind.FEDERAL, agency.pk, agency.name, "", Decimal(plan.federal)),
                PoolLine(PoolKind.STATE, partner.pk, partner.name, "39", Decimal(plan.state)),
            ),
        ),
        Part.JUDGING: replace(
            notice.judging,
            programme_factors=FACTORS,
            quality_threshold=None if plan.threshold is None else Decimal(plan.threshold),
        ),
    }
    for number, (part, text) in enumerate(parts.items(), 1):
        row.refresh_from_db()
        edit = Edit(part, text, row.version)
        edit_competition(
            actor=officer, at=written_at + number * timedelta(hours=2), competition=row, edit=edit
        )
    row.refresh_from_db()
    return row


def hand_to_clearance(people: People, row: Competition, at: datetime) -> None:
    """Ask the three to sign."""
    ask_clearance(actor=actor_from_user(people["dana"]), at=at, competition=row)


@transaction.atomic
def talk_about(people: People, row: Competition, at: datetime) -> None:
    """Two questions, one answered; one amendment that explains."""
    opened_at = row.opened_at or at
    officer = actor_from_user(people["omar"])
    asked = ask_inquiry(
        actor=actor_from_user(people["maria"]),
        at=opened_at + 9 * DAY,
        competition=row,
        asker=people["maria"],
        text=QUESTION,
    )
    answer_inquiry(
        actor=officer,
        at=opened_at + 12 * DAY,
        inquiry=asked,
        words=PublicAnswer(QUESTION, ANSWER),
    )
    form = notice_of(row).form
    plan = form.questions[2]
    longer = replace(
        form, questions=(*form.questions[:2], replace(plan, word_limit=1000), *form.questions[3:])
    )
    revision = Revision(Part.FORM, longer, LIMIT_REASON, False, row.bundle_hash)
    amend_competition(actor=officer, at=opened_at + 20 * DAY, competition=row, revision=revision)
    ask_inquiry(
        actor=actor_from_user(people["aisha"]),
        at=at - DAY,
        competition=row,
        asker=people["aisha"],
        text=WAITING,
    )


def _partner(people: People, at: datetime) -> Agency:
    found = Agency.objects.filter(slug=PARTNER.slug).first()
    return found or found_agency(actor=SYSTEM, at=at, agency=PARTNER, administrator=people["helen"])


def _moment(at: datetime, days: int, clock: time, zone: str) -> datetime:
    """The time of day some days from today; no odd night has 9 a.m. or 5 p.m."""
    day = local_of(at, zone).date() + days * DAY
    return instant_of(datetime.combine(day, clock), zone)  # naive: a local time
