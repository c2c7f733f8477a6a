"""A giver says what is wrong, the group answers, an officer decides: on the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from certification.queries.personal_links import token_of
from grants.actions.ask_confirmation import ask_confirmation
from grants.models import GiverComplaint
from grants.rules.match.complaints import NO_RETALIATION
from grants.rules.match.states import ContributionState
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import add_evidence, make_award, make_contribution, make_pledge
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.grants import make_competition
from tests.factories.sign_in import sign_in_freshly
from trail.actors import SYSTEM
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>{{7*7}}"


class Place:
    """An award whose giver holds a personal link."""

    def __init__(self):
        self.person = make_user("Gina Group")
        competition = make_competition("announced")
        group = make_group(self.person, competition.agency, name="Matched Glass")
        seat_representative(group, make_user("Rosa Representative"))
        self.award = make_award(group=group, competition=competition)
        self.pledge = make_pledge(self.award)
        self.officer = make_officer(competition.agency, AgencyRoleKind.PROGRAMME_OFFICER)
        row = make_contribution(self.pledge, ContributionState.EVIDENCE_ATTACHED)
        add_evidence(row.source, self.award)
        self.link = ask_confirmation(actor=SYSTEM, at=database_now(), contribution=row, key="ask")
        self.by_link = reverse("grants:complain_by_link", args=[token_of(self.link.nonce)])
        self.own = reverse("grants:complaints", args=[self.award.reference])
        self.desk = reverse("grants:staff_complaints", args=[self.award.reference])


@pytest.fixture
def place():
    return Place()


def browser(person):
    client = Client()
    sign_in_freshly(client, person)
    return client


def text_of(answer):
    return answer.content.decode()


def send(client, address, key="k", **data):
    return text_of(client.post(address, data | {"idempotency_key": key}, follow=True))


def test_from_the_link_to_the_decision(client, place):
    page = text_of(client.get(place.by_link))
    assert NO_RETALIATION in page
    assert "This field is required" in send(client, place.by_link, words=" ")
    said = send(client, place.by_link, words=MARKUP)
    assert "We have what you wrote" in said
    assert MARKUP not in said
    assert "&lt;script&gt;alert(1)" in said
    row = GiverComplaint.objects.get()
    group, officer = browser(place.person), browser(place.officer)
    shown = text_of(group.get(place.own))
    assert "&lt;script&gt;alert(1)" in shown
    assert "Answer what a giver says is wrong" in text_of(group.get("/dashboard/"))
    answered = send(group, f"{place.own}{row.reference}/answer/", words="We look into it.")
    assert "Answered. The giver has your answer" in answered
    assert "Decide what a giver says is wrong" in text_of(officer.get("/dashboard/"))
    assert "We look into it." in text_of(officer.get(place.desk))
    decide = f"{place.desk}{row.reference}/decide/"
    kept = send(officer, decide, words="Kept although no outcome is chosen.")
    assert "Kept although no outcome is chosen." in kept
    done = send(officer, decide, outcome="right", words="The entry is taken back.")
    assert "The giver and the group have a letter" in done
    assert "The giver is right" in text_of(client.get(place.by_link))
    assert "The giver is right" in text_of(group.get(place.own))
    again = send(group, f"{place.own}{row.reference}/answer/", "again", words="Late.")
    assert "Late." not in text_of(group.get(place.own))
    assert "is not possible" in again or "cannot" in again or "Decided" in again


def test_a_link_that_was_replaced_or_has_ended_still_lets_its_giver_speak(client, place):
    now = database_now()
    type(place.link).objects.update(closed_at=now)
    assert client.get(place.by_link).status_code == 200
    assert client.get(place.by_link.replace("/award/", "/award/x")).status_code == 404


def test_the_position_counts_complaints(client, place):
    address = reverse("grants:award_position", args=[place.award.reference])
    group = browser(place.person)
    assert "No giver has said that something is wrong" in text_of(group.get(address))
    send(client, place.by_link, words="The hours are not ours.")
    page = text_of(group.get(address))
    assert "Givers have said 1 time that something is wrong; 1 waits for a decision" in page
    assert place.own in page
    staff = reverse("grants:staff_award_position", args=[place.award.reference])
    assert place.desk in text_of(browser(place.officer).get(staff))


def test_a_signed_in_giver_finds_its_promises_and_speaks(place):
    giver = browser(make_user(email=place.pledge.contact_email))
    listed = text_of(giver.get(reverse("grants:giving")))
    address = reverse("grants:complain", args=[place.pledge.reference])
    assert address in listed
    assert "We have what you wrote" in send(giver, address, words="Our name is misspelled.")
    assert "An officer has not decided yet" in text_of(giver.get(address))
    assert "still waits for a decision" in send(giver, address, "two", words="And the sum.")
    row = GiverComplaint.objects.get()
    assert row.made_by.startswith("user:")
    stranger = browser(make_user())
    assert "Nothing in your name" in text_of(stranger.get(reverse("grants:giving")))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"words": "x"}).status_code == 404


def test_others_neither_read_nor_answer_nor_decide(client, place):
    send(client, place.by_link, words="The hours are not ours.")
    row = GiverComplaint.objects.get()
    stranger = browser(make_user())
    assert stranger.get(place.own).status_code == 404
    assert stranger.post(f"{place.own}{row.reference}/answer/").status_code == 404
    finance = browser(make_officer(place.award.agency, AgencyRoleKind.FINANCE_OFFICER))
    assert "Only a programme officer" in text_of(finance.get(place.desk))
    assert finance.post(f"{place.desk}{row.reference}/decide/").status_code == 403
    other = make_award()
    elsewhere = f"/awards/{other.reference}/complaints/{row.reference}/answer/"
    assert browser(place.person).post(elsewhere).status_code == 404
