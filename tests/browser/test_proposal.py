"""A proposal in a real browser: autosave, two editors, the grid, a giver, submission."""

import re

import pytest
from django.urls import reverse

from grants.models import Proposal
from grants.queries.proposals import answers_of
from grants.rules.states import ProposalState
from tests.browser.test_application import enter, photograph, saved
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition, make_designation
from tests.factories.proposals import Applicant, asked, certified, completed, listed, started
from tests.worlds import person


@pytest.fixture
def applicant():
    administrator, representative = person("Maria Delgado"), person("James Whitfield")
    competition = make_competition(title="Planning grants for Designated Clusters, 2027")
    group = make_group(administrator, competition.agency, name="Lake Erie Glass")
    seat_representative(group, representative)
    make_designation(group)
    return Applicant(group, administrator, representative, competition)


def at(name, proposal, *more):
    route = name if name == "proposal" else f"proposal_{name}"
    return reverse(f"grants:{route}", args=[proposal.case.reference, *more])


def test_two_editors_see_both_texts_and_choose(visitor, applicant):
    proposal = started(applicant)
    where = at("section", proposal, "question-1")
    maria = enter(visitor, applicant.administrator)
    james = enter(visitor, applicant.representative)
    maria.go(where)
    james.go(where)
    maria.page.locator("textarea").first.fill("Maria's words")
    saved(maria)
    james.page.locator("textarea").first.fill("James's words")
    conflict = james.page.locator("[data-save-conflict]")
    conflict.get_by_text("Somebody else saved this section").wait_for()
    assert "Maria's words" in conflict.inner_text()
    james.look()
    photograph(james, "proposal-conflict")
    james.page.get_by_role("button", name="Keep mine").click()
    saved(james)
    assert answers_of(proposal)["question-1"]["answer"] == "James's words"


def test_the_grid_adds_up_while_it_is_typed(visitor, applicant):
    proposal = completed(started(applicant))
    for width in (1280, 320):
        maria = enter(visitor, applicant.administrator, width)
        maria.go(at("section", proposal, "budget"))
        cell = maria.page.locator("#id_federal_supplies")
        cell.fill("1,000.25")
        assert maria.page.locator('[data-sum="federal"]').inner_text() == "$71,000.75"
        says = maria.page.locator('[data-says="needed"]').inner_text()
        assert says.startswith("$71,000.75")
        cell.press("Enter")
        assert maria.page.evaluate("document.activeElement.name") == "federal_contractual"
        saved(maria)
        maria.look()
        photograph(maria, f"proposal-budget-{width}")
        cell.fill("")
        saved(maria)


def test_every_page_of_the_writers_is_free_of_barriers(visitor, applicant):
    proposal = completed(started(applicant))
    listed(proposal, 5, name="City of Toledo")
    for width in (1280, 320):
        maria = enter(visitor, applicant.administrator, width)
        pages = [at(name, proposal) for name in ("proposal", "people", "subrecipients", "match")]
        pages += [at("section", proposal, one) for one in ("about", "milestones", "access")]
        pages += [at(name, proposal) for name in ("preview", "certify", "history")]
        pages.append(reverse("grants:proposals"))
        for address in pages:
            maria.go(address)
            maria.look()
            photograph(maria, f"{address.strip('/').split('/')[-1]}-{width}")


def test_a_giver_reads_the_promise_without_an_account(visitor, applicant):
    token = asked(listed(started(applicant)))
    gil = visitor("Gil Giver")
    gil.go(reverse("grants:give", args=[token]))
    gil.look()
    photograph(gil, "give")
    gil.page.get_by_role("button", name="Send me a code").click()
    gil.page.get_by_role("button", name="Sign the promise").wait_for()
    gil.look()


def test_the_representative_submits_and_keeps_the_receipt(visitor, applicant):
    proposal = certified(completed(started(applicant)))
    james = enter(visitor, applicant.representative)
    james.go(at("proposal", proposal))
    james.page.get_by_role("link", name="Go to submit").click()
    james.page.get_by_role("button", name="Submit the proposal").click()
    james.page.wait_for_url(re.compile("/receipts/RC-"))
    james.look()
    photograph(james, "proposal-receipt")
    assert Proposal.objects.get().status is ProposalState.VALIDATED
