"""What people type never becomes a header: not of a letter, not of an answer.

Planted: ``" ".join(subject.split())`` taken out of both writers of letters; seen red.
"""

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import BadHeaderError, HttpResponse
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import make_agency, make_user
from tests.factories.certification_groups import make_group
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now

INJECTED = [
    "Jo\r\nBcc: eve@evil.example",
    "Jo\nBcc: eve@evil.example\n\nNew body",
    "Jo\u2028Bcc: eve@evil.example",
    "Jo\x0bBcc: eve@evil.example",
    "Jo\x85Bcc: eve@evil.example",
    "=?utf-8?q?Jo=0D=0ABcc:_eve@evil.example?=",
    "Jo\u202emoc.live@eve",
    '"Portal <no-reply@evil.example>"',
]
ADDRESSES = [
    "jo@example.org\nBcc: eve@evil.example",
    "jo@example.org, eve@evil.example",
    "jo@example.org;eve@evil.example",
    "jo@example.org%0ABcc:eve@evil.example",
    "Jo <jo@example.org>, <eve@evil.example>",
    "jo@example.org\x00eve@evil.example",
    "jo@example.org\r",
]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def sent():
    send_effects(at=database_now())
    return mail.outbox


def check_letters():
    for letter in sent():
        written = letter.message()
        assert "Bcc" not in written
        assert set(written["To"].split(", ")) == set(letter.to)
        assert len(letter.to) == 1
        assert "evil.example" not in letter.to[0]
        assert not {"\n", "\r"} & set(letter.subject)
        names = [name.lower() for name in written]
        assert names.count("subject") == names.count("to") == names.count("from") == 1


@pytest.mark.parametrize("name", INJECTED)
def test_a_name_adds_no_header_to_a_letter(client, name):
    owner, group_owner = make_user(), make_user()
    User.objects.filter(pk=group_owner.pk).update(name=name)
    group_owner.refresh_from_db()
    client.force_login(owner)
    values = {"legal_name": name, "county": "39095", "idempotency_key": "k1"}
    client.post(reverse("accounts:new_organization"), values)
    group = make_group(group_owner, make_agency(), name=name.replace("\x00", ""))
    client.force_login(group_owner)
    values = {
        "name": name,
        "email": "ivo@example.org",
        "role": "administrator",
        "idempotency_key": "k2",
    }
    client.post(reverse("certification:invite_to_seat", args=[group.reference]), values)
    values |= {"name": "Ivo", "idempotency_key": "k3"}
    client.post(reverse("certification:invite_to_seat", args=[group.reference]), values)
    check_letters()


def test_the_letters_above_are_sent_at_all(client):
    owner = make_user()
    group = make_group(owner, make_agency())
    client.force_login(owner)
    values = {"name": "Ivo", "email": "ivo@example.org", "role": "administrator"}
    address = reverse("certification:invite_to_seat", args=[group.reference])
    client.post(address, {**values, "idempotency_key": "k3"})
    assert "ivo@example.org" in [letter.to[0] for letter in sent()]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("door", ["account_signup", "account_reset_password"])
def test_an_address_is_one_address(client, door, address):
    make_user(email="jo@example.org")
    values = {"name": "Eve", "email": address, "password1": "correct-horse-battery-9"}
    client.post(reverse(door), values)
    check_letters()


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=1", "a\nb", "%0d%0aSet-Cookie:x=1"])
def test_no_header_of_an_answer_can_be_written_by_a_reader(client, value):
    make_user(email="jo@example.org")
    for path in ("/accounts/login/", "/search/", "/explore/map.csv", "/register/register.csv"):
        answer = client.get(path, {"next": value, "q": value, "year": value, "cluster": value})
        assert "x" not in answer.cookies
        assert not [text for text in answer.headers.values() if "\n" in text or "\r" in text]
    answer = client.get(f"/dashboard/?{value}")
    assert "x" not in answer.cookies


def test_the_framework_refuses_line_breaks_in_headers():
    with pytest.raises(BadHeaderError):
        HttpResponse()["X-Name"] = "a\r\nSet-Cookie: x=1"
