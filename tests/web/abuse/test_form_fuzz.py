"""Anything at all in every form: an answer, never a server error.

The fields are read from each page as a browser would; every one gets text that hypothesis makes
up or an old trick. What the posts did is taken back. A short run in `make test`, a long one in
`make fuzz`.

Planted: ``int(request.POST["version"])`` without a guard in the writer of sections; seen red.
"""

import os
import re

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.abuse.walk import IS_LONG, ROUTES, client_of, module_world, place

world = module_world
EXAMPLES = int(os.environ.get("PORTAL_FUZZ") or 1)
TRICKS = (
    "", " ", "\x00", "a\x00b", "\u202ecod.exe", "\ud7ff\ufffe", "=cmd|' /C calc'!A0", "{{7*7}}",
    "<script>alert(1)</script>", '#read("/etc/passwd")', "' OR 1=1--", "9" * 400, "-1", "1e999",
    "NaN", "\u0663", "../../etc/passwd", "%00", "null", "[]", "2026-02-30", "0001-01-01",
    "9999-12-31", "a" * 70_000, "\n" * 500, "\U0001f600" * 50, "on", "jo@example.org\nBcc: x@y.z",
)  # fmt: skip
NAME = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
EVERYWHERE = {
    "answer",
    "next",
    "idempotency_key",
    "version",
    "member",
    "role",
    "reference",
    "basis",
}
PEOPLE = ("group_administrator", "authorized_representative", "programme_officer",
          "organization_administrator", "agency_administrator", "publisher",
          "finance_officer", "grants_officer", "certifying_officer",
          "selecting_official")  # fmt: skip
VALUE = st.one_of(st.sampled_from(TRICKS), st.text(max_size=40))


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def doors_of(persona):
    """Doors that this person may write at, as access.toml says."""
    for name, route in ROUTES.items():
        known = route.get(persona, route.get("anyone"))
        if known not in {404, 403, "sign-in"} and not name.startswith(
            ("api:", "mapping:", "health")
        ):
            yield name


def fields_of(client, address):
    """The fields of the page's forms, and those that forms of other pages send here."""
    answer = client.get(address)
    found = set(NAME.findall(answer.getvalue().decode(errors="replace")))
    return sorted((found | EVERYWHERE) - {"csrfmiddlewaretoken"})


def throw(client, address, fields):
    """Post anything at all to one door; the number of posts, and what broke it."""
    posts, broken = [], []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(values=st.fixed_dictionaries(dict.fromkeys(fields, VALUE)))
    def post(values):
        kept = client.cookies.copy()
        with transaction.atomic():
            answer = client.post(address, values)
            transaction.set_rollback(True)
        client.cookies = kept
        posts.append(answer.status_code)
        if answer.status_code >= 500:
            broken.append({key: value[:60] for key, value in values.items()})

    post()
    return len(posts), broken[-1:]


@pytest.mark.parametrize("persona", PEOPLE if IS_LONG else PEOPLE[::3])
def test_nothing_that_is_typed_breaks_a_form(world, persona, capsys):
    client, found, posts = client_of(world, persona), {}, 0
    client.raise_request_exception = False
    for name in doors_of(persona):
        address = place(world, name)
        count, broken = throw(client, address, fields_of(client, address))
        posts += count
        if broken:
            found[name] = broken
    with capsys.disabled():
        print(f"\n{persona}: {posts} posts", end="")  # noqa: T201 - the count is the result
    assert found == {}
