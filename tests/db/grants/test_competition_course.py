"""A competition from the draft to the close, through actions; what is refused on the way."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.ask_clearance import ask_clearance
from grants.actions.cancel_competition import cancel_competition
from grants.actions.close_competition import CLOSING, close_competition
from grants.actions.create_competition import NewCompetition, create_competition
from grants.actions.edit_competition import Edit, StaleNotice, edit_competition
from grants.actions.open_competition import open_competition
from grants.actions.return_to_draft import return_to_draft
from grants.actions.schedule_competition import OPENING, schedule_competition
from grants.actions.sign_clearance import Signature, sign_clearance
from grants.models import Competition
from grants.queries.notices import current_bundle, notice_of
from grants.queries.public_competitions import is_as_pinned
from grants.rules.bundles import hash_of
from grants.rules.notice import CriterionLine, Dates, Part, PoolLine, Rubric
from grants.rules.states import CompetitionState
from grants.rules.terms import ClearanceKind, PoolKind
from kit.refusals import Refused
from records.actions.set_deadline import sweep_deadlines
from records.models import Deadline, Letter
from tests.factories.accounts import make_agency, make_officer
from tests.factories.grants import make_competition, make_proposal
from trail.queries.clock import database_now

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


class Office:
    """An agency with the people who bring a competition out."""

    def __init__(self):
        self.agency = make_agency()
        self.now = database_now()
        self.officer, self.colleague = (
            make_officer(self.agency, AgencyRoleKind.PROGRAMME_OFFICER) for _ in range(2)
        )
        self.signers = {
            ClearanceKind.LEGAL: make_officer(self.agency, AgencyRoleKind.LEGAL_COUNSEL),
            ClearanceKind.BUDGET: make_officer(self.agency, AgencyRoleKind.BUDGET_OFFICER),
            ClearanceKind.PAPERWORK: make_officer(self.agency, AgencyRoleKind.PAPERWORK_OFFICER),
        }
        self.official = make_officer(self.agency, AgencyRoleKind.SELECTING_OFFICIAL)

    def by(self, person):
        return {"actor": actor_from_user(person), "at": self.now}

    def create(self, number="PG-1"):
        new = NewCompetition(number, "Planning grants")
        by = self.by(self.officer)
        return create_competition(**by, agency=self.agency, new=new, key=f"new {number}")

    def edit(self, row, part, text, *, by=None, version=None):
        seen = Competition.objects.get(pk=row.pk).version if version is None else version
        edit = Edit(part, text, seen)
        return edit_competition(**self.by(by or self.officer), competition=row, edit=edit)

    def whole(self, *, opens_in=1, window=90, exigency=""):
        row = self.create()
        notice = notice_of(row)
        opens_at = self.now + opens_in * DAY
        dates = Dates(opens_at, opens_at + window * DAY, "America/New_York", exigency)
        self.edit(row, Part.DATES, dates)
        pool = PoolLine(PoolKind.FEDERAL, self.agency.pk, self.agency.name, "", Decimal(900_000))
        money = notice.money.__class__(
            Decimal(0),
            Decimal(300_000),
            notice.money.federal_share,
            notice.money.match_pace,
            notice.money.giver_classes,
            (pool,),
        )
        self.edit(row, Part.MONEY, money)
        return row

    def ask(self, row):
        ask_clearance(**self.by(self.officer), competition=row)

    def sign(self, row, kind, person=None):
        number = "0610-0094" if kind is ClearanceKind.PAPERWORK else ""
        signature = Signature(kind, number)
        by = self.by(person or self.signers[kind])
        sign_clearance(**by, competition=row, signature=signature)

    def cleared(self, **details):
        row = self.whole(**details)
        self.ask(row)
        for kind in ClearanceKind:
            self.sign(row, kind)
        return row

    def scheduled(self, **details):
        row = self.cleared(**details)
        schedule_competition(**self.by(self.officer), competition=row)
        return row


@pytest.fixture
def office():
    return Office()


def code_of(act, *args, **options):
    with pytest.raises(Refused) as refused:
        act(*args, **options)
    return refused.value.refusal.code


def test_a_draft_starts_whole_but_for_dates_and_money(office):
    row = office.create()
    assert row.status is CompetitionState.DRAFT
    assert (row.criteria.count(), row.questions.count()) == (3, 5)
    assert code_of(office.ask, row) == "notice_incomplete"
    assert (
        code_of(
            create_competition,
            **office.by(office.colleague),
            agency=office.agency,
            new=NewCompetition("PG-1", "Twice"),
            key="b",
        )
        == "number_taken"
    )


def test_the_same_form_sent_twice_makes_one_draft(office):
    assert office.create().pk == office.create().pk
    assert Competition.objects.count() == 1


def test_weights_of_99_are_refused_and_nothing_is_lost(office):
    row = office.create()
    rubric = notice_of(row).rubric
    light = Rubric(
        1,
        9,
        tuple(
            CriterionLine(one.name, one.question, weight, one.anchors)
            for one, weight in zip(rubric.criteria, (40, 35, 24), strict=True)
        ),
    )
    assert code_of(office.edit, row, Part.RUBRIC, light) == "weights"
    assert notice_of(row).rubric == rubric


def test_criteria_exchange_names_and_one_is_dropped(office):
    row = office.create()
    first, second, third = notice_of(row).rubric.criteria
    swapped = Rubric(
        1,
        9,
        (
            CriterionLine(second.name, second.question, 60, second.anchors),
            CriterionLine(first.name, first.question, 40, first.anchors),
        ),
    )
    office.edit(row, Part.RUBRIC, swapped)
    assert notice_of(row).rubric == swapped
    assert third.name not in {one.name for one in row.criteria.all()}


def test_two_officers_in_different_parts_do_not_meet(office):
    row = office.create()
    notice = notice_of(row)
    seen = row.version
    basics = notice.basics.__class__(
        *[getattr(notice.basics, name) for name in ("opportunity_number", "listing_number")],
        "Another title",
        notice.basics.summary,
        1,
        2,
        notice.basics.activities,
    )
    office.edit(row, Part.BASICS, basics, version=seen)
    judging = notice.judging.__class__(4, "raw", "lot", "rank", None, "Regions not funded yet")
    office.edit(row, Part.JUDGING, judging, by=office.colleague, version=seen)
    assert notice_of(Competition.objects.get(pk=row.pk)).judging == judging


def test_two_officers_in_one_part_both_texts_are_shown(office):
    row = office.create()
    judging = notice_of(row).judging
    seen = row.version
    kind = judging.__class__
    office.edit(row, Part.JUDGING, kind(4, "raw", "lot", "rank", None, ""), version=seen)
    mine = kind(5, "raw", "lot", "rank", None, "")
    with pytest.raises(StaleNotice) as stale:
        office.edit(row, Part.JUDGING, mine, by=office.colleague, version=seen)
    (difference,) = stale.value.differences
    assert (difference.before, difference.after) == ("5", "4")
    row.refresh_from_db()
    assert row.reviews_per_proposal == 4
    office.edit(row, Part.JUDGING, mine, by=office.colleague)
    row.refresh_from_db()
    assert row.reviews_per_proposal == 5


def test_nothing_is_edited_outside_the_draft(office):
    row = office.whole()
    office.ask(row)
    judging = notice_of(row).judging
    assert code_of(office.edit, row, Part.JUDGING, judging) == "illegal_transition"


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"window": 59}, "exigency_missing"),
        ({"window": 29, "exigency": "A flood"}, "window_too_short"),
        ({"opens_in": -1}, "opening_passed"),
    ],
)
def test_clearance_is_not_asked_for_a_window_that_the_rule_refuses(office, details, code):
    assert code_of(office.ask, office.whole(**details)) == code


def test_those_who_sign_are_told_once_each(office):
    office.ask(office.whole())
    told = set(Letter.objects.values_list("to_address", flat=True))
    assert told == {one.email for one in office.signers.values()}


def test_three_different_persons_sign_and_none_of_them_wrote(office):
    row = office.whole()
    office.ask(row)
    legal = ClearanceKind.LEGAL
    assert code_of(office.sign, row, legal, office.official) == "not_the_signer"
    twice = make_officer(office.agency, AgencyRoleKind.LEGAL_COUNSEL, AgencyRoleKind.BUDGET_OFFICER)
    office.sign(row, legal, twice)
    assert code_of(office.sign, row, ClearanceKind.BUDGET, twice) == "signed_already"
    assert code_of(office.sign, row, legal) == "signed_already"
    writer = make_officer(
        office.agency, AgencyRoleKind.PROGRAMME_OFFICER, AgencyRoleKind.BUDGET_OFFICER
    )
    return_to_draft(**office.by(office.officer), competition=row, why="A date")
    judging = notice_of(row).judging
    office.edit(row, Part.JUDGING, judging.__class__(4, "raw", "lot", "rank", None, ""), by=writer)
    office.ask(row)
    assert code_of(office.sign, row, ClearanceKind.BUDGET, writer) == "maker_is_checker"


def test_paperwork_needs_its_number(office):
    row = office.whole()
    office.ask(row)
    by = office.by(office.signers[ClearanceKind.PAPERWORK])
    signature = Signature(ClearanceKind.PAPERWORK)
    found = code_of(sign_clearance, **by, competition=row, signature=signature)
    assert found == "control_number_missing"


def test_scheduling_needs_all_three_under_the_words_as_they_stand(office):
    row = office.whole()
    office.ask(row)
    for kind in (ClearanceKind.LEGAL, ClearanceKind.BUDGET):
        office.sign(row, kind)
    by = office.by(office.officer)
    assert code_of(schedule_competition, **by, competition=row) == "clearance_missing"
    return_to_draft(**by, competition=row, why="A date")
    assert row.clearances.filter(voided_at=None).count() == 0


def test_the_portal_opens_and_closes_at_its_time_once(office):
    row = office.scheduled()
    assert sweep_deadlines(at=office.now) == 0
    row.refresh_from_db()
    for _ in range(2):
        sweep_deadlines(at=row.opens_at)
    row.refresh_from_db()
    assert row.status is CompetitionState.OPEN
    assert row.opened_at == row.opens_at
    assert row.bundle_hash == hash_of(row.bundle) == hash_of(current_bundle(row))
    assert is_as_pinned(row)
    assert row.case.entries.filter(verb="open").count() == 1
    assert open_competition(at=row.opens_at, competition=row) is False
    sweep_deadlines(at=row.closes_at - timedelta(microseconds=1))
    row.refresh_from_db()
    assert row.status is CompetitionState.OPEN
    for _ in range(2):
        sweep_deadlines(at=row.closes_at)
    row.refresh_from_db()
    assert row.status is CompetitionState.CLOSED
    assert close_competition(at=row.closes_at, competition=row) is False
    assert row.case.entries.filter(verb="close").count() == 1


def test_a_returned_competition_does_not_open(office):
    row = office.scheduled()
    return_to_draft(**office.by(office.officer), competition=row, why="Another date")
    row.refresh_from_db()
    sweep_deadlines(at=row.opens_at)
    row.refresh_from_db()
    assert row.status is CompetitionState.DRAFT
    assert not Deadline.objects.filter(case=row.case, kind=OPENING, met_at=None).exists()


def test_a_close_that_moved_meanwhile_is_awaited():
    row = make_competition()
    assert close_competition(at=database_now(), competition=row) is False
    assert Deadline.objects.get(case=row.case, kind=CLOSING).due_at == row.closes_at


def test_cancelling_says_why_to_everybody_who_started(office):
    row = make_competition(agency=office.agency)
    proposal = make_proposal(row)
    by = office.by(office.official)
    assert code_of(cancel_competition, **by, competition=row, why=" ") == "reason_missing"
    cancel_competition(**by, competition=row, why="No money this year")
    row.refresh_from_db()
    assert row.status is CompetitionState.CANCELLED
    seats = proposal.group.seats.filter(until=None).values_list("user__email", flat=True)
    letters = Letter.objects.filter(template="grants/mail/cancelled")
    assert set(letters.values_list("to_address", flat=True)) == set(seats) != set()
    assert all("No money this year" in one.text for one in letters)
