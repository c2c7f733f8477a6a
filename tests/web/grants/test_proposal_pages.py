"""A proposal in the browser without JavaScript: start, write, list, ask, certify, submit."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.rules.roles import AgencyRoleKind
from certification.queries.personal_links import code_of
from grants.models import GiverLink, GiverSignature, Proposal
from grants.queries.proposals import answers_of
from grants.rules.panel_states import MatchState
from grants.rules.states import ProposalState
from tests.factories.accounts import make_officer, make_user
from tests.factories.grants import make_competition, move_close
from tests.factories.proposals import (
    administrator_of,
    asked,
    certified,
    completed,
    full_answers,
    listed,
    make_applicant,
    representative_of,
    started,
    submitted,
    write,
)
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db


def url(name, proposal, *more):
    route = name if name == "proposal" else f"proposal_{name}"
    return reverse(f"grants:{route}", args=[proposal.case.reference, *more])


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def as_form(answers):
    return {name: "on" if value is True else value for name, value in answers.items() if value}


def test_an_administrator_starts_from_the_competition_and_sees_one_next_act(client):
    applicant = make_applicant()
    client.force_login(applicant.administrator)
    address = reverse("grants:start_proposal", args=[applicant.competition.reference])
    shown = page(client, address)
    form = {"group": applicant.group.reference, "idempotency_key": hidden(shown, "idempotency_key")}
    for _ in range(2):
        answer = client.post(address, form, follow=True)
    proposal = Proposal.objects.get()
    assert answer.redirect_chain[-1][0] == url("proposal", proposal)
    assert "Go on writing" in answer.content.decode()
    assert "Open the proposal under way" in page(client, address)


def test_who_may_not_start_is_told_why(client):
    applicant = make_applicant()
    client.force_login(applicant.representative)
    address = reverse("grants:start_proposal", args=[applicant.competition.reference])
    assert "Only an administrator of the group starts a proposal" in page(client, address)
    client.force_login(make_user())
    assert "You have no seat in a group" in page(client, address)


def test_every_section_is_written_by_hand_in_order(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    for section_id, answers in full_answers(proposal.competition).items():
        address = url("section", proposal, section_id)
        version = hidden(page(client, address), "version")
        sent = client.post(address, {"version": version, "next": "on", **as_form(answers)})
        assert sent.status_code == 302
    stored = answers_of(proposal)
    assert stored["about"]["title"] == "A plan for glass"
    assert stored["budget"]["federal_personnel"] == "60,000"
    shown = page(client, url("proposal", proposal))
    assert "Name the person who leads the project." in shown
    assert "Givers have signed $0" in shown


def test_what_is_no_amount_is_kept_and_named_at_its_cell(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    address = url("section", proposal, "budget")
    client.post(address, {"version": 0, "next": "check", "federal_travel": "1e3"})
    shown = page(client, address + "?check=1")
    assert 'value="1e3"' in shown
    assert "Enter dollars and cents, like 1250 or 1,250.50." in shown


def test_an_autosave_answers_with_the_version_and_a_stale_one_with_both_texts(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    address = reverse("grants:autosave_proposal", args=[proposal.reference, "question-1"])
    first = client.post(address, {"answer": "Mine"}, headers={"If-Match": '"0"'})
    assert (first.status_code, first.json()["version"]) == (200, 1)
    write(proposal, "question-1", by=representative_of(proposal), answer="Theirs")
    stale = client.post(address, {"answer": "Mine again"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 409
    assert stale.json()["fields"] == {"answer": "Theirs"}
    assert answers_of(proposal)["question-1"]["answer"] == "Theirs"
    by_hand = client.post(
        url("section", proposal, "question-1"), {"version": 1, "answer": "Mine again"}
    )
    assert by_hand.status_code == 409
    assert "Theirs" in by_hand.content.decode()
    assert "Mine again" in by_hand.content.decode()


def test_hostile_text_is_kept_and_shown_as_text(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    text = "<script>alert(1)</script> {{ 7 }} \u202e" + "word " * 600
    write(proposal, "question-1", answer=text)
    shown = page(client, url("section", proposal, "question-1") + "?check=1")
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown
    assert "Shorten this answer by" in shown
    assert answers_of(proposal)["question-1"]["answer"] == text


def test_a_person_is_named_with_address_and_employer_and_taken_out(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    address = url("people", proposal)
    form = {
        "role": "lead",
        "name": "Lena Lead",
        "email": "lena@lead.example",
        "employer": "Lead Labs",
        "idempotency_key": "k1",
    }
    assert client.post(address, form).status_code == 302
    assert "Lead Labs" in page(client, address)
    twice = client.post(address, {**form, "idempotency_key": "k2"})
    assert "already named" in twice.content.decode()
    lead = proposal.people.get(role="lead")
    client.post(
        reverse("grants:unname_person", args=[proposal.reference, lead.pk]),
        {"idempotency_key": "k3"},
    )
    assert not proposal.people.filter(role="lead").exists()


def test_a_giver_of_a_class_that_may_not_give_is_refused(client):
    proposal = started(make_applicant(make_competition(giver_classes=["private"])))
    client.force_login(administrator_of(proposal))
    shown = page(client, url("match", proposal))
    assert "This competition takes nothing from: state government" in shown
    form = {
        "name": "Ohio",
        "giver_class": "state",
        "kind": "cash",
        "amount": "5",
        "contact_name": "A",
        "contact_email": "a@ohio.example",
        "idempotency_key": "k",
    }
    assert client.post(url("match", proposal), form).status_code == 200
    assert not proposal.match.exists()


def give(client, token, answer, code=None):
    address = reverse("grants:give", args=[token])
    client.post(reverse("grants:give_code", args=[token]))
    link = GiverLink.objects.order_by("-pk").first()
    form = {
        "code": code or code_of(link),
        "name": "Gil Giver",
        "title": "Owner",
        "is_authorized": "on",
        "answer": answer,
        "idempotency_key": "give-key",
    }
    return client.post(address, form, follow=True)


def test_a_giver_signs_without_an_account_and_gets_a_copy(client):
    proposal = started()
    commitment = listed(proposal)
    token = asked(commitment)
    shown = page(client, reverse("grants:give", args=[token]))
    assert "promises $70,000.50 in cash" in shown
    done = give(client, token, "yes")
    assert "your promise is signed" in done.content.decode()
    commitment.refresh_from_db()
    assert commitment.state == MatchState.SIGNED
    signature = GiverSignature.objects.get()
    assert signature.copy.to_address == "gil@maumee.example"
    assert client.get(reverse("grants:give", args=[token])).status_code == 410


def test_a_giver_who_declines_is_taken_at_their_word_and_the_group_is_told(client):
    proposal = started()
    token = asked(listed(proposal))
    assert "you have declined" in give(client, token, "no").content.decode()
    client.force_login(administrator_of(proposal))
    shown = page(client, url("match", proposal))
    assert "Declined" in shown
    assert "Ask again" in shown


def test_a_wrong_code_signs_nothing(client):
    commitment = listed(started())
    token = asked(commitment)
    client.post(reverse("grants:give_code", args=[token]))
    right = code_of(GiverLink.objects.get())
    wrong = "111111" if right != "111111" else "222222"
    shown = give(client, token, "yes", code=wrong).content.decode()
    assert "That is not the code we sent" in shown
    commitment.refresh_from_db()
    assert commitment.state == MatchState.ASKED


def test_an_unknown_link_opens_nothing(client):
    assert client.get(reverse("grants:give", args=["zz-guessed"])).status_code == 404


def test_the_representative_certifies_submits_and_reads_the_receipt(client):
    proposal = completed()
    client.force_login(representative_of(proposal))
    assert "Read the proposal and certify it" in page(client, url("proposal", proposal))
    shown = page(client, url("certify", proposal))
    key = hidden(shown, "idempotency_key")
    form = {"title": "President", "is_true": "on", "idempotency_key": key}
    client.post(url("sign", proposal), form)
    shown = page(client, url("certify", proposal))
    key = hidden(shown, "idempotency_key")
    answer = client.post(url("submit", proposal), {"idempotency_key": key}, follow=True)
    words = answer.content.decode()
    submission = proposal.submissions.get()
    assert submission.receipt_number in words
    assert submission.content_hash in words
    assert "Eastern" in words
    paper = client.get(url("receipt_pdf", proposal, submission.receipt_number))
    assert paper.getvalue()[:5] == b"%PDF-"
    assert "Nothing to do now" in page(client, url("proposal", proposal))
    assert "received complete" in page(client, url("history", proposal)).lower()


def test_a_forged_arrival_header_does_not_turn_back_the_clock(client):
    proposal = certified()
    past = database_now() - timedelta(seconds=30)
    move_close(proposal.competition, past)
    early = str(int((past - timedelta(seconds=10)).timestamp() * 1000))
    client.force_login(representative_of(proposal))
    names = ("X-Request-Start", "X-Arrived-At", "X-Request-Arrived", "X-Arrival", "Date")
    client.post(
        url("submit", proposal),
        {"idempotency_key": "k"},
        headers=dict.fromkeys(names, f"t={early}"),
    )
    assert not proposal.submissions.exists()
    assert "The competition has closed" in page(client, url("proposal", proposal))


def test_two_representatives_submit_and_the_second_sees_the_receipts(client):
    proposal = submitted().proposal
    client.force_login(representative_of(proposal))
    answer = client.post(url("submit", proposal), {"idempotency_key": "second"})
    assert answer.url == url("receipts", proposal)
    assert proposal.submissions.count() == 1


def test_a_new_version_is_prepared_and_the_old_one_kept(client):
    proposal = submitted().proposal
    client.force_login(administrator_of(proposal))
    client.post(url("revise", proposal), {"idempotency_key": "a"})
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.DRAFT
    assert "A version of yours counts already" in page(client, url("proposal", proposal))
    client.post(url("keep", proposal), {"idempotency_key": "b"})
    proposal.refresh_from_db()
    assert proposal.status is ProposalState.VALIDATED


def test_sums_for_the_page_are_whole_cents(client):
    proposal = completed()
    client.force_login(administrator_of(proposal))
    shown = page(client, url("section", proposal, "budget"))
    sums = json.loads(re.search(r'id="budget-sums" type="application/json">(.*?)<', shown)[1])
    assert sums == {"share": [1, 2], "floor": 5000000, "ceiling": 50000000, "signed": 7000050}


def test_a_stranger_finds_no_proposal_by_search(client):
    proposal = completed()
    client.force_login(administrator_of(proposal))
    assert url("proposal", proposal) in page(client, "/search/?q=plan+for+glass")
    client.force_login(make_user())
    assert url("proposal", proposal) not in page(client, "/search/?q=plan+for+glass")


def test_an_officer_lets_a_group_submit_late_and_it_is_counted(client):
    proposal = certified()
    past = database_now() - timedelta(minutes=10)
    move_close(proposal.competition, past)
    agency = proposal.competition.agency
    client.force_login(make_officer(agency, AgencyRoleKind.PROGRAMME_OFFICER))
    address = reverse("grants:late_leaves", args=[proposal.competition.reference])
    form = {"reason": "outage", "note": "The log shows it.", "hours": "24"}
    unknown = client.post(address, {**form, "proposal": "PR-0000-0000-0", "idempotency_key": "a"})
    assert "has no proposal of this reference" in unknown.content.decode()
    client.post(address, {**form, "proposal": proposal.reference, "idempotency_key": "b"})
    assert "The log shows it." in page(client, address)
    client.force_login(representative_of(proposal))
    assert "You may still submit" in page(client, url("certify", proposal))
    client.post(url("submit", proposal), {"idempotency_key": "c"})
    assert proposal.submissions.get().late_reason == "outage"


def test_your_proposals_are_listed_with_their_close(client):
    proposal = started()
    client.force_login(administrator_of(proposal))
    shown = page(client, reverse("grants:proposals"))
    assert url("proposal", proposal) in shown
    assert "Eastern" in shown
