"""A case in the hands of staff, page by page: who sees what, what is done, what is refused."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from certification.models import Application, Decision, Finding, GroupSeat
from records.models import Letter, Publication
from tests.db.certification.cases import (
    AT,
    FAILING,
    UNSURE,
    application_of,
    group_of,
    judged,
    office,
)
from tests.db.certification.scenes import firm
from tests.factories.accounts import make_agency, make_officer
from tests.factories.sign_in import sign_in_freshly
from trail.models import Entry
from trail.queries.clock import database_now


@pytest.fixture
def place():
    return office()


@pytest.fixture
def as_(client, place):
    """Sign in as a persona; return the client."""

    def sign_in(persona):
        sign_in_freshly(client, place.people[persona])
        return client

    return sign_in


def address(application, *more):
    return "/staff/cases/" + "/".join([application.reference, *more]) + "/"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.fixture
def submitted(place):
    return application_of(place, group_of(place), at=database_now())


@pytest.mark.parametrize("persona", ["stranger", "group_administrator"])
def test_a_case_does_not_exist_for_people_outside(as_, submitted, persona):
    assert as_(persona).get(address(submitted)).status_code == 404
    assert as_(persona).get("/staff/cases/").status_code == 404


def test_a_case_does_not_exist_for_another_agency(client, place, submitted):
    other = make_officer(make_agency(), "programme_officer")
    client.force_login(other)
    assert client.get(address(submitted)).status_code == 404
    assert "Elkhart" not in text_of(client.get("/staff/cases/"))


def test_a_draft_is_not_a_case(as_, place, submitted):
    draft = group_of(place, name="Still Writing", fips="18041")
    application = Application.objects.create(
        case=draft.case,
        group=draft,
        agency=place.agency,
        definition_set_code="starter",
        cluster_code="12",
        cluster_name="C",
        region_name="R",
        region_key="k",
        started_by="user:1",
        started_at=AT,
    )
    page = text_of(as_("programme_officer").get("/staff/cases/"))
    assert "Elkhart Vehicles" in page
    assert "Still Writing" not in page
    assert as_("programme_officer").get(address(application)).status_code == 404


def test_the_queue_filters_sorts_and_says_when_nothing_fits(as_, submitted):
    client = as_("programme_officer")
    assert "Elkhart Vehicles" in text_of(client.get("/staff/cases/?turn=officers&sort=-group"))
    assert "No case fits" in text_of(client.get("/staff/cases/?q=nothing+like+it"))
    assert "No case fits" in text_of(client.get("/staff/cases/?turn=decided"))
    assert client.get("/staff/cases/?turn=odd&sort=odd&page=x").status_code == 200


def test_first_look_opens_once_for_a_double_click(as_, submitted):
    client = as_("programme_officer")
    for _ in range(2):
        answer = client.post(address(submitted, "open"), {"idempotency_key": "k"})
        assert answer.status_code == 302
    assert state_of(submitted) == "intake"
    assert Entry.objects.filter(case=submitted.case, verb="open_intake").count() == 1


def test_buttons_say_why_they_cannot_be_pressed(as_, submitted):
    page = text_of(as_("selecting_official").get(address(submitted)))
    assert "Only a programme officer of the agency does this" in page
    assert "disabled" in page
    assert as_("selecting_official").post(address(submitted, "open")).status_code == 403


def test_somebody_with_a_seat_is_refused_with_the_rule(as_, place, submitted):
    GroupSeat.objects.create(
        group=submitted.group,
        user=place.people["programme_officer"],
        role="administrator",
        since=AT,
    )
    answer = as_("programme_officer").post(address(submitted, "open"))
    assert answer.status_code == 403
    assert "You hold or held a seat in this group" in text_of(answer)


def test_a_preview_shows_the_letter_as_it_will_be_mailed(as_, submitted):
    """Planted: the frame's `sandbox` taken out; seen red."""
    client = as_("programme_officer")
    client.post(address(submitted, "open"))
    form = {"reason": "roster", "question_1": "Who is <b onclick='x()'>Acme</b>?"}
    preview = client.post(address(submitted, "ask"), form | {"preview": "1"})
    frame = frames_in(preview.content.decode())
    assert [sorted(one) for one in frame] == [["class", "sandbox", "srcdoc", "title"]]
    assert not frame[0]["sandbox"]
    assert "style" not in frame[0]["srcdoc"]
    assert "<b onclick" not in frame[0]["srcdoc"]
    client.post(address(submitted, "ask"), form | {"idempotency_key": "q"})
    mailed = Letter.objects.filter(case=submitted.case, text__contains="Who is").order_by("pk")
    assert frame[0]["srcdoc"].endswith(mailed[0].html)
    assert mailed[0].html.count("&lt;b onclick") == 1


def frames_in(page):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "iframe":
                found.append(dict(attrs))

    Reader().feed(page)
    return found


def test_questions_are_previewed_then_sent(as_, submitted):
    client = as_("programme_officer")
    client.post(address(submitted, "open"))
    before = Letter.objects.count()
    form = {"reason": "roster", "question_1": "Who is Acme?", "idempotency_key": "q"}
    preview = client.post(address(submitted, "ask"), form | {"preview": "1"})
    assert "The letter, not sent yet" in text_of(preview)
    assert "Who is Acme?" in text_of(preview)
    assert Letter.objects.count() == before
    assert state_of(submitted) == "intake"
    client.post(address(submitted, "ask"), form)
    assert state_of(submitted) == "action_needed"
    assert Letter.objects.count() == before + 2
    page = text_of(client.get(address(submitted)))
    assert "Stands still" in page
    assert "it is the applicant's turn" in page


def test_a_form_without_words_comes_back_with_its_errors(as_, submitted):
    client = as_("programme_officer")
    client.post(address(submitted, "open"))
    answer = client.post(address(submitted, "ask"), {"reason": "roster"})
    assert answer.status_code == 200
    assert "error-summary" in text_of(answer)


def test_a_verb_out_of_turn_is_said(as_, submitted):
    client = as_("programme_officer")
    answer = client.get(address(submitted, "ask"))
    assert answer.status_code == 409
    assert "you cannot" in text_of(answer)


FINDING = {
    "evidence_class": "payroll",
    "source": "State payroll file 2026",
    "shows": "1,900 more jobs",
    "low": "1.55",
    "high": "1.70",
    "reasoning": "The withheld cells hold these firms.",
}


def test_an_open_point_is_settled_by_two_officers_and_decided_by_a_third(as_, place):
    case = judged(place, group_of(place), UNSURE)
    client = as_("programme_officer")
    page = text_of(client.get(address(case)))
    assert "We cannot tell from the published data" in page
    assert "UNKNOWN" not in page
    assert "Settle by evidence" in page
    assert client.get(address(case, "findings", "C1.size")).status_code == 200
    assert client.get(address(case, "findings", "C9.none")).status_code == 404
    write = address(case, "findings", "C1.concentration")
    straddling = client.post(write, FINDING | {"low": "1.4"})
    assert straddling.status_code == 409
    assert "both sides of the line" in text_of(straddling)
    client.post(write, FINDING)
    check = address(case, "findings", str(Finding.objects.get().pk), "check")
    own = client.post(check, {"answer": "agree"})
    assert own.status_code == 409
    assert "You prepared this yourself" in text_of(own)
    as_("second_programme_officer").post(check, {"answer": "agree"})
    assert Finding.objects.get().is_agreed
    client = as_("programme_officer")
    client.post(address(case, "recommend"), {"summary": "Settled by payroll records."})
    assert state_of(case) == "decision_pending"
    assert client.get(address(case, "designate")).status_code == 403
    client = as_("selecting_official")
    page = text_of(client.get(address(case, "designate")))
    assert "Settled by payroll records." in page
    assert "Met, by further evidence" in page
    form = {"rationale": "The criteria are met.", "idempotency_key": "d"}
    assert "designation number 1" in text_of(
        client.post(address(case, "designate"), form | {"preview": "1"})
    )
    client.post(address(case, "designate"), form)
    assert state_of(case) == "designated"
    assert "The criteria are met." in text_of(client.get(address(case)))


def test_a_worker_meets_the_rule_instead_of_the_decision(as_, place):
    case = judged(place, group_of(place))
    client = as_("programme_officer")
    client.post(address(case, "recommend"), {"summary": "All is met."})
    make_role(place, "programme_officer", "selecting_official")
    answer = client.get(address(case, "designate"))
    assert answer.status_code == 403
    assert "You worked on this case" in text_of(answer)
    assert "You worked on this case" in text_of(client.get(address(case)))


def make_role(place, persona, role):
    place.people[persona].agency_roles.create(agency=place.agency, role=role, since=AT)


def test_a_denial_is_proposed_on_unmet_tests_only(as_, place):
    case = judged(place, group_of(place), FAILING)
    client = as_("programme_officer")
    page = text_of(client.get(address(case)))
    assert "not there yet" in page, "recommending is explained"
    form = {"tests": ["C1.concentration"], "explanation": "Half the national share."}
    client.post(address(case, "propose-denial"), form)
    assert state_of(case) == "denial_proposed"
    page = text_of(as_("selecting_official").get(address(case)))
    assert "may still answer the proposed denial" in page


def test_not_eligible_by_two_officers(as_, submitted):
    client = as_("programme_officer")
    client.post(address(submitted, "open"))
    form = {"reason": "not_a_group", "explanation": "One firm applies for itself."}
    client.post(address(submitted, "not-eligible"), form)
    assert state_of(submitted) == "intake"
    assert "You prepared this yourself" in text_of(client.get(address(submitted)))
    second = as_("second_programme_officer")
    assert "One firm applies" in text_of(second.get(address(submitted, "not-eligible", "check")))
    second.post(address(submitted, "not-eligible", "check"), {"answer": "agree"})
    assert state_of(submitted) == "ineligible"


def test_the_desk_prepares_and_another_person_releases(as_, place):
    case = judged(place, group_of(place))
    as_("programme_officer").post(address(case, "recommend"), {"summary": "All is met."})
    as_("selecting_official").post(address(case, "designate"), {"rationale": "All is met."})
    client = as_("publisher")
    assert "Another publisher then reads" in text_of(client.get("/staff/publications/"))
    assert "Public from" in text_of(client.get(address(case, "publish")))
    client.post(address(case, "publish"), {"idempotency_key": "p"})
    publication = Publication.objects.get()
    place_of_it = address(case, "publish", str(publication.pk))
    page = text_of(client.get(place_of_it))
    assert "You prepared this yourself" in page
    assert client.post(place_of_it + "release/").status_code == 409
    second = as_("second_publisher")
    assert "The group is told when" in text_of(second.get(place_of_it))
    second.post(place_of_it + "release/", {"idempotency_key": "r"})
    assert "Elkhart Vehicles" in text_of(second.get("/register/"))
    assert "Prepare a newer version" in text_of(second.get("/staff/publications/"))
    assert as_("programme_officer").get("/staff/publications/").status_code == 403
    assert as_("stranger").get("/staff/publications/").status_code == 404


def test_application_and_record_pages(as_, submitted):
    client = as_("auditor")
    assert "receipt RC-" in text_of(client.get(address(submitted, "application")))
    as_("programme_officer").post(address(submitted, "open"))
    page = text_of(as_("auditor").get(address(submitted, "record")))
    assert "We have started to look at your application" in page
    assert "First look opened" in page


def test_the_debrief_is_for_the_group(as_, place):
    case = judged(place, group_of(place), FAILING)
    url = f"/applications/{case.reference}/debrief/"
    assert as_("group_administrator").get(url).status_code == 404, "nothing is decided yet"
    as_("programme_officer").post(address(case, "recommend"), {"summary": "x"})
    Application.objects.filter(pk=case.pk).update(state="decision_pending")
    untrue = {"reason": "untrue", "rationale": "The signer does not exist."}
    as_("selecting_official").post(address(case, "deny"), untrue)
    assert Decision.objects.get().outcome == "denied"
    page = text_of(as_("authorized_representative").get(url))
    for words in ("How to come back", "What was strong", "appeal", "Not met yet"):
        assert words in page
    assert as_("stranger").get(url).status_code == 404
    assert as_("programme_officer").get(url).status_code == 404


def test_query_counts_do_not_grow_with_rows(as_, place, django_assert_max_num_queries):
    client, counts = as_("programme_officer"), []
    for number, fips in enumerate(("18039", "39095", "26125")):
        judged(place, group_of(place, name=f"Group {number}", fips=fips), UNSURE)
        if number != 1:
            with django_assert_max_num_queries(10) as captured:
                assert "Group 0" in text_of(client.get("/staff/cases/"))
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_query_count_of_a_case_page(as_, place, django_assert_max_num_queries):
    case = judged(place, group_of(place), UNSURE)
    client = as_("programme_officer")
    with django_assert_max_num_queries(30):
        client.get(address(case))


def test_query_count_of_the_desk_does_not_grow(as_, place, django_assert_max_num_queries):
    from tests.db.certification.register_scenes import decided  # noqa: PLC0415

    client, counts = as_("publisher"), []
    for number, fips in enumerate(("18039", "39095", "26125")):
        decided(place, name=f"Group {number}", fips=fips)
        if number != 1:
            with django_assert_max_num_queries(10) as captured:
                assert "Group 0" in text_of(client.get("/staff/publications/"))
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_look_alikes_of_the_roster_stand_on_the_case(as_, submitted):
    officer_page = reverse("certification:staff_case", args=[submitted.case.reference])
    firm(submitted.group, 901, skeleton_key="kilnworks")
    firm(submitted.group, 902, skeleton_key="kilnworks")
    page = as_("programme_officer").get(officer_page).content.decode()
    assert "Entries that may be one organization" in page
    assert "The name looks like" in page
