"""Passwords as people use them: long, of any kind, typed or pasted; never a known or close one.

Planted: CommonPasswordValidator and the similarity validator taken out of the settings; seen red.
"""

import re

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, make_user
from trail.actions.send_effects import send_effects
from trail.queries.clock import database_now

ODD = [
    "correct horse battery staple",
    "aaaa bbbb cccc dddd",
    "\u00fcbung macht den meister 9",
    "  leading and trailing  ",
    "x" * 20 + "Y" * 44,
    "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a\u6587\u306e\u9577\u3044\u5408\u3044\u8a00\u8449",
]


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def sign_up(client, password, **more):
    values = {"name": "Jo Reyes", "email": "jo.reyes@example.org", "password1": password, **more}
    client.post(reverse("account_signup"), values)
    return User.objects.filter(email="jo.reyes@example.org").first()


@pytest.mark.parametrize("password", ODD)
def test_any_composition_and_length_is_taken_as_typed(client, password):
    user = sign_up(client, password)
    assert user.check_password(password)
    assert not user.check_password(password.strip() if password != password.strip() else "x")
    assert not user.check_password(password.swapcase() + "!")


def test_a_common_password_is_refused(client):
    common = [one for one in CommonPasswordValidator().passwords if len(one) >= 15]
    assert common
    for password in sorted(common)[:3]:
        assert sign_up(client, password) is None


def test_a_password_like_the_address_is_refused(client):
    assert sign_up(client, "jo.reyes@example.org") is None
    assert sign_up(client, "JO.REYES@example.ORG") is None


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_password_fields_are_masked_and_can_be_pasted_into(client, name):
    page = client.get(reverse(name)).content.decode()
    fields = re.findall(r"<input[^>]*password[^>]*>", page)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert "onpaste" not in field
        assert re.search(r'autocomplete="(current|new)-password"', field)


def test_a_changed_password_is_told_by_mail(client, mailoutbox):
    user = make_user()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    new = "another-horse-battery-9"
    values = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), values)
    send_effects(at=database_now())
    assert [letter.to for letter in mailoutbox] == [[user.email]]
    assert new not in mailoutbox[0].body


@pytest.mark.parametrize("path", ["/", "/dashboard/", "/account/", "/groups/", "/register/"])
def test_every_page_offers_to_sign_out(client, path):
    client.force_login(make_user())
    assert 'action="/accounts/logout/"' in client.get(path).content.decode() or (
        'href="/accounts/logout/"' in client.get(path).content.decode()
    )
