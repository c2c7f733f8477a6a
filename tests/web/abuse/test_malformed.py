"""Requests that no honest browser sends: each is refused with a page, none breaks the portal.

Planted: WellFormedMiddleware taken out of the settings; NUL in a query, in a cookie and in a
form's hidden field, and the unknown verbs, were seen to answer 500 or 200.
"""

import json

import pytest
from django.test import Client, override_settings

from clusters_portal.settings import test as portal_settings
from tests.factories.accounts import make_user
from tests.factories.economy import small_economy

WITHOUT_THE_DOOR = [name for name in portal_settings.MIDDLEWARE if "well_formed" not in name]
PLACES = [
    "/",
    "/search/",
    "/register/",
    "/register/register.csv",
    "/explore/",
    "/explore/find/",
    "/explore/draw/",
    "/check/",
    "/accounts/login/",
    "/api/v1/register/",
    "/api/v1/measures/",
    "/api/v1/custom-region/",
]
HUGE = "9" * 400


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.fixture
def signed_in(browser):
    browser.force_login(make_user())
    return browser


@pytest.mark.parametrize("query", ["q=%00", "%00=1", "next=%00", "type=a%00b&cursor=%00"])
def test_nul_in_the_query_is_refused(browser, query):
    for path in PLACES:
        assert browser.get(f"{path}?{query}").status_code == 400, path


@pytest.mark.parametrize("path", ["/%00", "/register/%00/", "/api/v1/clusters/%00/", "/a%00b/c/"])
def test_nul_in_the_path_is_refused(browser, path):
    assert browser.get(path).status_code == 400


@pytest.mark.parametrize("name", ["Cookie", "Referer", "User-Agent", "X-CSRFToken", "If-Match"])
def test_nul_in_a_header_is_refused(browser, name):
    value = "sessionid=abcdefgh\x00ijk" if name == "Cookie" else "a\x00b"
    assert browser.get("/account/", headers={name: value}).status_code == 400


@override_settings(MIDDLEWARE=WITHOUT_THE_DOOR)
def test_without_the_door_nul_in_a_cookie_breaks_the_portal(browser):
    """The twin: the check above finds a missing middleware."""
    answer = browser.get("/account/", headers={"Cookie": "sessionid=abcdefgh\x00ijk"})
    assert answer.status_code == 500


FORMS = {
    "/accounts/login/": {"login": "a\x00@example.org", "password": "p\x00" * 9},
    "/accounts/signup/": {"name": "J\x00o", "email": "j\x00@example.org", "password1": "x\x00" * 9},
    "/accounts/password/reset/": {"email": "j\x00@example.org"},
    "/account/": {"name": "J\x00o", "time_zone": "\x00"},
    "/organizations/new/": {"name": "K\x00", "kind": "\x00", "uei": "\x00", "county": "\x00"},
    "/groups/start/": {"name": "\x00", "agency": "\x00", "cluster": "\x00", "counties": "\x00"},
}


@pytest.mark.parametrize("path", FORMS)
def test_nul_in_a_form_is_answered_and_stores_nothing(path):
    browser = Client(raise_request_exception=False)
    if not path.startswith("/accounts/"):
        browser.force_login(make_user())
    values = FORMS[path] | {"idempotency_key": "k\x00", "next": "\x00"}
    assert browser.post(path, values).status_code in {200, 400}


def test_a_value_that_no_column_holds_is_a_page_not_a_crash(signed_in):
    values = {"name": "Kiln Works", "kind": "firm", "idempotency_key": "k\x00", "county": "39095"}
    answer = signed_in.post("/organizations/new/", values)
    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("size", [20_000, 100_000])
def test_an_endless_address_is_refused(browser, size):
    assert browser.get("/search/?q=" + "a" * size).status_code == 400
    assert browser.get("/" + "a" * size).status_code == 400


@pytest.mark.parametrize("name", ["X-Odd", "User-Agent", "Cookie", "Accept-Language", "Referer"])
def test_a_header_of_100_kb_breaks_nothing(browser, name):
    """The web server refuses it first (gunicorn: 8,190 bytes); the portal would survive it."""
    value = "sessionid=" + "a" * 100_000 if name == "Cookie" else "en;q=0.5," * 11_000
    assert browser.get("/about/", headers={name: value}).status_code in {200, 400}


def deep(levels):
    return "[" * levels + "]" * levels


@pytest.mark.parametrize("body", [deep(10_000), '{"a":' * 10_000, "{", "", "nan", '"\\ud800"'])
@pytest.mark.parametrize("path", ["/api/v1/register/", "/api/v1/measures/", "/accounts/login/"])
def test_deep_and_broken_json_is_refused(browser, path, body):
    answer = browser.post(path, body, content_type="application/json")
    assert answer.status_code in {200, 400, 403, 405, 415}


@pytest.mark.parametrize(
    "kind",
    ["application/xml", "text/plain", "multipart/form-data", "multipart/form-data; boundary=\x0b",
     "application/x-www-form-urlencoded; charset=utf-99", "nonsense", "a/" + "b" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/register/", "/accounts/login/", "/account/"])
def test_a_wrong_content_type_is_refused(browser, path, kind):
    answer = browser.generic("POST", path, b"\xff\x00<a>&=%", content_type=kind)
    assert answer.status_code in {200, 302, 400, 405, 415}


NAMES = ("page", "cursor", "year", "as_of", "size", "type", "sort", "region", "fips", "state")


def test_huge_and_odd_numbers_are_answered(browser):
    small_economy()
    for value in (HUGE, "1e999", "NaN", "\u0663", "-9223372036854775809"):
        for path in PLACES:
            for asked in (dict.fromkeys(NAMES, value), {"cursor": value, "page": value}):
                status = browser.get(path, asked).status_code
                assert status in {200, 302, 400, 404, 409}, (path, value)


@pytest.mark.parametrize(
    "path",
    [f"/account/{HUGE}/", f"/api/v1/regions/ea/{HUGE}/", f"/explore/regions/ea/{HUGE}/",
     f"/register/{HUGE}/", f"/confirm/{HUGE}/", f"/groups/{HUGE}/"],
)  # fmt: skip
def test_huge_numbers_in_a_path_are_not_found(signed_in, path):
    small_economy()
    assert signed_in.get(path).status_code in {404, 400}


def test_a_parameter_given_twice_is_read_once(browser):
    """The last one counts, for the check as for the act: nothing reads one and uses another."""
    page = browser.get("/search/?q=first&q=second").content.decode()
    assert "second" in page
    assert "first&q" not in page


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "GE T"])
@pytest.mark.parametrize("path", ["/", "/account/", "/accounts/logout/", "/health/live"])
def test_pages_know_no_other_verbs(signed_in, path, verb):
    answer = signed_in.generic(verb, path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"


@override_settings(MIDDLEWARE=WITHOUT_THE_DOOR)
def test_without_the_door_other_verbs_are_let_in(signed_in):
    """The twin."""
    assert signed_in.generic("DELETE", "/account/").status_code != 405


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "POST"])
def test_the_api_answers_other_verbs_with_a_problem(browser, verb):
    answer = browser.generic(verb, "/api/v1/register/")
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "headers",
    [{"X-HTTP-Method-Override": "DELETE"}, {"X-HTTP-Method": "PUT"}, {"X-Method-Override": "POST"}],
)
def test_a_verb_cannot_be_smuggled_in(browser, headers):
    assert browser.get("/api/v1/register/", headers=headers).status_code == 200
    assert browser.get("/about/?_method=POST", headers=headers).status_code == 200


def test_too_many_fields_are_refused(browser):
    values = {f"field{number}": "x" for number in range(2_100)}
    assert browser.post("/accounts/login/", values).status_code == 400


def test_too_large_a_body_is_refused(browser):
    body = "login=" + "a" * 3_000_000
    kind = "application/x-www-form-urlencoded"
    assert browser.post("/accounts/login/", body, content_type=kind).status_code in {400, 413}
