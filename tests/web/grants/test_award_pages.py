"""The pages of an award, from the draft to the acceptance, as people use them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from grants.queries.award_words import offer_digest
from grants.rules.award_signing import RiskCheck
from grants.rules.award_states import AwardState, StepKind
from tests.factories.award_course import checked, drafted, offered, selected_course, sign
from tests.factories.sign_in import sign_in_freshly
from trail.queries.clock import database_now

MARKUP = "<script>alert(1)</script>{{7*7}}"


def browser(course, who):
    client = Client()
    sign_in_freshly(client, course.people[who])
    return client


def text_of(answer):
    return answer.content.decode()


def field(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text_of(page))[1]


@pytest.fixture
def course():
    return selected_course()


def test_an_officer_drafts_checks_and_signs(course):
    officer = browser(course, StepKind.RECOMMEND)
    desk = officer.get("/staff/awards/")
    assert "Draft the award" in text_of(desk)
    proposal = course.selected.proposal.reference
    sent = officer.post(f"/staff/awards/draft/{proposal}/", {"idempotency_key": "a"}, follow=True)
    base = sent.redirect_chain[-1][0]
    assert "What you can do now" in text_of(sent)
    officer.post(f"{base}risk/", {"idempotency_key": "b"})
    for check in RiskCheck:
        said = {
            "outcome": "clear",
            "source": MARKUP,
            "looked_on_month": "1",
            "looked_on_day": "5",
            "looked_on_year": "2026",
            "idempotency_key": f"c{check}",
        }
        answer = officer.post(f"{base}risk/{check}/", said)
        assert answer.status_code == 302, text_of(answer)
    page = officer.get(f"{base}sign/recommend/")
    assert "&lt;script&gt;alert(1)" in text_of(page)
    assert MARKUP not in text_of(page)
    said = {"seen": field(page, "seen"), "agrees": "on", "idempotency_key": "d"}
    assert "Signed." in text_of(officer.post(f"{base}sign/recommend/", said, follow=True))


def test_a_signature_under_stale_words_opens_the_page_anew_and_says_why(course):
    checked(drafted(course))
    officer = browser(course, StepKind.RECOMMEND)
    address = f"/staff/awards/{course.row.reference}/sign/recommend/"
    said = {"seen": "0" * 64, "agrees": "on", "idempotency_key": "e"}
    answer = officer.post(address, said, follow=True)
    assert "has changed since you opened this page" in text_of(answer)
    assert course.row.status is AwardState.RISK_REVIEW
    said |= {"seen": field(answer, "seen"), "idempotency_key": "e2"}
    assert "Signed." in text_of(officer.post(address, said, follow=True))


def test_a_signer_must_tick_the_statement(course):
    checked(drafted(course))
    officer = browser(course, StepKind.RECOMMEND)
    address = f"/staff/awards/{course.row.reference}/sign/recommend/"
    answer = officer.post(address, {"seen": "0" * 64, "idempotency_key": "f"})
    assert "Tick the box if you can make this statement" in text_of(answer)
    assert course.row.status is AwardState.RISK_REVIEW


def test_a_second_step_of_the_same_person_is_refused_on_its_button(course):
    checked(drafted(course))
    sign(course, StepKind.RECOMMEND)
    page = browser(course, StepKind.RECOMMEND).get(f"/staff/awards/{course.row.reference}/")
    assert "Only a selecting official of the agency does this" in text_of(page)


def test_hostile_words_in_terms_and_conditions_are_text_and_bad_input_loses_nothing(course):
    drafted(course)
    officer = browser(course, StepKind.RECOMMEND)
    base = f"/staff/awards/{course.row.reference}/"
    said = dict.fromkeys(("nature", "reason", "action", "time_allowed"), MARKUP)
    refused = officer.post(f"{base}conditions/", said)
    assert refused.status_code == 200
    assert "&lt;script&gt;alert(1)" in text_of(refused)
    assert not course.row.conditions.exists()
    said |= {"reconsideration": "Write to us", "idempotency_key": "g"}
    shown = officer.post(f"{base}conditions/", said, follow=True)
    assert course.row.conditions.count() == 1
    assert MARKUP not in text_of(shown)


def test_a_group_sees_its_award_from_the_offer_on(course):
    drafted(course)
    representative = browser(course, "representative")
    address = f"/awards/{course.row.reference}/"
    assert representative.get(address).status_code == 404
    assert course.row.title not in text_of(representative.get("/awards/mine/"))
    checked(course)
    for kind in StepKind:
        sign(course, kind)
    assert representative.get(address).status_code == 404
    officer = browser(course, StepKind.OBLIGATE)
    officer.post(f"/staff{address}offer/", {"idempotency_key": "h"})
    assert "Your turn: answer the offer" in text_of(representative.get(address))
    assert course.row.title in text_of(representative.get("/awards/mine/"))


def test_a_representative_accepts_and_the_second_answer_changes_nothing(course):
    offered(course)
    representative = browser(course, "representative")
    base = f"/awards/{course.row.reference}/"
    page = representative.get(f"{base}answer/")
    seen = field(page, "seen")
    assert seen == offer_digest(course.row)
    said = {"seen": seen, "title": "President", "agrees": "on", "idempotency_key": "i"}
    done = representative.post(f"{base}accept/", said, follow=True)
    assert "Accepted. The award is active" in text_of(done)
    again = {f"decline-{name}": value for name, value in said.items()}
    representative.post(f"{base}decline/", {**again, "idempotency_key": "j"}, follow=True)
    assert course.row.status is AwardState.ACCEPTED
    assert course.row.entries.count() == 4


def test_an_answer_without_a_title_keeps_the_page(course):
    offered(course)
    representative = browser(course, "representative")
    address = f"/awards/{course.row.reference}/accept/"
    answer = representative.post(address, {"seen": "x", "agrees": "on"})
    assert answer.status_code == 200
    assert "This field is required" in text_of(answer) or "Your title" in text_of(answer)
    assert course.row.status is AwardState.OFFERED


def test_an_answer_needs_a_fresh_sign_in(course):
    offered(course)
    client = Client()
    client.force_login(course.people["representative"])
    answer = client.get(f"/awards/{course.row.reference}/answer/")
    assert answer.status_code in {302, 303}


def test_the_ledger_of_a_pool_balances_and_names_every_entry(course):
    offered(course)
    reference = course.selected.proposal.competition.reference
    page = text_of(browser(course, StepKind.OBLIGATE).get(f"/staff/awards/money/{reference}/"))
    assert "The accounts balance" in page
    assert page.count(course.row.number) == 2, "reserved and obligated"
    assert "Allotted by the notice of the competition" in page


def test_a_grants_officer_takes_back_an_offer_that_nobody_answered(course):
    offered(course)
    officer = browser(course, StepKind.OBLIGATE)
    base = f"/staff/awards/{course.row.reference}/"
    page = text_of(officer.get(base))
    assert "An offer is taken back only after that" in page
    said = {"reason": MARKUP, "idempotency_key": "w"}
    early = officer.post(f"{base}take-back/", said)
    assert early.status_code == 409
    assert "&lt;script&gt;alert(1)" in text_of(early), "what was typed stays"
    before = database_now().date()
    type(course.row).objects.update(answer_by=before - timedelta(days=2))
    member = browser(course, "representative")
    assert "That day has passed" in text_of(member.get(f"/awards/{course.row.reference}/"))
    assert f"{base}take-back/" in text_of(officer.get(base))
    done = text_of(officer.post(f"{base}take-back/", said, follow=True))
    assert "Taken back. The money is free" in done
    assert MARKUP not in done
    assert course.row.status is AwardState.WITHDRAWN
    shown = text_of(member.get(f"/awards/{course.row.reference}/"))
    assert "The agency took this offer back" in shown
    assert "Read and answer" not in shown
    assert "Offer taken back" in text_of(member.get("/awards/mine/"))


def test_taking_an_offer_back_needs_a_fresh_sign_in_and_the_office(course):
    offered(course)
    address = f"/staff/awards/{course.row.reference}/take-back/"
    assert browser(course, StepKind.SELECT).get(address).status_code == 403
    client = Client()
    client.force_login(course.people[StepKind.OBLIGATE])
    assert client.get(address).status_code in {302, 303}
