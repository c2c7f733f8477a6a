"""Signing without an account, as pages: what a link shows, and what a dead one does not."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from certification.models import Signature
from certification.queries.personal_links import code_of
from certification.web.guessing import WRONG_LINKS
from tests.factories.certification_groups import (
    firm_entry,
    invite,
    link_of,
    make_group,
    open_link,
    read_code,
    sign,
)
from trail.queries.clock import database_now


@pytest.fixture(autouse=True)
def nobody_has_guessed():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def firm():
    return invite(make_group(name="Lake Erie Glass"), firm_entry("Kiln & Sons"))[0]


def page(token, route="confirm"):
    return reverse(f"certification:{route}", args=[token])


def typed(code, **fields):
    return {
        "code": code,
        "name": "Ana Reyes",
        "title": "Owner",
        "is_authorized": "on",
        "answer": "yes",
        "idempotency_key": "once",
        **fields,
    }


def test_the_page_says_in_whose_name_and_what(firm):
    words = Client().get(page(link_of(firm))).content.decode()
    assert "Kiln &amp; Sons" in words
    assert "Lake Erie Glass" in words
    assert "Send me a code" in words
    assert firm.contact_email not in words


def test_the_whole_way(firm):
    client, token = Client(), link_of(firm)
    assert (
        "We sent a code" in client.post(page(token, "request_code"), follow=True).content.decode()
    )
    code = code_of(open_link(firm))
    answer = client.post(page(token), typed(code, is_public_consented="on"), follow=True)
    assert "your signature is kept" in answer.content.decode()
    firm.refresh_from_db()
    assert (firm.state, firm.is_public_consented) == ("confirmed", True)
    assert Client().get(reverse("certification:signed")).status_code == 404


def test_a_double_click_signs_once(firm):
    client, token = Client(), link_of(firm)
    fields = typed(read_code(token))
    for _ in range(2):
        answer = client.post(page(token), fields, follow=True)
        assert "your signature is kept" in answer.content.decode()
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_authorized": ""}, "Tick the box if you may speak"),
        ({"name": ""}, "required"),
        ({"code": "12"}, "Enter the six digits"),
        ({"name": "Ana\u202eseyeR"}, "hidden character"),
    ],
)
def test_errors_stand_at_the_field_and_nothing_is_signed(firm, fields, words):
    token = link_of(firm)
    answer = Client().post(page(token), {**typed(read_code(token)), **fields})
    assert words in answer.content.decode()
    assert not Signature.objects.exists()


def test_a_wrong_code_says_how_many_tries_are_left(firm):
    token = link_of(firm)
    wrong = f"{(int(read_code(token)) + 1) % 1_000_000:06d}"
    assert "You have 4 tries left" in Client().post(page(token), typed(wrong)).content.decode()


def test_a_colleague_of_another_house_gets_no_code(firm):
    fields = {"colleague_email": "eve@evil.example"}
    answer = Client().post(page(link_of(firm), "request_code"), fields)
    assert "Enter an address of your organization" in answer.content.decode()
    assert open_link(firm).code_sent_at is None


def test_dead_links_tell_nothing_about_the_group(firm):
    token = link_of(firm)
    sign(firm)
    used = Client().get(page(token))
    guessed = Client().get(page("guessed"))
    assert (used.status_code, guessed.status_code) == (410, 404)
    for answer in (used, guessed):
        words = answer.content.decode()
        assert "This link does not work" in words
        assert "Kiln" not in words
        assert "Lake Erie" not in words


def test_a_link_past_its_time_says_so(firm):
    firm.invitations.update(sent_at="2020-01-01T00:00Z", expires_at=database_now())
    answer = Client().get(page(link_of(firm)))
    assert answer.status_code == 410
    assert "The time to answer has passed" in answer.content.decode()


def test_whoever_guesses_often_has_to_wait(firm):
    client = Client()
    for number in range(WRONG_LINKS):
        assert client.get(page(f"guess-{number}")).status_code == 404
    answer = client.get(page(link_of(firm)))
    assert answer.status_code == 429
    assert "Please wait ten minutes" in answer.content.decode()


def test_pages_of_links_are_not_kept_by_browsers(firm):
    assert "no-store" in Client().get(page(link_of(firm))).headers["Cache-Control"]
