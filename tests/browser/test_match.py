"""Matching funds in a real browser: recorded to verified; a firm confirms on a telephone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from certification.queries.personal_links import code_of
from grants.models import AwardGiverLink, Contribution
from grants.rules.match.states import ContributionState
from grants.rules.states import CompetitionState
from grants.rules.terms import MatchKind
from tests.browser.journey import mail_to, post_arrives, sign_in
from tests.browser.test_application import enter, photograph
from tests.factories.accounts import make_officer
from tests.factories.awards import add_evidence, make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition
from tests.hostile.honest import pdf
from tests.worlds import person


@pytest.fixture
def award():
    maria = person("Maria Delgado")
    competition = make_competition(CompetitionState.ANNOUNCED)
    group = make_group(maria, competition.agency, name="Lake Erie Glass")
    seat_representative(group, person("James Whitfield"))
    award = make_award(group=group, competition=competition)
    make_pledge(award)
    make_pledge(award, "Toledo Labs", kind=MatchKind.IN_KIND)
    award.maria = maria
    officer = AgencyRoleKind.FINANCE_OFFICER
    award.officer = make_officer(competition.agency, officer, name="Fin Officer")
    return award


def test_a_contribution_goes_from_recorded_to_verified(visitor, award, tmp_path):
    maria = enter(visitor, award.maria)
    maria.go(reverse("grants:award_match", args=[award.reference]))
    photograph(maria, "match-list")
    maria.follow("Record a contribution")
    maria.choose("What was given", "cash")
    maria.press("Go on")
    day = award.starts_on + timedelta(days=5)
    maria.fill("What it was", "Pay of two planners, March")
    for name in ("given_from", "dated_on"):
        for part in ("month", "day", "year"):
            box = maria.page.locator(f"[name={name}_{part}]")
            text = str(getattr(day, part))
            is_list = box.evaluate("one => one.tagName") == "SELECT"
            box.select_option(text) if is_list else box.fill(text)
    maria.fill("Amount paid", "1,250.50")
    maria.fill("Number of the paper", "CHK 7")
    maria.fill("Amount on the paper", "2,000.00")
    maria.press("Work out the value")
    assert maria.sees("it is worth $1,250.50")
    photograph(maria, "match-record")
    maria.press("Record it")
    file = tmp_path / "check.pdf"
    file.write_bytes(pdf())
    maria.page.set_input_files("input[type=file]", file)
    maria.press("Attach the file")
    maria.press("Ask the giver to confirm")
    photograph(maria, "match-contribution")
    confirm_on_a_telephone(visitor, "Confirm that it was given")
    maria.page.reload()
    maria.press("Submit for verification")
    post_arrives()
    officer = enter_office(visitor, award.officer)
    officer.go(reverse("grants:match_queue"))
    photograph(officer, "match-queue")
    officer.follow("Pay of two planners, March")
    photograph(officer, "match-beside")
    officer.press("Verify $1,250.50")
    assert officer.sees("It counts now")
    officer.go(reverse("grants:match_balance"))
    photograph(officer, "match-balance")
    assert Contribution.objects.get().state == ContributionState.VERIFIED


def test_a_firm_pledges_on_a_telephone(visitor, award):
    maria = enter(visitor, award.maria)
    maria.go(reverse("grants:award_match", args=[award.reference]))
    maria.follow("Add a promise")
    maria.fill("Who gives?", "Sandusky Tools")
    maria.choose("What is it?", "private")
    maria.choose("What does it give?", "cash")
    maria.fill("Amount or value", "12,000.00")
    maria.fill("Who signs?", "Gil Giver")
    maria.fill("E-mail address of that person", "gil@example.org")
    maria.press("List the promise")
    maria.press("Ask the giver to sign")
    confirm_on_a_telephone(visitor, "Sign the promise")
    pledge = award.pledges.get(giver_name="Sandusky Tools")
    programme = make_officer(award.agency, AgencyRoleKind.PROGRAMME_OFFICER, name="Prog Officer")
    officer = enter_office(visitor, programme)
    officer.go(reverse("grants:staff_pledge", args=[award.reference, pledge.reference]))
    photograph(officer, "match-promise")
    officer.press("Accept into the budget")
    maria.page.reload()
    photograph(maria, "match-promise-signed")
    steps = pledge.entries.values_list("step", "amount")
    assert list(steps) == [("pledge", 12_000), ("commit", 12_000)]


def enter_office(visitor, user, width=1280):
    one = visitor(user.name, width)
    sign_in(one, user.email, is_officer=True)
    return one


def confirm_on_a_telephone(visitor, button):
    address = mail_to("gil@example.org", r"(/give/award/\S+)")
    gil = visitor("gil", 320)
    gil.go(address)
    photograph(gil, "match-give-320")
    gil.press("Send me a code")
    gil.fill("Code from the e-mail", code_of(AwardGiverLink.objects.latest("pk")))
    gil.fill("Your full name", "Gil Giver")
    gil.fill("Your title", "Owner")
    gil.tick("I may speak for")
    gil.press(button)
    assert gil.sees("You need do nothing more")
    photograph(gil, "match-given-320")


def test_every_page_is_free_of_barriers_on_a_telephone(visitor, award):
    pledge = award.pledges.get(giver_name="Maumee Glass")
    row = make_contribution(pledge, ContributionState.SUBMITTED, recorded_by=award.maria)
    add_evidence(row.source, award)
    maria = enter(visitor, award.maria, 320)
    for name, args in (
        ("award_match", [award.reference]),
        ("add_contribution", [award.reference]),
        ("match_contribution", [award.reference, row.reference]),
    ):
        maria.go(reverse(f"grants:{name}", args=args))
        photograph(maria, f"{name}-320")
    promise = f"?promise={pledge.reference}&kind=cash"
    maria.go(reverse("grants:add_contribution", args=[award.reference]) + promise)
    photograph(maria, "match-record-320")
    officer = enter_office(visitor, award.officer, 320)
    for name, args in (
        ("match_queue", []),
        ("staff_contribution", [row.reference]),
        ("match_balance", []),
    ):
        officer.go(reverse(f"grants:{name}", args=args))
        photograph(officer, f"{name}-320")
