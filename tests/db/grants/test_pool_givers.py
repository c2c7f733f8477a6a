"""Money that feeds an award never matches it: by rule, by trigger, and found again afterwards."""

from decimal import Decimal

import pytest

from accounts.actors import actor_from_user
from accounts.models import Agency
from accounts.rules.roles import AgencyRoleKind
from grants.actions.answer_award import accept_award
from grants.actions.list_giver import GiverDraft
from grants.actions.list_pledge import list_pledge
from grants.actions.record_contribution import record_contribution
from grants.models import Award, MatchCommitment, MatchEntry, Pledge
from grants.queries import pool_givers
from grants.queries.pool_givers import left_out
from grants.rules.match.accounts import MatchStep
from grants.rules.terms import MatchKind
from kit.refusals import Refused
from records.models import Letter
from tests.constraints import refused_by_trigger
from tests.db.grants.match_drafts import draft
from tests.factories.accounts import make_officer, make_user
from tests.factories.award_course import answer_of, offered, selected_course
from tests.factories.awards import make_award, make_contribution, make_pledge, make_source
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db

OFFICE = "Ohio Department of Development"


def refused(code):
    return pytest.raises(Refused, check=lambda found: found.refusal.code == code)


@pytest.fixture
def award():
    """An award that a state's office pays for."""
    made = make_award()
    name(made.selected.pool.agency)
    return made


def name(office):
    Agency.objects.filter(pk=office.pk).update(
        name=OFFICE, short_name="Ohio Development", contact_email="grants@development.example"
    )


def promise(award, who, email="gil@example.org", key="k"):
    classes = award.selected.proposal.competition.giver_classes
    giver = GiverDraft(who, classes[0], "cash", Decimal(5_000), "Gil Giver", email)
    actor = actor_from_user(make_user())
    return list_pledge(actor=actor, at=database_now(), award=award, giver=giver, key=key)


def record(pledge):
    gift = draft(pledge)
    actor = actor_from_user(make_user())
    return record_contribution(actor=actor, at=database_now(), pledge=pledge, gift=gift)


@pytest.mark.parametrize(
    "who", [OFFICE, "OHIO  DEPARTMENT of DEVELOPMENT, Inc.", "Oh\u0456o Development"]
)
def test_the_office_of_the_pool_promises_no_match_however_it_is_spelled(award, who):
    with refused("feeds_the_award"):
        promise(award, who)
    assert not award.pledges.exists()
    promise(award, "Ohio Development Partners", key="other")


def test_nor_does_one_of_its_officers_under_another_name(award):
    office = award.selected.pool.agency
    officer = make_officer(office, AgencyRoleKind.FINANCE_OFFICER)
    for email in (officer.email.upper(), "Grants@Development.example"):
        with refused("feeds_the_award"):
            promise(award, "Buckeye Fund", email)
    officer.agency_roles.update(until=database_now())
    promise(award, "Buckeye Fund", officer.email)


def test_nothing_of_it_is_recorded(award):
    pledge = make_pledge(award, OFFICE, is_posted=False)
    with refused("feeds_the_award"):
        record(pledge)
    assert not MatchEntry.objects.exists()


def test_the_same_office_may_match_an_award_that_another_pays_for(award):
    other = make_award()
    pledge = make_pledge(other, OFFICE)
    record(pledge)
    assert other.entries.count() == 3


def test_the_ledger_takes_no_entry_of_the_office_of_the_pool(award):
    for words in (OFFICE.upper(), "ohio - development"):
        with refused_by_trigger():
            make_pledge(award, words)
    with refused_by_trigger():
        make_pledge(award, "Buckeye Fund", contact_email="GRANTS@development.example")
    officer = make_officer(award.selected.pool.agency, AgencyRoleKind.FINANCE_OFFICER)
    with refused_by_trigger():
        make_pledge(award, "Buckeye Fund", contact_email=officer.email)
    pledge = make_pledge(award)
    with refused_by_trigger():
        make_contribution(pledge, source=make_source(OFFICE))
    make_contribution(pledge)
    assert [one.step for one in pledge.entries.all()] == [
        MatchStep.PLEDGE,
        MatchStep.COMMIT,
        MatchStep.CONTRIBUTE,
    ]


def test_the_trigger_holds_where_the_rule_fails(award, monkeypatch):
    """A promise from before the office had this name: rule and trigger each refuse the gift."""
    pledge = make_pledge(award, "Buckeye Fund")
    Agency.objects.filter(pk=award.selected.pool.agency_id).update(name="Buckeye Fund, Inc.")
    pledge = Pledge.objects.get(pk=pledge.pk)
    with refused("feeds_the_award"):
        record(pledge)
    Agency.objects.filter(pk=award.selected.pool.agency_id).update(name="Buckeye Fund")
    monkeypatch.setattr(pool_givers, "pool_refusal", lambda office: None)
    with refused_by_trigger():
        record(Pledge.objects.get(pk=pledge.pk))
    assert award.entries.count() == 2


def test_the_acceptance_leaves_its_promise_out_and_says_so():
    course = offered(selected_course())
    name(course.row.selected.pool.agency)
    row = Award.objects.get(pk=course.row.pk)
    MatchCommitment.objects.filter(organization_name="Toledo College").update(
        contact_email="grants@development.example"
    )
    assert [one.organization_name for one in left_out(row)] == ["Toledo College"]
    accept_award(**course.acting("representative"), answer=answer_of(course))
    assert [one.giver_name for one in course.row.pledges.all()] == ["Maumee Glass"]
    assert course.row.pledges.get().kind == MatchKind.CASH
    letter = Letter.objects.filter(case=course.row.case, subject__contains="is accepted").first()
    assert "Not taken over: Toledo College." in letter.text
