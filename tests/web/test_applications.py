"""The application in the browser without JavaScript: write, certify, submit, answer, withdraw."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actors import actor_from_user
from accounts.models import User
from certification.actions.open_intake import open_intake
from certification.actions.propose_denial import Grounds, propose_denial
from certification.actions.request_information import Questions, request_information
from certification.models import Application
from certification.queries.applications import answers_of
from certification.rules.groups import SeatRole
from certification.rules.reasons import InformationReason
from certification.rules.states import ApplicationState
from certification.web.application_words import WORDS, verbs_of_the_lifecycle
from tests.db.certification.cases import FAILING, group_of, judged, office
from tests.db.certification.register_scenes import decided, denied
from tests.factories.accounts import make_user
from tests.factories.applications import certified, completed, full_answers, started, submitted
from trail.queries.clock import database_now


@pytest.fixture
def place():
    return office()


@pytest.fixture
def group(place):
    return group_of(place)


@pytest.fixture
def administrator(place):
    return place.people["group_administrator"]


@pytest.fixture
def representative(place):
    return place.people["authorized_representative"]


def url(name, application, *more):
    return reverse(f"certification:{name}", args=[application.case.reference, *more])


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text).group(1)


def sections():
    return list(full_answers())


def as_form(answers):
    """What a browser sends: ticked boxes as "on", unticked ones not at all."""
    return {
        name: "on" if value is True else value.replace("\n", "\r\n")
        for name, value in answers.items()
        if value is not False
    }


def test_an_administrator_starts_an_application(client, group, administrator):
    client.force_login(administrator)
    overview = reverse("certification:group_applications", args=[group.case.reference])
    key = hidden(page(client, overview), "idempotency_key")
    start = reverse("certification:start_application", args=[group.case.reference])
    for _ in range(2):
        answer = client.post(start, {"idempotency_key": key}, follow=True)
        assert answer.status_code == 200
    application = Application.objects.get()
    assert answer.redirect_chain[-1][0] == url("application", application)
    assert "Go on writing" in answer.content.decode()


def test_the_representative_is_told_who_starts(client, group, representative):
    client.force_login(representative)
    overview = reverse("certification:group_applications", args=[group.case.reference])
    assert "Only an administrator of the group starts" in page(client, overview)
    start = reverse("certification:start_application", args=[group.case.reference])
    assert client.post(start, {"idempotency_key": "k"}).status_code == 403


def test_writing_every_section_by_hand_ends_at_the_overview(client, group, administrator):
    application = started(group)
    client.force_login(administrator)
    for section_id, answers in full_answers().items():
        address = url("application_section", application, section_id)
        version = hidden(page(client, address), "version")
        answer = client.post(address, {"version": version, "next": "on", **as_form(answers)})
    assert answer.url == url("application", application)
    assert answers_of(application) == full_answers()
    assert "Ask Rosa Representative to certify" in page(client, answer.url)


def test_long_and_odd_text_survives_the_way_through_the_browser(client, group, administrator):
    application = started(group)
    client.force_login(administrator)
    text = "  \nFirst <b>line</b>\n\n" + "x" * 5000 + "  "
    address = url("application_section", application, "cluster")
    client.post(address, {"version": 0, "next": "stay", "summary": text.replace("\n", "\r\n")})
    assert answers_of(application)["cluster"]["summary"] == text
    shown = page(client, address)
    assert "First &lt;b&gt;line&lt;/b&gt;" in shown
    assert "maxlength=" not in shown.split("<textarea")[1].split(">")[0]
    checked = page(client, address + "?check=1")
    assert "Shorten this answer by" in checked


def test_a_stale_save_shows_both_texts_and_loses_none(client, group, administrator):
    application = started(group)
    client.force_login(administrator)
    address = url("application_section", application, "cluster")
    client.post(address, {"version": 0, "next": "stay", "summary": "What they wrote"})
    answer = client.post(address, {"version": 0, "next": "stay", "summary": "What I wrote"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "What they wrote" in text
    assert "What I wrote" in text
    assert answers_of(application)["cluster"]["summary"] == "What they wrote"
    version = hidden(text, "version")
    client.post(address, {"version": version, "next": "stay", "summary": "Both together"})
    assert answers_of(application)["cluster"]["summary"] == "Both together"


def autosave(client, application, version, **answers):
    return client.post(
        url("autosave_section", application, "cluster"),
        answers,
        headers={"If-Match": f'"{version}"'},
    )


def test_autosave_answers_with_version_and_time(client, group, administrator):
    application = started(group)
    client.force_login(administrator)
    answer = autosave(client, application, 0, summary="Words")
    assert answer.json()["version"] == 1
    assert answer["ETag"] == '"1"'
    assert re.fullmatch(r"\d+:\d\d:\d\d [ap]\.m\. Eastern", answer.json()["saved_at"])


def test_autosave_of_an_old_version_brings_both_texts(client, group, administrator):
    application = started(group)
    client.force_login(administrator)
    autosave(client, application, 0, summary="What they wrote")
    answer = autosave(client, application, 0, summary="What I wrote")
    assert answer.status_code == 409
    body = answer.json()
    assert body["fields"]["summary"] == "What they wrote"
    assert body["version"] == 1
    assert (
        autosave(client, application, body["version"], summary="Mine after all").status_code == 200
    )


def test_autosave_after_submitting_says_why_not(client, group, administrator):
    application = submitted(group)
    client.force_login(administrator)
    answer = autosave(client, application, 1, summary="Too late")
    assert answer.status_code == 422
    assert answer.json()["code"] == "not_a_draft"


def test_autosave_refuses_null_characters(client, group, administrator):
    client.force_login(administrator)
    assert autosave(client, started(group), 0, summary="a\x00b").status_code == 422


def test_the_preview_marks_what_becomes_public(client, group, administrator):
    client.force_login(administrator)
    text = page(client, url("application_preview", completed(group)))
    assert "As it would be submitted now" in text
    assert "About summary." in text
    assert text.count("public-mark") > 5


def test_the_administrator_sees_what_keeps_the_button_closed(client, group, administrator):
    client.force_login(administrator)
    text = page(client, url("certify_application", completed(group)))
    assert "The rule asks for a second person" in text
    assert re.search(r"<button[^>]*disabled[^>]*>Submit the application", text)


def test_certify_and_submit_with_a_double_click(client, group, representative):
    application = completed(group)
    client.force_login(representative)
    text = page(client, url("certify_application", application))
    values = {
        "title": "President",
        "true_and_complete": "on",
        "idempotency_key": hidden(text, "idempotency_key"),
    }
    text = client.post(url("sign_application", application), values, follow=True).content.decode()
    assert "You have certified the application" in text
    key = {"idempotency_key": hidden(text, "idempotency_key")}
    receipts = set()
    for _ in range(2):
        answer = client.post(url("submit_application", application), key, follow=True)
        receipts.add(re.search(r'class="reference">(RC-[^<]+)<', answer.content.decode()).group(1))
    assert receipts == {Application.objects.get().receipt_number}


def test_a_second_form_leads_to_the_same_receipt(client, group, representative):
    application = submitted(group)
    client.force_login(representative)
    answer = client.post(url("submit_application", application), {"idempotency_key": "other"})
    assert answer.url == url("application_receipt", application)


def test_submitting_what_is_not_certified_says_so(client, group, representative):
    application = completed(group)
    client.force_login(representative)
    answer = client.post(
        url("submit_application", application), {"idempotency_key": "k"}, follow=True
    )
    assert "Nobody has certified the application as it is now" in answer.content.decode()


def test_a_missing_title_is_said_at_its_field(client, group, representative):
    application = completed(group)
    client.force_login(representative)
    values = {"true_and_complete": "on", "idempotency_key": "k"}
    text = client.post(url("sign_application", application), values).content.decode()
    assert "One thing needs your attention" in text


def ask(place, application):
    actor = place.actor("programme_officer")
    open_intake(actor=actor, at=database_now(), application=application)
    request_information(
        actor=actor,
        at=database_now(),
        application=application,
        asks=Questions(InformationReason.ROSTER, ("Who owns the kiln?", "Since when?")),
    )


def test_questions_are_answered_by_the_representative(client, place, group, representative):
    application = submitted(group)
    ask(place, application)
    client.force_login(representative)
    assert "Your turn" in page(client, url("application", application))
    text = page(client, url("answer_application", application))
    fields = re.findall(r'<textarea name="(answer_\d+)"', text)
    assert len(fields) == 2
    send = url("send_answer", application)
    half = client.post(send, {fields[0]: "The guild", "idempotency_key": "k"}).content.decode()
    assert "Answer this question" in half
    assert "The guild" in half
    client.post(send, {**dict.fromkeys(fields, "The guild"), "idempotency_key": "k2"})
    application.refresh_from_db()
    assert application.status is ApplicationState.INTAKE


def test_the_administrator_reads_the_questions_but_does_not_send(
    client, place, group, administrator
):
    application = submitted(group)
    ask(place, application)
    client.force_login(administrator)
    assert "Who owns the kiln?" in page(client, url("answer_application", application))
    assert client.post(url("send_answer", application), {}).status_code == 403


def test_the_last_minute_to_answer_is_named(client, place, group, representative):
    application = submitted(group)
    ask(place, application)
    client.force_login(representative)
    text = page(client, url("answer_application", application))
    assert text.count("11:59 p.m. Eastern") == 2
    assert "12:00 a.m." not in text


def test_a_proposed_denial_is_answered(client, place, group, representative):
    application = judged(place, group, FAILING, at=database_now())
    propose_denial(
        actor=place.actor("programme_officer"),
        at=database_now(),
        application=application,
        grounds=Grounds(("C1.concentration",), "Half the national share."),
    )
    client.force_login(representative)
    assert "Your turn: a denial is proposed" in page(client, url("application", application))
    text = page(client, url("answer_application", application))
    assert "Half the national share." in text
    assert "11:59 p.m. Eastern" in text
    send = url("send_answer", application)
    empty = client.post(send, {"answer": " ", "idempotency_key": "k"}).content.decode()
    assert "One thing needs your attention" in empty
    key = {"idempotency_key": hidden(text, "idempotency_key")}
    client.post(send, {"answer": "New payroll records are attached.", **key})
    application.refresh_from_db()
    assert application.status is ApplicationState.CRITERIA_REVIEW


@pytest.mark.parametrize(
    ("make", "title"),
    [(decided, "Your group is designated"), (denied, "Your group was not designated this time")],
)
def test_a_decided_application_says_so(client, place, make, title):
    made = make(place)
    application = made if isinstance(made, Application) else made.application
    client.force_login(place.people["group_administrator"])
    text = page(client, url("application", application))
    assert title in text
    assert "Decided" in text
    assert "Withdraw this application" not in text
    assert url("debrief", application) in text
    page(client, url("debrief", application))


def test_the_moment_of_arrival_counts_not_that_of_processing(
    client, group, representative, settings
):
    settings.TRUSTED_FRONTS = frozenset({"127.0.0.1"})
    application = certified(group)
    client.force_login(representative)
    sent = database_now() - timedelta(seconds=60)
    client.post(
        url("submit_application", application),
        {"idempotency_key": "k"},
        headers={"X-Request-Arrived": f"{sent.timestamp():.6f}"},
    )
    application.refresh_from_db()
    assert abs(application.submitted_at - sent) < timedelta(milliseconds=1)


def test_without_a_turn_there_is_nothing_to_answer(client, group, representative):
    client.force_login(representative)
    page(client, url("answer_application", submitted(group)), status=404)


def test_withdrawing_asks_once_more(client, group, representative):
    application = submitted(group)
    client.force_login(representative)
    text = page(client, url("withdraw_application", application))
    values = {"reason": "We merge.", "idempotency_key": hidden(text, "idempotency_key")}
    answer = client.post(url("withdraw_application", application), values, follow=True)
    assert "This application is withdrawn" in answer.content.decode()
    assert "We merge." in answer.content.decode()


def test_a_draft_has_no_receipt(client, group, representative):
    client.force_login(representative)
    page(client, url("application_receipt", started(group)), status=404)


NAMES = (
    "application",
    "application_preview",
    "certify_application",
    "application_history",
    "withdraw_application",
    "answer_application",
    "application_receipt",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["stranger", "programme_officer", "former"])
def test_for_others_the_application_does_not_exist(client, place, group, name, who):
    application = certified(group)
    if who == "former":
        person = make_user("Former Member")
        group.seats.create(
            user=person,
            role=SeatRole.ADMINISTRATOR,
            since=database_now(),
            until=database_now(),
        )
    else:
        person = place.people[who]
    client.force_login(person)
    page(client, url(name, application), status=404)


@pytest.mark.parametrize("section", ["certification", "nonsense"])
def test_there_are_no_other_sections(client, group, administrator, section):
    client.force_login(administrator)
    page(client, url("application_section", started(group), section), status=404)


def test_every_verb_of_the_lifecycle_has_words():
    assert verbs_of_the_lifecycle() <= WORDS.keys()


def test_officers_are_not_named_to_applicants(client, place, group, administrator):
    application = submitted(group)
    ask(place, application)
    client.force_login(administrator)
    text = page(client, url("application_history", application))
    assert "The office asked questions" in text
    assert str(place.people["programme_officer"]) not in text


def counted(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_and_three(
    client, group, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)
    address = reverse("certification:group_applications", args=[group.case.reference])
    started(group)
    one = counted(client, address, django_assert_max_num_queries)
    for _ in range(2):
        Application.objects.update(state=ApplicationState.WITHDRAWN)
        started(group)
    assert counted(client, address, django_assert_max_num_queries) == one


def test_the_overview_costs_the_same_for_one_and_three_entries(
    client, group, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)
    application = started(group)
    address = url("application", application)
    one = counted(client, address, django_assert_max_num_queries)
    for number in range(2):
        representative = make_user(f"Second {number}")
        group.seats.create(
            user=representative, role=SeatRole.AUTHORIZED_REPRESENTATIVE, since=database_now()
        )
    assert counted(client, address, django_assert_max_num_queries) == one
    assert one <= 20
    assert isinstance(administrator, User)
    assert str(actor_from_user(administrator)) == application.started_by
