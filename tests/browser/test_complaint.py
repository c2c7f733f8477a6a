"""A giver says on a telephone what is wrong; the group answers, an officer decides."""

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from grants.actions.ask_confirmation import ask_confirmation
from grants.models import GiverComplaint
from grants.rules.award_states import AwardState
from grants.rules.match.states import ContributionState
from grants.rules.states import CompetitionState
from tests.browser.journey import mail_to
from tests.browser.test_application import enter, photograph
from tests.browser.test_match import enter_office
from tests.factories.accounts import make_officer
from tests.factories.awards import add_evidence, make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition
from tests.worlds import person
from trail.actors import SYSTEM
from trail.queries.clock import database_now


@pytest.fixture
def award():
    maria = person("Maria Delgado")
    competition = make_competition(CompetitionState.ANNOUNCED)
    group = make_group(maria, competition.agency, name="Lake Erie Glass")
    seat_representative(group, person("James Whitfield"))
    award = make_award(group=group, competition=competition)
    row = make_contribution(
        make_pledge(award), ContributionState.EVIDENCE_ATTACHED, recorded_by=maria
    )
    add_evidence(row.source, award)
    ask_confirmation(actor=SYSTEM, at=database_now(), contribution=row, key="ask")
    award.maria = maria
    return award


def test_what_a_giver_says_is_answered_and_decided(visitor, award):
    gil = visitor("gil", 320)
    gil.go(mail_to("gil@example.org", r"(/give/award/\S+)"))
    gil.follow("say what is wrong")
    photograph(gil, "complaint-form-320")
    gil.fill("What is wrong", "We gave eight hours, not ten.")
    gil.press("Send it")
    assert gil.sees("We have what you wrote")
    photograph(gil, "complaint-sent-320")
    maria = enter(visitor, award.maria)
    maria.go("/dashboard/")
    maria.follow("Answer what a giver says is wrong")
    photograph(maria, "complaint-group")
    maria.fill("Your answer", "You are right: the entry is withdrawn.")
    maria.press("Answer")
    assert maria.sees("The giver has your answer as a letter")
    maria.go(reverse("grants:award_position", args=[award.reference]))
    assert maria.sees("Givers have said 1 time")
    programme = make_officer(award.agency, AgencyRoleKind.PROGRAMME_OFFICER, name="Prog Officer")
    officer = enter_office(visitor, programme)
    officer.go("/dashboard/")
    officer.follow("Decide what a giver says is wrong")
    photograph(officer, "complaint-staff")
    officer.tick("The giver is right")
    officer.fill("Why, and what follows", "The group has withdrawn the entry.")
    officer.press("Decide")
    assert officer.sees("The giver and the group have a letter")
    officer.page.set_viewport_size({"width": 320, "height": 900})
    officer.look()
    photograph(officer, "complaint-staff-320")
    gil.page.reload()
    assert gil.sees("The giver is right")
    assert GiverComplaint.objects.get().state == "decided"


def test_an_offer_that_nobody_answered_is_taken_back(visitor):
    james = person("James Whitfield")
    competition = make_competition(CompetitionState.ANNOUNCED)
    group = make_group(person("Maria Delgado"), competition.agency, name="Lake Erie Glass")
    seat_representative(group, james)
    award = make_award(AwardState.OFFERED, group=group, competition=competition)
    type(award).objects.update(answer_by=database_now().date().replace(year=2020))
    grants = make_officer(award.agency, AgencyRoleKind.GRANTS_OFFICER, name="Grant Officer")
    one = enter(visitor, james, 320)
    one.go(reverse("grants:award", args=[award.reference]))
    assert one.sees("That day has passed")
    photograph(one, "offer-late-320")
    officer = enter_office(visitor, grants)
    officer.go("/dashboard/")
    officer.follow("Give more time for an offer, or take it back")
    photograph(officer, "offer-late-staff")
    officer.follow("Take the offer back")
    photograph(officer, "offer-take-back")
    officer.fill("Reason", "The group has not answered three letters.")
    officer.press("Take the offer back")
    assert officer.sees("Taken back. The money is free")
    photograph(officer, "offer-taken-back")
    one.page.reload()
    assert one.sees("The agency took this offer back")
    photograph(one, "offer-taken-back-320")
    award.refresh_from_db()
    assert award.status is AwardState.WITHDRAWN
